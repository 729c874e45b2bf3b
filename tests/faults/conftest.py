"""The bot as a process of its own, so that it can be killed, and the stand-in for Telegram here."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.simulator import BOT_ID, FloodRules, Room, Seen, Simulator
from bot.store.database import DATABASE_NAME, open_database

TEXT = "Новый морской порт откроется 14 сентября.\nГлубина причала составит 15 метров."

#: As long as a real one, so that the log must take it out.
TOKEN = f"{BOT_ID}:{'Ab-_9' * 7}"

#: Every wait ends as soon as what it waits for is there; this only bounds a failing test.
PATIENCE_S = 60.0

Process = asyncio.subprocess.Process
Start = Callable[..., Awaitable[Process]]

#: Kills the bot while its sends are held, and starts it again.
Kill = Callable[..., Awaitable[None]]


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    """Return a stand-in for Telegram without flood limits: these tests are about faults."""
    async with Simulator(token=TOKEN, flood=FloodRules.off()) as simulator:
        yield simulator


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """Return a data folder with one article."""
    async with open_database(tmp_path / DATABASE_NAME) as db:
        draft = make_draft(TEXT, Overrides(title="Порт", day=date(2026, 2, 11)))
        await publish(db, draft, at=datetime.now(UTC))
    return tmp_path


@pytest.fixture
async def start(sim: Simulator, data: Path) -> AsyncIterator[Start]:
    """Return a function that starts the bot; what still runs at the end is killed."""
    started: list[Process] = []

    async def run(**environment: str) -> Process:
        own = {
            "PARAGRAF_DATA": str(data),
            "PARAGRAF_TOKEN": sim.token,
            "PARAGRAF_API_URL": sim.api_url,
            "PARAGRAF_OWNERS": "1",
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from bot.cli import main; main()", "run"),
            env={**os.environ, **own, **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.fixture
def killed_in_a_send(sim: Simulator, start: Start) -> Kill:
    """Return a function that kills the bot while its sends are held, and starts it again.

    With `is_applied` Telegram has taken them and only the answers are missing; else it never will.
    `after` sends pass before.
    """

    async def kill(*, is_applied: bool, after: int = 0) -> None:
        hold = sim.faults.hold_after if is_applied else sim.faults.hold_before
        held = hold("sendMessage", times=None, after=after)
        killed = await start()
        async with asyncio.timeout(PATIENCE_S):
            await held.reached.wait()
        killed.kill()
        await killed.wait()
        if is_applied:
            held.release()
        else:
            held.drop()
        await start()

    return kill


def sent_to(sim: Simulator, rooms: list[Room]) -> Counter[int]:
    """Return how many messages Telegram has taken from the bot for each of the chats."""
    requests = sim.journal.requests("sendMessage")
    sent = Counter(int(each.params["chat_id"]) for each in requests if each.is_applied)
    return Counter({room.id: sent[room.id] for room in rooms})


async def known(data: Path, message: Seen) -> None:
    """Return when the bot has noted which message it sent: till then its buttons are nobody's."""
    noted = "SELECT 1 FROM outbox WHERE message_id = ?"
    async with open_database(data / DATABASE_NAME) as db, asyncio.timeout(PATIENCE_S):
        while not await db.fetch(noted, (message.id,)):  # noqa: ASYNC110 - another process notes it
            await asyncio.sleep(0.02)
