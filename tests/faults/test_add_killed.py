"""`paragraf add` killed at any moment leaves whole articles only, and no process behind."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from pathlib import Path

import pytest

from bot.ingest.pool import POOL_FROM_BYTES
from bot.store.articles import count_articles, list_articles
from bot.store.changes import list_published_ids
from bot.store.database import DATABASE_NAME, open_database
from bot.store.passages import list_paragraphs

FILES = 12
PARAGRAPHS = 10
#: The last paragraph of each article: an event, a quote, a person, a body and a sector of its own.
FACTS = (
    "Министр транспорта Олег Ветров открыл порт {number} мая 2025 года. «Причал номер {number} "
    "готов к работе», — сказал министр. Деньги дал Фонд развития портов."
)
KILLS = 60

#: Rows that the last paragraph gives in each table of facts.
FACTS_OF_AN_ARTICLE = {
    "event": 1,
    "quote": 1,
    "quote_paragraph": 1,
    "version_person": 1,
    "paragraph_person": 1,
    "version_organisation": 1,
}

#: A whole run of the command takes about this long; kills fall anywhere in it.
RUN_S = 1.2


#: Every wait ends as soon as what it waits for is there; this only bounds a failing test.
PATIENCE_S = 60.0

#: With so much white space after them the files are many enough for other processes.
PADDING = POOL_FROM_BYTES // FILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of articles that are read in the command's own process."""
    return make_folder(tmp_path, "")


@pytest.fixture
def large_folder(tmp_path: Path) -> Path:
    """Return a folder of articles that are read in other processes."""
    return make_folder(tmp_path, " " * PADDING)


def make_folder(tmp_path: Path, after: str) -> Path:
    """Return a folder of articles, each with this after its text."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(FILES):
        lines = [f"Абзац {n} статьи {number} о порте." for n in range(PARAGRAPHS - 1)]
        lines.append(FACTS.format(number=number + 1))
        (folder / f"{number:02}.txt").write_text(
            f"title: Статья {number}\ndate: 2026-01-{number + 1:02}\n" + "\n".join(lines) + after,
            encoding="utf-8",
        )
    return folder


async def add(
    folder: Path, data: Path, *more: Path, output: int = asyncio.subprocess.DEVNULL, **env: str
) -> asyncio.subprocess.Process:
    """Start `paragraf add` on the folder and more files, as the first of a group of processes."""
    files = map(str, (folder, *more))
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "add", *files),
        env={**os.environ, "PARAGRAF_DATA": str(data), **env},
        stdout=output,
        stderr=output,
        start_new_session=True,
        preexec_fn=_hear_ctrl_c,
    )


def _hear_ctrl_c() -> None:
    """Let a process hear Ctrl-C even where these tests run in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


async def require_whole(data: Path) -> int:
    """Return how many articles there are, each with its paragraphs, its change and its facts."""
    async with open_database(data / DATABASE_NAME) as db:
        listed = await list_articles(db, FILES + 1)
        for article in listed:
            paragraphs = await list_paragraphs(db, article.id)
            assert [p.number for p in paragraphs] == list(range(1, PARAGRAPHS + 1))
        _, ids = await list_published_ids(db)
        assert sorted(ids) == sorted(article.id for article in listed)
        for table, each in FACTS_OF_AN_ARTICLE.items():
            ((found,),) = await db.fetch(f"SELECT count(*) FROM {table}")
            assert found == each * len(listed), table
        assert await db.fetch("SELECT id FROM article_version WHERE extractor IS NULL") == []
        (people,) = await db.fetch("SELECT count(*), count(DISTINCT name) FROM person")
        assert people == ((1, 1) if listed else (0, 0))
        return await count_articles(db)


@pytest.mark.parametrize("place", ["article.before_commit:3", "article.after_commit:3"])
async def test_a_kill_around_the_commit(folder: Path, tmp_path: Path, place: str) -> None:
    """The third article is there after its commit, not before; the rest follows the next time."""
    data = tmp_path / "data"
    killed = await add(folder, data, FAIL_AT=place)
    assert await killed.wait() == -signal.SIGKILL
    assert await require_whole(data) == (3 if "after" in place else 2)
    assert await (await add(folder, data)).wait() == 0
    assert await require_whole(data) == FILES


async def test_sixty_kills_at_random_moments(folder: Path, tmp_path: Path) -> None:
    """Whatever the moment; the last run, left alone, brings in all that is missing, once."""
    chance = random.Random(60)  # noqa: S311 - the same moments each time
    data = tmp_path / "data"
    for _ in range(KILLS):
        process = await add(folder, data)
        try:
            # A random moment is the very thing that is tested, so a clock decides here.
            await asyncio.wait_for(process.wait(), chance.uniform(0, RUN_S))
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):  # it may have ended at this very moment
                process.kill()
            await process.wait()
        if (data / DATABASE_NAME).exists():
            await require_whole(data)
    assert await (await add(folder, data)).wait() == 0
    assert await require_whole(data) == FILES


@pytest.mark.parametrize("place", ["article.before_commit:3", "article.after_commit:3"])
async def test_a_kill_while_other_processes_read(
    large_folder: Path, tmp_path: Path, place: str
) -> None:
    """What they have read and is not published is read again the next time."""
    data = tmp_path / "data"
    killed = await add(large_folder, data, FAIL_AT=place)
    assert await killed.wait() == -signal.SIGKILL
    assert await require_whole(data) == (3 if "after" in place else 2)
    assert await (await add(large_folder, data)).wait() == 0
    assert await require_whole(data) == FILES


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
async def test_other_processes_end_with_the_command(
    large_folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """After Ctrl-C and after a kill, however long their files take; and Ctrl-C prints no trace."""
    data, endless = tmp_path / "data", tmp_path / "endless.txt"
    os.mkfifo(endless)
    process = await add(large_folder, data, endless, output=asyncio.subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    for _ in range(FILES):
        await process.stdout.readline()
    if number is signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does: to each process of the group
    else:
        process.kill()
    async with asyncio.timeout(PATIENCE_S):
        # Each process holds these two until it ends.
        _, errors = await process.stdout.read(), await process.stderr.read()
    assert await process.wait() == (-number if number is signal.SIGKILL else 130)
    assert b"Traceback" not in errors
    assert await require_whole(data) == FILES
