"""What the tests of the road in share: sleeps without time, raw updates, rows looked at."""

import asyncio
import json

from bot.intake.received import receive
from bot.simulator import BOT_ID, Simulator
from bot.store.database import Database, run
from bot.store.inbox import add_updates
from tests.unit.store.samples import NOON

#: Every wait ends as soon as what it waits for is there; this only bounds a failing test.
PATIENCE_S = 20.0


class Naps:
    """Sleeps that take no time, and how long each should have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._more = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self._more.set()
        await asyncio.sleep(0)

    async def until(self, count: int) -> None:
        """Return when there were `count` sleeps."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.seconds) < count:
                self._more.clear()
                await self._more.wait()


async def take_updates(sim: Simulator, db: Database) -> int:
    """Store what the simulator has for the bot, waiting for it; return how many there were."""
    batch = await sim.updates.poll(0, 100, PATIENCE_S)
    await add_updates(db, BOT_ID, map(receive, batch), NOON)
    sim.updates.drop()
    return len(batch)


async def rows(db: Database, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Return what a query finds."""
    async with db.read() as connection:
        return await run(connection, sql, values)


async def limit_pages(db: Database, more: int) -> None:
    """Let the database grow by so many pages and no further, as on a full disk."""
    ((pages,),) = await rows(db, "PRAGMA page_count")
    async with db.write() as connection:
        await run(connection, f"PRAGMA max_page_count = {int(str(pages)) + more}")


async def texts_sent(db: Database) -> list[str]:
    """Return the texts of the outbox, in order."""
    found = await rows(db, "SELECT payload FROM outbox ORDER BY id")
    return [json.loads(str(payload))["text"] for (payload,) in found]
