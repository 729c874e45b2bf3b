"""The care of the outbox: how it stands, what is cancelled, what becomes of dead messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.attachments import release_attachments
from bot.store.database import Database, Row, run
from bot.store.moments import from_micros, to_micros
from bot.store.outbox import OutboxState, Prio
from bot.store.sending import cancel_edits

# An answer that comes a day late answers nothing; Telegram, too, keeps updates for a day.
REPLY_LIFETIME = timedelta(hours=24)


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
    db: Database, state: OutboxState, limit: int
) -> tuple[FailedMessage, ...]:
    """Return up to `limit` dead (or undeliverable) messages, the latest first."""
    async with db.read() as connection:
        rows = await run(
            connection,
            "SELECT id, chat_id, method, state, attempts, coalesce(error, ''), created_at"
            " FROM outbox WHERE state IN ('dead', 'undeliverable') AND state = ?"
            " ORDER BY id DESC LIMIT ?",
            (state, limit),
        )
    return tuple(map(_failed, rows))


async def list_recent_sends(db: Database, since: datetime) -> tuple[tuple[int, datetime], ...]:
    """Return the chat and the moment of each message sent after `since`, in order.

    For the budgets of a sender that has just started.
    """
    async with db.read() as connection:
        rows = await run(
            connection,
            "SELECT chat_id, ended_at FROM outbox WHERE payload IS NOT NULL"
            " AND ended_at IS NOT NULL AND ended_at > ? AND state = 'sent' ORDER BY ended_at, id",
            (to_micros(since),),
        )
    return tuple((chat_id, from_micros(at)) for chat_id, at in rows)


async def retry_message(connection: AsyncConnection, message_id: int) -> None:
    """Let a dead message be sent again. Raises: UserError if it is not dead."""
    rows = await run(
        connection,
        "UPDATE outbox SET state = 'ready', attempts = 0, ended_at = NULL"
        " WHERE id = ? AND state = 'dead' RETURNING id",
        (message_id,),
    )
    if not rows:
        raise UserError("There is no dead message {id}.", id=message_id)


async def drop_message(connection: AsyncConnection, message_id: int, at: datetime) -> None:
    """Give a dead message up for good. Raises: UserError if it is not dead."""
    rows = await run(
        connection,
        "UPDATE outbox SET state = 'cancelled', ended_at = ?"
        " WHERE id = ? AND state = 'dead' RETURNING id",
        (to_micros(at), message_id),
    )
    if not rows:
        raise UserError("There is no dead message {id}.", id=message_id)
    await release_attachments(connection)


async def cancel_expired(db: Database, at: datetime) -> int:
    """Cancel the replies that waited longer than `REPLY_LIFETIME`; return how many."""
    async with db.write() as connection:
        return await _cancel(
            connection, "prio = 0 AND created_at < ?", to_micros(at - REPLY_LIFETIME), "expired", at
        )


async def cancel_chat(connection: AsyncConnection, chat_id: int, reason: str, at: datetime) -> int:
    """Cancel all that is unsent to a chat, in the caller's transaction; return how many."""
    return await _cancel(connection, "chat_id = ?", chat_id, reason, at)


async def cancel_message(
    connection: AsyncConnection, message_id: int, reason: str, at: datetime
) -> int:
    """Cancel an unsent message, in the caller's transaction; return 1, or 0 if it has ended."""
    return await _cancel(connection, "id = ?", message_id, reason, at)


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
