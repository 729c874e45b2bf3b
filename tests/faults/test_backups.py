"""A backup made under load and put back, and what a restore does to what was unsent."""

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import running
from bot.config import Settings
from bot.errors import BusyError, CorruptError, UserError
from bot.simulator import Simulator
from bot.store import backups
from bot.store.backups import back_up, drop_old_backups, is_backup_due
from bot.store.database import DATABASE_NAME
from bot.store.health import BACKUPS, find_damage
from bot.store.lock import LOCK_NAME, hold_lock
from tests.e2e.terminal import ROOT, Ended, Terminal
from tests.faults.roads import PATIENCE_S

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

Rows = dict[str, list[tuple[object, ...]]]


def dump(path: Path) -> Rows:
    """Return every row of every table."""
    with closing(sqlite3.connect(path)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}


def count(path: Path, what: str) -> int:
    """Return how many rows there are of a table, or of a part of it."""
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


@pytest.fixture
def terminal(data: Path) -> Terminal:
    """Return a terminal in a folder whose data are those of the bot."""
    (data / "data").mkdir()
    shutil.move(data / DATABASE_NAME, data / "data" / DATABASE_NAME)
    return Terminal(data)


def database_of(terminal: Terminal) -> Path:
    return terminal.folder / "data" / DATABASE_NAME


def restore(terminal: Terminal, copy: Path, *more: str, **settings: str) -> Ended:
    return terminal.run("restore", str(copy), *more, **settings)


async def test_a_running_bot_makes_its_own(sim: Simulator, data: Path) -> None:
    """At its start, if the last one is a day old."""
    settings = Settings(data=data, token=sim.token, api_url=sim.api_url, owners="1")
    async with running(settings), asyncio.timeout(PATIENCE_S):
        while not (made := list((data / BACKUPS).glob("*.db"))):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.01)
    assert find_damage(made[0]) is None


async def test_a_backup_under_load_is_one_moment_of_the_database(
    sim: Simulator, data: Path, tmp_path: Path
) -> None:
    """The drill: while questions come, copy; afterwards put back, and every row is there again."""
    settings = Settings(data=data, token=sim.token, api_url=sim.api_url, owners="1")
    chats = [sim.private_chat(sim.add_user(f"Читатель {n}", language_code="ru")) for n in range(20)]
    copy = tmp_path / "copy.db"
    async with running(settings) as bot:
        for chat in chats[:10]:
            await chat.send("глубина причала")
        made = asyncio.to_thread(back_up, bot.services.db.path, datetime.now(UTC), copy)
        _, *_ = await asyncio.gather(made, *(chat.send("глубина причала") for chat in chats[10:]))
        for chat in chats:
            assert "15 метров" in (await chat.reply(timeout_s=PATIENCE_S)).text
    assert find_damage(copy) is None
    before = dump(copy)
    assert before["paragraph"]
    terminal = Terminal(tmp_path)
    target = tmp_path / "data" / DATABASE_NAME
    ended = restore(terminal, copy, "--resend")
    assert ended.code == 0, ended.err
    assert dump(target) == before


def test_what_was_unsent_is_given_up_unless_told_otherwise(terminal: Terminal) -> None:
    """The backup does not know what was sent after it: no mass resend."""
    path = database_of(terminal)
    with closing(sqlite3.connect(path)) as database:
        database.execute(
            "INSERT INTO outbox (dedupe, chat_id, prio, method, payload, cites, state, created_at)"
            " VALUES ('n:1', 7, 5, 'sendMessage', '{}', '[]', 'ready', 1767225600000000)"
        )
        database.execute(
            "INSERT INTO inbox (bot_id, update_id, chat_key, received_at, body, state)"
            " VALUES (1, 1, '7', 1767225600000000, '{}', 'new')"
        )
        notices = "INSERT INTO notice (cause, cause_id, item, chat_id, thread_id, due_at, state,"
        notices += " created_at) VALUES ('watch', 1, ?, 7, 0, ?, 'waiting', 0)"
        in_fifty_years = 50 * 365 * 24 * 3600 * 10**6 + 1767225600000000
        database.execute(notices, (1, 1767225600000000))
        database.execute(notices, (2, in_fifty_years))
        database.commit()
    copy = terminal.folder / "copy.db"
    assert terminal.run("backup", "--to", str(copy)).code == 0
    ended = restore(terminal, copy)
    assert "2 сообщения, 1 обновление" in ended.out
    assert "--resend" in ended.out
    assert count(path, "outbox WHERE state = 'cancelled'") == 1
    assert count(path, "inbox WHERE state = 'dead'") == 1
    assert count(path, "notice WHERE state = 'waiting'") == 1
    assert count(path, "announcement WHERE expanded_at IS NULL") == 0
    restore(terminal, copy, "--resend")
    assert count(path, "outbox WHERE state = 'ready'") == 1
    assert count(path, "inbox WHERE state = 'new'") == 1
    assert count(path, "notice WHERE state = 'waiting'") == 2
    assert count(path, "announcement WHERE expanded_at IS NULL") == 1


