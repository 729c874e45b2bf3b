"""Messages to be sent: accepted in the transaction that causes them, claimed by the one sender.

    ready ──claim──► leased ──► sent
      ▲                │ ├────► undeliverable    the chat or message can never take it
      │                │ └────► dead             the operator must look
      └────────────────┘                         postponed, or its outcome unknown
    any unsent ───────────────► cancelled

What becomes of a leased message is in `sending`, the care of the table in `queues`. Hot road: text
SQL; a state in a condition is always a literal, or the partial indexes would not serve.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.attachments import Attachment, add_attachment
from bot.store.database import Database, Row, marks, run
from bot.store.moments import from_micros, to_micros
from bot.store.pauses import BOT


class Prio(IntEnum):
    """Who goes first: a lower one is always sent before a higher one."""

    REPLY = 0
    ADMIN = 1
    BROADCAST = 5


class OutboxState(StrEnum):
    """Where a message stands."""

    READY = "ready"
    LEASED = "leased"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Cite:
    """A block quote of a message: the slice `[start, stop)` of the text of a version."""

    version_id: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be sent: a method of the Bot API and its parameters as JSON.

    The parameters leave out the chat, the thread and the number of an edited message: these are
    filled in at the send, since a chat may get another number while the message waits.
    `plain` are the parameters of its twin without markup. `cites` are its block quotes in order.
    `edits` names the outbox row of the message that it changes; its number is filled in when sent.
    """

    chat_id: int
    method: str
    payload: str
    thread_id: int | None = None
    prio: Prio = Prio.REPLY
    plain: str | None = None
    cites: tuple[Cite, ...] = ()
    edits: int | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Leased:
    """A message that this run has claimed and must bring to an end.

    `attempts` ended unknown before. `edits_message_id` is the number of the message it changes;
    `attachment` the key of its file; `has_next` says that more waits for its chat.
    """

    id: int
    chat_id: int
    thread_id: int | None
    prio: Prio
    method: str
    payload: str
    plain: str | None
    cites: tuple[Cite, ...]
    edits_message_id: int | None
    attachment: str | None
    attempts: int
    created_at: datetime
    has_next: bool


async def add_messages(
    connection: AsyncConnection, cause: str, messages: Sequence[Message], at: datetime
) -> tuple[int, ...]:
    """Accept messages, in order, in the transaction of what causes them; return their ids.

    The n-th is known by the key `<cause>:<n>` (`u:<inbox id>:<n>` for a reply); one accepted before
    under its key is not accepted again, and its id is returned.
    """
    return tuple(
        [
            await _add_message(connection, f"{cause}:{number}", message, to_micros(at))
            for number, message in enumerate(messages)
        ]
    )


async def claim_messages(
    db: Database, owner: str, limit: int, at: datetime, *, skip: Collection[int] = ()
) -> tuple[Leased, ...]:
    """Lease the next messages for the run `owner`: by priority, then oldest first, at most `limit`.

    Of a chat only its first, and none while it has one leased, so its order holds whatever becomes
    of that one. Chats paused at `at`, and those in `skip`, wait; so does all while the bot is.
    """
    rows = await db.change(
        "UPDATE outbox SET state = 'leased', owner = ?"  # noqa: S608 - only marks are filled in
        f" WHERE id IN ({_next_ids(skip)}) AND state = 'ready'"
        " RETURNING id, chat_id, thread_id, prio, method, payload, plain, cites,"
        " (SELECT message_id FROM outbox AS target WHERE target.id = outbox.edits),"
        " attachment, attempts, created_at, EXISTS (SELECT 1 FROM outbox AS next"
        " WHERE next.state = 'ready' AND next.chat_id = outbox.chat_id AND next.id <> outbox.id)",
        (owner, *_pause_values(at), *skip, limit),
    )
    return tuple(sorted(map(_leased, rows), key=lambda leased: (leased.prio, leased.id)))


async def find_sent(db: Database, chat_id: int, message_id: int) -> int | None:
    """Return the outbox id of a message of ours that a chat shows, or None."""
    rows = await db.fetch(
        "SELECT id FROM outbox WHERE chat_id = ? AND message_id = ? AND message_id IS NOT NULL"
        " ORDER BY id LIMIT 1",
        (chat_id, message_id),
    )
    return rows[0][0] if rows else None


