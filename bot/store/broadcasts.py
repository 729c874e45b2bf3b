"""Messages of an owner to many: written, begun, stopped, gone on with, ended."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.audit import Kind, State, note_act
from bot.store.database import Database, Row, run
from bot.store.moments import to_micros

#: Whom a broadcast is for: everybody, or `language:ru`, `sector:energy`.
ALL = "all"

#: When what was stopped is due: not as long as it is.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)

#: Why a notice waits or was given up.
STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message to many; `report_id` is the outbox row of the message that shows how it goes."""

    id: int
    by: int
    html: str
    audience: str
    is_stopped: bool
    cursor: int | None
    report_id: int | None
    is_started: bool
    is_expanded: bool
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What has become of a broadcast: chats that have it, will have it, and cannot."""

    delivered: int
    waiting: int
    failed: int

    @property
    def total(self) -> int:
        """Return how many chats it was made for so far."""
        return self.delivered + self.waiting + self.failed


_SELECT = (
    "SELECT id, by, html, audience, is_stopped, cursor, report_id, started_at IS NOT NULL,"
    " expanded_at IS NOT NULL, ended_at IS NOT NULL FROM broadcast"
)
#: Whoever opened the bot, and groups that follow something: others did not ask to be told. What a
#: channel says its own owner answers for.
_REACHABLE = (
    " FROM chat AS c WHERE c.state = 'active' AND (c.kind = 'private'"
    " OR c.kind <> 'channel' AND EXISTS (SELECT 1 FROM subscription AS s WHERE s.chat_id = c.id))"
)
_OF_SECTOR = (
    " AND EXISTS (SELECT 1 FROM subscription AS s JOIN topic AS t ON t.id = s.topic_id"
    " WHERE s.chat_id = c.id AND t.kind = 'sector' AND t.subject = ?)"
)


async def add_broadcast(connection: AsyncConnection, by: int, html: str, at: datetime) -> int:
    """Keep a message that may be sent to many; return its number."""
    rows = await run(
        connection,
        "INSERT INTO broadcast (by, html, audience, is_stopped, created_at)"
        " VALUES (?, ?, ?, 0, ?) RETURNING id",
        (by, html, ALL, to_micros(at)),
    )
    return int(rows[0][0])


async def get_broadcast(db: Database, broadcast_id: int) -> Broadcast:
    """Return a broadcast. Raises: UserError if there is none such."""
    rows = await db.fetch(f"{_SELECT} WHERE id = ?", (broadcast_id,))
    if not rows:
        raise UserError("This button is out of date.")
    return _broadcast(rows[0])


async def list_going(db: Database) -> list[Broadcast]:
    """Return the broadcasts that have begun and not ended, the oldest first."""
    rows = await db.fetch(
        f"{_SELECT} WHERE started_at IS NOT NULL AND ended_at IS NULL ORDER BY id"
    )
    return list(map(_broadcast, rows))


async def list_audience(
    db: Database, audience: str, default: str, after: int | None, limit: int
) -> list[int]:
    """Return the chats that a broadcast is for, with numbers above `after`, in order.

    A chat that chose no language has the language `default`.
    """
    where, values = _wanted(audience, default)
    if after is not None:
        where, values = f"{where} AND c.id > ?", (*values, after)
    rows = await db.fetch(f"SELECT c.id{where} ORDER BY c.id LIMIT ?", (*values, limit))
    return [key for (key,) in rows]


async def count_audience(db: Database, audience: str, default: str) -> int:
    """Return how many chats a broadcast would be for."""
    where, values = _wanted(audience, default)
    rows = await db.fetch(f"SELECT count(*){where}", values)
    return int(rows[0][0])


async def set_audience(connection: AsyncConnection, broadcast_id: int, audience: str) -> None:
    """Choose whom a broadcast is for. Raises: UserError if it has begun."""
    rows = await run(
        connection,
        "UPDATE broadcast SET audience = ? WHERE id = ? AND started_at IS NULL RETURNING id",
        (audience, broadcast_id),
    )
    if not rows:
        raise UserError("This broadcast has begun already.")


async def start_broadcast(
    connection: AsyncConnection, broadcast_id: int, report_id: int, by: int, at: datetime
) -> None:
    """Begin a broadcast, as an act. Raises: UserError if it has begun."""
    rows = await run(
        connection,
        "UPDATE broadcast SET started_at = ?, report_id = ?"
        " WHERE id = ? AND started_at IS NULL RETURNING id",
        (to_micros(at), report_id, broadcast_id),
    )
    if not rows:
        raise UserError("This broadcast has begun already.")
    after = {"is_stopped": False}
    await note_act(connection, Kind.BROADCAST, broadcast_id, None, after, by=by, at=at)


async def stop_broadcast(
    connection: AsyncConnection, broadcast_id: int, *, is_stopped: bool, by: int, at: datetime
) -> None:
    """Stop a broadcast, or let it go on, as an act; nothing happens if it is so already."""
    before = await get_broadcast_state(connection, str(broadcast_id))
    after = {"is_stopped": is_stopped}
    if before is None or before == after:
        return
    await set_broadcast_state(connection, str(broadcast_id), after, at)
    await note_act(connection, Kind.BROADCAST, broadcast_id, before, after, by=by, at=at)


async def get_broadcast_state(connection: AsyncConnection, subject: str) -> State:
    """Return whether a broadcast that has begun is stopped, None before that."""
    rows = await run(
        connection,
        "SELECT is_stopped FROM broadcast WHERE id = ? AND started_at IS NOT NULL",
        (int(subject),),
    )
    return {"is_stopped": bool(rows[0][0])} if rows else None


async def set_broadcast_state(
    connection: AsyncConnection, subject: str, state: State, at: datetime
) -> None:
    """Stop a broadcast or let it go on; to take its beginning back is to stop it.

    What waits to be sent is called back, and is made anew when it goes on.
    """
    key, is_stopped = int(subject), state is None or bool(state["is_stopped"])
    await run(
        connection,
        "UPDATE broadcast SET is_stopped = ? WHERE id = ? AND ended_at IS NULL",
        (is_stopped, key),
    )
    if is_stopped:
        await run(
            connection,
            "UPDATE outbox SET state = 'cancelled', error = ?, ended_at = ?"
            " WHERE state = 'ready' AND id IN (SELECT outbox_id FROM notice"
            " WHERE cause = 'broadcast' AND cause_id = ? AND state = 'sent')",
            (STOPPED, to_micros(at), key),
        )
        await run(
            connection,
            "UPDATE notice SET state = 'waiting', outbox_id = NULL"
            " WHERE cause = 'broadcast' AND cause_id = ? AND state = 'sent'"
            " AND (SELECT o.state FROM outbox AS o WHERE o.id = notice.outbox_id) = 'cancelled'",
            (key,),
        )
    due, reason = (NEVER, STOPPED) if is_stopped else (at, None)
    await run(
        connection,
        "UPDATE notice SET due_at = ?, reason = ? WHERE state IN ('waiting', 'held')"
        " AND cause = 'broadcast' AND cause_id = ?",
        (to_micros(due), reason, key),
    )


async def note_expanded(
    connection: AsyncConnection, broadcast_id: int, cursor: int | None, at: datetime | None
) -> None:
    """Note up to which chat notices were made, and when all were."""
    await run(
        connection,
        "UPDATE broadcast SET cursor = coalesce(?, cursor), expanded_at = ? WHERE id = ?",
        (cursor, None if at is None else to_micros(at), broadcast_id),
    )


async def give_up_unreachable(connection: AsyncConnection, broadcast_id: int) -> None:
    """Let chats that take no messages any more wait for a broadcast no longer: it would be old."""
    await run(
        connection,
        "UPDATE notice SET state = 'undeliverable', reason = 'suspended'"
        " WHERE state IN ('waiting', 'held') AND cause = 'broadcast' AND cause_id = ?"
        " AND chat_id IN (SELECT id FROM chat WHERE state = 'suspended')",
        (broadcast_id,),
    )


async def count_figures(db: Database, broadcast_id: int) -> Figures:
    """Return what has become of a broadcast so far."""
    rows = await db.fetch(
        "SELECT n.state, o.state, count(*) FROM notice AS n"
        " LEFT JOIN outbox AS o ON o.id = n.outbox_id"
        " WHERE n.cause = 'broadcast' AND n.cause_id = ? GROUP BY n.state, o.state",
        (broadcast_id,),
    )
    delivered = waiting = failed = 0
    for notice, message, count in rows:
        if notice in {"waiting", "held"} or message in {"ready", "leased"}:
            waiting += count
        elif message == "sent":
            delivered += count
        else:
            failed += count
    return Figures(delivered, waiting, failed)


async def end_broadcast(connection: AsyncConnection, broadcast_id: int, at: datetime) -> bool:
    """Note that a broadcast is over; return False if it was before."""
    rows = await run(
        connection,
        "UPDATE broadcast SET ended_at = ? WHERE id = ? AND ended_at IS NULL RETURNING id",
        (to_micros(at), broadcast_id),
    )
    return bool(rows)


def _wanted(audience: str, default: str) -> tuple[str, tuple[object, ...]]:
    """Return the chats of an audience as SQL with its values."""
    kind, _, value = audience.partition(":")
    if kind == "language":
        return f"{_REACHABLE} AND coalesce(c.language, ?) = ?", (default, value)
    if kind == "sector":
        return _REACHABLE + _OF_SECTOR, (value,)
    return _REACHABLE, ()


def _broadcast(row: Row) -> Broadcast:
    key, by, html, audience, is_stopped, cursor, report_id, *states = row
    is_started, is_expanded, is_ended = map(bool, states)
    return Broadcast(
        key,
        by,
        html,
        audience,
        bool(is_stopped),
        cursor,
        report_id,
        is_started,
        is_expanded,
        is_ended,
    )
