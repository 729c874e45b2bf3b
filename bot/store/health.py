"""Looks at a database file before anyone works with it: that it is ours, and whole.

Plain synchronous SQLite, so that it also serves files that are not opened for work: backups.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import CorruptError, StoreError, UserError

# "Prgf" in ASCII: tells our files from other SQLite databases. Source: sqlite.org/pragma.html
APPLICATION_ID = 0x50726766

# The first SQLite with RETURNING, which the store uses. Source: sqlite.org/lang_returning.html
MINIMUM_SQLITE = (3, 35, 0)

# Enough for a large import and the copy that `backup` makes of a database of usual size.
FREE_SPACE_FLOOR_BYTES = 200 * 1024 * 1024

BACKUPS = "backups"


def require_space(path: Path) -> None:
    """Return if publishing and imports may go on beside the database `path`.

    Raises: UserError when the disk has less than `FREE_SPACE_FLOOR_BYTES` free.
    """
    free = free_bytes(path)
    if free < FREE_SPACE_FLOOR_BYTES:
        raise UserError(
            "Only {free} MB are free on the disk, {floor} are needed. Nothing was added.",
            free=free // 2**20,
            floor=FREE_SPACE_FLOOR_BYTES // 2**20,
        )


def free_bytes(path: Path) -> int:
    """Return how much room the disk of the file `path` has."""
    return shutil.disk_usage(path.parent).free


def require_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Return if this SQLite library is new enough. Raises: StoreError if not."""
    if version < MINIMUM_SQLITE:
        raise StoreError(
            f"SQLite {'.'.join(map(str, version))} is too old, "
            f"{'.'.join(map(str, MINIMUM_SQLITE))} or newer is needed. Use a newer Python."
        )


def check_file(path: Path) -> None:
    """Return if `path` is absent, empty, or a whole database of ours.

    Raises: CorruptError if not, naming the newest good backup beside it.
    """
    complaint = find_damage(path)
    if complaint is not None:
        raise CorruptError(f"{path} cannot be used: {complaint}. {_way_out(path)}")


def find_damage(path: Path) -> str | None:
    """Return what is wrong with the database file `path`, or None; absent and empty are fine."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as database:
            owner = database.execute("PRAGMA application_id").fetchone()[0]
            tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            # A start that was killed before its first commit leaves an empty file without our id.
            if owner != APPLICATION_ID and not (owner == 0 and tables == 0):
                return "it is a database of another program"
            verdict = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        return str(error)
    return None if verdict == "ok" else " ".join(str(verdict).split())


def find_backup(path: Path) -> Path | None:
    """Return the newest whole backup of the database `path`, or None."""
    copies = (path.parent / BACKUPS).glob("*.db")
    newest_first = sorted(copies, key=lambda copy: copy.stat().st_mtime_ns, reverse=True)
    return next((copy for copy in newest_first if _is_whole(copy)), None)


def _is_whole(copy: Path) -> bool:
    return copy.stat().st_size > 0 and find_damage(copy) is None


def _way_out(path: Path) -> str:
    backup = find_backup(path)
    if backup is None:
        return f"No whole backup was found in {path.parent / BACKUPS}."
    return f"The newest whole backup is {backup}."
