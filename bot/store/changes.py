"""What the index follows: the numbered changes of the corpus, and articles in the form it keeps.

A reader that has applied all changes up to a number and asks for those after it misses none:
numbers are never reused, and one is visible only with everything that it announces.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import article as article_table
from bot.store.tables import article_version, index_change, paragraph
from bot.store.terms import Words, unpack_terms
from index.types import IndexedArticle, IndexedParagraph, Language

# Keeps one turn of the event loop under about 0.1 s with 20 paragraphs an article, and the bound
# values far from the 32 766 that SQLite takes.
# Source: sqlite.org/limits.html, 9
ARTICLES_A_QUERY = 200


class ChangeOp(StrEnum):
    """What the index does: take an article in (again), forget it, or read questions anew."""

    ADD = "add"
    REMOVE = "remove"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class IndexChange:
    """One change of the corpus; of its words (`ChangeOp.WORDS`) it has no article."""

    seq: int
    article_id: int | None
    op: ChangeOp


async def add_change(
    connection: AsyncConnection, article_id: int | None, op: ChangeOp, at: datetime
) -> int:
    """Announce a change to the index in the transaction that makes it; return its number."""
    statement = insert(index_change).values(article_id=article_id, op=op.value, at=at)
    seq: int = (await connection.execute(statement.returning(index_change.c.seq))).scalar_one()
    return seq


async def get_last_seq(db: Database) -> int:
    """Return the number of the last change; 0 if there was none."""
    async with db.read() as connection:
        return await get_last_seq_on(connection)


async def get_last_seq_on(connection: AsyncConnection) -> int:
    """Return the number of the last change that the transaction of `connection` sees."""
    return await connection.scalar(select(func.max(index_change.c.seq))) or 0


async def get_change_moment(db: Database, seq: int) -> datetime | None:
    """Return when change number `seq` was made, None if there is none."""
    async with db.read() as connection:
        at: datetime | None = await connection.scalar(
            select(index_change.c.at).where(index_change.c.seq == seq)
        )
        return at


async def is_any_erased(db: Database, article_ids: Iterable[int]) -> bool:
    """Return whether one of these articles was erased for ever."""
    query = select(article_table.c.id).where(
        article_table.c.id.in_(set(article_ids)), article_table.c.erased_at.is_not(None)
    )
    async with db.read() as connection:
        return (await connection.execute(query.limit(1))).first() is not None


async def list_changes(db: Database, after_seq: int, limit: int) -> tuple[IndexChange, ...]:
    """Return up to `limit` changes after number `after_seq`, in order."""
    rows = await db.fetch(
        "SELECT seq, article_id, op FROM index_change WHERE seq > ? ORDER BY seq LIMIT ?",
        (after_seq, limit),
    )
    return tuple(IndexChange(seq, article_id, ChangeOp(op)) for seq, article_id, op in rows)


async def list_published_ids(db: Database) -> tuple[int, tuple[int, ...]]:
    """Return the number of the last change and the ids of the articles published as of it."""
    query = (
        select(article_table.c.id)
        .where(article_table.c.withdrawn_at.is_(None))
        .order_by(article_table.c.id)
    )
    async with db.read() as connection:
        seq = await get_last_seq_on(connection)
        return seq, tuple(await connection.scalars(query))


async def load_indexed(db: Database, article_ids: Iterable[int]) -> tuple[IndexedArticle, ...]:
    """Return the published ones of these articles in their current versions, by id.

    All of one moment; withdrawn and unknown ones are left out. No texts are read.
    """
    ids = sorted(set(article_ids))
    words = Words()
    loaded: list[IndexedArticle] = []
    async with db.read() as connection:
        for start in range(0, len(ids), ARTICLES_A_QUERY):
            loaded += await _load_batch(connection, ids[start : start + ARTICLES_A_QUERY], words)
    return tuple(loaded)


async def _load_batch(
    connection: AsyncConnection, article_ids: Sequence[int], words: Words
) -> list[IndexedArticle]:
    current = (article_version.c.article_id == article_table.c.id) & (
        article_version.c.number == article_table.c.version
    )
    chosen = article_table.c.id.in_(article_ids) & article_table.c.withdrawn_at.is_(None)
    paragraphs: dict[int, list[IndexedParagraph]] = defaultdict(list)
    for key, version_id, number, packed in await connection.execute(
        select(paragraph.c.id, paragraph.c.version_id, paragraph.c.number, paragraph.c.terms)
        .join_from(article_table, article_version, current)
        .join(paragraph, paragraph.c.version_id == article_version.c.id)
        .where(chosen)
        .order_by(paragraph.c.version_id, paragraph.c.number)
    ):
        paragraphs[version_id].append(IndexedParagraph(key, number, unpack_terms(packed, words)))
    heads = await connection.execute(
        select(
            article_table.c.id,
            article_version.c.id.label("version_id"),
            article_version.c.title,
            article_version.c.day,
            article_version.c.language,
            article_version.c.source,
        )
        .join_from(article_table, article_version, current)
        .where(chosen)
        .order_by(article_table.c.id)
    )
    return [
        IndexedArticle(
            id=row.id,
            title=row.title,
            day=row.day,
            language=Language(row.language),
            source=row.source,
            paragraphs=tuple(paragraphs[row.version_id]),
        )
        for row in heads
    ]
