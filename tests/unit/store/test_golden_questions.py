from datetime import date

from bot.store.articles import find_titled, find_worded
from bot.store.database import Database, run
from bot.store.golden import Golden, Place, add_golden, delete_golden, list_golden
from bot.store.golden import list_golden_examples as list_examples
from bot.store.publishing import add_article, withdraw_article
from bot.store.revisions import Revision, publish_revision, put_revision
from index.facts import find_facts

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


async def revise(db: Database, article_id: int, text: str) -> None:
    """Publish another version of an article."""
    said = an_article(text, title="О порте", day=date(2026, 1, 22))
    async with db.write() as connection:
        ((version,),) = await run(
            connection, "SELECT version FROM article WHERE id = ?", (article_id,)
        )
        key = await put_revision(connection, Revision(article_id, version, said, 7), NOON)
        facts = find_facts(text, said.day, said.language)
        waiting = Revision(article_id, version, said, 7, key)
        await publish_revision(connection, waiting, paragraphs_of(text), facts, analysis=1, at=NOON)


async def test_a_place_is_found_again_in_another_version(db: Database) -> None:
    """Wherever it stands there; what says other things is told, and so is what was taken out."""
    text = "Порт открыт.\nРынок закрыт на ремонт до осени.\nСрок ремонта назвал посол."
    article_id = await add(db, text)
    kept = [Golden(each, (Place(article_id, n),)) for n, each in enumerate("абв", start=1)]
    await store(db, *kept)
    before = [golden.places[0] for golden in await list_golden(db)]
    assert [(place.number, place.is_changed) for place in before] == [
        (1, False),
        (2, False),
        (3, False),
    ]
    above = "Новость дня.\nСрок ремонта назвал посол.\nРынок закрыт на ремонт до зимы."
    await revise(db, article_id, above)
    now = [golden.places[0] for golden in await list_golden(db)]
    assert [(place.number, place.is_changed) for place in now] == [(1, True), (3, True), (2, False)]
    assert now[0].paragraph_id is None
    assert now[2].paragraph_id not in {None, before[2].paragraph_id}
    await store(db, Golden("б", (Place(article_id, 3),)))
    (place,) = (await list_golden(db))[1].places
    assert (place.number, place.is_changed) == (3, False)


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
