"""The ledger of what followers are told: nothing is missed, nothing is told twice.

    waiting ──due──► sent          a message of the outbox tells of it
    held    ──due──► │ ├─► waiting       its chat took no messages: again when it does
       │             │ └─► undeliverable its topic is closed, its message was refused
       └─────────────┴──► dropped  unsubscribed, withdrawn, no longer matching, too late

`held` waits for a known hour, `waiting` for its turn. Several causes that tell a chat of the same
become one message; each has its own row all the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, Row, marks, run, run_many
from bot.store.moments import from_micros, to_micros


class Cause(StrEnum):
    """Why somebody is told something."""

    SUBSCRIPTION = "subscription"
    WATCH = "watch"
    CORRECTION = "correction"
    BROADCAST = "broadcast"


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    DROPPED = "dropped"
    UNDELIVERABLE = "undeliverable"


#: Why a notice waits of which its chat could not be told when it came; what came meanwhile is one
#: digest when the chat is back.
MISSED = "missed"


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be made: of `item`, because of the subscription (watch …) `cause_id`."""

    cause: Cause
    cause_id: int
    item: int
    chat_id: int
    thread_id: int
    due_at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A row of the ledger; `tries` counts the messages that were made of it before."""

    id: int
    cause: Cause
    cause_id: int
    item: int
    chat_id: int
    thread_id: int
    due_at: datetime
    state: NoticeState
    reason: str | None
    tries: int
    outbox_id: int | None
    created_at: datetime


_COLUMNS = (
    "id, cause, cause_id, item, chat_id, thread_id, due_at, state, reason, tries, outbox_id,"
    " created_at"
)
#: Two literals, as the partial indexes have them.
_OPEN = "state IN ('waiting', 'held')"


async def add_notices(
    connection: AsyncConnection, notices: Sequence[NewNotice], at: datetime
) -> None:
    """Make notices; one that was made before for the same cause, item and place is not made again.

    Those due later than `at` are held; those of a chat that takes no messages say so.
    """
    await run_many(
        connection,
        "INSERT INTO notice (cause, cause_id, item, chat_id, thread_id, due_at, state, reason,"  # noqa: S608 - a literal
        " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, coalesce(?, (SELECT"
        f" '{MISSED}' FROM chat WHERE id = ? AND state = 'suspended')), ?)"
        " ON CONFLICT (cause, cause_id, item, chat_id, thread_id) DO NOTHING",
        [
            (
                each.cause.value,
                each.cause_id,
                each.item,
                each.chat_id,
                each.thread_id,
                to_micros(each.due_at),
                "held" if each.due_at > at else "waiting",
                each.reason,
                each.chat_id,
                to_micros(at),
            )
            for each in notices
        ],
    )


async def list_due_places(db: Database, at: datetime, limit: int) -> list[tuple[int, int]]:
    """Return chats and threads with notices due at `at`, the longest due first.

    Read from at most `limit` notices, so fewer places may come. Left out are chats that take no
    messages, and those whose last notice has not left yet: what comes meanwhile joins the next.
    """
    rows = await db.fetch(
        f"SELECT chat_id, thread_id FROM notice WHERE {_OPEN} AND due_at <= ?"  # noqa: S608 - a literal of this module
        " AND chat_id NOT IN (SELECT id FROM chat WHERE state = 'suspended')"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat_id = notice.chat_id"
        " AND outbox.state = 'ready' AND outbox.prio = 5)"
        " ORDER BY due_at, id LIMIT ?",
        (to_micros(at), limit),
    )
    return list(dict.fromkeys((chat_id, thread_id) for chat_id, thread_id in rows))


async def count_ready(db: Database, most: int) -> int:
    """Return how many messages to followers wait to be sent, counted up to `most`."""
    rows = await db.fetch(
        "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'ready' AND prio = 5 LIMIT ?)",
        (most,),
    )
    return int(rows[0][0])


async def list_due(
    db: Database, chat_id: int, thread_id: int, at: datetime, limit: int
) -> list[Notice]:
    """Return the notices of a place that are due at `at`, the oldest first."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS} FROM notice WHERE {_OPEN} AND chat_id = ? AND thread_id = ?"  # noqa: S608 - literals
        " AND due_at <= ? ORDER BY id LIMIT ?",
        (chat_id, thread_id, to_micros(at), limit),
    )
    return list(map(_notice, rows))


