"""How the golden questions were answered, each time that it was measured."""

from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, run
from bot.store.moments import from_micros, to_micros


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a run, counted in questions."""

    answerable: int
    hits_at_1: int
    hits_at_3: int
    wrongly_refused: int
    unanswerable: int
    refusals_right: int

    def is_worse_than(self, other: "Score") -> bool:
        """Return whether fewer questions of the same set find their paragraph or are refused."""
        return (
            self.hits_at_1 < other.hits_at_1
            or self.hits_at_3 < other.hits_at_3
            or self.refusals_right < other.refusals_right
        )


_COLUMNS = "answerable, hits_at_1, hits_at_3, wrongly_refused, unanswerable, refusals_right"


async def add_score(
    connection: AsyncConnection, score: Score, index_version: int, at: datetime
) -> None:
    """Keep the figures of a run."""
    await run(
        connection,
        f"INSERT INTO quality ({_COLUMNS}, index_version, at)"  # noqa: S608 - a literal above
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*astuple(score), index_version, to_micros(at)),
    )


async def find_last_score(db: Database) -> tuple[Score, datetime] | None:
    """Return the figures of the last run and when it was; None if there was none."""
    rows = await db.fetch(f"SELECT {_COLUMNS}, at FROM quality ORDER BY id DESC LIMIT 1")  # noqa: S608 - likewise
    return (Score(*rows[0][:-1]), from_micros(rows[0][-1])) if rows else None
