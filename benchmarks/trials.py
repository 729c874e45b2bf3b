"""What it costs to try a change of words: synonyms and a name, with 100 golden questions.

    python -m benchmarks.trials [paragraphs]

Prints the seconds of each trial, and the longest that the event loop was not free meanwhile: so
long did every reader wait.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable
from datetime import UTC, date, datetime
from pathlib import Path

from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.preparing import Preparer
from bot.ingest.publish import publish
from bot.ingest.rereading import try_lexicon
from bot.quality import try_change
from bot.search import Search
from bot.store.database import DATABASE_NAME, open_database
from bot.store.golden import Golden, Place
from index.lexicon import SHIPPED, OwnAlias

#: Paragraphs of an article, and golden questions: what an editorial office has after a year.
IN_AN_ARTICLE = 20
QUESTIONS = 100

#: Between two looks of the event loop at the clock.
TICK_S = 0.002

NOUNS = (
    *("причал", "мост", "тоннель", "завод", "канал", "склад", "вокзал", "музей", "театр", "рынок"),
    *("тариф", "налог", "закон", "договор", "проект", "кредит", "заказ", "экспорт", "рейс", "союз"),
)
PLACES = ("Кортана", "Верадия", "Сомнар", "Талир", "Ордена", "Лисовец", "Гарма", "Нивар", "Эстра")
VERBS = ("откроют", "закроют", "построят", "обновят", "продадут", "проверят", "расширят")


def make_text(number: int) -> str:
    """Return an article, always the same for a number."""
    lines = []
    for n in range(number * IN_AN_ARTICLE, (number + 1) * IN_AN_ARTICLE):
        noun, place, verb = NOUNS[n % 20], PLACES[n // 7 % 9], VERBS[n // 3 % 7]
        lines.append(
            f"{noun.capitalize()} номер {n} в городе {place} {verb} через {n % 30 + 2} месяцев,"
            f" сообщил Хасан Зираев. Работы обойдутся в {n % 97 + 3} миллиона."
        )
    return "\n".join(lines)


def make_golden(number: int) -> Golden:
    """Return a question and the paragraph that answers it."""
    n = number * 37
    place = Place(n // IN_AN_ARTICLE + 1, n % IN_AN_ARTICLE + 1)
    return Golden(f"что будет с объектом {NOUNS[n % 20]} номер {n}?", (place,))


async def measure(paragraphs: int, folder: Path) -> None:
    """Print what trials cost in a corpus of so many paragraphs."""
    async with open_database(folder / DATABASE_NAME) as db:
        for number in range(paragraphs // IN_AN_ARTICLE):
            draft = make_draft(make_text(number), Overrides(day=date(2026, 1, 22)))
            await publish(db, draft, at=datetime.now(UTC))
        search = Search(db)
        await search.refresh()
        golden = [make_golden(n) for n in range(min(QUESTIONS, paragraphs // 37))]
        now, then = search.trial([]), search.trial([["причал", "пирс"]])
        await _time("synonyms", try_change(golden, (), now, then))
        alias = OwnAlias("Хасанов", "Хасан Зираев")
        lexicon = SHIPPED.having(alias)
        then = search.trial(lexicon.groups)
        await _time("a name, on the questions", try_change(golden, (), now, then))
        trial = try_lexicon(db, Preparer(), SHIPPED, lexicon)
        await _time("a name, on the quotes", trial)


async def _time(name: str, work: Awaitable[object]) -> None:
    longest = 0.0

    async def look() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK_S)
            longest = max(longest, time.perf_counter() - before - TICK_S)

    looking = asyncio.create_task(look())
    start = time.perf_counter()
    await work
    took = time.perf_counter() - start
    looking.cancel()
    print(f"{took:7.2f} s  {longest * 1000:6.0f} ms  {name}")


def main() -> None:
    """Measure with as many paragraphs as are asked for."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, Path(folder)))


if __name__ == "__main__":
    main()
