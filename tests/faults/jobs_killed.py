"""The work of editors killed at random moments: an archive, its publishing, new versions.

    python -m tests.faults.jobs_killed 60

After each kill every article in the database is whole or absent, every draft is counted by the job
that made it, and nothing points at nothing. In the end the jobs are done, each item once.
"""

import asyncio
import contextlib
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.simulator import FloodRules, Room, Seen, Simulator
from bot.store.database import DATABASE_NAME, Database, open_database
from bot.store.roles import Role, set_role
from tests.faults.soak import TOKEN, Bot
from tests.files import make_zip

OWNER_ID = 1
PATIENCE_S = 120.0

#: Files of an archive.
FILES = 12

#: A kill falls within so many seconds after a sign that the work goes on: an item takes as long.
WITHIN_S = 0.6

#: Between two looks at how far the work is.
LOOK_S = 0.02

TEXT = "Причал {n} откроют {day} марта 2026 года.\nЕго длина {n} метров, сказал министр Анна Берг."
NEW = "Причал {n} закроют {day} мая 2026 года.\nВместо него построят мост.\nЕго длина {n} метров."

#: Files read and drafts published by jobs.
_PROGRESS = "SELECT coalesce(sum(json_extract(payload, '$.bulk.at')), 0) FROM job"


@dataclass(slots=True)
class Killed:
    """An editor's chat with a bot that is killed again and again, and what was found wrong."""

    db: Database
    bot: Bot
    owner: Room
    dice: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    last_id: int = 0

    async def archives(self, reading: int, publishing: int) -> None:
        """Send archives until so many kills fell into reading and publishing their files."""
        await self.bot.start()
        while reading > 0 or publishing > 0:
            await self.owner.send("/add")
            await self.said("Пришлите статью")
            first = self.counts["files"] + 1
            files = {f"{n}.txt": _article(TEXT, n) for n in range(first, first + FILES)}
            before = await self._look(_PROGRESS)
            await self.owner.send_file("a.zip", make_zip(**files))
            self.counts["files"] += FILES
            reading -= await self._kill_on_the_way(reading, before + FILES, "archive")
            report = await self.said(f"Опубликовать все ({FILES})")
            await self.owner.press(report, 0, timeout_s=PATIENCE_S)
            publishing -= await self._kill_on_the_way(publishing, before + 2 * FILES, "publishing")
            await self._until(self._is_idle)

    async def versions(self, kills: int) -> None:
        """Let as many articles have a new version, each published as the bot is killed."""
        for number in range(1, kills + 1):
            await self.owner.send(f"/edit {number}")
            await self.said(f"текст статьи {number} ")
            await self.owner.send(_article(NEW, number).decode())
            card = await self.said(f"Новая версия статьи {number}")
            # Until the bot knows what it has sent, a kill sends it again: another card to press.
            await self._until(partial(self._knows, card))
            pressing = asyncio.ensure_future(self.owner.press(card, "Опубликовать", timeout_s=5))
            await self._kill_within(WITHIN_S / 2, "new version")
            pressing.cancel()
            await asyncio.gather(pressing, return_exceptions=True)
            await self._until(partial(self._has_version, number))

    async def said(self, words: str) -> Seen:
        """Return the first message after the last one returned that says these words or shows them.

        As the chat looks now, and not by what happens next: a message may be sent twice, of which
        only one is edited later, and what happens at the same moment as something else is lost on
        who waits for either.
        """
        async with asyncio.timeout(PATIENCE_S):
            while (found := self._find(words)) is None:  # noqa: ASYNC110 - another process says it
                await asyncio.sleep(LOOK_S)
        self.last_id = found.id
        return found

    def _find(self, words: str) -> Seen | None:
        later = (each for each in self.owner.messages() if each.id > self.last_id)
        return next(
            (each for each in later if words in each.text or words in " ".join(each.labels)), None
        )

    async def _kill_on_the_way(self, kills: int, goal: int, what: str) -> int:
        """Return how many kills, of so many, fell before the work had come to the goal."""
        for done in range(kills):
            at = await self._look(_PROGRESS)
            await self._until(partial(self._is_past, min(at + 1, goal)))
            if await self._look(_PROGRESS) >= goal:
                return done
            await self._kill_within(WITHIN_S, what)
        return kills

    async def _kill_within(self, most_s: float, what: str) -> None:
        # A random moment is the very thing that is tried, so a clock decides here.
        await asyncio.sleep(self.dice.uniform(0, most_s))
        await self.bot.end(signal.SIGKILL)
        self.counts[f"kills in {what}"] += 1
        self.faults += [f"{what}: {fault}" for fault in await find_faults(self.db)]
        await self.bot.start()

    async def _is_past(self, at: int) -> bool:
        return await self._look(_PROGRESS) >= at

    async def _is_idle(self) -> bool:
        return await self._look("SELECT count(*) FROM job WHERE state = 'waiting'") == 0

    async def _has_version(self, number: int) -> bool:
        return await self._look(f"SELECT version FROM article WHERE id = {number}") == 2

    async def _knows(self, message: Seen) -> bool:
        return await self._look(f"SELECT count(*) FROM outbox WHERE message_id = {message.id}") > 0

    async def _until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not await holds():  # noqa: ASYNC110 - another process makes it hold
                await asyncio.sleep(LOOK_S)

    async def _look(self, sql: str) -> int:
        return int((await self.db.fetch(sql))[0][0])


