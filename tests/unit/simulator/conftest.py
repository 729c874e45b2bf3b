from collections.abc import AsyncIterator

import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.simulator import FloodRules, ManualClock, Simulator


@pytest_asyncio.fixture
async def sim() -> AsyncIterator[Simulator]:
    """Start a simulator without flood limits, whose clock the test moves."""
    async with Simulator(clock=ManualClock(), flood=FloodRules.off()) as simulator:
        yield simulator


@pytest_asyncio.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    """Start the real python-telegram-bot client, talking HTTP to the simulator."""
    client = Bot(
        sim.token,
        base_url=f"{sim.api_url}/bot",
        base_file_url=f"{sim.api_url}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )
    async with client:
        yield client
