"""Writes articles: publish, withdraw. Reading them is in `articles`, quoting them in `passages`.

An article is what people speak of; a version is what it says. An answer quotes a version, so a
version is never changed: a correction adds one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.failpoints import reach
from bot.store.announcements import AnnouncementKind, announce
from bot.store.article_states import get_article_state, point_to
from bot.store.audit import Kind, note_act
from bot.store.changes import ChangeOp, add_change, get_last_seq_on
from bot.store.database import Database
from bot.store.facts import Source, insert_facts
from bot.store.hashes import hash_text
from bot.store.tables import article as article_table
from bot.store.tables import article_version, paragraph
from bot.store.terms import pack_terms
from bot.store.traces import look_before, trace
from index.facts import Facts
from index.types import Article, Paragraph

FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article: its ids, and the change by which the index learns of it.

    `is_new` is False when a published article has this very text; the ids are then that one's,
    and `seq` is the last change at that moment.
    """

    article_id: int
    version_id: int
    seq: int
    is_new: bool


async def add_article(
    db: Database,
    article: Article,
    paragraphs: Sequence[Paragraph],
    *,
    analysis: int,
    at: datetime,
    facts: Facts | None = None,
) -> Added:
    """Publish an article in a transaction of its own; return what became of it."""
    async with db.write() as connection:
        added = await insert_article(
            connection, article, paragraphs, analysis=analysis, at=at, facts=facts
        )
        reach("article.before_commit")
    reach("article.after_commit")
    return added


async def insert_article(
    connection: AsyncConnection,
    article: Article,
    paragraphs: Sequence[Paragraph],
    *,
    analysis: int,
    at: datetime,
    facts: Facts | None = None,
    by: int | None = None,
    is_announced: bool = True,
    is_urgent: bool = False,
    draft_id: int | None = None,
) -> Added:
    """Publish an article as part of the transaction of `connection`; return what became of it.

    `analysis` is the version of the rules that found the paragraphs' terms. A text that a published
    article has already is not stored again. `facts` are kept with the paragraphs. It is noted as an
    act of `by`, None for the command line. Followers hear of what is announced; in their quiet
    hours too, if it is urgent. By `draft_id` the act can be taken back wholly, to the draft.
    """
    known = await _find_published(connection, hash_text(article.text))
    if known is not None:
        return known
    before = await look_before(connection, facts) if draft_id is not None else None
    statement = insert(article_table).values(version=FIRST_VERSION, created_at=at)
    inserted = await connection.execute(statement.returning(article_table.c.id))
    article_id: int = inserted.scalar_one()
    version_id = await insert_version(connection, article_id, FIRST_VERSION, article, analysis, at)
    await insert_paragraphs(connection, version_id, paragraphs)
    if facts is not None:
        source = Source(version_id, article.text, article.day, article.language)
        await insert_facts(connection, source, facts)
    if is_announced:
        kind = AnnouncementKind.NEW
        await announce(connection, article_id, version_id, kind, at, is_urgent=is_urgent)
    seq = await add_change(connection, article_id, ChangeOp.ADD, at)
    after = await get_article_state(connection, str(article_id))
    unpublished: dict[str, object] = {"version": FIRST_VERSION, "is_published": False}
    if before is not None:
        made = await trace(connection, facts, before)
        unpublished["made"] = {**made, "draft_id": draft_id}
    await note_act(connection, Kind.ARTICLE, article_id, unpublished, after, by=by, at=at)
    return Added(article_id, version_id, seq, is_new=True)


async def withdraw_article(db: Database, article_id: int, at: datetime) -> int:
    """Withdraw an article in a transaction of its own; return the number of the change.

    Raises: UserError if there is no such article, or it is withdrawn already.
    """
    async with db.write() as connection:
        return await mark_withdrawn(connection, article_id, at)


async def mark_withdrawn(
    connection: AsyncConnection, article_id: int, at: datetime, by: int | None = None
) -> int:
    """Withdraw an article as part of the transaction of `connection`; return the change's number.

    Its texts stay, for the permalinks and for taking the act back. It is noted as an act of `by`,
    None for the command line.

    Raises: UserError if there is no such article, or it is withdrawn already.
    """
    before = await get_article_state(connection, str(article_id))
    if before is None:
        raise UserError("There is no article {id}.", id=article_id)
    if not before["is_published"]:
        raise UserError("Article {id} is withdrawn already.", id=article_id)
    after = {**before, "is_published": False}
    await note_act(connection, Kind.ARTICLE, article_id, before, after, by=by, at=at)
    return await point_to(connection, article_id, after, at)


async def _find_published(connection: AsyncConnection, digest: str) -> Added | None:
    """Return the published article whose current version has this text, or None."""
    query = (
        select(article_table.c.id, article_version.c.id)
        .join_from(
            article_version,
            article_table,
            (article_table.c.id == article_version.c.article_id)
            & (article_table.c.version == article_version.c.number),
        )
        .where(article_version.c.sha256 == digest, article_table.c.withdrawn_at.is_(None))
        .order_by(article_table.c.id)
        .limit(1)
    )
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    return Added(row[0], row[1], await get_last_seq_on(connection), is_new=False)


async def insert_version(
    connection: AsyncConnection,
    article_id: int,
    number: int,
    article: Article,
    analysis: int,
    at: datetime,
) -> int:
    """Store what an article says as its version of that number; return the version's id."""
    statement = insert(article_version).values(
        article_id=article_id,
        number=number,
        title=article.title,
        day=article.day,
        language=article.language.value,
        url=article.url,
        source=article.source,
        text=article.text,
        sha256=hash_text(article.text),
        analysis=analysis,
        created_at=at,
    )
    inserted = await connection.execute(statement.returning(article_version.c.id))
    version_id: int = inserted.scalar_one()
    return version_id


async def insert_paragraphs(
    connection: AsyncConnection, version_id: int, paragraphs: Sequence[Paragraph]
) -> None:
    """Store the paragraphs of a version."""
    rows = [
        {
            "version_id": version_id,
            "number": each.number,
            "start": each.span.start,
            "stop": each.span.stop,
            "terms": pack_terms(each.terms),
        }
        for each in paragraphs
    ]
    if rows:
        await connection.execute(insert(paragraph), rows)