async def find_faults(db: Database) -> list[str]:
    """Return what in a database is of an article or a job that is neither whole nor absent."""
    found = [f"points at nothing: {row}" for row in await db.fetch("PRAGMA foreign_key_check")]
    for version_id, text, paragraphs, events, announced, noted in await db.fetch(
        "SELECT v.id, v.text,"
        " (SELECT count(*) FROM paragraph WHERE version_id = v.id),"
        " (SELECT count(*) FROM event WHERE version_id = v.id),"
        " (SELECT count(*) FROM announcement WHERE version_id = v.id),"
        " (SELECT count(*) FROM audit WHERE kind = 'article' AND subject = v.article_id"
        "   AND json_extract(after, '$.version') = v.number)"
        " FROM article_version AS v"
    ):
        if (paragraphs, events, announced, noted) != (text.count("\n") + 1, 1, 1, 1):
            found.append(f"version {version_id}: {paragraphs}, {events}, {announced}, {noted}")
    for words, sql in {
        "articles without a change of the index": "SELECT count(*) FROM article WHERE id NOT IN"
        " (SELECT article_id FROM index_change WHERE article_id IS NOT NULL)",
        "articles whose version is not there": "SELECT count(*) FROM article AS a WHERE NOT EXISTS"
        " (SELECT 1 FROM article_version WHERE article_id = a.id AND number = a.version)",
        "published drafts without their article, or the other way round": "SELECT"
        " (SELECT count(*) FROM draft WHERE state = 'published') - (SELECT count(*) FROM article)",
        "texts kept twice": "SELECT count(*) - count(DISTINCT text) FROM draft",
        "drafts that no job counts": "SELECT (SELECT count(*) FROM draft) - (SELECT coalesce(sum("
        "json_array_length(payload, '$.bulk.ids')), 0) FROM job WHERE kind = 'take')",
    }.items():
        if count := (await db.fetch(sql))[0][0]:
            found.append(f"{count} {words}")
    return found


async def kill_jobs(data: Path, kills: int, seed: int = 1) -> Killed:
    """Return what was found after so many kills: half of them in reading archives."""
    async with (
        Simulator(token=TOKEN, flood=FloodRules.off()) as sim,
        open_database(data / DATABASE_NAME) as db,
    ):
        async with db.write() as connection:
            await set_role(connection, OWNER_ID, Role.OWNER, datetime.now(UTC), given_by=None)
        owner = sim.private_chat(sim.add_user("Ольга", user_id=OWNER_ID, language_code="ru"))
        run = Killed(db, Bot(sim, data), owner, random.Random(seed))  # noqa: S311 - no secret
        try:
            await run.archives(kills - kills // 4 * 2, kills // 4)
            await run.versions(kills // 4)
        finally:
            await run.bot.end(signal.SIGKILL)
        run.faults += [f"in the end: {fault}" for fault in await find_faults(db)]
        if (count := (await db.fetch("SELECT count(*) FROM article"))[0][0]) != run.counts["files"]:
            run.faults.append(f"{count} articles of {run.counts['files']} files")
        return run


def _article(text: str, number: int) -> bytes:
    return ("date: 2026-02-11\n" + text.format(n=number, day=number % 28 + 1)).encode()


def main() -> None:
    """Kill so often; print the counts, and what was found wrong."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(KeyboardInterrupt):
        found = asyncio.run(kill_jobs(Path(folder), kills))
        for name, count in found.counts.items():
            print(f"{count:7} {name}")  # noqa: T201 - it is for a person
        for fault in found.faults:
            print(f"WRONG {fault}")  # noqa: T201
        sys.exit(bool(found.faults))


if __name__ == "__main__":
    main()
