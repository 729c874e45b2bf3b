from datetime import date

from bot.store.articles import find_titled, find_worded
from bot.store.database import Database
from bot.store.golden import Golden, Place, add_golden, delete_golden, list_golden
from bot.store.golden import list_golden_examples as list_examples
from bot.store.publishing import add_article, withdraw_article

from .samples import HARBOUR, NOON, an_article, paragraphs_of, rows


async def add(db: Database, text: str = HARBOUR, title: str = "О порте") -> int:
    article = an_article(text, title=title, day=date(2026, 1, 22))
    added = await add_article(db, article, paragraphs_of(text), analysis=1, at=NOON)
    return added.article_id


async def store(db: Database, *questions: Golden) -> None:
    async with db.write() as connection:
        await add_golden(connection, questions)


def places(golden: Golden) -> list[tuple[int, int, bool]]:
    return [(place.article_id, place.number, place.is_also) for place in golden.places]


async def test_questions_come_back_as_they_were_given(db: Database) -> None:
    """In their order; one without places must be refused."""
    one, other = await add(db), await add(db, "Урожай вырос.\nКвоту сняли.", "Урожай")
    await store(
        db,
        Golden("Когда откроют порт?", (Place(other, 2, is_also=True), Place(one, 1))),
        Golden("Где купить велосипед?", ()),
    )
    port, bicycle = await list_golden(db)
    assert (port.question, places(port)) == (
        "Когда откроют порт?",
        [(one, 1, False), (other, 2, True)],
    )
    assert (bicycle.question, bicycle.places) == ("Где купить велосипед?", ())


async def test_a_place_is_a_paragraph_of_what_the_article_says_now(db: Database) -> None:
    """A corrected article is expected to answer with its new paragraph of that number."""
    article_id = await add(db)
    await store(db, Golden("Кто назвал срок?", (Place(article_id, 3),)))
    (before,) = await list_golden(db)
    text = "Порт открыт.\nСтройка окончена.\nСрок назвал посол."
    async with db.write() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO article_version (id, article_id, number, title, day, language, text,"
            " sha256, analysis, created_at) SELECT 99, article_id, 2, title, day, language,"
            f" '{text}', sha256, analysis, created_at FROM article_version"
        )
        await connection.exec_driver_sql(
            "INSERT INTO paragraph (id, version_id, number, start, stop, terms)"
            " SELECT id + 100, 99, number, start, stop, terms FROM paragraph"
        )
        await connection.exec_driver_sql("UPDATE article SET version = 2")
    (after,) = await list_golden(db)
    assert after.paragraph_ids == (before.paragraph_ids[0] + 100,)


async def test_a_place_that_is_gone_is_told(db: Database) -> None:
    """The article is withdrawn, or has fewer paragraphs: the question stays, and is no refusal."""
    withdrawn, short = await add(db), await add(db, "Урожай вырос.", "Урожай")
    await store(
        db,
        Golden("Когда откроют порт?", (Place(withdrawn, 1),)),
        Golden("Сколько зерна?", (Place(short, 7),)),
    )
    await withdraw_article(db, withdrawn, NOON)
    found = await list_golden(db)
    assert [(len(golden.places), golden.paragraph_ids) for golden in found] == [(1, ()), (1, ())]
    assert await list_examples(db, 3, 90) == ()


async def test_a_known_question_is_answered_as_it_says_now(db: Database) -> None:
    """It keeps its turn in the order; the others stay."""
    article_id = await add(db)
    await store(
        db,
        Golden("Когда?", (Place(article_id, 1), Place(article_id, 2))),
        Golden("Кто?", (Place(article_id, 3),)),
    )
    await store(db, Golden("Когда?", (Place(article_id, 3),)))
    first, second = await list_golden(db)
    assert (first.question, places(first)) == ("Когда?", [(article_id, 3, False)])
    assert second.question == "Кто?"


async def test_all_can_be_deleted(db: Database) -> None:
    await store(db, Golden("Когда?", (Place(await add(db), 1),)), Golden("Где?", ()))
    async with db.write() as connection:
        await delete_golden(connection)
    assert await list_golden(db) == ()
    assert await rows(db, "SELECT * FROM golden_paragraph") == []


async def test_examples_are_questions_with_an_answer(db: Database) -> None:
    """The first that came; not those to be refused, nor long ones; each once."""
    article_id = await add(db)
    await store(
        db,
        Golden("Где купить велосипед?", ()),
        Golden("К" * 91, (Place(article_id, 1),)),
        Golden("Когда?", (Place(article_id, 1), Place(article_id, 2))),
        Golden("Кто?", (Place(article_id, 3),)),
    )
    assert await list_examples(db, 3, 90) == ("Когда?", "Кто?")
    assert await list_examples(db, 1, 90) == ("Когда?",)


async def test_articles_are_found_by_title_and_by_text(db: Database) -> None:
    """Published ones only; to the letter."""
    one, other = await add(db), await add(db, "Урожай вырос.")
    assert await find_titled(db, "О порте") == (one, other)
    assert await find_titled(db, "О порт") == ()
    assert await find_worded(db, HARBOUR) == (one,)
    await withdraw_article(db, one, NOON)
    assert await find_titled(db, "О порте") == (other,)
    assert await find_worded(db, HARBOUR) == ()
