"""The memory limit is hit: the process ends, another run goes on, and nothing is lost."""

import asyncio
import resource
from pathlib import Path

from bot.simulator import Simulator
from tests.faults.conftest import PATIENCE_S, Start
from tests.faults.test_kills import answered, asked


async def test_a_bot_without_memory_ends_and_the_next_run_answers(
    sim: Simulator, data: Path, start: Start
) -> None:
    """Row 35: alive and of no use it would be worse than dead; no question counts as failed."""
    (first,) = await asked(sim, 1)
    starved = await start()
    await first.reply(timeout_s=PATIENCE_S)
    resource.prlimit(starved.pid, resource.RLIMIT_AS, (1, resource.RLIM_INFINITY))
    rooms = await asked(sim, 40)
    for room in rooms:
        await room.send("глубина причала " + "и порта " * 100)
    assert await asyncio.wait_for(starved.wait(), PATIENCE_S) != 0
    await start()
    counts = await answered(sim, rooms)
    assert min(counts.values()) >= 1
