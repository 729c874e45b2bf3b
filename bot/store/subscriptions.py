"""Who follows what, where he wants to hear of it, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.database import Database, Row, marks, run
from bot.store.moments import from_micros, to_micros
from bot.store.topics import Topic, TopicKind

#: More of one chat are refused: nobody follows as many things, and each is work for an article.
MOST_SUBSCRIPTIONS = 500


class Mode(StrEnum):
    """How often a follower is told."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


class SubscriptionState(StrEnum):
    """Whether a subscription tells of anything: not when its follower or its topic stops it."""

    ACTIVE = "active"
    PAUSED = "paused"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription of a chat, or of a topic in it (`thread_id`, 0 for none).

    `title` are the follower's own words. `hour` and `weekday` (0 is Monday) are of digests; zone
    and quiet hours, in minutes from midnight, are the chat's where they are None.
    """

    id: int
    topic_id: int
    kind: TopicKind
    subject: str
    chat_id: int
    thread_id: int
    user_id: int
    title: str
    mode: Mode
    hour: int
    weekday: int
    quiet_from: int | None
    quiet_to: int | None
    zone: str | None
    is_silent: bool
    state: SubscriptionState
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """How and when to be told, of a subscription that is to be made."""

    mode: Mode = Mode.INSTANT
    hour: int = 9
    weekday: int = 0
    quiet_from: int | None = None
    quiet_to: int | None = None
    zone: str | None = None
    is_silent: bool = False
    is_paused: bool = False


_COLUMNS = (
    "s.id, s.topic_id, t.kind, t.subject, s.chat_id, s.thread_id, s.user_id, s.title, s.mode,"
    " s.hour, s.weekday, s.quiet_from, s.quiet_to, s.zone, s.is_silent, s.state, s.created_at"
)
_FROM = " FROM subscription AS s JOIN topic AS t ON t.id = s.topic_id"


async def add_subscription(
    connection: AsyncConnection,
    topic_id: int,
    place: tuple[int, int],
    user_id: int,
    title: str,
    at: datetime,
    wish: Wish | None = None,
) -> tuple[int, bool]:
    """Return a subscription of a place (chat and thread), and whether it is new.

    One that is there already stays as it is, but is active again.

    Raises: UserError if the chat has as many as a chat may.
    """
    wish = wish or Wish()
    known = await run(
        connection,
        "UPDATE subscription SET state = 'active', reason = NULL"
        " WHERE chat_id = ? AND thread_id = ? AND topic_id = ? RETURNING id",
        (*place, topic_id),
    )
    if known:
        return int(known[0][0]), False
    ((count,),) = await run(
        connection, "SELECT count(*) FROM subscription WHERE chat_id = ?", (place[0],)
    )
    if count >= MOST_SUBSCRIPTIONS:
        raise UserError("There are {n} subscriptions already. Delete some first.", n=count)
    rows = await run(
        connection,
        "INSERT INTO subscription (topic_id, chat_id, thread_id, user_id, title, mode, hour,"
        " weekday, quiet_from, quiet_to, zone, is_silent, state, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            topic_id,
            *place,
            user_id,
            title,
            wish.mode.value,
            wish.hour,
            wish.weekday,
            wish.quiet_from,
            wish.quiet_to,
            wish.zone,
            wish.is_silent,
            "paused" if wish.is_paused else "active",
            to_micros(at),
        ),
    )
    return int(rows[0][0]), True


async def get_subscription(db: Database, subscription_id: int) -> Subscription:
    """Return a subscription. Raises: UserError if there is none such (any more)."""
    rows = await db.fetch(f"SELECT {_COLUMNS}{_FROM} WHERE s.id = ?", (subscription_id,))
    if not rows:
        raise UserError("This subscription is gone.")
    return _subscription(rows[0])


async def get_subscription_on(connection: AsyncConnection, subscription_id: int) -> Subscription:
    """Return a subscription as a transaction sees it. Raises: UserError if it is gone."""
    rows = await run(connection, f"SELECT {_COLUMNS}{_FROM} WHERE s.id = ?", (subscription_id,))
    if not rows:
        raise UserError("This subscription is gone.")
    return _subscription(rows[0])


async def find_subscription(
    db: Database, place: tuple[int, int], topic: Topic
) -> Subscription | None:
    """Return the subscription of a place (chat and thread) to a topic, None if it has none."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS}{_FROM} WHERE s.chat_id = ? AND s.thread_id = ? AND t.kind = ?"
        " AND t.subject = ?",
        (*place, topic.kind.value, topic.subject),
    )
    return _subscription(rows[0]) if rows else None


