"""What a question costs on its road through the bot, beside a bare python-telegram-bot echo.

    python -m benchmarks.road

Both answer the same messages of the same people, sent at the same pace, from processes of their
own, against the stand-in for Telegram with its flood limits on. The questions are the demo's golden
ones in turn, so that nothing is quick only because it was just asked. CPU is that of the bot's
process from its start to its end, less what a start with what it makes up for takes: menus,
announcements of the articles just added.
"""

import asyncio
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from bot.simulator import Room, Simulator

DEMO = Path(__file__).parents[1] / "demo"
CLI = "from bot.cli import main; main()"

#: Questions a second, for so many seconds, from so many people in turn.
PACE = 25
SECONDS = 20
PEOPLE = 100
#: Both bots in turn, so often: another program on the machine then disturbs both.
ROUNDS = 3
#: How long a start without questions runs: by then it has nothing left to do.
SETTLING_S = 5
#: A message without an answer after so long has none: the echo gives up what Telegram refuses.
PATIENCE_S = 30

ECHO = """
import sys
from telegram.ext import Application, MessageHandler, filters
async def echo(update, context):
    await update.message.reply_text(update.message.text)
app = Application.builder().token(sys.argv[1]).base_url(sys.argv[2] + "/bot").build()
app.add_handler(MessageHandler(filters.TEXT, echo))
app.run_polling()
"""


Process = asyncio.subprocess.Process
Start = Callable[[Simulator, dict[str, str]], Awaitable[Process]]


async def main() -> None:
    """Print the CPU of a question and how long answers took, for both bots."""
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "PARAGRAF_DATA": folder, "PARAGRAF_LOG_LEVEL": "warning"}
        add = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CLI, "add", str(DEMO / "articles")),
            env=own,
            stdout=asyncio.subprocess.DEVNULL,
        )
        await add.wait()
        rounds: dict[str, list[dict[str, float]]] = {name: [] for name in BOTS}
        for _ in range(ROUNDS):
            for name, start in BOTS.items():
                idle = await _measure(start, own, 0)
                busy = await _measure(start, own, PACE * SECONDS)
                busy["cpu_ms"] = (busy["cpu_s"] - idle["cpu_s"]) / (PACE * SECONDS) * 1000
                rounds[name].append(busy)
    middle = {name: _medians(found) for name, found in rounds.items()}
    for name, busy in middle.items():
        print(
            f"{name}: {busy['cpu_ms']:.1f} ms CPU a question, answered {busy['answered']:.0f} of "
            f"{PACE * SECONDS}, 429s {busy['refused']:.0f}, p50 {busy['p50_ms']:.0f} ms, "
            f"p95 {busy['p95_ms']:.0f} ms"
        )
    ours, bare = (middle[name]["cpu_ms"] for name in BOTS)
    print(f"ratio {ours / bare:.2f} (medians of {ROUNDS} rounds, one after the other)")


def _medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {key: median(found[key] for found in rounds) for key in rounds[0]}


async def _paragraf(sim: Simulator, own: dict[str, str]) -> Process:
    environment = {
        **own,
        "PARAGRAF_TOKEN": sim.token,
        "PARAGRAF_API_URL": sim.api_url,
        "PARAGRAF_OWNERS": "1",
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CLI, "run"), env=environment, stdout=asyncio.subprocess.DEVNULL
    )


async def _echo(sim: Simulator, own: dict[str, str]) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", ECHO, sim.token, sim.api_url), env=own
    )


BOTS: dict[str, Start] = {"paragraf": _paragraf, "bare echo": _echo}


async def _measure(start: Start, own: dict[str, str], count: int) -> dict[str, float]:
    """Return the CPU of a bot that answers `count` questions, and how it answered."""
    with tempfile.TemporaryDirectory() as folder:
        # Each time a folder as it was: a new simulator numbers its updates anew.
        shutil.copytree(own["PARAGRAF_DATA"], folder, dirs_exist_ok=True)
        return await _measure_in(start, {**own, "PARAGRAF_DATA": folder}, count)


async def _measure_in(start: Start, own: dict[str, str], count: int) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    async with Simulator() as sim:
        people = [sim.add_user(f"Анна {n}", language_code="ru") for n in range(PEOPLE)]
        rooms = [sim.private_chat(person) for person in people]
        process = await start(sim, own)
        await sim.asked("getUpdates", timeout_s=30)
        if not count:
            await asyncio.sleep(SETTLING_S)
        questions = _questions()
        asking = (
            _ask(rooms[n % PEOPLE], questions[n % len(questions)], n / PACE) for n in range(count)
        )
        took = [each for each in await asyncio.gather(*asking) if each is not None]
        refused = sum(request.code == 429 for request in sim.journal.requests("sendMessage"))
        process.send_signal(signal.SIGINT)
        await process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    times = sorted(took) or [0.0]
    return {
        "cpu_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "answered": len(took),
        "refused": refused,
        "p50_ms": times[len(times) // 2] * 1000,
        "p95_ms": times[len(times) * 95 // 100] * 1000,
    }


def _questions() -> list[str]:
    lines = (DEMO / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


async def _ask(room: Room, question: str, after_s: float) -> float | None:
    """Ask after so many seconds; return how long the answer took, None if there was none."""
    await asyncio.sleep(after_s)
    begun = time.monotonic()
    await room.send(question)
    try:
        await room.reply(timeout_s=PATIENCE_S)
    except TimeoutError:
        return None
    return time.monotonic() - begun


if __name__ == "__main__":
    asyncio.run(main())
