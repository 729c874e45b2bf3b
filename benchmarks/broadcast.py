"""How fast a broadcast goes out under Telegram's limits, and what a reader waits meanwhile.

    python -m benchmarks.broadcast 2000 10000

The bot in a process of its own, against the stand-in for Telegram with its flood limits on; the
broadcast is begun in the database. Readers ask a question every second until all have it. Beside
it a bare loop that sends the same text to as many by the same library and does nothing else: what
the ledger, the outbox and their commits cost is the ratio of both.
"""

import asyncio
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from benchmarks.road import CLI, DEMO
from bot.simulator import Room, Simulator
from bot.simulator.journal import Request
from bot.store.broadcasts import add_broadcast, start_broadcast
from bot.store.chats import see_chat
from bot.store.database import DATABASE_NAME, open_database, run
from bot.store.followers import Follower, save_follower
from bot.store.outbox import Message, add_messages

READERS = 10
TEXT = "Завтра в девять профилактика."

#: Followers of a bare loop: its messages cost the same however many there are.
BARE = 500

#: A loop that keeps the pace by sleeping, as one writes it first.
LOOP = """
import asyncio, sys
from telegram import Bot
async def main(token, url, text, first, count):
    async with Bot(token, base_url=url + "/bot") as bot:
        for chat_id in range(int(first), int(first) + int(count)):
            await bot.send_message(chat_id, text)
            await asyncio.sleep(1 / 29)
asyncio.run(main(*sys.argv[1:]))
"""

#: How long a start without a broadcast runs: by then it has nothing left to do.
SETTLING_S = 5


@dataclass(slots=True)
class Run:
    """What was seen of one broadcast."""

    cpu_s: float = 0.0
    took_s: float = 0.0
    refused: int = 0
    most_each: int = 0
    sent: int = 0
    followers: int = 0
    waits: list[float] = field(default_factory=list)


async def main(counts: list[int]) -> None:
    """Print the rates, what Telegram refused, the reader's waits, and the cost of a message."""
    bare = await _bare(BARE)
    cost = bare.cpu_s / BARE * 1000
    print(f"a bare loop: {cost:.2f} ms CPU a message")
    idle = await _broadcast(0)
    for count in counts:
        seen = await _broadcast(count)
        waits = sorted(seen.waits)
        ours = (seen.cpu_s - idle.cpu_s) / seen.sent * 1000
        print(
            f"{count} followers: {seen.followers / seen.took_s:.1f} a second to them,"
            f" {seen.sent / seen.took_s:.1f} in all,"
            f" {seen.refused} refused by flood control, {seen.most_each} each at most;"
            f" a reader's answer: p50 {waits[len(waits) // 2] * 1000:.0f} ms,"
            f" p95 {waits[len(waits) * 95 // 100] * 1000:.0f} ms;"
            f" {ours:.2f} ms CPU a message, {ours / cost:.1f} times the bare loop"
        )


async def _bare(count: int) -> Run:
    """Return what a loop of nothing but sends costs."""
    async with Simulator() as sim:
        first = 5_000_000
        for number in range(count):
            person = sim.add_user(f"{number}", user_id=first + number)
            await sim.private_chat(person).send("/start")
        command = (sys.executable, "-c", LOOP, sim.token, sim.api_url, TEXT, str(first))
        alone = await _cpu_of(lambda: _ended(*command, "1"))
        return Run(cpu_s=await _cpu_of(lambda: _ended(*command, str(count))) - alone)


async def _ended(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command)
    await process.wait()


async def _cpu_of(act: Callable[[], Awaitable[None]]) -> float:
    """Return the processor time of the processes that an act starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    await act()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


async def _broadcast(count: int) -> Run:
    """Return what was seen of a broadcast to `count` followers, of a start with none."""
    seen = Run(followers=count)
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "PARAGRAF_DATA": folder, "PARAGRAF_LOG_LEVEL": "warning"}
        add = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CLI, "add", str(DEMO / "articles")),
            env=own,
            stdout=asyncio.subprocess.DEVNULL,
        )
        await add.wait()
        async with Simulator() as sim:
            people = [sim.add_user(f"{n}", language_code="ru") for n in range(count)]
            rooms = [sim.private_chat(person) for person in people]
            for room in rooms:
                await room.send("/start")
            sim.updates.drop()
            await _begin(Path(folder), [room.id for room in rooms])
            environment = {**own, "PARAGRAF_TOKEN": sim.token, "PARAGRAF_API_URL": sim.api_url}
            seen.cpu_s = await _cpu_of(lambda: _run(environment, sim, rooms, seen))
    return seen


async def _run(environment: dict[str, str], sim: Simulator, rooms: list[Room], seen: Run) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CLI, "run"), env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await sim.asked("getUpdates", timeout_s=60)
        await (_watch(sim, rooms, seen) if rooms else asyncio.sleep(SETTLING_S))
    finally:
        process.terminate()
        await process.wait()


async def _begin(data: Path, chats: list[int]) -> None:
    if not chats:
        return
    at = datetime.now(UTC)
    async with open_database(data / DATABASE_NAME) as db, db.write() as connection:
        for chat_id in chats:
            await see_chat(connection, chat_id, "private", None, at)
            await save_follower(connection, Follower(chat_id, "UTC", None, None))
        message = Message(1, "sendMessage", "{}")
        (report,) = await add_messages(connection, "report", [message], at)
        await run(connection, "UPDATE outbox SET state = 'cancelled' WHERE id = ?", (report,))
        key = await add_broadcast(connection, 1, TEXT, at)
        await start_broadcast(connection, key, report, 1, at)


async def _watch(sim: Simulator, rooms: list[Room], seen: Run) -> None:
    """Ask as a reader until everybody has the broadcast."""
    # In turn: whoever asks more than twenty times a minute is not answered.
    people = [sim.add_user(f"Анна {n}", language_code="ru") for n in range(READERS)]
    readers = cycle([sim.private_chat(person) for person in people])
    is_going = True
    while is_going:
        asked, reader = time.monotonic(), next(readers)
        await reader.send("Когда откроется морской порт?")
        await reader.reply(timeout_s=30)
        seen.waits.append(time.monotonic() - asked)
        told = sum(request.params["text"] == TEXT for request in _accepted(sim))
        is_going = told < len(rooms)
        await asyncio.sleep(max(0.0, 1 - (time.monotonic() - asked)) if is_going else 0)
    accepted = _accepted(sim)
    news = [request for request in accepted if request.params["text"] == TEXT]
    first, last = news[0].at_s, news[-1].at_s
    got = Counter(int(request.params["chat_id"]) for request in news)
    seen.took_s, seen.most_each = last - first, max(got.values())
    seen.sent = sum(first <= request.at_s <= last for request in accepted)
    seen.refused = sum(each.code == 429 for each in sim.journal.requests("sendMessage"))


def _accepted(sim: Simulator) -> list[Request]:
    return [each for each in sim.journal.requests("sendMessage") if each.code == 200]


if __name__ == "__main__":
    asyncio.run(main([int(each) for each in sys.argv[1:]] or [2_000, 10_000]))
