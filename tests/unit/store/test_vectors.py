from dataclasses import replace
from datetime import date

from bot.store.database import Database
from bot.store.publishing import add_article, withdraw_article
from bot.store.vectors import add_vectors, drop_other_models, list_unembedded, load_vectors
from index.types import IndexedVector, Language

from .samples import HARBOUR, NOON, an_article, paragraphs_of, rows

MODEL = "m-1"


async def add(db: Database, text: str = HARBOUR) -> int:
    article = replace(an_article(text), day=date(2026, 1, 22))
    added = await add_article(db, article, paragraphs_of(text), analysis=1, at=NOON)
    return added.article_id


async def test_what_has_no_vector_comes_newest_first_with_its_words(db: Database) -> None:
    """A few at a time, each asking going on where the last one ended."""
    await add(db)
    await add(db, "Урожай вырос.")
    first = await list_unembedded(db, MODEL, 2)
    assert [each.text for each in first] == ["Урожай вырос.", "Министр назвал срок."]
    rest = await list_unembedded(db, MODEL, 5, below=first[-1].paragraph_id)
    assert [each.text for each in rest] == ["Стройка идёт по плану.", "Порт откроют в мае."]


async def test_some_articles_can_be_looked_at_alone(db: Database) -> None:
    first, second = await add(db), await add(db, "Урожай вырос.")
    found = await list_unembedded(db, MODEL, 5, article_ids=[second])
    assert [each.article_id for each in found] == [second]
    assert len(await list_unembedded(db, MODEL, 5, article_ids=[first, second])) == 4
    assert await list_unembedded(db, MODEL, 5, article_ids=[]) == ()


async def test_stored_vectors_come_back_with_their_places(db: Database) -> None:
    article_id = await add(db)
    last, middle, first = await list_unembedded(db, MODEL, 5)
    await add_vectors(db, MODEL, [(first.paragraph_id, b"one"), (last.paragraph_id, b"three")])
    found = await load_vectors(db, MODEL, [article_id, 99])
    day = date(2026, 1, 22)
    assert sorted(found, key=lambda each: each.number) == [
        IndexedVector(first.paragraph_id, article_id, 1, day, Language.RU, b"one"),
        IndexedVector(last.paragraph_id, article_id, 3, day, Language.RU, b"three"),
    ]
    assert await list_unembedded(db, MODEL, 5) == (middle,)


async def test_a_withdrawn_article_has_no_vectors_to_look_at(db: Database) -> None:
    """They stay stored, for the day when it is published again."""
    article_id = await add(db)
    ids = [each.paragraph_id for each in await list_unembedded(db, MODEL, 5)]
    await add_vectors(db, MODEL, [(paragraph_id, b"v") for paragraph_id in ids])
    await withdraw_article(db, article_id, NOON)
    assert await load_vectors(db, MODEL, [article_id]) == ()
    assert await list_unembedded(db, MODEL, 5) == ()
    assert await rows(db, "SELECT count(*) FROM paragraph_vector") == [(3,)]


async def test_vectors_of_another_model_are_not_seen_and_can_be_dropped(db: Database) -> None:
    article_id = await add(db, "Урожай вырос.")
    (only,) = await list_unembedded(db, MODEL, 5)
    await add_vectors(db, MODEL, [(only.paragraph_id, b"old")])
    assert await load_vectors(db, "m-2", [article_id]) == ()
    assert await list_unembedded(db, "m-2", 5) == (only,)
    assert await drop_other_models(db, "m-2") == 1
    assert await drop_other_models(db, "m-2") == 0


async def test_a_vector_whose_paragraph_has_gone_is_passed_over(db: Database) -> None:
    """It was made in the background, and the article was erased meanwhile."""
    await add(db, "Урожай вырос.")
    (only,) = await list_unembedded(db, MODEL, 5)
    await add_vectors(db, MODEL, [(only.paragraph_id, b"v"), (777, b"v")])
    assert await rows(db, "SELECT paragraph_id FROM paragraph_vector") == [(only.paragraph_id,)]


async def test_a_vector_goes_with_its_paragraph(db: Database) -> None:
    await add(db, "Урожай вырос.")
    (only,) = await list_unembedded(db, MODEL, 5)
    await add_vectors(db, MODEL, [(only.paragraph_id, b"v")])
    async with db.write() as connection:
        await connection.exec_driver_sql("DELETE FROM paragraph")
    assert await rows(db, "SELECT count(*) FROM paragraph_vector") == [(0,)]
