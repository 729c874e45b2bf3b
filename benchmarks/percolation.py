"""What it costs to find who follows what a new article says, by the number of topics followed.

The topics are one to three words of a paragraph of the made corpus, so they meet as words of a
language do, the frequent ones in thousands of topics; each is somebody's alone, which is the worst
case: what many follow is one topic. Articles have twenty paragraphs of their own corpus. Then as
many subscriptions lie in a database, and the bot's own reading of them is measured: what a start
costs, how long the event loop is held at most, what stays in memory, and an article against all.
"""

import asyncio
import gc
import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psutil

from benchmarks.corpus import SEED, STOP_WORDS, make_corpus
from bot.notify.followed import Followed
from bot.notify.news import News
from bot.store.announcements import AnnouncementKind
from bot.store.database import DATABASE_NAME, Database, open_database, run_many
from bot.store.moments import to_micros
from bot.store.topics import words_topic
from index.percolation import Percolator, TopicQuery

TOPICS = (1_000, 10_000, 100_000)
PARAGRAPHS = 20
ARTICLES = 200

#: Between two looks of the watch that measures for how long the event loop was held.
LOOK_S = 0.001


def main() -> None:
    """Print a line for each number of topics."""
    print("| topics | ms an article: median | p99 | found, median | MB | s to fill |")
    print("|---|---|---|---|---|---|")
    articles = list(_articles())
    for count in TOPICS:
        queries = list(_queries(count))
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        percolator = Percolator()
        for number, query in enumerate(queries):
            percolator.add(number, query)
        size = (tracemalloc.get_traced_memory()[0] - before) / 2**20
        tracemalloc.stop()
        begin = time.process_time()
        again = Percolator()
        for number, query in enumerate(queries):
            again.add(number, query)
        filling = time.process_time() - begin
        times, found = [], []
        for article in articles:
            begin = time.process_time()
            found.append(len(percolator.find(article)))
            times.append((time.process_time() - begin) * 1000)
        times.sort()
        print(
            f"| {count} | {statistics.median(times):.2f} | {times[len(times) * 99 // 100]:.2f}"
            f" | {statistics.median(found):.0f} | {size:.1f} | {filling:.2f} |"
        )

    asyncio.run(_read_from_store(TOPICS[-1], articles))


async def _read_from_store(count: int, articles: list[list[frozenset[str]]]) -> None:
    """Print what it costs to read as many subscriptions from a database, and to ask them."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / DATABASE_NAME) as db:
            await _fill(db, count)
            process = psutil.Process()
            before, begin = process.memory_info().rss, time.process_time()
            followed = Followed(db)
            watch = asyncio.create_task(_longest_hold())
            gc.disable()  # as a start does
            await followed.refresh()
            gc.enable()
            took = time.process_time() - begin
            watch.cancel()
            held = await watch
            size = (process.memory_info().rss - before) / 2**20
            times = []
            for lemmas in articles:
                news = News(1, 1, "", date(2026, 1, 22), (), tuple(lemmas), {})
                begin = time.process_time()
                await followed.find_topics(news, AnnouncementKind.NEW)
                times.append((time.process_time() - begin) * 1000)
    times.sort()
    middle, late = statistics.median(times), times[len(times) * 99 // 100]
    print(
        f"{count} subscriptions from the database: {took:.1f} s of a processor, the event loop held"
        f" {held * 1000:.0f} ms at most, {size:.0f} MB;"
        f" an article: {middle:.1f} ms in the median, {late:.1f} at p99"
    )


async def _fill(db: Database, count: int) -> None:
    topics = [words_topic(query, f"тема {n}") for n, query in enumerate(_queries(count))]
    at = to_micros(datetime.now(UTC))
    async with db.write() as connection:
        await run_many(
            connection,
            "INSERT INTO topic (kind, subject, query) VALUES ('words', ?, ?)"
            " ON CONFLICT DO NOTHING",
            [(topic.subject, topic.title) for topic in topics],
        )
        await run_many(
            connection,
            "INSERT INTO subscription (topic_id, chat_id, thread_id, user_id, title, mode, hour,"
            " weekday, is_silent, state, created_at) SELECT id, ?, 0, ?, query, 'instant', 9, 0, 0,"
            " 'active', ? FROM topic WHERE kind = 'words' AND subject = ?",
            [(n, n, at, topic.subject) for n, topic in enumerate(topics, start=1)],
        )


async def _longest_hold() -> float:
    """Return, when cancelled, how long at most nothing else had its turn."""
    longest, then = 0.0, time.perf_counter()
    try:
        while True:
            await asyncio.sleep(LOOK_S)
            now = time.perf_counter()
            longest, then = max(longest, now - then - LOOK_S), now
    except asyncio.CancelledError:
        return longest


def _articles() -> Iterator[list[frozenset[str]]]:
    corpus = make_corpus(ARTICLES * PARAGRAPHS)
    documents = [frozenset(words) for words in corpus.documents()]
    for start in range(0, len(documents), PARAGRAPHS):
        yield documents[start : start + PARAGRAPHS]


def _queries(count: int) -> Iterator[TopicQuery]:
    chance = random.Random(SEED)
    stop = {f"w{number}" for number in range(STOP_WORDS)}
    documents = [sorted(set(words) - stop) for words in make_corpus(20_000).documents()]
    while count:
        words = chance.choice(documents)
        chosen = chance.sample(words, min(len(words), chance.choice((1, 2, 2, 3))))
        if chosen:
            yield TopicQuery(tuple(((word,),) for word in chosen))
            count -= 1


if __name__ == "__main__":
    main()
