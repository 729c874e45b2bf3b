"""Updates that Telegram has handed over: stored before it is told so, kept until they are done.

    insert ──► new ──ok──► done      body and chat key erased, the number kept against repeats
                │ ▲
                │ └─ retriable error, fewer than 3 attempts
                └─ the third ──► dead ──► (an operator) new | poison
    not an update ─────────────► poison

Which updates are being handled is known to the one process that handles them, in memory: a claim
writes nothing, and a crash leaves them waiting. Those that a run finds waiting at its start may
have ended the one before, so their attempts are counted before they are made. Hot road: text SQL.
"""

from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError, UserError
from bot.failpoints import reach
from bot.store.audit import Kind, State, note_act
from bot.store.database import Database, Row, later, marks, run
from bot.store.moments import from_micros, to_micros

# An update that failed three times will fail a fourth; its chat must go on.
ATTEMPTS = 3


#: What a decision about an update changes.
_STANDING = ("state", "attempts", "error")


class InboxState(StrEnum):
    """Where an update stands."""

    NEW = "new"
    DONE = "done"
    DEAD = "dead"
    POISON = "poison"


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came: raw JSON, and the key within which updates keep their order.

    `update_id` is None for what has none; it is stored as poison.
    """

    update_id: int | None
    chat_key: str
    body: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update to be handled; `attempts` failed before; `has_next`: its chat has another."""

    id: int
    update_id: int
    chat_key: str
    body: str
    attempts: int
    received_at: datetime
    has_next: bool


@dataclass(frozen=True, slots=True)
class DeadUpdate:
    """An update that could not be handled, for the operator."""

    id: int
    update_id: int
    received_at: datetime
    error: str


async def add_updates(db: Database, bot_id: int, updates: Iterable[Received], at: datetime) -> int:
    """Store a batch of updates, on the disk when this returns; return how many were not repeats."""
    moment = to_micros(at)
    rows = [
        (
            bot_id,
            each.update_id,
            each.chat_key,
            moment,
            each.body,
            InboxState.POISON if each.update_id is None else InboxState.NEW,
        )
        for each in updates
    ]
    if not rows:
        return 0
    rows_of_marks = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(rows))
    reach("inbox.before_commit")
    new = await db.change(
        "INSERT INTO inbox (bot_id, update_id, chat_key, received_at, body, state)"  # noqa: S608 - only marks
        f" VALUES {rows_of_marks} ON CONFLICT (bot_id, update_id) DO NOTHING RETURNING id",
        [value for row in rows for value in row],
    )
    reach("inbox.after_commit")
    return len(new)


async def list_waiting(
    db: Database, bot_id: int, limit: int, running: Collection[str] = ()
) -> tuple[Waiting, ...]:
    """Return the first waiting update of each chat, the earliest stored first, at most `limit`.

    `running` are the keys of the chats that have one in the works; theirs wait.
    """
    rows = await db.fetch(
        "SELECT id, update_id, chat_key, body, attempts, received_at,"  # noqa: S608 - only marks
        " EXISTS (SELECT 1 FROM inbox AS next WHERE next.state = 'new' AND next.id <> mine.id"
        " AND next.chat_key = mine.chat_key AND next.bot_id = mine.bot_id) FROM inbox AS mine"
        f" WHERE state = 'new' AND bot_id = ? AND chat_key NOT IN ({marks(running)})"
        " AND NOT EXISTS (SELECT 1 FROM inbox AS earlier WHERE earlier.state = 'new'"
        " AND earlier.chat_key = mine.chat_key AND earlier.update_id < mine.update_id"
        " AND earlier.bot_id = mine.bot_id) ORDER BY id LIMIT ?",
        (bot_id, *running, limit),
    )
    return tuple(
        Waiting(key, number, chat_key, body, attempts, from_micros(at), bool(has_next))
        for key, number, chat_key, body, attempts, at, has_next in rows
    )


async def last_waiting_id(db: Database, bot_id: int) -> int:
    """Return the id of the update that was stored last of those that wait, 0 if none does."""
    ((last,),) = await db.fetch(
        "SELECT coalesce(max(id), 0) FROM inbox WHERE state = 'new' AND bot_id = ?", (bot_id,)
    )
    return int(last)


async def note_attempt(db: Database, inbox_id: int) -> None:
    """Count an attempt at an update before it is made, since it may end this process."""
    await db.change(
        "UPDATE inbox SET attempts = attempts + 1, error = 'the run that handled it ended'"
        " WHERE id = ? AND state = 'new' RETURNING id",
        (inbox_id,),
    )


async def count_waiting(db: Database, bot_id: int) -> int:
    """Return how many updates wait."""
    ((depth,),) = await db.fetch(
        "SELECT count(*) FROM inbox WHERE state = 'new' AND bot_id = ?", (bot_id,)
    )
    return int(depth)


