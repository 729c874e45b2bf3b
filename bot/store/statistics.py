"""Counts for editors: questions a day and how they ended, what waits. Never who."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.store.database import Database
from bot.store.moments import to_micros


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of a day (UTC), by how they ended."""

    day: date
    answered: int
    near: int
    refused: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Updates and messages that wait, and those that were given up."""

    updates: int
    messages: int
    dead_updates: int
    dead_messages: int


@dataclass(frozen=True, slots=True)
class Following:
    """Subscriptions that tell, their chats, those that rest; questions and news that wait."""

    subscriptions: int
    chats: int
    resting: int
    watches: int
    notices: int


async def list_days(db: Database, since: datetime) -> list[Day]:
    """Return the days since a moment on which anybody asked, the last first; kept for 30 days."""
    rows = await db.fetch(
        "SELECT date(created_at / 1000000, 'unixepoch') AS day, sum(verdict = 'answer'),"
        " sum(verdict = 'near'), sum(verdict = 'none') FROM answer WHERE created_at >= ?"
        " GROUP BY day ORDER BY day DESC",
        (to_micros(since),),
    )
    return [Day(date.fromisoformat(day), *counts) for day, *counts in rows]


async def count_waiting(db: Database) -> Waiting:
    """Return how long the queues are."""
    rows = await db.fetch(
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'new'),"
        " (SELECT count(*) FROM outbox WHERE state = 'ready'),"
        " (SELECT count(*) FROM inbox WHERE state = 'dead'),"
        " (SELECT count(*) FROM outbox WHERE state = 'dead')"
    )
    return Waiting(*rows[0])


async def count_following(db: Database) -> Following:
    """Return how much is followed, by how many chats."""
    rows = await db.fetch(
        "SELECT count(*) FILTER (WHERE state = 'active'),"
        " count(DISTINCT chat_id) FILTER (WHERE state = 'active'),"
        " count(*) FILTER (WHERE state != 'active'),"
        " (SELECT count(*) FROM watch),"
        " (SELECT count(*) FROM notice WHERE state IN ('waiting', 'held')) FROM subscription"
    )
    return Following(*rows[0])
