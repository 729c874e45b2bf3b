import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.errors import UserError
from bot.store.articles import count_articles, get_article
from bot.store.changes import ChangeOp, IndexChange, list_changes
from bot.store.database import Database, open_database
from bot.store.passages import list_paragraphs
from bot.store.publishing import (
    Added,
    add_article,
    insert_article,
    mark_withdrawn,
    withdraw_article,
)
from bot.store.tables import article_version, metadata, paragraph

from .samples import HARBOUR, NOON, an_article, paragraphs_of

KILLED = """
import asyncio, sys
from pathlib import Path
from bot.store.database import open_database
from bot.store.publishing import add_article
sys.path.insert(0, sys.argv[2])
from samples import HARBOUR, NOON, an_article, paragraphs_of

async def main():
    async with open_database(Path(sys.argv[1])) as db:
        await add_article(db, an_article(), paragraphs_of(HARBOUR), analysis=1, at=NOON)

asyncio.run(main())
"""


async def publish(db: Database, text: str = HARBOUR) -> Added:
    return await add_article(db, an_article(text), paragraphs_of(text), analysis=3, at=NOON)


async def table_sizes(db: Database) -> dict[str, int]:
    async with db.read() as connection:
        return {
            name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
            if name in {"article", "article_version", "paragraph", "index_change"}
        }


async def test_an_article_is_stored_as_it_was_given(db: Database) -> None:
    added = await publish(db)
    stored = await get_article(db, added.article_id)
    assert stored.article == an_article()
    assert (stored.version, stored.version_id) == (1, added.version_id)
    assert (stored.created_at, stored.withdrawn_at) == (NOON, None)
    assert stored.paragraphs == 3
    assert added.is_new


async def test_it_comes_with_its_paragraphs_terms_and_change(db: Database) -> None:
    added = await publish(db)
    async with db.read() as connection:
        terms = await connection.scalars(select(paragraph.c.terms).order_by(paragraph.c.number))
        assert next(iter(terms)) == "порт|пор откроют|отк в мае"
        assert await connection.scalar(select(article_version.c.analysis)) == 3
    change = IndexChange(added.seq, added.article_id, ChangeOp.ADD)
    assert await list_changes(db, 0, 10) == (change,)


async def test_the_same_text_is_recognised_whatever_its_title(db: Database) -> None:
    first = await publish(db)
    other = replace(an_article(), title="Другой заголовок", url=None)
    again = await add_article(db, other, paragraphs_of(HARBOUR), analysis=3, at=NOON)
    assert again == replace(first, is_new=False)
    sizes = await table_sizes(db)
    assert sizes == {"article": 1, "article_version": 1, "paragraph": 3, "index_change": 1}


async def test_a_text_differing_in_one_sign_is_another_article(db: Database) -> None:
    first, second = await publish(db), await publish(db, HARBOUR + " ")
    assert second.is_new
    assert second.article_id != first.article_id


async def test_the_text_of_a_withdrawn_article_may_be_published_again(db: Database) -> None:
    first = await publish(db)
    await withdraw_article(db, first.article_id, NOON)
    second = await publish(db)
    assert second.is_new
    assert second.article_id > first.article_id


async def test_simultaneous_adds_of_one_text_store_it_once(db: Database) -> None:
    async with open_database(db.path) as other:
        results = await asyncio.gather(*(publish(each) for each in (db, other) * 3))
    assert sum(added.is_new for added in results) == 1
    assert len({added.article_id for added in results}) == 1


async def test_an_article_without_paragraphs_is_whole_too(db: Database) -> None:
    added = await add_article(db, an_article("…"), (), analysis=1, at=NOON)
    assert (await get_article(db, added.article_id)).paragraphs == 0


async def test_a_failure_after_the_article_undoes_all_of_it(db: Database) -> None:
    with pytest.raises(LookupError):
        async with db.write() as connection:
            await insert_article(
                connection, an_article(), paragraphs_of(HARBOUR), analysis=1, at=NOON
            )
            raise LookupError
    assert set((await table_sizes(db)).values()) == {0}


async def test_withdrawing_tells_the_index_and_keeps_the_text(db: Database) -> None:
    added = await publish(db)
    later = NOON + timedelta(hours=1)
    seq = await withdraw_article(db, added.article_id, later)
    assert (await get_article(db, added.article_id)).withdrawn_at == later
    change = IndexChange(seq, added.article_id, ChangeOp.REMOVE)
    assert await list_changes(db, added.seq, 10) == (change,)
    assert len(await list_paragraphs(db, added.article_id)) == 3


async def test_withdrawing_twice_or_the_unknown_is_refused_in_words(db: Database) -> None:
    added = await publish(db)
    await withdraw_article(db, added.article_id, NOON)
    with pytest.raises(UserError, match="is withdrawn already") as caught:
        await withdraw_article(db, added.article_id, NOON)
    assert caught.value.values == {"id": added.article_id}
    with pytest.raises(UserError, match="There is no article"):
        await withdraw_article(db, 404, NOON)
    assert len(await list_changes(db, 0, 10)) == 2


async def test_a_refused_withdrawal_undoes_the_transaction_around_it(db: Database) -> None:
    with pytest.raises(UserError):
        async with db.write() as connection:
            await insert_article(
                connection, an_article(), paragraphs_of(HARBOUR), analysis=1, at=NOON
            )
            await mark_withdrawn(connection, 404, NOON)
    assert await count_articles(db) == 0


@pytest.mark.parametrize(("place", "articles"), [("before", 0), ("after", 1)])
async def test_a_kill_at_the_commit_leaves_a_whole_article_or_none(
    tmp_path: Path, place: str, articles: int
) -> None:
    path = tmp_path / "paragraf.db"
    killed = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KILLED,
        str(path),
        str(Path(__file__).parent),
        env=os.environ | {"FAIL_AT": f"article.{place}_commit"},
    )
    assert await killed.wait() == -signal.SIGKILL
    async with open_database(path) as db:
        sizes = await table_sizes(db)
    assert sizes == {
        "article": articles,
        "article_version": articles,
        "paragraph": 3 * articles,
        "index_change": articles,
    }