async def load_subscriptions(db: Database, ids: Sequence[int]) -> dict[int, Subscription]:
    """Return subscriptions by number; those that are gone are left out."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS}{_FROM} WHERE s.id IN ({marks(ids)})",
        ids,
    )
    return {row[0]: _subscription(row) for row in rows}


async def list_subscriptions(db: Database, chat_id: int, thread_id: int) -> list[Subscription]:
    """Return the subscriptions of a place, the latest first."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS}{_FROM} WHERE s.chat_id = ? AND s.thread_id = ? ORDER BY s.id DESC",
        (chat_id, thread_id),
    )
    return [_subscription(row) for row in rows]


#: Whoever begins to follow while notices are made does so a moment after their `now`: what came
#: before is not for him. No step takes so long, and a clock is set back by more.
AT_ONCE = timedelta(minutes=1)


async def list_followers(
    db: Database,
    topic_ids: Sequence[int],
    after: int,
    before: datetime,
    limit: int,
    *,
    now: datetime,
) -> list[Subscription]:
    """Return who follows topics at `before`, with numbers above `after` of the first topic.

    In the order of (topic, subscription), at most `limit`; without those that are paused. Who began
    well after `now` did so by a clock that has been set back since.
    """
    if not topic_ids:
        return []
    rows = await db.fetch(
        f"SELECT {_COLUMNS}{_FROM} WHERE s.topic_id IN ({marks(topic_ids)})"
        " AND (s.topic_id > ? OR s.id > ?) AND s.state = 'active'"
        " AND (s.created_at <= ? OR s.created_at > ?) ORDER BY s.topic_id, s.id LIMIT ?",
        (*topic_ids, topic_ids[0], after, to_micros(before), to_micros(now + AT_ONCE), limit),
    )
    return [_subscription(row) for row in rows]


async def save_subscription(connection: AsyncConnection, changed: Subscription) -> None:
    """Keep how and when a subscription tells, and whether. Raises: UserError if it is gone."""
    rows = await run(
        connection,
        "UPDATE subscription SET mode = ?, hour = ?, weekday = ?, quiet_from = ?, quiet_to = ?,"
        " zone = ?, is_silent = ?, state = ?, reason = NULL WHERE id = ? RETURNING id",
        (
            changed.mode.value,
            changed.hour,
            changed.weekday,
            changed.quiet_from,
            changed.quiet_to,
            changed.zone,
            changed.is_silent,
            changed.state.value,
            changed.id,
        ),
    )
    if not rows:
        raise UserError("This subscription is gone.")


async def pause_subscriptions(
    connection: AsyncConnection, chat_id: int, thread_id: int, *, is_paused: bool
) -> int:
    """Pause all subscriptions of a place that are active, or let paused ones go on.

    Returns how many.
    """
    before, after = ("active", "paused") if is_paused else ("paused", "active")
    rows = await run(
        connection,
        "UPDATE subscription SET state = ? WHERE chat_id = ? AND thread_id = ? AND state = ?"
        " RETURNING id",
        (after, chat_id, thread_id, before),
    )
    return len(rows)


async def suspend_thread(
    connection: AsyncConnection, chat_id: int, thread_id: int, reason: str
) -> set[int]:
    """Suspend the subscriptions of a topic that takes no messages; return whose they are."""
    rows = await run(
        connection,
        "UPDATE subscription SET state = 'suspended', reason = ?"
        " WHERE chat_id = ? AND thread_id = ? AND state = 'active' RETURNING user_id",
        (reason, chat_id, thread_id),
    )
    return {user_id for (user_id,) in rows}


async def resume_thread(connection: AsyncConnection, chat_id: int, thread_id: int) -> None:
    """Let the subscriptions of a topic that takes messages again go on."""
    await run(
        connection,
        "UPDATE subscription SET state = 'active', reason = NULL"
        " WHERE chat_id = ? AND thread_id = ? AND state = 'suspended'",
        (chat_id, thread_id),
    )


async def delete_subscription(connection: AsyncConnection, subscription_id: int) -> None:
    """Follow something no more."""
    await run(connection, "DELETE FROM subscription WHERE id = ?", (subscription_id,))


def _subscription(row: Row) -> Subscription:
    (
        key,
        topic_id,
        kind,
        subject,
        chat_id,
        thread_id,
        user_id,
        title,
        mode,
        hour,
        weekday,
        quiet_from,
        quiet_to,
        zone,
        is_silent,
        state,
        created_at,
    ) = row
    return Subscription(
        id=key,
        topic_id=topic_id,
        kind=TopicKind(kind),
        subject=subject,
        chat_id=chat_id,
        thread_id=thread_id,
        user_id=user_id,
        title=title,
        mode=Mode(mode),
        hour=hour,
        weekday=weekday,
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        zone=zone,
        is_silent=bool(is_silent),
        state=SubscriptionState(state),
        created_at=from_micros(created_at),
    )
