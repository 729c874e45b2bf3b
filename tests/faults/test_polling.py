"""The poller when Telegram, the network or the disk fails: it waits, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram.request import BaseRequest

from bot.delivery.backoff import Backoff
from bot.delivery.client import Client
from bot.intake.poller import PROBE_S, Poller
from bot.simulator import BOT_ID, Simulator
from bot.store.database import Database, open_database
from bot.store.inbox import count_waiting
from tests.faults.roads import PATIENCE_S, Naps, limit_pages, rows, take_updates
from tests.unit.store.samples import NOON


class Watched:
    """A poller at work, and what it has told."""

    def __init__(self, db: Database, url: str, request: BaseRequest, **changes: float) -> None:
        self.naps = Naps()
        self.at = NOON
        self.gaps: list[timedelta] = []
        self._stored = asyncio.Event()
        values: dict[str, Any] = {"sleep": self.naps, "backoff": Backoff(Random(0))}  # noqa: S311 - jitter
        self.poller = Poller(
            db,
            request,
            url,
            bot_id=BOT_ID,
            now=self._now,
            on_updates=self._stored.set,
            on_gap=self._on_gap,
            **(values | changes),
        )

    def _now(self) -> datetime:
        return self.at

    async def _on_gap(self, gap: timedelta) -> None:
        self.gaps.append(gap)

    async def stored(self) -> None:
        """Return when something new has been stored."""
        async with asyncio.timeout(PATIENCE_S):
            await self._stored.wait()
        self._stored.clear()


@asynccontextmanager
async def at_work(coroutine: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let a task run for as long as the block lasts."""
    task = asyncio.create_task(coroutine)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "paragraf.db") as database:
        yield database


Watch = Callable[..., AbstractAsyncContextManager[Watched]]


@pytest.fixture
def watch(sim: Simulator, db: Database) -> Watch:
    """Return what starts a poller that talks HTTP to the stand-in."""

    @asynccontextmanager
    async def start(request: BaseRequest | None = None, **changes: float) -> AsyncIterator[Watched]:
        url = f"{sim.api_url}/bot{sim.token}"
        client = request or Client(url, 1)
        async with client:
            watched = Watched(db, url, client, **changes)
            async with at_work(watched.poller.run()):
                yield watched

    return start


