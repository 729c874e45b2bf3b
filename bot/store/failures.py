"""Database exceptions become ours here; no other module names SQLite's error codes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import BusyError, CorruptError, DiskFullError, StoreError

# Primary result codes are the low byte of the extended ones. Source: sqlite.org/rescode.html
PRIMARY_CODE = 0xFF


@contextmanager
def our_errors() -> Iterator[None]:
    """Run the block; what SQLAlchemy or the driver raises in it comes out as a StoreError."""
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise explain(error) from error


def explain(error: BaseException | None) -> StoreError:
    """Return the error of ours that says what `error` of the database means."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & PRIMARY_CODE
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return BusyError("The database is busy: another process is writing to it. Try again.")
    if code == sqlite3.SQLITE_FULL:
        return DiskFullError("The disk is full: nothing was stored. Free some space.")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return CorruptError(f"The database file is damaged ({error}). Restore a backup.")
    return StoreError(f"The database refused: {error}")