@asynccontextmanager
async def finishing(db: Database, inbox_id: int) -> AsyncIterator[AsyncConnection]:
    """Open the one transaction of an update: what the block writes, and the update done.

    An exception undoes both.

    Raises: StoreError if the update does not wait, so that no effect comes twice.
    """
    async with db.write() as connection:
        yield connection
        await finish_update(connection, inbox_id)
        reach("worker.before_commit")
    reach("worker.after_commit")


async def finish_update(connection: AsyncConnection, inbox_id: int) -> None:
    """Mark an update done and erase what it said, at the end of the transaction at the latest.

    Raises: StoreError, then, if the update does not wait.
    """
    await later(
        connection,
        "UPDATE inbox SET state = 'done', body = NULL, chat_key = NULL, error = NULL"
        " WHERE id = ? AND state = 'new'",
        (inbox_id,),
        unchanged=_not_waiting(inbox_id),
    )


async def fail_update(
    connection: AsyncConnection, inbox_id: int, error: str, *, is_counted: bool = False
) -> InboxState:
    """Count a failed attempt at an update; return `new` if it is tried again, else `dead`.

    One counted before it was made, `is_counted`, is not counted again.

    Raises: StoreError if the update does not wait.
    """
    rows = await run(
        connection,
        "UPDATE inbox SET attempts = attempts + ?1, error = ?2,"
        " state = CASE WHEN attempts + ?1 < ?3 THEN 'new' ELSE 'dead' END"
        " WHERE id = ?4 AND state = 'new' RETURNING state",
        (int(not is_counted), error, ATTEMPTS, inbox_id),
    )
    return InboxState(_only(rows, inbox_id)[0])


async def bury_update(
    connection: AsyncConnection,
    inbox_id: int,
    error: str,
    state: InboxState = InboxState.DEAD,
) -> None:
    """Give an update up at once: `dead`, or `poison` if it could not be read as an update.

    Raises: StoreError if the update does not wait.
    """
    rows = await run(
        connection,
        "UPDATE inbox SET attempts = attempts + 1, error = ?, state = ?"
        " WHERE id = ? AND state = 'new' RETURNING id",
        (error, state.value, inbox_id),
    )
    _only(rows, inbox_id)


async def list_dead_updates(db: Database, limit: int) -> tuple[DeadUpdate, ...]:
    """Return up to `limit` dead updates, the latest first."""
    async with db.read() as connection:
        rows = await run(
            connection,
            "SELECT id, update_id, received_at, coalesce(error, '') FROM inbox"
            " WHERE state = 'dead' ORDER BY id DESC LIMIT ?",
            (limit,),
        )
    return tuple(DeadUpdate(key, number, from_micros(at), error) for key, number, at, error in rows)


async def retry_update(
    connection: AsyncConnection, inbox_id: int, *, by: int, at: datetime
) -> None:
    """Let a dead update be handled again, and note who did that.

    Raises: UserError if it is not dead.
    """
    change = "UPDATE inbox SET state = 'new', attempts = 0, error = NULL"
    await _take_dead(connection, inbox_id, change, by, at)


async def drop_update(connection: AsyncConnection, inbox_id: int, *, by: int, at: datetime) -> None:
    """Give a dead update up, and note who did that; it is kept as long as poison is.

    Raises: UserError if it is not dead.
    """
    await _take_dead(connection, inbox_id, "UPDATE inbox SET state = 'poison'", by, at)


async def get_update_state(connection: AsyncConnection, subject: str) -> State:
    """Return how an update stands, None if it is not kept."""
    rows = await run(
        connection, "SELECT state, attempts, error FROM inbox WHERE id = ?", (int(subject),)
    )
    return dict(zip(_STANDING, rows[0], strict=True)) if rows else None


async def set_update_state(
    connection: AsyncConnection,
    subject: str,
    state: State,
    at: datetime,  # noqa: ARG001 - as of every subject
) -> None:
    """Let an update stand as it stood."""
    values = [(state or {}).get(name) for name in _STANDING]
    await run(
        connection,
        "UPDATE inbox SET state = ?, attempts = ?, error = ? WHERE id = ?",
        (*values, int(subject)),
    )


async def _take_dead(
    connection: AsyncConnection, inbox_id: int, change: str, by: int, at: datetime
) -> None:
    before = await get_update_state(connection, str(inbox_id))
    rows = await run(
        connection, f"{change} WHERE id = ? AND state = 'dead' RETURNING id", (inbox_id,)
    )
    if not rows:
        raise UserError("There is no dead update {id}.", id=inbox_id)
    after = await get_update_state(connection, str(inbox_id))
    await note_act(connection, Kind.UPDATE, inbox_id, before, after, by=by, at=at)


def _only(rows: list[Row], inbox_id: int) -> Row:
    if not rows:
        raise _not_waiting(inbox_id)
    return rows[0]


def _not_waiting(inbox_id: int) -> StoreError:
    return StoreError(f"Update {inbox_id} of the inbox is not waiting.")
