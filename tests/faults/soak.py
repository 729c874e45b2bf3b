"""Everything at once for minutes: questions, news, followers, faults, kills; then the reckoning.

    python -m tests.faults.soak 20

The bot runs as a process of its own against the stand-in for Telegram, with its flood limits on.
When the time is over the faults end, everybody is there again, and the bot is given the time that
it needs; then `reckoning` holds what everybody saw against what the database says.
"""

import asyncio
import contextlib
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.simulator import BOT_ID, Person, Seen, Simulator
from bot.simulator.errors import MisuseError
from bot.simulator.faults import Faults
from bot.store.chats import see_chat
from bot.store.database import DATABASE_NAME, Database, open_database
from bot.store.followers import Follower, save_follower
from bot.store.publishing import withdraw_article
from bot.store.subscriptions import add_subscription
from bot.store.topics import add_topic, words_topic
from index.percolation import read_topic
from tests.faults.reckoning import News, Reckoning, is_settled, reckon

TOKEN = f"{BOT_ID}:{'Ab-_9' * 7}"

#: Between two questions of anybody, two who begin to follow, two articles …
QUESTION_S, FOLLOWER_S, LEAVER_S, NEWS_S, WITHDRAWAL_S, BLOCK_S = 0.4, 2, 9, 7, 31, 5

#: Between two faults, and two kills: a start takes seconds, and the bot is to work in between.
FAULT_S, KILL_S = 5, 20

#: How long somebody blocks the bot. Shorter than it takes to publish more than a digest names.
BLOCKED_S = (3, 30)

#: What the bot is given to bring all to an end; it sends 28 a second.
SETTLING_S = 300.0

TOPICS = {
    "порт": "В порту {place} приняли судно №{n}.",
    "урожай": "Урожай в {place} собран, поле {n}.",
}
PLACES = ("Кортане", "Озёрном", "Вельме", "Ольте")
QUESTIONS = ("Что приняли в порту?", "Где собран урожай?", "Сколько стоит проезд в метро?")


class Bot:
    """The bot as a process that is killed and started again."""

    def __init__(self, sim: Simulator, data: Path) -> None:
        own = {
            "PARAGRAF_DATA": str(data),
            "PARAGRAF_TOKEN": sim.token,
            "PARAGRAF_API_URL": sim.api_url,
            "PARAGRAF_LOG_LEVEL": "warning",
        }
        self._environment = {**os.environ, **own}
        self._log = data / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; it need not run yet."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", "from bot.cli import main; main()", "run"),
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def end(self, number: signal.Signals) -> int:
        """End it with a signal; return its exit code."""
        if self._process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)
        return await self._process.wait()