async def list_open_after(db: Database, after: int, at: datetime, limit: int) -> list[Notice]:
    """Return what is due later than `at` with a number above `after`, in order, at most `limit`."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS} FROM notice WHERE {_OPEN} AND id > ? AND due_at > ?"  # noqa: S608 - literals
        " ORDER BY id LIMIT ?",
        (after, to_micros(at), limit),
    )
    return list(map(_notice, rows))


async def is_any_open(connection: AsyncConnection, ids: Collection[int]) -> bool:
    """Return whether any of some notices waits still, as a transaction sees it."""
    rows = await run(
        connection,
        f"SELECT 1 FROM notice WHERE id IN ({marks(ids)}) AND {_OPEN} LIMIT 1",  # noqa: S608 - marks
        tuple(ids),
    )
    return bool(rows)


async def mark_told(connection: AsyncConnection, ids: Collection[int], outbox_id: int) -> None:
    """Note which message tells of notices, in the transaction that accepts it."""
    await run(
        connection,
        "UPDATE notice SET state = 'sent', outbox_id = ?, tries = tries + 1"  # noqa: S608 - marks
        f" WHERE id IN ({marks(ids)}) AND {_OPEN}",
        (outbox_id, *ids),
    )


async def tells_of_withdrawn(db: Database, outbox_id: int) -> bool:
    """Return whether a message tells of an article that is not published any more.

    An answer to a question that waited may come of another article than the news; its quotation
    tells which.
    """
    rows = await db.fetch(
        "SELECT 1 FROM notice AS n LEFT JOIN announcement AS a ON a.id = n.item"
        " LEFT JOIN article ON article.id = a.article_id"
        " WHERE n.outbox_id = ? AND n.outbox_id IS NOT NULL"
        " AND n.cause IN ('subscription', 'correction')"
        # Without an announcement its article is a draft again.
        " AND (a.id IS NULL OR article.withdrawn_at IS NOT NULL) LIMIT 1",
        (outbox_id,),
    )
    return bool(rows)


async def drop_notices(connection: AsyncConnection, ids: Collection[int], reason: str) -> None:
    """Give notices up, and say why."""
    await run(
        connection,
        f"UPDATE notice SET state = 'dropped', reason = ? WHERE id IN ({marks(ids)}) AND {_OPEN}",  # noqa: S608 - marks
        (reason, *ids),
    )


async def drop_of_cause(
    connection: AsyncConnection, cause: Cause, cause_id: int, reason: str
) -> int:
    """Give up what waits because of a subscription (watch …); return how many."""
    rows = await run(
        connection,
        f"UPDATE notice SET state = 'dropped', reason = ? WHERE {_OPEN} AND cause = ?"  # noqa: S608 - a literal
        " AND cause_id = ? RETURNING id",
        (reason, cause.value, cause_id),
    )
    return len(rows)


async def list_open_of_cause(
    connection: AsyncConnection, cause: Cause, cause_id: int
) -> list[Notice]:
    """Return what waits because of a subscription (watch …), as a transaction sees it."""
    rows = await run(
        connection,
        f"SELECT {_COLUMNS} FROM notice WHERE {_OPEN} AND cause = ? AND cause_id = ? ORDER BY id",  # noqa: S608 - literals
        (cause.value, cause_id),
    )
    return list(map(_notice, rows))


async def set_due(
    connection: AsyncConnection, notice_id: int, due_at: datetime, at: datetime, reason: str | None
) -> None:
    """Let an open notice wait for another moment."""
    await run(
        connection,
        f"UPDATE notice SET due_at = ?, state = ?, reason = ? WHERE id = ? AND {_OPEN}",  # noqa: S608 - a literal
        (to_micros(due_at), "held" if due_at > at else "waiting", reason, notice_id),
    )


async def miss_notices(connection: AsyncConnection, chat_id: int) -> None:
    """Note of what waits for a chat that it could not be told."""
    await run(
        connection,
        "UPDATE notice SET reason = ? WHERE chat_id = ? AND state = 'waiting'",
        (MISSED, chat_id),
    )


async def return_notices(
    connection: AsyncConnection, outbox_ids: Collection[int], reason: str, at: datetime
) -> int:
    """Let what messages were to tell of wait again, since none of them was taken; return how many.

    It is due still, whatever has become of the clock that it was due by. But not broadcasts, which
    are old when it is told.
    """
    rows = await run(
        connection,
        "UPDATE notice SET reason = ?, due_at = min(due_at, ?),"  # noqa: S608 - marks
        " state = CASE cause WHEN 'broadcast' THEN 'undeliverable' ELSE 'waiting' END,"
        " outbox_id = CASE cause WHEN 'broadcast' THEN outbox_id END"
        f" WHERE outbox_id IN ({marks(outbox_ids)}) AND outbox_id IS NOT NULL AND state = 'sent'"
        " RETURNING id",
        (reason, to_micros(at), *outbox_ids),
    )
    return len(rows)


async def fail_notices(
    connection: AsyncConnection, outbox_ids: Collection[int], reason: str
) -> list[tuple[int, int]]:
    """Note that what messages were to tell of cannot be told; return their chats and threads."""
    rows = await run(
        connection,
        "UPDATE notice SET state = 'undeliverable', reason = ?"  # noqa: S608 - marks
        f" WHERE outbox_id IN ({marks(outbox_ids)}) AND outbox_id IS NOT NULL AND state = 'sent'"
        " RETURNING chat_id, thread_id",
        (reason, *outbox_ids),
    )
    return list(dict.fromkeys((chat_id, thread_id) for chat_id, thread_id in rows))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A line of what a chat was told, or is to be: what of, because of what, what became of it.

    `title` is the article's, `cause_title` what was followed, None where it is gone. `outbox` is
    the state of the message that tells of it, if there is one.
    """

    notice: Notice
    title: str | None
    cause_title: str | None
    outbox: str | None


