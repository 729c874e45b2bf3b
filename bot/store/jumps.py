"""How often the clock was set, and what is to be moved with it.

One row, written with each jump: a kill leaves pauses that were moved and a row that says so, or
neither.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, run
from bot.store.moments import from_micros, to_micros


@dataclass(frozen=True, slots=True)
class Followed:
    """The jumps that were followed: how many, and what both clocks showed at the last one.

    `due_after` is the last notice whose moment was looked at since, None if all were.
    """

    jumps: int
    at: datetime
    elapsed_s: float
    boot: str
    due_after: int | None


async def find_followed(db: Database) -> Followed | None:
    """Return what was followed, None if the clock was never set."""
    rows = await db.fetch("SELECT jumps, at, elapsed, boot, due_cursor FROM clock")
    if not rows:
        return None
    jumps, at, elapsed, boot, due_after = rows[0]
    return Followed(jumps, from_micros(at), elapsed / 1e6, boot, due_after)


async def follow_jump(
    db: Database,
    before: datetime,
    by: timedelta,
    *,
    elapsed_s: float = 0.0,
    boot: str = "",
) -> int:
    """Let pauses that had not ended at `before` last as long as ever: the clock jumped.

    Those that had would begin anew by a clock that was set back. What waits for a moment of a clock
    that was ahead is to be looked at. Returns how many jumps were followed.
    """
    micros = to_micros(before + by) - to_micros(before)
    async with db.write() as connection:
        await run(connection, "DELETE FROM pause WHERE until <= ?", (to_micros(before),))
        await run(connection, "UPDATE pause SET until = until + ?", (micros,))
        rows = await run(
            connection,
            "INSERT INTO clock (id, jumps, at, elapsed, boot, due_cursor)"
            " VALUES (1, 1, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET jumps = clock.jumps + 1, at = excluded.at,"
            " elapsed = excluded.elapsed, boot = excluded.boot,"
            " due_cursor = coalesce(excluded.due_cursor, clock.due_cursor) RETURNING jumps",
            (
                to_micros(before + by),
                round(elapsed_s * 1e6),
                boot,
                0 if by < timedelta() else None,
            ),
        )
    return int(rows[0][0])


async def note_looked_at(connection: AsyncConnection, due_after: int | None) -> None:
    """Note up to which notice the moments were looked at, None if that is all."""
    await run(connection, "UPDATE clock SET due_cursor = ?", (due_after,))