@dataclass(slots=True)
class Soak:
    """People, editors and faults around one bot; all dice are of one seed."""

    sim: Simulator
    db: Database
    bot: Bot
    people: list[Person]
    dice: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    asked: list[Seen] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    exits: list[int] = field(default_factory=list)

    async def run(self, seconds: float) -> None:
        """Let everything happen for so long, and then come to rest."""
        acts: tuple[tuple[float, Callable[[], Awaitable[None]]], ...] = (
            (QUESTION_S, self._ask),
            (FOLLOWER_S, self._follow),
            (LEAVER_S, self._leave),
            (NEWS_S, self._publish),
            (WITHDRAWAL_S, self._withdraw),
            (BLOCK_S, self._block),
            (FAULT_S, self._fault),
            (KILL_S, self._kill),
        )
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
                for every_s, act in acts:
                    group.create_task(self._repeat(every_s, act))

    async def come_to_rest(self) -> None:
        """End all faults and blocks, and wait until nothing is left to do."""
        await self.bot.end(signal.SIGKILL)
        self.sim.faults.clear()
        await self.sim.go_down()  # it may be down already, in the midst of a fault
        await self.sim.come_up()
        for person in self.people:
            self._return(person)
        await self.bot.start()
        async with asyncio.timeout(SETTLING_S):
            while self.sim.updates.pending() or not await is_settled(self.db):  # noqa: ASYNC110 - rows ring no bell
                await asyncio.sleep(1)
        self.exits.append(await self.bot.end(signal.SIGTERM))

    async def _repeat(self, every_s: float, act: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(self.dice.uniform(0.5, 1.5) * every_s)
            await act()

    # People

    def _somebody(self) -> Person | None:
        """Return somebody who has not blocked the bot."""
        here = [person for person in self.people if not self._is_blocked(person)]
        return self.dice.choice(here) if here else None

    def _is_blocked(self, person: Person) -> bool:
        return self.sim.state.world.chats[person.id].is_blocked

    def _return(self, person: Person) -> None:
        if self._is_blocked(person):
            person.unblock()

    async def _ask(self) -> None:
        if person := self._somebody():
            self.counts["questions"] += 1
            self.asked.append(await person.chat.send(self.dice.choice(QUESTIONS)))

    async def _follow(self) -> None:
        """Follow a topic, or press a button of an offer that came meanwhile."""
        if (person := self._somebody()) is None:
            return
        offers = [seen for seen in person.chat.messages() if "Сразу" in seen.labels]
        if offers:
            await self._press(person, offers[-1], "Сразу")
        self.asked.append(await person.chat.send(f"/subscribe {self.dice.choice([*TOPICS])}"))
        self.counts["offers asked for"] += 1

    async def _leave(self) -> None:
        if person := self._somebody():
            alerts = [seen for seen in person.chat.messages() if "Отписаться" in seen.labels]
            if alerts:
                await self._press(person, alerts[-1], "Отписаться")

    async def _press(self, person: Person, message: Seen, label: str) -> None:
        """Press a button; who is dead, or asked to wait, leaves it spinning."""
        self.counts[f"pressed «{label}»"] += 1
        try:
            await person.chat.press(message, label, timeout_s=1)
        except (TimeoutError, MisuseError):
            self.counts["buttons without an answer within a second"] += 1

    async def _block(self) -> None:
        if person := self._somebody():
            self.counts["blocks"] += 1
            person.block()
            asyncio.get_running_loop().call_later(
                self.dice.uniform(*BLOCKED_S), self._return, person
            )

    # Editors, in another process than the bot

    async def _publish(self) -> None:
        number = len(self.news) + 1
        word = self.dice.choice([*TOPICS])
        text = TOPICS[word].format(place=self.dice.choice(PLACES), n=number)
        title, at = f"Весть {number:04}", datetime.now(UTC)
        draft = make_draft(text, Overrides(title=title, day=at.date()))
        added = await publish(self.db, draft, at=at)
        self.news.append(News(added.article_id, title, word))
        self.counts["articles"] += 1

    async def _withdraw(self) -> None:
        published = [each for each in self.news if each.withdrawn_s is None]
        if published:
            gone = self.dice.choice(published)
            await withdraw_article(self.db, gone.article_id, datetime.now(UTC))
            gone.withdrawn_s = self.sim.state.clock.monotonic()
            self.counts["withdrawn"] += 1

    # Faults

    async def _fault(self) -> None:
        kind = self.dice.choice(FAULTS)
        self.counts[kind] += 1
        times = self.dice.randint(1, 5)
        if kind in REFUSALS:
            REFUSALS[kind](self.sim.faults, times, self.dice.choice(self.people).id)
        elif kind == "no network":
            await self.sim.go_down()
            await asyncio.sleep(times)
            await self.sim.come_up()
        else:
            self.sim.updates.mischief.duplicate += times
            self.sim.updates.mischief.shuffle += times
            self.sim.updates.mischief.forget_offset += 1

    async def _kill(self) -> None:
        """End the process, now and then as it should be ended, and start another."""
        number = self.dice.choice([signal.SIGKILL] * 3 + [signal.SIGTERM])
        code = await self.bot.end(number)
        self.counts[number.name] += 1
        if number is signal.SIGTERM:
            self.exits.append(code)
        await self.bot.start()


#: What calls meet, so many of them; one kind is for a chat.
REFUSALS: dict[str, Callable[[Faults, int, int], object]] = {
    "429 to a chat": lambda faults, n, chat: faults.flood("sendMessage", n, chat_id=chat),
    "429 to the bot": lambda faults, n, _: faults.flood("sendMessage", 2, times=n),
    "502": lambda faults, n, _: faults.status("*", 502, times=n),
    "HTML page": lambda faults, n, _: faults.html("sendMessage", 502, times=n),
    "cut before it was applied": lambda faults, n, _: faults.reset_before("sendMessage", times=n),
    "cut after it was applied": lambda faults, n, _: faults.reset_after("sendMessage", times=n),
    "slow": lambda faults, n, _: faults.slow("sendMessage", 3, times=n),
}

#: What goes wrong.
FAULTS = ["no network", "updates twice, in any order", *REFUSALS]


async def _let_follow(db: Database, readers: list[Person]) -> None:
    """Let everybody follow a topic from the start, at any hour: it may be night where this runs."""
    at = datetime.now(UTC)
    async with db.write() as connection:
        for reader, word in zip(readers, cycle(TOPICS), strict=False):
            await see_chat(connection, reader.id, "private", None, at)
            await save_follower(connection, Follower(reader.id, "UTC", None, None))
            topic_id = await add_topic(connection, words_topic(read_topic(word), word))
            await add_subscription(connection, topic_id, (reader.id, 0), reader.id, word, at)


async def soak(data: Path, seconds: float, people: int, seed: int = 1) -> Reckoning:
    """Return what is left to explain after so many seconds, and how much there was."""
    async with Simulator(token=TOKEN) as sim, open_database(data / DATABASE_NAME) as db:
        readers = [sim.add_user(f"Читатель {n}", language_code="ru") for n in range(people)]
        await _let_follow(db, readers)
        for reader in readers:
            await reader.chat.send("/start")
        bot = Bot(sim, data)
        run = Soak(sim, db, bot, readers, random.Random(seed))  # noqa: S311 - no secret
        await bot.start()
        try:
            await run.run(seconds)
            await run.come_to_rest()
        finally:
            await bot.end(signal.SIGKILL)
        found = await reckon(sim, db, run.asked, run.news)
        # A process that has not begun yet ends by the signal itself.
        if not set(run.exits) <= {0, -signal.SIGTERM}:
            found.faults.append(f"SIGTERM ended the bot with {run.exits}")
        found.counts = run.counts + found.counts
        return found


def main() -> None:
    """Soak for so many minutes; print the counts, and what could not be explained."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(soak(Path(folder), minutes * 60, people=60))
    for name, count in found.counts.items():
        print(f"{count:7} {name}")  # noqa: T201 - it is for a person
    for fault in found.faults:
        print(f"UNEXPLAINED {fault}")  # noqa: T201
    sys.exit(bool(found.faults))


if __name__ == "__main__":
    main()
