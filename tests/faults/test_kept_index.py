"""The index kept in a file: damaged, cut or of something else, it is built anew with a warning."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.search import Search
from bot.store.database import DATABASE_NAME, Database, open_database
from bot.store.erasing import erase_article
from bot.store.publishing import withdraw_article
from bot.store.snapshots import FOOTER, SNAPSHOT_NAME, Stamp, read_snapshot, write_snapshot
from index.engine import rules

#: In these tests the index is kept after so many changes.
EVERY = 10

AT = datetime(2026, 1, 22, 9, 30, tzinfo=UTC)
PORT = "Морской порт в Сольвике откроют 14 марта.\nПричалы примут суда с осадкой до 12 метров."
HARVEST = "Урожай зерна вырос на треть.\nВ порту построят элеватор."
QUESTION = "когда откроют порт в Сольвике"


async def add(db: Database, text: str) -> int:
    """Publish a text; return the article's id."""
    draft = make_draft(text, Overrides(day=date(2026, 1, 22)))
    return (await publish(db, draft, at=AT)).article_id


async def start(db: Database) -> tuple[Search, list[str]]:
    """Return an index as a start loads it, and what it warns of."""
    search = Search(db, kept_from=1, kept_every=EVERY)
    with capture_logs() as logs:
        await search.load()
    return search, [log["reason"] for log in logs if log["log_level"] == "warning"]


async def is_from_file(db: Database) -> bool:
    """Return whether a start uses the file."""
    search = Search(db, kept_from=1, kept_every=EVERY)
    await search.load()
    return search.kept_version is not None


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    """Return a database with two articles and their index in a file."""
    async with open_database(tmp_path / DATABASE_NAME) as db:
        await add(db, PORT)
        await add(db, HARVEST)
        search, _ = await start(db)
        await search.keep()
        yield db


def kept(db: Database) -> Path:
    """Return the file of the index."""
    return db.path.with_name(SNAPSHOT_NAME)


async def require_mended(db: Database, reason: str) -> None:
    """Require one warning, the same answer as without the file, and a good file afterwards."""
    search, warnings = await start(db)
    assert warnings == [reason]
    answer = await search.answer(QUESTION)
    await search.keep()
    assert await is_from_file(db)
    kept(db).unlink()
    assert answer == await (await start(db))[0].answer(QUESTION)


async def test_a_start_takes_the_file_and_catches_up(db: Database) -> None:
    """What was published or withdrawn since is in the answers, as in an index built anew."""
    new = await add(db, "Порт в Астре откроют осенью.")
    await withdraw_article(db, 2, AT)
    assert await is_from_file(db)
    search, warnings = await start(db)
    assert (warnings, search.version, search.paragraph_count) == ([], 4, 3)
    found = await search.answer("порт в Астре")
    assert found.quotations[0].passage.article_id == new
    kept(db).unlink()
    assert found == await (await start(db))[0].answer("порт в Астре")


async def test_answers_go_on_from_the_file(db: Database) -> None:
    """The running bot uses what it has kept, and later changes come on top."""
    search, _ = await start(db)
    before = await search.answer(QUESTION)
    await search.keep()
    assert await search.answer(QUESTION) == before
    await add(db, "Порт в Астре откроют осенью.")
    await search.refresh()
    assert (await search.answer("порт в Астре")).quotations[0].passage.article_id == 3


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
async def test_a_cut_file(db: Database, share: float) -> None:
    """However much of it is left."""
    size = kept(db).stat().st_size
    os.truncate(kept(db), int(size * share))
    await require_mended(db, "it is cut, or none of ours" if share else "it is cut")


@pytest.mark.parametrize("place", [0.0, 0.2, 0.4, 0.6, 0.8, 0.95])
async def test_a_flipped_byte(db: Database, place: float) -> None:
    """Wherever it is."""
    content = bytearray(kept(db).read_bytes())
    content[int(len(content) * place)] ^= 1
    kept(db).write_bytes(content)
    await require_mended(db, "it is damaged")


@pytest.mark.parametrize("back", range(1, FOOTER.size + 1))
async def test_a_flipped_byte_of_the_footer(db: Database, back: int) -> None:
    """The checksum and the length are no safer than the rest."""
    content = bytearray(kept(db).read_bytes())
    content[-back] ^= 0x80
    kept(db).write_bytes(content)
    search, warnings = await start(db)
    assert len(warnings) == 1
    assert search.paragraph_count == 4


