"""What a large corpus costs before its first answer: reading its texts, and a start of the bot.

    python -m benchmarks.start [--texts FOLDER] [PARAGRAPHS…]

Reading is measured on the articles of a folder, the demo's by default: once, when the dictionary is
asked for each form, and then as in a corpus whose forms have been met. A start is measured on made
paragraphs, from the store and from the kept index, each in a process of its own, the median of
three. Times are those of the processor: other work on the machine does not count. The tables are
printed, and written into docs/benchmarks.md.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.child import private_bytes
from benchmarks.corpus import Corpus, make_corpus
from benchmarks.question_sets import DEMO
from benchmarks.report import cells, spaced, write_part
from bot.ingest.drafts import make_draft
from bot.search import Search
from bot.store.database import DATABASE_NAME, Database, open_database
from bot.store.publishing import insert_article
from bot.store.snapshots import SNAPSHOT_NAME
from index.languages import tokenize
from index.paragraphs import ANALYSIS, find_paragraphs
from index.types import Article, Language, Paragraph, Span

#: Paragraphs of a made article, and articles published in one transaction.
PARAGRAPHS, ARTICLES = 20, 200
ROUNDS = 3
AT = datetime(2026, 1, 22, tzinfo=UTC)


def main() -> None:
    """Measure reading, then a start with each number of paragraphs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[20_000, 100_000])
    parser.add_argument("--texts", type=Path, default=DEMO / "articles")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(*asyncio.run(start(options.child)))
        return
    text = "\n".join([*reading_table(options.texts), "", *start_table(options.sizes), ""])
    print(text)
    write_part(Path("docs/benchmarks.md"), "start", text)


def reading_table(folder: Path) -> list[str]:
    """Return how much one core reads a minute, as Markdown."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    tokenize("дом")  # loads the dictionary
    first = seconds(lambda: [find_paragraphs(text) for text in texts])
    rows = {
        "words, each form asked of the dictionary once": first,
        "words, forms known": seconds(lambda: [find_paragraphs(text) for text in texts]),
        "words and facts": seconds(lambda: [make_draft(text) for text in texts]),
        "words and facts, forms known": seconds(lambda: [make_draft(text) for text in texts]),
    }
    paragraphs = [part for text in texts for part in find_paragraphs(text)]
    words = sum(len(part.terms) for part in paragraphs)
    lines = [cells(["a minute, on one core", "paragraphs", "words"]), "|---|---:|---:|"]
    for name, took in rows.items():
        counts = [spaced(round(count * 60 / took)) for count in (len(paragraphs), words)]
        lines.append(cells([name, *counts]))
    return lines


def start_table(sizes: list[int]) -> list[str]:
    """Return what a start takes with each number of paragraphs, as Markdown."""
    head = ["start with", "from the store", "from the kept index", "memory", "the file"]
    lines = [cells(head), "|---|" + "---:|" * (len(head) - 1)]
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            asyncio.run(publish(make_corpus(size), folder))
            built = [run_child(folder) for _ in range(ROUNDS)]
            asyncio.run(keep(folder))
            mapped = [run_child(folder) for _ in range(ROUNDS)]
            file = (folder / SNAPSHOT_NAME).stat().st_size
        times = [statistics.median(took for took, _ in each) for each in (built, mapped)]
        memory = [statistics.median(held for _, held in each) / 1e6 for each in (built, mapped)]
        lines.append(
            cells(
                [
                    f"{spaced(size)} paragraphs",
                    *(f"{took:.1f} s" for took in times),
                    f"{memory[0]:.0f} / {memory[1]:.0f} MB",
                    f"{file / 1e6:.0f} MB",
                ]
            )
        )
    return lines


async def publish(corpus: Corpus, folder: Path) -> None:
    """Publish the paragraphs as articles of a database in the folder."""
    names = [f"w{number}" for number in range(int(corpus.words.max()) + 1)]
    async with open_database(folder / DATABASE_NAME) as db:
        numbers = range(0, len(corpus), PARAGRAPHS)
        for first in range(0, len(numbers), ARTICLES):
            async with db.write() as connection:
                for begin in numbers[first : first + ARTICLES]:
                    every = [corpus[n].tolist() for n in range(len(corpus))[begin:][:PARAGRAPHS]]
                    article, parts = made_article([[names[w] for w in words] for words in every])
                    await insert_article(connection, article, parts, analysis=ANALYSIS, at=AT)


def made_article(words: list[list[str]]) -> tuple[Article, list[Paragraph]]:
    """Return an article of paragraphs of these words, and its paragraphs."""
    texts = [" ".join(each) for each in words]
    article = Article("", "\n".join(texts), date(2026, 1, 22), Language.RU)
    paragraphs, at = [], 0
    for number, (each, text) in enumerate(zip(words, texts, strict=True), 1):
        span = Span(at, at + len(text))
        paragraphs.append(Paragraph(number, span, tuple((word,) for word in each)))
        at = span.stop + 1
    return article, paragraphs


async def start(folder: Path) -> tuple[float, int]:
    """Return the seconds until the index answers a question, and the bytes that no file backs."""
    async with open_database(folder / DATABASE_NAME) as db:
        before = time.process_time()
        search = await load(db)
        await search.find("w40 w41")
        took = time.process_time() - before
        return took, private_bytes()


async def keep(folder: Path) -> None:
    """Keep the index of the database in the folder."""
    async with open_database(folder / DATABASE_NAME) as db:
        await (await load(db)).keep()


async def load(db: Database) -> Search:
    """Return the index as a start loads it."""
    search = Search(db, kept_from=1)
    await search.load()
    return search


def run_child(folder: Path) -> tuple[float, float]:
    """Return what `start` does in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.start", "--child", str(folder)]
    took, held = subprocess.check_output(command, text=True).split()
    return float(took), float(held)


def seconds(action: Callable[[], object]) -> float:
    """Return how long `action` took the processor."""
    started = time.process_time()
    action()
    return time.process_time() - started


if __name__ == "__main__":
    main()
