"""Each rule of SQLite that the store lives by has its test here."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BusyError, DiskFullError, StoreError
from bot.store.database import Database, driver_of, open_database
from bot.store.health import APPLICATION_ID
from bot.store.tables import article

from .samples import NOON

LOCK_HOLDER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
database.execute("ROLLBACK")
"""


@contextmanager
def hold_write_lock(path: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", LOCK_HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate("")


async def add_row(connection: AsyncConnection) -> None:
    await connection.execute(insert(article).values(version=1, created_at=NOON))


async def count_rows(connection: AsyncConnection) -> int:
    return await connection.scalar(select(func.count()).select_from(article)) or 0


async def pragma(connection: AsyncConnection, name: str) -> int | str:
    value: int | str = (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
    return value


async def test_the_writer_has_the_durable_pragmas(db: Database) -> None:
    async with db.write() as connection:
        assert await pragma(connection, "journal_mode") == "wal"
        assert await pragma(connection, "synchronous") == 2
        assert await pragma(connection, "foreign_keys") == 1
        assert await pragma(connection, "busy_timeout") == 5000
        assert await pragma(connection, "application_id") == APPLICATION_ID


async def test_the_reader_has_its_pragmas_and_cannot_write(db: Database) -> None:
    async with db.read() as connection:
        assert await pragma(connection, "synchronous") == 2
        assert await pragma(connection, "foreign_keys") == 1
        assert await pragma(connection, "busy_timeout") == 5000
    with pytest.raises(StoreError, match="readonly"):
        async with db.read() as connection:
            await add_row(connection)


async def test_a_row_rolled_back_by_one_task_is_not_committed_by_another(db: Database) -> None:
    has_row, may_fail = asyncio.Event(), asyncio.Event()

    async def fails() -> None:
        async with db.write() as connection:
            await add_row(connection)
            has_row.set()
            await may_fail.wait()
            raise LookupError

    async def succeeds() -> None:
        await has_row.wait()
        may_fail.set()
        async with db.write() as connection:
            await add_row(connection)

    outcomes = await asyncio.gather(fails(), succeeds(), return_exceptions=True)
    assert isinstance(outcomes[0], LookupError)
    async with db.read() as connection:
        assert await count_rows(connection) == 1


async def test_a_write_that_only_reads_yet_holds_the_write_lock(db: Database) -> None:
    """A lock taken later would upgrade a read, which fails at once however long one waits."""
    async with db.write() as connection:
        assert await count_rows(connection) == 0
        with (
            closing(sqlite3.connect(db.path, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


async def test_a_read_waits_for_no_writer_and_sees_one_moment(db: Database) -> None:
    async with db.write() as writer:
        await add_row(writer)
        async with db.read() as reader:
            assert await count_rows(reader) == 0
    async with db.read() as reader:
        assert await count_rows(reader) == 1
        async with db.write() as writer:
            await add_row(writer)
        assert await count_rows(reader) == 1
    async with db.read() as reader:
        assert await count_rows(reader) == 2


async def test_another_process_that_writes_too_long_is_a_retriable_error(db: Database) -> None:
    async with db.write() as connection:
        await connection.execute(text("PRAGMA busy_timeout = 10"))
    with hold_write_lock(db.path):
        with pytest.raises(BusyError):
            async with db.write() as connection:
                await add_row(connection)
        async with db.read() as reader:
            assert await count_rows(reader) == 0
    async with db.write() as connection:
        await add_row(connection)


async def fill_up(db: Database) -> None:
    """Write ten megabytes in one transaction."""
    async with db.write() as connection:
        driver = await driver_of(connection)
        await add_row(connection)
        for number in range(100):
            await driver.execute_fetchall(
                "INSERT INTO article_version (article_id, number, title, day, language, text,"
                " sha256, analysis, created_at) VALUES (1, ?, '', '', '', ?, '', 1, 1)",
                [number, "x" * 100_000],
            )


async def test_a_full_disk_stores_nothing_and_work_goes_on_when_there_is_room(
    db: Database,
) -> None:
    async with db.write() as connection:
        pages = int(await pragma(connection, "page_count"))
        await connection.execute(text(f"PRAGMA max_page_count = {pages + 10}"))
    with pytest.raises(DiskFullError):
        await fill_up(db)
    async with db.read() as connection:
        assert await count_rows(connection) == 0
    async with db.write() as connection:
        await connection.execute(text("PRAGMA max_page_count = 1000000"))
        await add_row(connection)
    async with db.read() as connection:
        assert await count_rows(connection) == 1


async def test_a_transaction_that_sqlite_rolled_back_itself_is_not_rolled_back_again(
    db: Database,
) -> None:
    """A ROLLBACK outside a transaction would hide the error that mattered."""
    with pytest.raises(LookupError):
        async with db.write() as connection:
            await add_row(connection)
            await (await driver_of(connection)).execute("ROLLBACK")
            raise LookupError
    async with db.write() as connection:
        assert await count_rows(connection) == 0


@pytest.fixture
def small_folder(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a file system of four megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this user or machine may not mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_file_system_is_a_full_disk(small_folder: Path) -> None:
    async with open_database(small_folder / "paragraf.db") as small:
        with pytest.raises(DiskFullError):
            await fill_up(small)
        async with small.read() as connection:
            assert await count_rows(connection) == 0


async def test_a_cancelled_write_leaves_nothing_and_the_next_one_is_durable(
    db: Database,
) -> None:
    has_row = asyncio.Event()

    async def never_ends() -> None:
        async with db.write() as connection:
            await add_row(connection)
            has_row.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await has_row.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.write() as connection:
        assert await pragma(connection, "synchronous") == 2
        assert await count_rows(connection) == 0


async def test_a_write_cancelled_in_a_statement_leaves_nothing(db: Database) -> None:
    slow = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
        " SELECT count(*) FROM n"
    )
    started = asyncio.Event()

    async def works() -> None:
        async with db.write() as connection:
            await add_row(connection)
            started.set()
            await connection.execute(text(slow))

    task = asyncio.create_task(works())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.write() as connection:
        assert await pragma(connection, "synchronous") == 2
        assert await pragma(connection, "foreign_keys") == 1
        assert await count_rows(connection) == 0


async def test_errors_of_our_own_pass_through_unchanged(db: Database) -> None:
    with pytest.raises(LookupError):
        async with db.write():
            raise LookupError


async def test_a_broken_rule_of_the_tables_is_an_error_of_the_store(db: Database) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        async with db.write() as connection:
            await connection.execute(
                text("INSERT INTO quote_paragraph (quote_id, paragraph_id) VALUES (7, 7)")
            )


async def test_two_programs_may_write_to_one_file(db: Database) -> None:
    async with open_database(db.path) as other:
        for each in (db, other, db, other):
            async with each.write() as connection:
                await add_row(connection)
        async with other.read() as connection:
            assert await count_rows(connection) == 4


async def test_a_write_inside_a_write_is_an_error_and_not_an_endless_wait(db: Database) -> None:
    with pytest.raises(RuntimeError, match="a write inside a write"):
        async with db.write() as connection:
            await add_row(connection)
            async with db.write():
                pass
    with pytest.raises(RuntimeError, match="a read inside a read"):
        async with db.read(), db.read():
            pass
    async with db.write(), db.read() as reader:
        assert await count_rows(reader) == 0


async def test_writes_come_in_the_order_of_asking(db: Database) -> None:
    order: list[int] = []

    async def write(number: int) -> None:
        async with db.write() as connection:
            await add_row(connection)
            order.append(number)

    await asyncio.gather(*map(write, range(20)))
    assert order == list(range(20))