async def test_a_file_of_another_database(db: Database, tmp_path: Path) -> None:
    """As after a backup was put back: the same numbers of changes, other changes."""
    (tmp_path / "other").mkdir()
    async with open_database(tmp_path / "other" / DATABASE_NAME) as other:
        for text in ("Первая.", "Вторая."):
            draft = make_draft(text, Overrides(day=date(2026, 1, 22)))
            await publish(other, draft, at=datetime(2025, 5, 5, tzinfo=UTC))
        search, _ = await start(other)
        await search.keep()
        shutil.copy(kept(other), kept(db))
    await require_mended(db, "it was made of another database")


async def test_a_file_of_other_rules(db: Database) -> None:
    """As after an update that finds words otherwise."""
    stamp, arrays = read_snapshot(kept(db))
    write_snapshot(kept(db), arrays, Stamp("other", stamp.seq, stamp.at))
    await require_mended(db, "it was made by other rules")


async def test_a_file_without_a_part(db: Database) -> None:
    """Whole by its checksum, and yet no index."""
    stamp, arrays = read_snapshot(kept(db))
    assert stamp.rules == rules()
    arrays.pop("sequences/units")
    write_snapshot(kept(db), arrays, stamp)
    search, warnings = await start(db)
    assert warnings == ["not an index: KeyError('units')"]
    assert search.paragraph_count == 4


async def test_it_is_kept_anew_after_many_changes(db: Database) -> None:
    """And not after each."""
    search, _ = await start(db)
    before = kept(db).read_bytes()
    await add(db, "Порт в Астре откроют осенью.")
    await search.refresh()
    await search.keep()
    assert kept(db).read_bytes() == before
    for number in range(EVERY):
        await add(db, f"Склад {number} построят у порта.")
    await search.refresh()
    await search.keep()
    assert read_snapshot(kept(db))[0].seq == search.version == EVERY + 3


async def test_it_is_dropped_when_much_has_left(db: Database) -> None:
    """The next start builds an index that takes no room for what left."""
    search, _ = await start(db)
    for _ in range(EVERY // 2):
        article_id = await add(db, "Порт в Астре откроют осенью.")
        await search.refresh()
        await withdraw_article(db, article_id, AT)
        await search.refresh()
    await search.keep()
    assert not kept(db).exists()
    await search.keep()
    assert not kept(db).exists()


async def test_the_words_of_an_erased_article_leave_the_file(db: Database) -> None:
    """At once, and they do not come back: the file is made again from an index without them."""
    word = "элеватор".encode()
    assert word in kept(db).read_bytes()
    search, _ = await start(db)
    async with db.write() as connection:
        await erase_article(connection, 2, by=None, at=AT)
    await search.refresh()
    assert not kept(db).exists()
    for number in range(EVERY):
        await add(db, f"Склад {number} построят у порта.")
    await search.refresh()
    await search.keep()
    assert not kept(db).exists()
    again, _ = await start(db)
    await again.keep()
    assert word not in kept(db).read_bytes()


async def test_no_room_for_the_file(
    db: Database, run_script: Callable[..., Awaitable[int]]
) -> None:
    """A limit on the size of files stands for a full disk: a warning, the old file, answers."""
    before = kept(db).read_bytes()
    assert await run_script(FULL_DISK, kept(db)) == 0
    assert kept(db).read_bytes() == before
    assert list(db.path.parent.glob("*.part")) == []


async def test_a_kill_before_the_file_has_its_name(
    db: Database, run_script: Callable[..., Awaitable[int]]
) -> None:
    """The one before stays, and what was left of the new one is written over."""
    before = kept(db).read_bytes()
    assert await run_script(WRITE, kept(db), FAIL_AT="snapshot.before_rename") == -signal.SIGKILL
    assert kept(db).read_bytes() == before
    assert await is_from_file(db)
    assert await run_script(WRITE, kept(db)) == 0
    assert list(db.path.parent.glob("*.part")) == []


WRITE = """
import sys
from pathlib import Path
from bot.store.snapshots import read_snapshot, write_snapshot
stamp, arrays = read_snapshot(Path(sys.argv[1]))
write_snapshot(Path(sys.argv[1]), arrays, stamp)
"""

FULL_DISK = (
    """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
"""
    + "\n".join(f"    {line}" for line in WRITE.splitlines())
    + """
except OSError:
    sys.exit(0)
sys.exit(1)
"""
)


@pytest.fixture
def run_script() -> Callable[..., Awaitable[int]]:
    """Return a function that runs a script on a file in a process of its own, for its exit code."""

    async def run(script: str, path: Path, **environment: str) -> int:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", script, str(path)), env={**os.environ, **environment}
        )
        return await process.wait()

    return run