async def list_deliveries(db: Database, chat_id: int, limit: int, offset: int) -> list[Delivery]:
    """Return what a chat was told and is to be told, the latest first."""
    columns = ", ".join(f"n.{column.strip()}" for column in _COLUMNS.split(","))
    rows = await db.fetch(
        f"SELECT {columns}, v.title,"  # noqa: S608 - literals of this module
        " CASE n.cause WHEN 'subscription' THEN s.title WHEN 'watch' THEN w.question END, o.state"
        " FROM notice AS n"
        " LEFT JOIN announcement AS a ON n.cause != 'broadcast' AND a.id = n.item"
        " LEFT JOIN article_version AS v ON v.id = a.version_id"
        " LEFT JOIN subscription AS s ON n.cause = 'subscription' AND s.id = n.cause_id"
        " LEFT JOIN watch AS w ON n.cause = 'watch' AND w.id = n.cause_id"
        " LEFT JOIN outbox AS o ON o.id = n.outbox_id"
        " WHERE n.chat_id = ? ORDER BY n.id DESC LIMIT ? OFFSET ?",
        (chat_id, limit, offset),
    )
    return [Delivery(_notice(row[:12]), *row[12:]) for row in rows]


async def count_deliveries(db: Database, chat_id: int) -> int:
    """Return how many lines `list_deliveries` has in all."""
    rows = await db.fetch("SELECT count(*) FROM notice WHERE chat_id = ?", (chat_id,))
    return int(rows[0][0])


def _notice(row: Row) -> Notice:
    (
        key,
        cause,
        cause_id,
        item,
        chat_id,
        thread_id,
        due_at,
        state,
        reason,
        tries,
        outbox_id,
        created_at,
    ) = row
    return Notice(
        key,
        Cause(cause),
        cause_id,
        item,
        chat_id,
        thread_id,
        from_micros(due_at),
        NoticeState(state),
        reason,
        tries,
        outbox_id,
        from_micros(created_at),
    )
