"""The care of the outbox: how it stands, what is cancelled, what becomes of dead messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.attachments import release_attachments
from bot.store.audit import Kind, State, note_act
from bot.store.database import Database, Row, run
from bot.store.moments import from_micros, to_micros
from bot.store.outbox import OutboxState, Prio
from bot.store.sending import cancel_edits
from bot.store.watches import IS_ANSWERED

# An answer that comes a day late answers nothing; Telegram, too, keeps updates for a day.
REPLY_LIFETIME = timedelta(hours=24)

#: What of a message an act upon it changes.
_STANDING = ("state", "attempts", "error", "ended_at")

#: Of a row of `outbox`: it does not tell followers of what another message tells by now, because
#: its chat was back, or another article answered the question.
_IS_FIRST = (
    "(prio <> 5 OR EXISTS (SELECT 1 FROM notice AS n WHERE n.outbox_id = outbox.id"  # noqa: S608 - a literal
    " AND n.outbox_id IS NOT NULL AND (n.cause <> 'watch' OR EXISTS (SELECT 1 FROM watch"
    f" WHERE watch.id = n.cause_id AND NOT {IS_ANSWERED}))))"
)


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """A message that could not be delivered, for the operator; `attempts` ended unknown."""

    id: int
    chat_id: int
    method: str
    state: OutboxState
    attempts: int
    error: str
    created_at: datetime


async def count_messages(db: Database) -> dict[tuple[OutboxState, Prio], int]:
    """Return how many messages are ready, leased, dead or undeliverable, by state and priority."""
    async with db.read() as connection:
        rows = await run(
            connection,
            "SELECT 'ready', prio, count(*) FROM outbox WHERE state = 'ready' GROUP BY prio"
            " UNION ALL"
            " SELECT 'leased', prio, count(*) FROM outbox WHERE state = 'leased' GROUP BY prio"
            " UNION ALL"
            " SELECT state, prio, count(*) FROM outbox"
            " WHERE state IN ('dead', 'undeliverable') GROUP BY state, prio",
        )
    return {(OutboxState(state), Prio(prio)): count for state, prio, count in rows}


async def list_failed_messages(
    db: Database, limit: int, offset: int = 0
) -> tuple[FailedMessage, ...]:
    """Return up to `limit` dead or undeliverable messages, the latest first."""
    rows = await db.fetch(
        "SELECT id, chat_id, method, state, attempts, coalesce(error, ''), created_at"
        " FROM outbox WHERE state IN ('dead', 'undeliverable') ORDER BY id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return tuple(map(_failed, rows))


async def list_recent_sends(
    db: Database, since: datetime, at: datetime
) -> tuple[tuple[int, datetime], ...]:
    """Return the chat and the moment of each message sent after `since`, up to `at`, in order.

    For the budgets of a sender that has just started. What was sent later, by a clock that has been
    set back since, would count as not sent yet.
    """
    async with db.read() as connection:
        rows = await run(
            connection,
            "SELECT chat_id, ended_at FROM outbox WHERE payload IS NOT NULL"
            " AND ended_at IS NOT NULL AND ended_at > ? AND ended_at <= ? AND state = 'sent'"
            " ORDER BY ended_at, id",
            (to_micros(since), to_micros(at)),
        )
    return tuple((chat_id, from_micros(at)) for chat_id, at in rows)


async def retry_message(
    connection: AsyncConnection, message_id: int, *, by: int, at: datetime
) -> None:
    """Let a dead or undeliverable message be sent again, and note who did that.

    Raises: UserError if it is neither, if what it said or its file is erased by now, or if it is
        told by another message.
    """
    before = await get_message_state(connection, str(message_id))
    rows = await run(
        connection,
        "UPDATE outbox SET state = 'ready', attempts = 0, error = NULL, ended_at = NULL"  # noqa: S608 - literals
        f" WHERE id = ? AND state IN ('dead', 'undeliverable') AND {_IS_FIRST}"
        " AND payload IS NOT NULL"
        " AND (attachment IS NOT NULL OR method NOT IN ('sendPhoto', 'sendDocument'))"
        " RETURNING id",
        (message_id,),
    )
    if not rows:
        raise UserError("Message {id} cannot be sent again.", id=message_id)
    after = await get_message_state(connection, str(message_id))
    await note_act(connection, Kind.MESSAGE, message_id, before, after, by=by, at=at)


async def drop_message(
    connection: AsyncConnection, message_id: int, *, by: int, at: datetime
) -> None:
    """Give a dead or undeliverable message up for good, and note who did that.

    Raises: UserError if it is neither.
    """
    before = await get_message_state(connection, str(message_id))
    rows = await run(
        connection,
        "UPDATE outbox SET state = 'cancelled'"
        " WHERE id = ? AND state IN ('dead', 'undeliverable') RETURNING id",
        (message_id,),
    )
    if not rows:
        raise UserError("Message {id} waits no more.", id=message_id)
    after = await get_message_state(connection, str(message_id))
    await note_act(connection, Kind.MESSAGE, message_id, before, after, by=by, at=at)
    await release_attachments(connection)


async def get_message_state(connection: AsyncConnection, subject: str) -> State:
    """Return how a message stands, None if it is not kept."""
    rows = await run(
        connection,
        "SELECT state, attempts, error, ended_at FROM outbox WHERE id = ?",
        (int(subject),),
    )
    return dict(zip(_STANDING, rows[0], strict=True)) if rows else None


async def set_message_state(
    connection: AsyncConnection,
    subject: str,
    state: State,
    at: datetime,  # noqa: ARG001 - as of every subject
) -> None:
    """Let a message stand as it stood."""
    values = [(state or {}).get(name) for name in _STANDING]
    await run(
        connection,
        "UPDATE outbox SET state = ?, attempts = ?, error = ?, ended_at = ? WHERE id = ?",
        (*values, int(subject)),
    )


async def cancel_expired(db: Database, at: datetime) -> int:
    """Cancel the replies that waited longer than `REPLY_LIFETIME`; return how many."""
    async with db.write() as connection:
        return await _cancel(
            connection, "prio = 0 AND created_at < ?", to_micros(at - REPLY_LIFETIME), "expired", at
        )


async def cancel_chat(connection: AsyncConnection, chat_id: int, reason: str, at: datetime) -> int:
    """Cancel all that is unsent to a chat, in the caller's transaction; return how many."""
    return await _cancel(connection, "chat_id = ?", chat_id, reason, at)


async def _cancel(
    connection: AsyncConnection, which: str, value: object, reason: str, at: datetime
) -> int:
    """Cancel the unsent messages for which `which` holds; return how many.

    One that is on its way cannot be called back: it ends as sent if Telegram takes it, and is not
    sent again if not.
    """
    cancelled: list[int] = []
    for state in ("ready", "leased"):
        rows = await run(
            connection,
            "UPDATE outbox SET state = 'cancelled', owner = NULL, error = ?, ended_at = ?"  # noqa: S608 - ours
            f" WHERE state = '{state}' AND {which} RETURNING id",
            (reason, to_micros(at), value),
        )
        cancelled += [key for (key,) in rows]
    await cancel_edits(connection, cancelled, at)
    await release_attachments(connection)
    return len(cancelled)


def _failed(row: Row) -> FailedMessage:
    key, chat_id, method, state, attempts, error, created_at = row
    return FailedMessage(
        key, chat_id, method, OutboxState(state), attempts, error, from_micros(created_at)
    )
