"""Drafts: articles that wait for an editor's decision, kept until it is made."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.corrections import FactKind
from bot.store.database import Database
from bot.store.hashes import hash_bytes
from bot.store.tables import draft as draft_table
from bot.store.tables import source_page
from index.types import Article, Language


class Origin(StrEnum):
    """Where a draft came from."""

    TEXT = "text"
    POST = "post"
    FILE = "file"
    LINK = "link"
    FEED = "feed"


class DraftState(StrEnum):
    """What was decided."""

    OPEN = "open"
    PUBLISHED = "published"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, and when."""

    content: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction of a fact by its place; see `corrections` for its fields and values.

    Of a sector the place is its paragraph, the field `wrong` and the value its name.
    """

    kind: FactKind
    start: int
    stop: int
    field: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of an article before it is published; `day` is None until somebody says it.

    `is_day_assumed` says that the day is that of the message, since the text gives none.
    """

    title: str
    text: str
    day: date | None
    language: Language
    url: str | None = None
    source: str | None = None
    is_day_assumed: bool = False


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it is kept; `article_id` is what it was published as."""

    id: int
    user_id: int
    state: DraftState
    origin: Origin
    described: Described
    fixes: tuple[Fix, ...]
    article_id: int | None
    created_at: datetime

    @property
    def article(self) -> Article:
        """Return the article it would become. Raises: UserError if nobody has said its day."""
        known = self.described
        if known.day is None:
            raise UserError("What day did the article come out? For example: 22.01.2026")
        return Article(known.title, known.text, known.day, known.language, known.url, known.source)


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A draft as a line of a list."""

    id: int
    title: str
    day: date | None


async def add_draft(
    connection: AsyncConnection,
    described: Described,
    origin: Origin,
    user_id: int,
    at: datetime,
    page: Fetched | None = None,
) -> int:
    """Keep a draft; return its id."""
    inserted = await connection.execute(
        insert(draft_table)
        .values(
            user_id=user_id,
            state=DraftState.OPEN.value,
            origin=origin.value,
            title=described.title,
            day=described.day,
            is_day_assumed=described.is_day_assumed,
            language=described.language.value,
            url=described.url,
            source=described.source,
            text=described.text,
            corrections="[]",
            page=page and zlib.compress(page.content),
            page_fetched_at=page and page.at,
            created_at=at,
        )
        .returning(draft_table.c.id)
    )
    key: int = inserted.scalar_one()
    return key


async def get_draft(db: Database, draft_id: int) -> StoredDraft:
    """Return a draft, decided or not. Raises: UserError if there is none."""
    async with db.read() as connection:
        return await get_draft_on(connection, draft_id)


async def get_draft_on(connection: AsyncConnection, draft_id: int) -> StoredDraft:
    """Return a draft as the transaction sees it. Raises: UserError if there is none."""
    columns = [column for column in draft_table.c if column.name != "page"]
    row = (
        await connection.execute(select(*columns).where(draft_table.c.id == draft_id))
    ).one_or_none()
    if row is None:
        raise UserError("There is no such draft any more.")
    return _draft(row)


async def get_open_on(connection: AsyncConnection, draft_id: int) -> StoredDraft:
    """Return a draft that is not decided. Raises: UserError if it is, or there is none."""
    draft = await get_draft_on(connection, draft_id)
    if draft.state is DraftState.PUBLISHED:
        raise UserError("This draft is published already.")
    if draft.state is DraftState.DELETED:
        raise UserError("This draft is deleted.")
    return draft


async def list_drafts(db: Database, limit: int, offset: int = 0) -> tuple[ListedDraft, ...]:
    """Return up to `limit` drafts that wait for a decision, the latest first."""
    columns = draft_table.c
    query = (
        _open(select(columns.id, columns.title, columns.day))
        .order_by(columns.id.desc())
        .limit(limit)
        .offset(offset)
    )
    async with db.read() as connection:
        rows = await connection.execute(query)
        return tuple(ListedDraft(row.id, row.title, row.day) for row in rows)


async def count_drafts(db: Database) -> int:
    """Return how many drafts wait for a decision."""
    async with db.read() as connection:
        return await connection.scalar(_open(select(func.count()))) or 0


async def set_described(connection: AsyncConnection, draft_id: int, described: Described) -> None:
    """Let an open draft say other things of itself; its text stays. Raises: UserError."""
    await get_open_on(connection, draft_id)
    await connection.execute(
        update(draft_table)
        .where(draft_table.c.id == draft_id)
        .values(
            title=described.title,
            day=described.day,
            is_day_assumed=described.is_day_assumed,
            language=described.language.value,
            url=described.url,
            source=described.source,
        )
    )


async def set_text(connection: AsyncConnection, draft_id: int, text: str) -> None:
    """Let an open draft have a longer text. Raises: UserError if it is decided."""
    await get_open_on(connection, draft_id)
    await connection.execute(
        update(draft_table).where(draft_table.c.id == draft_id).values(text=text)
    )


async def set_fixes(connection: AsyncConnection, draft_id: int, fixes: Sequence[Fix]) -> None:
    """Keep the corrections of an open draft's facts. Raises: UserError if it is decided."""
    await get_open_on(connection, draft_id)
    kept = [[fix.kind.value, fix.start, fix.stop, fix.field, fix.value] for fix in fixes]
    await connection.execute(
        update(draft_table).where(draft_table.c.id == draft_id).values(corrections=json.dumps(kept))
    )


async def decide_draft(
    connection: AsyncConnection,
    draft_id: int,
    state: DraftState,
    at: datetime,
    article_id: int | None = None,
) -> None:
    """Note what was decided, or that a deleted draft waits again. Raises: UserError if it cannot.

    The state is what makes a second tap do nothing.
    """
    if state is DraftState.OPEN:
        if (await get_draft_on(connection, draft_id)).state is not DraftState.DELETED:
            raise UserError("This button is out of date.")
    else:
        await get_open_on(connection, draft_id)
    await connection.execute(
        update(draft_table)
        .where(draft_table.c.id == draft_id)
        .values(
            state=state.value,
            article_id=article_id,
            decided_at=None if state is DraftState.OPEN else at,
        )
    )


async def keep_page(connection: AsyncConnection, draft_id: int, version_id: int) -> None:
    """Keep the page that a draft was read from with the version that it became."""
    columns = draft_table.c
    row = (
        await connection.execute(
            select(columns.page, columns.page_fetched_at).where(columns.id == draft_id)
        )
    ).one()
    if row.page is None:
        return
    digest = hash_bytes(zlib.decompress(row.page))
    await connection.execute(
        insert(source_page).values(
            version_id=version_id, fetched_at=row.page_fetched_at, sha256=digest, content=row.page
        )
    )


def _open(query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    return query.select_from(draft_table).where(draft_table.c.state == DraftState.OPEN.value)


def _draft(row: Row[tuple[object, ...]]) -> StoredDraft:
    return StoredDraft(
        id=row.id,
        user_id=row.user_id,
        state=DraftState(row.state),
        origin=Origin(row.origin),
        described=Described(
            title=row.title,
            text=row.text,
            day=row.day,
            language=Language(row.language),
            url=row.url,
            source=row.source,
            is_day_assumed=row.is_day_assumed,
        ),
        fixes=tuple(
            Fix(FactKind(kind), start, stop, field, value)
            for kind, start, stop, field, value in json.loads(row.corrections)
        ),
        article_id=row.article_id,
        created_at=row.created_at,
    )