async def _add_message(connection: AsyncConnection, dedupe: str, message: Message, at: int) -> int:
    prio = int(message.prio)
    state, error = OutboxState.READY, None
    if message.edits is not None:
        known = await _find_by_key(connection, dedupe)
        if known is not None:
            return known
        prio, state, error = await _prepare_edit(connection, message.edits, at)
    attachment = message.attachment and await add_attachment(connection, message.attachment)
    rows = await run(
        connection,
        "INSERT INTO outbox (dedupe, chat_id, thread_id, prio, method, payload, plain, cites,"
        " edits, attachment, state, error, created_at, ended_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (dedupe) DO NOTHING RETURNING id",
        (
            dedupe,
            message.chat_id,
            message.thread_id,
            prio,
            message.method,
            message.payload,
            message.plain,
            json.dumps([[cite.version_id, cite.start, cite.stop] for cite in message.cites]),
            message.edits,
            attachment,
            state,
            error,
            at,
            None if state is OutboxState.READY else at,
        ),
    )
    if rows:
        return int(rows[0][0])
    known = await _find_by_key(connection, dedupe)
    assert known is not None  # noqa: S101 - the conflict was with it
    return known


async def _find_by_key(connection: AsyncConnection, dedupe: str) -> int | None:
    rows = await run(connection, "SELECT id FROM outbox WHERE dedupe = ?", (dedupe,))
    return int(rows[0][0]) if rows else None


async def _prepare_edit(
    connection: AsyncConnection, target: int, at: int
) -> tuple[int, OutboxState, str | None]:
    """Replace the unsent edits of a message; return what a new edit of it starts as.

    It has the message's own priority, so that it is never sent before what it changes.

    Raises: StoreError if there is no such message.
    """
    rows = await run(
        connection, "SELECT prio, state, message_id FROM outbox WHERE id = ?", (target,)
    )
    if not rows:
        raise StoreError(f"There is no message {target} in the outbox to edit.")
    await run(
        connection,
        "UPDATE outbox SET state = 'cancelled', ended_at = ?, error = 'replaced by a newer edit'"
        " WHERE edits = ? AND state = 'ready'",
        (at, target),
    )
    prio, state, message_id = rows[0]
    if message_id is None and state not in {OutboxState.READY, OutboxState.LEASED}:
        return prio, OutboxState.CANCELLED, "what it edits was not sent"
    return prio, OutboxState.READY, None


def _next_ids(skip: Collection[int]) -> str:
    return (
        "SELECT id FROM outbox AS mine WHERE state = 'ready'"  # noqa: S608 - only marks are filled in
        " AND NOT EXISTS (SELECT 1 FROM pause WHERE chat_id = ? AND until > ?)"
        " AND chat_id NOT IN (SELECT chat_id FROM pause WHERE until > ?)"
        " AND chat_id NOT IN (SELECT chat_id FROM outbox WHERE state = 'leased')"
        f" AND chat_id NOT IN ({marks(skip)})"
        " AND id = (SELECT first.id FROM outbox AS first WHERE first.state = 'ready'"
        " AND first.chat_id = mine.chat_id ORDER BY first.prio, first.id LIMIT 1)"
        " ORDER BY prio, id LIMIT ?"
    )


def _pause_values(at: datetime) -> tuple[int, int, int]:
    moment = to_micros(at)
    return BOT, moment, moment


def _leased(row: Row) -> Leased:
    key, chat_id, thread_id, prio, method, payload, plain, cites, target, file, *rest = row
    attempts, at, has_next = rest
    return Leased(
        id=key,
        chat_id=chat_id,
        thread_id=thread_id,
        prio=Prio(prio),
        method=method,
        payload=payload,
        plain=plain,
        cites=tuple(Cite(*cite) for cite in json.loads(cites)),
        edits_message_id=target,
        attachment=file,
        attempts=attempts,
        created_at=from_micros(at),
        has_next=bool(has_next),
    )