def test_the_database_before_is_kept(terminal: Terminal) -> None:
    """What was added after the backup is in the file that the restore names."""
    copy = terminal.folder / "copy.db"
    terminal.run("backup", "--to", str(copy))
    terminal.write("new.txt", "date: 2026-03-01\n\nМост откроют весной.")
    assert terminal.run("add", "new.txt").code == 0
    ended = restore(terminal, copy)
    assert "UTC до " in ended.out
    (aside,) = terminal.folder.glob(f"data/{DATABASE_NAME}.before-*")
    assert str(aside) in ended.out
    assert (count(aside, "article"), count(database_of(terminal), "article")) == (2, 1)
    assert find_damage(aside) is None


def test_nothing_is_restored_under_a_running_bot(terminal: Terminal) -> None:
    """The lock is held."""
    copy = terminal.folder / "copy.db"
    terminal.run("backup", "--to", str(copy))
    with hold_lock(terminal.folder / "data" / LOCK_NAME):
        ended = restore(terminal, copy)
    assert (ended.code, "is running" in ended.err) == (1, True)


def test_no_writer_is_overtaken_by_a_restore(terminal: Terminal) -> None:
    """A verb that writes at this moment would lose what it writes: the restore says so."""
    path = database_of(terminal)
    copy = back_up(path, NOON)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError):
            backups.put_in_place(backups.prepare_restore(copy, path), path, NOON)
        other.rollback()
    assert find_damage(path) is None


@pytest.mark.parametrize("content", [b"", b"not a database" * 400])
def test_a_damaged_backup_changes_nothing(terminal: Terminal, content: bytes) -> None:
    """It is refused before anything is touched."""
    path = database_of(terminal)
    before = dump(path)
    copy = terminal.folder / "copy.db"
    copy.write_bytes(content)
    ended = restore(terminal, copy)
    assert ended.code == 1
    assert str(copy) in ended.err
    assert dump(path) == before


def test_a_kill_in_a_restore_leaves_a_database(terminal: Terminal) -> None:
    """Just before the copy takes its place, the one before is still there, whole."""
    path = database_of(terminal)
    before = dump(path)
    copy = back_up(path, NOON)
    program = (sys.executable, "-c", "from bot.cli import main; main()")
    environment = terminal.environment(FAIL_AT="restore.before_rename")
    killed = subprocess.run(
        [*program, "restore", str(copy)], env=environment, cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert dump(path) == before
    assert restore(terminal, copy, "--resend").code == 0
    assert dump(path) == before


def test_a_damaged_database_is_replaced_with_what_stands_beside_it(
    terminal: Terminal,
) -> None:
    """Its write-ahead log, laid over the backup, would damage that too."""
    path = database_of(terminal)
    copy = back_up(path, NOON)
    before = dump(path)
    path.write_bytes(b"damaged" * 1000)
    path.with_name(path.name + "-wal").write_bytes(b"leftover" * 1000)
    assert restore(terminal, copy, "--resend").code == 0
    assert dump(path) == before


def test_backups_of_days_and_weeks_are_kept(data: Path) -> None:
    """After fifty days with one each: seven days, and the newest of four weeks."""
    path = data / DATABASE_NAME
    folder = data / BACKUPS
    strange = folder / "mine.db"
    for day in range(50):
        at = NOON + timedelta(days=day)
        assert is_backup_due(path, at)
        back_up(path, at)
        assert not is_backup_due(path, at + timedelta(hours=23))
        strange.touch()
        (folder / "paragraf-20261101-000000.db.part").touch()
        drop_old_backups(path, at)
    assert list(folder.glob("*.part")) == []
    days = sorted(file.name[9:17] for file in folder.glob("paragraf-*"))
    assert days == [  # 12 January 2027 is a Tuesday
        *("20261227", "20270103", "20270106", "20270107", "20270108"),
        *("20270109", "20270110", "20270111", "20270112"),
    ]
    assert strange.exists()


def test_a_name_that_is_taken_is_refused(data: Path) -> None:
    """A backup never writes over another."""
    copy = back_up(data / DATABASE_NAME, NOON)
    with pytest.raises(UserError, match="there already"):
        back_up(data / DATABASE_NAME, NOON, copy)


def test_a_damaged_database_is_not_backed_up(data: Path) -> None:
    """No file is left that looks like a backup."""
    path = data / DATABASE_NAME
    path.write_bytes(b"damaged" * 1000)
    with pytest.raises(CorruptError):
        back_up(path, NOON)
    assert list((data / BACKUPS).iterdir()) == []
