import pytest
from sqlalchemy import update

from bot.errors import DamagedTextError, StoreError
from bot.store.database import Database
from bot.store.outbox import Cite
from bot.store.passages import (
    Slice,
    list_neighbours,
    list_paragraphs,
    load_passages,
    load_slices,
)
from bot.store.publishing import Added, add_article, withdraw_article
from bot.store.tables import article_version
from index.types import Passage, Span

from .samples import HARBOUR, NOON, an_article, paragraphs_of

FIVE = "Один.\nДва.\nТри.\nЧетыре.\nПять."


async def publish(db: Database, text: str = HARBOUR) -> Added:
    return await add_article(db, an_article(text), paragraphs_of(text), analysis=1, at=NOON)


def texts(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.text for passage in passages]


async def test_a_passage_is_the_slice_of_the_stored_text_with_its_citation(db: Database) -> None:
    added = await publish(db)
    second = (await list_paragraphs(db, added.article_id))[1]
    article = an_article()
    assert await load_passages(db, [second.paragraph_id]) == {
        second.paragraph_id: Passage(
            paragraph_id=second.paragraph_id,
            article_id=added.article_id,
            version_id=added.version_id,
            version=1,
            title=article.title,
            day=article.day,
            url=article.url,
            source=article.source,
            number=2,
            span=Span(20, 42),
            text="Стройка идёт по плану.",
        )
    }
    assert HARBOUR[20:42] == "Стройка идёт по плану."


async def test_code_points_beyond_the_basic_plane_shift_nothing(db: Database) -> None:
    text = "Флаг 🇦🇿 и 𝔸.\nВторой абзац."
    added = await publish(db, text)
    assert texts(await list_paragraphs(db, added.article_id)) == text.split("\n")


async def test_unknown_and_withdrawn_paragraphs_are_left_out(db: Database) -> None:
    gone, kept = await publish(db, "Уйдёт."), await publish(db, "Останется.")
    ids = [(await list_paragraphs(db, added.article_id))[0].paragraph_id for added in (gone, kept)]
    await withdraw_article(db, gone.article_id, NOON)
    assert list(await load_passages(db, [*ids, 404])) == ids[1:]
    assert await list_neighbours(db, ids[0]) == ()
    assert texts(await list_paragraphs(db, gone.article_id)) == ["Уйдёт."]


async def test_a_text_changed_by_hand_is_not_quoted(db: Database) -> None:
    added = await publish(db)
    whole = await publish(db, FIVE)
    ids = [passage.paragraph_id for passage in await list_paragraphs(db, added.article_id)]
    async with db.write() as connection:
        await connection.execute(
            update(article_version)
            .where(article_version.c.id == added.version_id)
            .values(text=HARBOUR.replace("мае", "июне"))
        )
    for read in (
        load_passages(db, ids[1:]),
        list_neighbours(db, ids[1]),
        list_paragraphs(db, added.article_id),
    ):
        with pytest.raises(DamagedTextError, match=f"version {added.version_id} ") as caught:
            await read
        assert caught.value.version_id == added.version_id
    assert len(await list_paragraphs(db, whole.article_id)) == 5


@pytest.mark.parametrize(
    ("number", "before", "after", "expected"),
    [
        (3, 1, 1, ["Два.", "Три.", "Четыре."]),
        (3, 0, 0, ["Три."]),
        (1, 2, 1, ["Один.", "Два."]),
        (5, 1, 9, ["Четыре.", "Пять."]),
    ],
)
async def test_neighbours_stay_within_the_article(
    db: Database, number: int, before: int, after: int, expected: list[str]
) -> None:
    await publish(db)
    added = await publish(db, FIVE)
    await publish(db, "Ещё одна статья.\nС двумя абзацами.")
    paragraph_id = (await list_paragraphs(db, added.article_id))[number - 1].paragraph_id
    near = await list_neighbours(db, paragraph_id, before=before, after=after)
    assert texts(near) == expected


async def test_an_article_is_read_by_pages(db: Database) -> None:
    added = await publish(db, FIVE)
    pages = [
        texts(await list_paragraphs(db, added.article_id, first=first, limit=2))
        for first in (1, 3, 5, 7)
    ]
    assert pages == [["Один.", "Два."], ["Три.", "Четыре."], ["Пять."], []]
    assert texts(await list_paragraphs(db, added.article_id, version=1, first=5)) == ["Пять."]
    assert await list_paragraphs(db, added.article_id, version=2) == ()
    assert await list_neighbours(db, 404) == ()


async def test_citations_give_their_words_in_order_and_whether_they_still_hold(
    db: Database,
) -> None:
    gone, kept = await publish(db, "Уйдёт."), await publish(db, FIVE)
    await withdraw_article(db, gone.article_id, NOON)
    cites = (
        Cite(kept.version_id, 6, 10),
        Cite(gone.version_id, 0, 6),
        Cite(kept.version_id, 0, 5),
    )
    assert await load_slices(db, cites) == (
        Slice("Два.", kept.article_id, is_published=True),
        Slice("Уйдёт.", gone.article_id, is_published=False),
        Slice("Один.", kept.article_id, is_published=True),
    )
    assert await load_slices(db, ()) == ()


async def test_a_citation_of_a_changed_or_unknown_text_is_an_error(db: Database) -> None:
    added = await publish(db)
    with pytest.raises(StoreError, match="no article version 404"):
        await load_slices(db, [Cite(added.version_id, 0, 5), Cite(404, 0, 5)])
    async with db.write() as connection:
        await connection.execute(update(article_version).values(text=HARBOUR + "!"))
    with pytest.raises(DamagedTextError):
        await load_slices(db, [Cite(added.version_id, 0, 5)])
