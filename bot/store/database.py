"""The open database: one writer behind a queue, one reader beside it.

On one shared connection a rolled-back row of one task is committed by another task's commit, so
writes have a connection of their own, one transaction at a time, and so have reads. More readers
would not help: threads share the interpreter, and four gave less than half of one's throughput.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast

import aiosqlite
from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.failures import our_errors
from bot.store.health import check_file, require_sqlite
from bot.store.migrate import migrate

# Longer than any transaction of ours, shorter than a person's patience.
BUSY_TIMEOUT_MS = 5_000

WRITER_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode = WAL",
    # NORMAL may lose the last commits on a power cut. Source: sqlite.org/pragma.html
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
READER_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA query_only = ON",
)


# A row of text SQL: the values in the order of its columns.
Row = tuple[Any, ...]


class Statement(NamedTuple):
    """Text SQL, the values bound to its `?`, and what it means if it changes no row, if anything.

    `unchanged` is raised then.
    """

    sql: str
    values: Iterable[object] = ()
    unchanged: Exception | None = None


#: Where a connection keeps what `later` was told and has not run yet.
_LATER = "later"


class Turns:
    """The order in which tasks use a connection: one at a time, first come, first served."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait for the turn and hold it. Raises: RuntimeError if this task holds it already."""
        task = asyncio.current_task()
        if self._lock.locked() and self._holder is task:
            raise RuntimeError(f"a {self._name} inside a {self._name} of the same task")
        async with self._lock:
            self._holder = task
            try:
                yield
            finally:
                self._holder = None


#: The file of the database in the data folder.
DATABASE_NAME = "paragraf.sqlite3"

#: An open transaction, for functions outside the store that pass it on.
Transaction = AsyncConnection


class Database:
    """An open database; made by `open_database`."""

    def __init__(self, path: Path, writer: AsyncConnection, reader: AsyncConnection) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._writers = Turns("write")
        self._readers = Turns("read")

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that commits at the end of the block and rolls back on an exception.

        Transactions run one after the other, in the order of asking; keep them short. Asking for
        a second one inside the first would wait for ever, and is a RuntimeError instead.

        Raises: BusyError if another process writes for longer than we wait; DiskFullError, with
        nothing stored; StoreError for whatever else the database refuses.
        """
        async with self._writers.take():
            with our_errors():
                async with _transaction(self._writer, "BEGIN IMMEDIATE", "COMMIT"):
                    yield self._writer

    async def change(self, sql: str, values: Iterable[object] = ()) -> list[Row]:
        """Run one writing statement of text SQL as a transaction of its own; return its rows.

        A third of what a block of `write` costs. Raises: as `write`.
        """
        async with self._writers.take():
            with our_errors():
                return await run(self._writer, sql, values)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a read: every statement of the block sees the database of one moment.

        It cannot write. Reads run one after the other and never wait for a writer; like writes,
        they do not nest.

        Raises: StoreError.
        """
        async with self._readers.take():
            with our_errors():
                async with _transaction(self._reader, "BEGIN", "ROLLBACK"):
                    yield self._reader

    async def fetch(self, sql: str, values: Iterable[object] = ()) -> list[Row]:
        """Return the rows of one reading statement of text SQL, at a third of a block's cost.

        Raises: StoreError.
        """
        async with self._readers.take():
            with our_errors():
                return await run(self._reader, sql, values)


