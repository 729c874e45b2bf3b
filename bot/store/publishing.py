"""Writes articles: publish, withdraw. Reading them is in `articles`, quoting them in `passages`.

An article is what people speak of; a version is what it says. An answer quotes a version, so a
version is never changed: a correction adds one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError, UserError
from bot.failpoints import reach
from bot.store.announcements import AnnouncementKind, announce
from bot.store.audit import Kind, State, note_act
from bot.store.changes import ChangeOp, add_change, get_last_seq_on
from bot.store.database import Database
from bot.store.facts import Source, insert_facts
from bot.store.hashes import hash_text
from bot.store.tables import article as article_table
from bot.store.tables import article_version, paragraph
from bot.store.terms import pack_terms
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
) -> Added:
    """Publish an article as part of the transaction of `connection`; return what became of it.

    `analysis` is the version of the rules that found the paragraphs' terms. A text that a published
    article has already is not stored again. `facts` are kept with the paragraphs. It is noted as an
    act of `by`, None for the command line.
    """
    known = await _find_published(connection, hash_text(article.text))
    if known is not None:
        return known
    statement = insert(article_table).values(version=FIRST_VERSION, created_at=at)
    inserted = await connection.execute(statement.returning(article_table.c.id))
    article_id: int = inserted.scalar_one()
    version_id = await _insert_version(connection, article_id, FIRST_VERSION, article, analysis, at)
    await _insert_paragraphs(connection, version_id, paragraphs)
    if facts is not None:
        source = Source(version_id, article.text, article.day, article.language)
        await insert_facts(connection, source, facts)
    await announce(connection, article_id, version_id, AnnouncementKind.NEW, at)
    seq = await add_change(connection, article_id, ChangeOp.ADD, at)
    after = await get_article_state(connection, str(article_id))
    unpublished = {"version": FIRST_VERSION, "is_published": False}
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
    return await _set_state(connection, article_id, after, at)


async def get_article_state(connection: AsyncConnection, subject: str) -> State:
    """Return which version of an article is current and whether it is published; None for none.

    `is_erased` is there only if it was erased for ever.
    """
    columns = (article_table.c.version, article_table.c.withdrawn_at, article_table.c.erased_at)
    row = (
        await connection.execute(select(*columns).where(article_table.c.id == int(subject)))
    ).one_or_none()
    if row is None:
        return None
    state = {"version": row.version, "is_published": row.withdrawn_at is None}
    return state if row.erased_at is None else {**state, "is_erased": True}


async def set_article_state(
    connection: AsyncConnection, subject: str, state: State, at: datetime
) -> None:
    """Bring an article to a state that it had. All versions are kept, so it only points there.

    Raises: UserError if it was erased, or its very text has been published as another article.
    """
    if state is None:
        raise StoreError("An article that was published cannot be one that never was.")
    article_id = int(subject)
    present = await get_article_state(connection, subject)
    if present is None or present.get("is_erased"):
        raise UserError("What was erased for ever cannot be brought back.")
    if state["is_published"]:
        current = (article_version.c.article_id == article_id) & (
            article_version.c.number == state["version"]
        )
        digest = await connection.scalar(select(article_version.c.sha256).where(current))
        twin = await _find_published(connection, digest or "")
        if twin is not None and twin.article_id != article_id:
            raise UserError("Article {id} has this very text already.", id=twin.article_id)
    await _set_state(connection, article_id, state, at)


async def _set_state(
    connection: AsyncConnection, article_id: int, state: Mapping[str, object], at: datetime
) -> int:
    """Write another state and announce it to the index; return the number of the change."""
    is_published = bool(state["is_published"])
    await connection.execute(
        update(article_table)
        .where(article_table.c.id == article_id)
        .values(version=state["version"], withdrawn_at=None if is_published else at)
    )
    op = ChangeOp.ADD if is_published else ChangeOp.REMOVE
    return await add_change(connection, article_id, op, at)


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


async def _insert_version(
    connection: AsyncConnection,
    article_id: int,
    number: int,
    article: Article,
    analysis: int,
    at: datetime,
) -> int:
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


async def _insert_paragraphs(
    connection: AsyncConnection, version_id: int, paragraphs: Sequence[Paragraph]
) -> None:
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
