import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
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


class Api:
    """The Bot API without any library in between: what is sent is what the test says."""

    def __init__(self, http: httpx.AsyncClient, sim: Simulator) -> None:
        self.http = http
        self.base = f"{sim.api_url}/bot{sim.token}"

    async def __call__(self, method: str, **params: object) -> dict[str, Any]:
        """Return the whole answer, a refusal as well."""
        # Written in ASCII, so that half a character can be sent as an escape.
        body = json.dumps(params)
        headers = {"content-type": "application/json"}
        response = await self.http.post(f"{self.base}/{method}", content=body, headers=headers)
        answer: dict[str, Any] = response.json()
        assert response.status_code == answer.get("error_code", 200)
        return answer

    async def refusal(self, method: str, **params: object) -> str:
        """Return the description of a refusal."""
        answer = await self(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def result(self, method: str, **params: object) -> Any:  # noqa: ANN401 - any JSON
        """Return the result."""
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]


@pytest_asyncio.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        yield client


@pytest_asyncio.fixture
async def api(sim: Simulator, http: httpx.AsyncClient) -> Api:
    return Api(http, sim)


@pytest.fixture
def clock(sim: Simulator) -> ManualClock:
    assert isinstance(sim.state.clock, ManualClock)
    return sim.state.clock
