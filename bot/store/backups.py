"""Copies of the whole database: made under a running bot, kept for a while, put back.

Plain synchronous SQLite, as in `health`. A live database is never copied as a file: what it wrote
last stands in another one beside it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.errors import BusyError, CorruptError, StoreError, UserError
from bot.failpoints import reach
from bot.store.failures import our_errors
from bot.store.health import BACKUPS, FREE_SPACE_FLOOR_BYTES, find_damage, free_bytes
from bot.store.moments import from_micros, to_micros

#: Backups made by themselves: the newest of each of so many days and of so many weeks are kept.
#: Source: RELIABILITY, 6; /privacy says that what is erased is gone from them after that.
DAYS_KEPT = 7
WEEKS_KEPT = 4

#: Between two backups that the running bot makes.
BACKUP_EVERY = timedelta(days=1)

#: The day and second, so that names in order are copies in order.
_NAME = "paragraf-%Y%m%d-%H%M%S.db"

#: When the newest of what a database holds came to be: how far a backup knows.
_NEWEST = """
    SELECT max(at) FROM (
        SELECT max(received_at) AS at FROM inbox UNION ALL
        SELECT max(created_at) FROM outbox UNION ALL
        SELECT max(at) FROM index_change)
"""

#: What may have been sent, or answered, after the backup was made.
_CANCEL_MESSAGES = """
    UPDATE outbox SET state = 'cancelled', owner = NULL, error = 'restored', ended_at = ?
    WHERE state IN ('ready', 'leased')
"""
_DROP_NOTICES = """
    UPDATE notice SET state = 'dropped', reason = 'restored'
    WHERE state IN ('waiting', 'held') AND due_at <= ?
