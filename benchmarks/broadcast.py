"""How fast a broadcast goes out under Telegram's limits, and what a reader waits meanwhile.

    python -m benchmarks.broadcast 2000

The bot in a process of its own, against the stand-in for Telegram with its flood limits on; the
broadcast is begun in the database. Readers ask a question every second until all have it.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from benchmarks.road import CLI, DEMO
from bot.simulator import Room, Simulator
from bot.store.broadcasts import add_broadcast, start_broadcast
from bot.store.chats import see_chat
from bot.store.database import DATABASE_NAME, open_database, run
from bot.store.followers import Follower, save_follower
from bot.store.outbox import Message, add_messages

READERS = 10
TEXT = "Завтра в девять профилактика."


async def main(count: int) -> None:
    """Print the rate, what Telegram refused, and the reader's waits."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        own = {**os.environ, "PARAGRAF_DATA": folder, "PARAGRAF_LOG_LEVEL": "warning"}
        add = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CLI, "add", str(DEMO / "articles")),
            env=own,
            stdout=asyncio.subprocess.DEVNULL,
        )
        await add.wait()
        async with Simulator() as sim:
            rooms = [
                sim.private_chat(sim.add_user(f"{n}", language_code="ru")) for n in range(count)
            ]
            for room in rooms:
                await room.send("/start")
            sim.updates.drop()
            await _begin(data, [room.id for room in rooms])
            environment = {**own, "PARAGRAF_TOKEN": sim.token, "PARAGRAF_API_URL": sim.api_url}
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", CLI, "run"),
                env=environment,
                stdout=asyncio.subprocess.DEVNULL,
            )
            try:
                await sim.asked("getUpdates", timeout_s=60)
                await _watch(sim, rooms)
            finally:
                process.terminate()
                await process.wait()


async def _begin(data: Path, chats: list[int]) -> None:
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


async def _watch(sim: Simulator, rooms: list[Room]) -> None:
    """Ask as a reader until everybody has the broadcast; print what was seen."""
    # In turn: whoever asks more than twenty times a minute is not answered.
    people = [sim.add_user(f"Анна {n}", language_code="ru") for n in range(READERS)]
    readers = cycle([sim.private_chat(person) for person in people])
    waits: list[float] = []
    begun = None
    got: Counter[int] = Counter()
    while len(got) < len(rooms):
        sends = [each for each in sim.journal.requests("sendMessage") if each.code == 200]
        got = Counter(int(r.params["chat_id"]) for r in sends if r.params["text"] == TEXT)
        if got and begun is None:
            begun, first = time.monotonic(), len(got)
        asked, reader = time.monotonic(), next(readers)
        await reader.send("Когда откроется морской порт?")
        await reader.reply(timeout_s=30)
        if begun is not None:
            waits.append(time.monotonic() - asked)
        await asyncio.sleep(max(0.0, 1 - (time.monotonic() - asked)))
    took = time.monotonic() - (begun or 0)
    refused = sum(each.code == 429 for each in sim.journal.requests("sendMessage"))
    waits.sort()
    print(
        f"{len(rooms)} followers, {(len(got) - first) / took:.1f} a second,"
        f" {refused} refused by flood control, {max(got.values())} each;"
        f" a reader's answer: p50 {waits[len(waits) // 2] * 1000:.0f} ms,"
        f" p95 {waits[len(waits) * 95 // 100] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