class Starved(BaseRequest):
    """A connection that finds no memory for what it reads; the library says it is the network."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *_args: object, **_values: object) -> tuple[int, bytes]:
        raise MemoryError


async def test_a_poller_without_memory_ends_the_run(db: Database) -> None:
    """Row 35: it would wait for the network for ever, alive and of no use."""
    watched = Watched(db, "http://localhost", Starved())
    with pytest.raises(MemoryError):
        async with asyncio.timeout(PATIENCE_S):
            await watched.poller.run()
    assert watched.naps.seconds == []


async def test_a_second_poller_moves_no_offset(sim: Simulator, db: Database, watch: Watch) -> None:
    """Row 13: back off, say so loudly, ask again for the very same."""
    chat = sim.private_chat(sim.add_user("Анна"))
    with capture_logs() as logs:
        async with watch() as watched:
            await chat.send("один")
            await watched.stored()
            await sim.asked("getUpdates", 2)
            await sim.updates.poll(0, 100, 0)
            await watched.naps.until(1)
            await chat.send("два")
            await watched.stored()
    offsets = [request.params.get("offset") for request in sim.journal.requests("getUpdates")]
    assert offsets[0] is None
    assert offsets[1] == offsets[2] is not None
    assert [log["log_level"] for log in logs] == ["error"]
    assert await count_waiting(db, BOT_ID) == 2


async def test_the_network_is_gone_for_a_day(sim: Simulator, db: Database, watch: Watch) -> None:
    """Row 16: waits of a minute at most, no crash; past a day a warning that updates are lost."""
    chat = sim.private_chat(sim.add_user("Анна"))
    await sim.go_down()
    async with watch() as watched:
        await watched.naps.until(12)
        assert max(watched.naps.seconds) <= 60
        assert min(watched.naps.seconds[-3:]) >= 30
        assert watched.gaps == []
        watched.at += timedelta(hours=25)
        await chat.send("вопрос")
        await sim.come_up()
        await watched.stored()
    assert watched.gaps == [timedelta(hours=25)]
    assert await count_waiting(db, BOT_ID) == 1


async def test_a_poll_that_hangs_is_given_up(sim: Simulator, db: Database, watch: Watch) -> None:
    """Row 17: a read timeout, another poll, nothing lost."""
    chat = sim.private_chat(sim.add_user("Анна"))
    held = sim.faults.hold_before("getUpdates")
    await chat.send("вопрос")
    async with watch(poll_s=0, grace_s=0.2) as watched:
        await held.reached.wait()
        await watched.stored()
    assert len(watched.naps.seconds) == 1
    assert await count_waiting(db, BOT_ID) == 1


@pytest.mark.parametrize("fault", ["status", "html"])
async def test_a_server_that_fails_is_asked_again(
    sim: Simulator, db: Database, watch: Watch, fault: str
) -> None:
    """Row 15, on the way in."""
    chat = sim.private_chat(sim.add_user("Анна"))
    getattr(sim.faults, fault)("getUpdates", 502, times=3)
    await chat.send("вопрос")
    async with watch() as watched:
        await watched.stored()
    assert len(watched.naps.seconds) == 3
    assert watched.naps.seconds == sorted(watched.naps.seconds)


async def test_telegram_asks_to_wait(sim: Simulator, db: Database, watch: Watch) -> None:
    """The pause that a 429 names is kept."""
    chat = sim.private_chat(sim.add_user("Анна"))
    sim.faults.flood("getUpdates", 300)
    await chat.send("вопрос")
    async with watch() as watched:
        await watched.stored()
    assert watched.naps.seconds == [300]


async def test_a_full_disk_stops_polling(sim: Simulator, db: Database, watch: Watch) -> None:
    """Nothing is confirmed that is not stored; with room again it goes on by itself."""
    chat = sim.private_chat(sim.add_user("Анна"))
    await limit_pages(db, 0)
    for number in range(20):
        await chat.send(f"{number} " + "длинный вопрос " * 100)
    async with watch() as watched:
        await watched.naps.until(2)
        assert set(watched.naps.seconds) == {PROBE_S}
        assert await count_waiting(db, BOT_ID) == 0
        assert len(sim.updates.pending()) == 20
        await limit_pages(db, 1000)
        await watched.stored()
    assert await count_waiting(db, BOT_ID) == 20


async def test_a_long_queue_pauses_polling(sim: Simulator, db: Database, watch: Watch) -> None:
    """Telegram keeps the rest for a day, and our disk is not filled."""
    chat = sim.private_chat(sim.add_user("Анна"))
    await chat.send("вопрос")
    assert await take_updates(sim, db) == 1
    async with watch(most_waiting=1) as watched:
        await watched.naps.until(3)
    assert set(watched.naps.seconds) == {PROBE_S}
    assert sim.journal.requests("getUpdates") == []


class Canned(BaseRequest):
    """Answers every request with the same body."""

    def __init__(self, body: str) -> None:
        self.body = body.encode()

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_args: object, **_more: object) -> tuple[int, bytes]:
        await asyncio.sleep(0)
        return 200, self.body


@pytest.mark.parametrize(
    ("body", "poison"),
    [
        ('{"ok": true, "result": [{"message": 1}, "words"]}', 2),
        ('{"ok": true, "result": [{"update_id": "7"}]}', 1),
        ('{"ok": true, "result": {}}', 0),
        ('{"ok": true}', 0),
        ("[]", 0),
        ("<html>", 0),
    ],
)
async def test_what_is_no_batch_of_updates_is_waited_out(
    db: Database, watch: Watch, body: str, poison: int
) -> None:
    """Row 5: items without a number are kept as poison; the next poll comes later, not at once."""
    async with watch(Canned(body)) as watched:
        await watched.naps.until(1)
        kept = await rows(db, "SELECT count(*) FROM inbox WHERE state = 'poison'")
        assert watched.naps.seconds[0] >= 0.5
    assert kept[0][0] >= poison
    assert bool(kept[0][0]) == bool(poison)
