"""New versions of articles: what waits for its editor's decision, and what is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.failpoints import reach
from bot.store.announcements import AnnouncementKind, announce
from bot.store.article_states import get_article_state, point_to, require_unique
from bot.store.audit import Kind, note_act
from bot.store.changed_passages import note_changes
from bot.store.corrections import copy_corrections
from bot.store.database import Database, run
from bot.store.facts import Source, insert_facts
from bot.store.publishing import insert_paragraphs, insert_version
from bot.store.tables import article_version
from bot.store.tables import revision as revision_table
from bot.store.traces import look_before, trace
from index.facts import Facts
from index.types import Article, Language, Paragraph


@dataclass(frozen=True, slots=True)
class Revision:
    """A new version that waits: of an article, made from its version of that number, by whom."""

    article_id: int
    version: int
    article: Article
    by: int
    id: int = 0


async def put_revision(connection: AsyncConnection, revision: Revision, at: datetime) -> int:
    """Keep a new version in place of another of that editor for that article; return its id."""
    columns = revision_table.c
    await connection.execute(
        delete(revision_table).where(
            columns.article_id == revision.article_id, columns.by == revision.by
        )
    )
    said = revision.article
    statement = insert(revision_table).values(
        article_id=revision.article_id,
        version=revision.version,
        title=said.title,
        day=said.day,
        language=said.language.value,
        url=said.url,
        source=said.source,
        text=said.text,
        by=revision.by,
        created_at=at,
    )
    key: int = (await connection.execute(statement.returning(columns.id))).scalar_one()
    return key


async def get_revision(db: Database, revision_id: int) -> Revision:
    """Return a new version that waits. Raises: UserError if it is decided on."""
    query = select(revision_table).where(revision_table.c.id == revision_id)
    async with db.read() as connection:
        row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise UserError("This version waits no more: it was published or dropped.")
    said = Article(row.title, row.text, row.day, Language(row.language), row.url, row.source)
    return Revision(row.article_id, row.version, said, row.by, row.id)


async def drop_revision(connection: AsyncConnection, revision_id: int) -> None:
    """Let a new version wait no more. Raises: UserError if it did not."""
    await _end_waiting(connection, revision_id)


async def _end_waiting(connection: AsyncConnection, revision_id: int) -> int:
    """Let a new version wait no more; return since when it did. Raises: UserError if it did not."""
    rows = await run(
        connection, "DELETE FROM revision WHERE id = ? RETURNING created_at", (revision_id,)
    )
    if not rows:
        raise UserError("This version waits no more: it was published or dropped.")
    return int(rows[0][0])


async def publish_revision(
    connection: AsyncConnection,
    revision: Revision,
    paragraphs: Sequence[Paragraph],
    facts: Facts,
    *,
    analysis: int,
    at: datetime,
) -> int:
    """Publish what waited as the article's version of the returned number, part of a transaction.

    Corrections of facts go along with the paragraphs that stay as they were.

    Raises: UserError if it waits no more, its article was changed or withdrawn meanwhile, or
    another has this very text.
    """
    article_id, said = revision.article_id, revision.article
    waited_from = await _end_waiting(connection, revision.id)
    before = await get_article_state(connection, str(article_id))
    if before != {"version": revision.version, "is_published": True}:
        raise UserError("The article was changed meanwhile. Begin anew: /edit {id}", id=article_id)
    await require_unique(connection, article_id, said.text)
    known = await look_before(connection, facts)
    number = await _next_number(connection, article_id)
    version_id = await insert_version(connection, article_id, number, said, analysis, at)
    await insert_paragraphs(connection, version_id, paragraphs)
    await copy_corrections(connection, article_id, revision.version, number)
    source = Source(version_id, said.text, said.day, said.language)
    await insert_facts(connection, source, facts)
    await note_changes(connection, article_id, revision.version, number, at)
    await announce(connection, article_id, version_id, AnnouncementKind.CHANGED, at)
    after = {"version": number, "is_published": True}
    made = {
        **await trace(connection, facts, known),
        "revision_id": revision.id,
        "of": revision.version,
        "by": revision.by,
        "waited_from": waited_from,
    }
    state = {**before, "made": made}
    await note_act(connection, Kind.ARTICLE, article_id, state, after, by=revision.by, at=at)
    await point_to(connection, article_id, after, at)
    reach("revision.before_commit")
    return number


async def _next_number(connection: AsyncConnection, article_id: int) -> int:
    """Return the number of the next version: one that was undone keeps its own."""
    query = select(func.max(article_version.c.number)).where(
        article_version.c.article_id == article_id
    )
    return (await connection.scalar(query) or 0) + 1