"""
_END_ANNOUNCEMENTS = "UPDATE announcement SET expanded_at = ? WHERE expanded_at IS NULL"
_BURY_UPDATES = "UPDATE inbox SET state = 'dead', error = 'restored' WHERE state = 'new'"


@dataclass(frozen=True, slots=True)
class Settled:
    """A copy made ready: until when it knows, and how many messages and updates it gave up."""

    known_until: datetime | None
    messages: int
    updates: int


def back_up(path: Path, at: datetime, copy: Path | None = None) -> Path:
    """Copy the database `path`, by default into the folder of backups beside it; return the file.

    Works beside a running bot. The copy was read through and is on the disk before it has its name.

    Raises:
        UserError: there is no database, the disk has no room, or the name is taken.
        StoreError: the copy cannot be made, or is damaged.

    """
    if not path.exists():
        raise UserError("There is no database in {folder} yet.", folder=path.parent)
    copy = copy or path.parent / BACKUPS / at.strftime(_NAME)
    if copy.exists():
        raise UserError("{file} is there already. Choose another name.", file=copy)
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    needed = path.stat().st_size + FREE_SPACE_FLOOR_BYTES
    if free_bytes(copy) < needed:
        raise UserError(
            "A backup needs {floor} MB free on the disk, {free} are.",
            floor=needed // 2**20,
            free=free_bytes(copy) // 2**20,
        )
    unfinished = copy.with_name(copy.name + ".part")
    _copy(path, unfinished)
    unfinished.rename(copy)
    _sync(copy.parent)
    return copy


def is_backup_due(path: Path, at: datetime) -> bool:
    """Return if no backup was made by itself within a day before `at`.

    One of a later day is of a clock that was ahead: it must not stop those of the days until then.
    """
    made = [_made_at(copy) for copy in _own_backups(path)]
    return not any(at - BACKUP_EVERY < each <= at for each in made)


def drop_old_backups(path: Path, at: datetime) -> list[Path]:
    """Delete the backups that are neither of the last days nor of the last weeks; return them.

    Only those named by us, and never the newest; and what was begun and not ended, by a kill.
    """
    for unfinished in (path.parent / BACKUPS).glob("paragraf-*.db.part"):
        unfinished.unlink()
    kept: dict[object, Path] = {}
    for copy in reversed(_own_backups(path)):  # the newest of a day, or of a week, comes first
        day = _made_at(copy).date()
        if (at.date() - day).days < DAYS_KEPT:
            kept.setdefault(day, copy)
        if (_monday(at.date()) - _monday(day)).days < 7 * WEEKS_KEPT:
            kept.setdefault(("week", _monday(day)), copy)
        kept.setdefault("newest", copy)
    dropped = [copy for copy in _own_backups(path) if copy not in kept.values()]
    for copy in dropped:
        copy.unlink()
    return dropped


def prepare_restore(backup: Path, path: Path) -> Path:
    """Return a whole copy of `backup` beside the database `path`, which it does not touch yet.

    Raises:
        UserError: there is no such file.
        CorruptError: it is damaged, or no database of ours.

    """
    if not backup.is_file() or backup.stat().st_size == 0:
        raise UserError("There is no backup {file}.", file=backup)
    complaint = find_damage(backup)
    if complaint is not None:
        raise CorruptError(f"{backup} cannot be used: {complaint}. Choose another backup.")
    copy = path.with_name(path.name + ".restoring")
    _copy(backup, copy)
    return copy


def settle(copy: Path, at: datetime, *, resend: bool) -> Settled:
    """Make a migrated copy ready to be worked with.

    Messages that were unsent and notices that were due are given up, announcements too, and updates
    that waited are buried, unless `resend`: what of it was sent after the backup, it cannot know.
    """
    with our_errors(), closing(sqlite3.connect(copy)) as database:
        known = database.execute(_NEWEST).fetchone()[0]
        messages = updates = 0
        if not resend:
            messages = database.execute(_CANCEL_MESSAGES, (to_micros(at),)).rowcount
            messages += database.execute(_DROP_NOTICES, (to_micros(at),)).rowcount
            database.execute(_END_ANNOUNCEMENTS, (to_micros(at),))
            updates = database.execute(_BURY_UPDATES).rowcount
        database.commit()
    _fold(copy)  # one file again, so that it can take the place of another
    _sync(copy)
    return Settled(None if known is None else from_micros(known), messages, updates)


def put_in_place(copy: Path, path: Path, at: datetime) -> Path | None:
    """Let the copy be the database; return where the one before is kept, None if there was none.

    At no moment is there no database: a kill leaves the one before or the copy.
    """
    aside = None
    if path.exists():
        aside = path.with_name(f"{path.name}.before-{at:%Y%m%d-%H%M%S}")
        _fold(path)
        os.link(path, aside)
        for suffix in ("-wal", "-shm"):
            # Left over only beside a damaged file: laid over the copy, it would damage that too.
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    reach("restore.before_rename")
    copy.replace(path)
    _sync(path.parent)
    return aside


def _fold(path: Path) -> None:
    """Bring what stands beside a database into its file; a damaged one stays as it is.

    Raises: BusyError if another process works with it.
    """
    try:
        with our_errors(), closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
    except BusyError:
        raise
    except StoreError:
        return


def _copy(source: Path, copy: Path) -> None:
    """Write a whole copy and read it through.

    Raises: StoreError; CorruptError if what was read is damaged. Then there is no copy.
    """
    copy.unlink(missing_ok=True)
    try:
        with our_errors(), closing(sqlite3.connect(source)) as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        with our_errors(), closing(sqlite3.connect(copy)) as database:
            verdict = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
        copy.chmod(0o600)
        _sync(copy)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    if verdict != "ok":
        copy.unlink()
        raise CorruptError(f"The copy of {source} is damaged: {verdict}.")


def _own_backups(path: Path) -> list[Path]:
    """Return the backups that bear our names, oldest first."""
    copies = []
    for copy in sorted((path.parent / BACKUPS).glob("paragraf-*.db")):
        with suppress(ValueError):
            _made_at(copy)
            copies.append(copy)
    return copies


def _made_at(copy: Path) -> datetime:
    return datetime.strptime(copy.name, _NAME).replace(tzinfo=UTC)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
