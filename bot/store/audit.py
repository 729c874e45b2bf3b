"""What editors did: who, when, to what, from which state to which. Rows are never changed.

An act takes a subject from one state to another, so whoever can read a subject's state and set it
can take the act back: `undoing` has both for each kind. Taking back is an act like any other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, Select, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import audit as audit_table

#: A state of a subject as JSON; None where there is none, as of whoever has no role.
State = Mapping[str, object] | None


class Kind(StrEnum):
    """What an act changed. The subject is its id as text, or the words that it is known by."""

    ARTICLE = "article"
    ROLE = "role"
    FEED = "feed"
    FEEDBACK = "feedback"
    UNANSWERED = "unanswered"
    GOLDEN = "golden"
    MESSAGE = "message"
    SYNONYM = "synonym"
    ALIAS = "alias"
    PATTERN = "pattern"
    BROADCAST = "broadcast"
    DRAFT = "draft"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Act:
    """An act as it was noted: `by` is None for the command line.

    `undoes` is the act that this one took back, `is_undone` whether another took back this one.
    """

    id: int
    at: datetime
    by: int | None
    kind: Kind
    subject: str
    before: State
    after: State
    undoes: int | None
    is_undone: bool


async def note_act(
    connection: AsyncConnection,
    kind: Kind,
    subject: object,
    before: State,
    after: State,
    *,
    by: int | None,
    at: datetime,
    undoes: int | None = None,
) -> None:
    """Note an act in the transaction that does it."""
    await connection.execute(
        insert(audit_table).values(
            at=at,
            by=by,
            kind=kind.value,
            subject=str(subject),
            before=_as_json(before),
            after=_as_json(after),
            undoes=undoes,
        )
    )


async def get_act_on(connection: AsyncConnection, act_id: int) -> Act | None:
    """Return an act as the transaction of `connection` sees it, None if there is none."""
    row = (await connection.execute(_select().where(audit_table.c.id == act_id))).one_or_none()
    return _act(row) if row is not None else None


async def get_act(db: Database, act_id: int) -> Act | None:
    """Return an act, None if there is none."""
    async with db.read() as connection:
        return await get_act_on(connection, act_id)


async def find_last_act(db: Database, by: int) -> Act | None:
    """Return the last act of a person, None if he has done nothing."""
    query = (
        _select(is_whole=False)
        .where(audit_table.c.by == by)
        .order_by(audit_table.c.id.desc())
        .limit(1)
    )
    async with db.read() as connection:
        row = (await connection.execute(query)).one_or_none()
    return _act(row) if row is not None else None


async def list_acts(db: Database, limit: int, offset: int = 0) -> tuple[Act, ...]:
    """Return up to `limit` acts, the latest first."""
    query = _select(is_whole=False).order_by(audit_table.c.id.desc()).limit(limit).offset(offset)
    async with db.read() as connection:
        return tuple(map(_act, await connection.execute(query)))


async def count_acts(db: Database) -> int:
    """Return how many acts are noted."""
    async with db.read() as connection:
        return await connection.scalar(select(func.count()).select_from(audit_table)) or 0


def _select(*, is_whole: bool = True) -> Select[tuple[object, ...]]:
    """Return the query of acts; a list has no use for the rows that one took away."""
    later = audit_table.alias()
    undone = select(later.c.id).where(later.c.undoes == audit_table.c.id).exists()
    before = audit_table.c.before
    shown = before if is_whole else func.json_remove(before, "$.rows")
    others = [column for column in audit_table.c if column is not before]
    return select(*others, shown.label("before"), undone.label("is_undone"))


def _act(row: Row[tuple[object, ...]]) -> Act:
    return Act(
        id=row.id,
        at=row.at,
        by=row.by,
        kind=Kind(row.kind),
        subject=row.subject,
        before=json.loads(row.before),
        after=json.loads(row.after),
        undoes=row.undoes,
        is_undone=row.is_undone,
    )


def _as_json(state: State) -> str:
    return json.dumps(state, ensure_ascii=False, sort_keys=True)
