"""What becomes of leased messages: sent, postponed, of unknown outcome, or at their end.

Each function is one transaction and changes only messages that are still leased.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.failpoints import reach
from bot.store.attachments import release_attachments
from bot.store.chats import suspend_chat
from bot.store.database import Database, run, run_many
from bot.store.moments import to_micros
from bot.store.notices import fail_notices, return_notices
from bot.store.outbox import OutboxState
from bot.store.pauses import set_pause
from bot.store.subscriptions import suspend_thread
from bot.store.watches import delete_watch

# After eight sends of unknown outcome the fault is not the network's.
UNKNOWN_OUTCOMES = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that Telegram accepted, and its number there; None for methods that return none."""

    id: int
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when nothing more goes to a chat, or with `pauses.BOT` to any, and why."""

    chat_id: int
    until: datetime
    reason: str


async def mark_sent(db: Database, sent: Sequence[Sent], at: datetime) -> None:
    """Note accepted messages in one transaction; then their files are erased.

    An edit has no number of its own: it shows in the message that it changed. One cancelled while
    it was on its way is sent all the same. Questions that these messages answer wait no more.
    """
    marks = ", ".join(["(?, ?)"] * len(sent))
    reach("sender.before_mark")
    marked = await db.change(
        "UPDATE outbox SET state = 'sent', owner = NULL, error = NULL, ended_at = ?,"  # noqa: S608 - only marks
        " message_id = CASE WHEN edits IS NULL THEN mark.column2 END"
        f" FROM (VALUES {marks}) AS mark"
        " WHERE id = mark.column1 AND state IN ('leased', 'cancelled') RETURNING attachment,"
        " (SELECT n.cause_id FROM notice AS n WHERE n.outbox_id = outbox.id AND n.cause = 'watch'"
        " AND n.outbox_id IS NOT NULL)",
        [to_micros(at), *(value for each in sent for value in (each.id, each.message_id))],
    )
    reach("sender.after_mark")
    if any(attachment for attachment, _ in marked):
        async with db.write() as connection:
            await release_attachments(connection)
    for watch_id in {answered for _, answered in marked if answered}:
        async with db.write() as connection:
            await delete_watch(connection, watch_id)


async def postpone_messages(
    db: Database, ids: Iterable[int], error: str, pause: Pause | None = None
) -> None:
    """Return messages that were certainly not accepted to their queue, and pause; nothing counts.

    For 429, 5xx, a refused connection (with a pause), and for a stop of the sender (without).
    """
    async with db.write() as connection:
        await run_many(
            connection,
            "UPDATE outbox SET state = 'ready', owner = NULL, error = ?"
            " WHERE id = ? AND state = 'leased'",
            [(error, key) for key in ids],
        )
        if pause is not None:
            await set_pause(connection, pause.chat_id, pause.until, pause.reason)


async def count_unknown(
    db: Database, message_id: int, error: str, at: datetime, pause: Pause | None = None
) -> OutboxState:
    """Count a send whose outcome is unknown; return `ready` if it is sent again, else `dead`."""
    async with db.write() as connection:
        states = await _count_unknown(connection, "id = ?", message_id, error, at)
        if pause is not None:
            await set_pause(connection, pause.chat_id, pause.until, pause.reason)
    return states[0] if states else OutboxState.READY


async def void_foreign_leases(db: Database, owner: str, at: datetime) -> int:
    """Take back the leases of all runs but `owner`, and return how many there were.

    The lock file proves that those runs are gone. What they sent last may have been accepted.
    """
    async with db.write() as connection:
        return len(
            await _count_unknown(connection, "owner <> ?", owner, "the run that sent it ended", at)
        )


async def use_plain_twin(db: Database, message_id: int, error: str) -> bool:
    """Let a message be sent again as its twin without markup; return False if it has none left."""
    async with db.write() as connection:
        rows = await run(
            connection,
            "UPDATE outbox SET state = 'ready', owner = NULL, error = ?, payload = plain,"
            " plain = NULL WHERE id = ? AND state = 'leased' AND plain IS NOT NULL RETURNING id",
            (error, message_id),
        )
    return bool(rows)


async def replace_payload(db: Database, message_id: int, payload: str, error: str) -> None:
    """Let other words be sent in place of a message that may no longer say what it said.

    For a reply whose article was withdrawn meanwhile. The new words quote nothing.
    """
    async with db.write() as connection:
        await run(
            connection,
            "UPDATE outbox SET state = 'ready', owner = NULL, error = ?, payload = ?, plain = NULL,"
            " cites = '[]' WHERE id = ? AND state = 'leased'",
            (error, payload, message_id),
        )


async def bury_message(db: Database, message_id: int, error: str, at: datetime) -> None:
    """End a message as dead: the operator must look."""
    async with db.write() as connection:
        await _end(connection, message_id, OutboxState.DEAD, error, at)


async def take_back(db: Database, message_id: int, reason: str, at: datetime) -> bool:
    """Cancel a claimed message that tells followers; what it tells of waits to be worded anew.

    Returns False, with nothing changed, if it is the answer to somebody.
    """
    async with db.write() as connection:
        if not await return_notices(connection, [message_id], reason, at):
            return False
        await _end(connection, message_id, OutboxState.CANCELLED, reason, at)
        return True


async def mark_undeliverable(
    db: Database, message_id: int, error: str, at: datetime, *, suspend: bool
) -> set[int]:
    """End a message as undeliverable; return whose subscriptions were suspended by that.

    With `suspend` the chat takes nothing any more (403): it is suspended, and all that waits for it
    is undeliverable too; what its followers were to be told is told when it takes messages again.
    Without it only this message is, as with a closed topic, whose subscriptions are suspended.
    """
    async with db.write() as connection:
        chat_id = await _end(connection, message_id, OutboxState.UNDELIVERABLE, error, at)
        if chat_id is None:
            return set()
        if not suspend:
            stopped = set[int]()
            for chat, thread in await fail_notices(connection, [message_id], error):
                stopped |= await suspend_thread(connection, chat, thread, error)
            return stopped
        ended = await run(
            connection,
            "UPDATE outbox SET state = 'undeliverable', error = ?, ended_at = ?"
            " WHERE chat_id = ? AND state = 'ready' RETURNING id",
            (error, to_micros(at), chat_id),
        )
        await return_notices(connection, [message_id, *(key for (key,) in ended)], error, at)
        await release_attachments(connection)
        await suspend_chat(connection, chat_id, error, at)
        return set()


async def _end(
    connection: AsyncConnection, message_id: int, state: OutboxState, error: str, at: datetime
) -> int | None:
    """End a leased message; return its chat, or None if it is not leased."""
    rows = await run(
        connection,
        "UPDATE outbox SET state = ?, owner = NULL, error = ?, ended_at = ?"
        " WHERE id = ? AND state = 'leased' RETURNING chat_id",
        (state, error, to_micros(at), message_id),
    )
    if not rows:
        return None
    await cancel_edits(connection, [message_id], at)
    await release_attachments(connection)
    return int(rows[0][0])


async def cancel_edits(connection: AsyncConnection, targets: Iterable[int], at: datetime) -> None:
    """Cancel the unsent edits of messages that will not be sent."""
    await run_many(
        connection,
        "UPDATE outbox SET state = 'cancelled', error = 'what it edits was not sent', ended_at = ?"
        " WHERE edits = ? AND edits IS NOT NULL AND state = 'ready'",
        [(to_micros(at), target) for target in targets],
    )


async def _count_unknown(
    connection: AsyncConnection, which: str, value: object, error: str, at: datetime
) -> list[OutboxState]:
    """Count an unknown outcome of the leased messages chosen by `which`; return their states."""
    rows = await run(
        connection,
        "UPDATE outbox SET owner = NULL, error = ?, attempts = attempts + 1,"  # noqa: S608 - ours
        " state = CASE WHEN attempts + 1 < ? THEN 'ready' ELSE 'dead' END,"
        " ended_at = CASE WHEN attempts + 1 < ? THEN NULL ELSE ? END"
        f" WHERE state = 'leased' AND {which} RETURNING id, state",
        (error, UNKNOWN_OUTCOMES, UNKNOWN_OUTCOMES, to_micros(at), value),
    )
    await cancel_edits(connection, [key for key, state in rows if state == OutboxState.DEAD], at)
    return [OutboxState(state) for _, state in rows]