@asynccontextmanager
async def _transaction(connection: AsyncConnection, begin: str, end: str) -> AsyncIterator[None]:
    """Run the block between the statements `begin` and `end`, or roll back.

    Both go straight to the driver, `begin` with the first statement of the block and `end` with
    those that wait; Core inside joins the transaction.
    """
    driver = await driver_of(connection)
    waiting = [Statement(begin)]
    connection.info[_LATER] = waiting
    try:
        yield
        if connection.in_transaction():
            await connection.commit()
        elif waiting != [Statement(begin)] and (waiting or driver.in_transaction):
            await _visit(driver, waiting, Statement(end))
    except BaseException:
        # Core gives up a connection in which it was cancelled, and makes another at its next use.
        if not connection.invalidated:
            # SQLite may have rolled back itself, as on a full disk: the driver looks first.
            await driver.rollback()
        if connection.in_transaction():
            await connection.rollback()
        raise
    finally:
        waiting.clear()


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the database file `path`, made if absent, with the tables of this program.

    Raises: CorruptError if the file is damaged or another program's, naming the newest whole
    backup; StoreError if a newer program made it or it cannot be opened.
    """
    require_sqlite()
    path.parent.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(check_file, path)
    writer = _open_engine(path, WRITER_PRAGMAS)
    reader = _open_engine(path, READER_PRAGMAS)
    try:
        with our_errors():
            async with writer.connect() as connection:
                await connection.run_sync(migrate)
        # Held from here on: taking a connection out of a pool costs more than most statements.
        async with writer.connect() as writing, reader.connect() as reading:
            yield Database(path, writing, reading)
    finally:
        await reader.dispose()
        await writer.dispose()


async def driver_of(connection: AsyncConnection) -> aiosqlite.Connection:
    """Return the driver's connection under `connection`, for text SQL on the hot road."""
    driver = None if connection.invalidated else connection.info.get("driver")
    if driver is None:  # asked for once: each asking costs as much as a statement
        driver = (await connection.get_raw_connection()).driver_connection
        connection.info["driver"] = driver
    assert isinstance(driver, aiosqlite.Connection)  # noqa: S101 - narrows a type, checks nothing
    return driver


async def run(connection: AsyncConnection, sql: str, values: Iterable[object] = ()) -> list[Row]:
    """Run text SQL on the driver, in the transaction of `connection`; return its rows.

    For the hot road: it costs a fifth of what Core does. Values are bound to `?`.
    """
    return await _visit(await driver_of(connection), _waiting(connection), Statement(sql, values))


async def later(
    connection: AsyncConnection,
    sql: str,
    values: Iterable[object] = (),
    unchanged: Exception | None = None,
) -> None:
    """Let text SQL run with the next statement of the transaction, or at its end.

    Its rows are nobody's; what it raises, `unchanged` too, comes with that statement.
    """
    statement = Statement(sql, values, unchanged)
    waiting = _waiting(connection)
    waiting.append(statement)
    if connection.in_transaction():  # Core runs at once, and must not overtake it
        await _visit(await driver_of(connection), waiting, waiting.pop())


def _waiting(connection: AsyncConnection) -> list[Statement]:
    found: list[Statement] = connection.info.setdefault(_LATER, [])
    return found


async def _visit(
    driver: aiosqlite.Connection, waiting: list[Statement], last: Statement
) -> list[Row]:
    """Run what waits and then `last`; return the rows of `last`.

    All in one visit to the driver's thread: a visit costs as much as most statements do.
    """
    statements = (*waiting, last)
    waiting.clear()

    def work() -> list[Row]:
        rows: list[Row] = []
        for sql, values, unchanged in statements:
            cursor = driver._conn.execute(sql, tuple(values))
            rows = cursor.fetchall()
            if unchanged is not None and not cursor.rowcount:
                raise unchanged
        return rows

    # The driver has no public way to run a function in its thread.
    return cast("list[Row]", await driver._execute(work))  # type: ignore[no-untyped-call]


def marks(values: Collection[object]) -> str:
    """Return as many marks as there are values, for `IN (…)` in text SQL."""
    return ", ".join("?" * len(values))


async def run_many(connection: AsyncConnection, sql: str, rows: Iterable[Iterable[object]]) -> int:
    """Run text SQL once for each row of values; return how many rows it changed in all."""
    driver = await driver_of(connection)
    if waiting := _waiting(connection):
        await _visit(driver, waiting, waiting.pop())
    return (await driver.executemany(sql, rows)).rowcount


def _open_engine(path: Path, pragmas: tuple[str, ...]) -> AsyncEngine:
    """Return an engine of one connection, whose transactions take the write lock at their start.

    Unless the connection is in one: `_transaction` has begun it, or left its begin waiting.
    """
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        # None turns off the driver's own BEGIN, which is deferred: upgrading a read to a write
        # fails at once with SQLITE_BUSY_SNAPSHOT, and no busy timeout applies to that.
        connect_args={"isolation_level": None},
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        waiting: list[Statement] = connection.info.get(_LATER, [])
        driver = connection.connection.driver_connection
        if not waiting and not (driver and driver.in_transaction):
            waiting = [Statement("BEGIN IMMEDIATE")]
        for sql, values, unchanged in waiting:
            done = connection.exec_driver_sql(sql, tuple(values))
            if unchanged is not None and not done.rowcount:
                raise unchanged
        waiting.clear()

    return engine
