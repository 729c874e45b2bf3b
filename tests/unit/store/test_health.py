import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import CorruptError, StoreError, UserError
from bot.store import health
from bot.store.database import open_database
from bot.store.publishing import add_article

from .samples import NOON, an_article, paragraphs_of


async def make_database(path: Path, articles: int = 30) -> Path:
    async with open_database(path) as db:
        for number in range(articles):
            text = f"Статья номер {number}.\n" + "Слова о порте. " * 300
            await add_article(db, an_article(text), paragraphs_of(text), analysis=1, at=NOON)
    return path


def damage(path: Path, offset: int, length: int = 64) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        before = file.read(length)
        file.seek(offset)
        file.write(bytes(byte ^ 0xFF for byte in before))


def btree_page(path: Path) -> int:
    """Return the offset of a page in the middle of the file that holds table rows."""
    pages = path.stat().st_size // 4096
    content = path.read_bytes()
    return next(page * 4096 for page in range(pages // 2, pages) if content[page * 4096] == 0x0D)


async def test_a_whole_database_passes(tmp_path: Path) -> None:
    path = await make_database(tmp_path / "paragraf.db")
    assert health.find_damage(path) is None


@pytest.mark.parametrize("content", [None, b""])
def test_an_absent_or_empty_file_passes(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "paragraf.db"
    if content is not None:
        path.write_bytes(content)
    health.check_file(path)
    assert path.exists() == (content is not None)


def test_a_start_killed_before_its_first_commit_left_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "paragraf.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
    assert path.stat().st_size > 0
    health.check_file(path)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paragraf.db"
    path.write_text("Это не база данных. " * 100)
    with pytest.raises(CorruptError, match=r"not a database\. No whole backup was found in"):
        async with open_database(path):
            pass
    assert path.read_text().startswith("Это не база данных.")


async def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paragraf.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE theirs (id)")
    with pytest.raises(CorruptError, match="another program"):
        async with open_database(path):
            pass


async def test_damage_in_the_first_page_names_the_newest_whole_backup(tmp_path: Path) -> None:
    path = await make_database(tmp_path / "paragraf.db")
    backups = tmp_path / "backups"
    backups.mkdir()
    for age, name in enumerate(("newest.db", "whole.db", "older.db")):
        shutil.copy(path, backups / name)
        os.utime(backups / name, (1_000_000 - age, 1_000_000 - age))
    damage(backups / "newest.db", 0)
    damage(path, 0)
    os.utime(backups / "newest.db", (1_000_000, 1_000_000))
    with pytest.raises(CorruptError, match=r"newest whole backup is .*/backups/whole\.db\."):
        async with open_database(path):
            pass


async def test_damage_in_the_middle_is_found_before_work_starts(tmp_path: Path) -> None:
    path = await make_database(tmp_path / "paragraf.db")
    damage(path, btree_page(path))
    with pytest.raises(CorruptError, match=r"paragraf\.db cannot be used: "):
        async with open_database(path):
            pass


def test_too_old_an_sqlite_is_refused() -> None:
    health.require_sqlite((3, 35, 0))
    with pytest.raises(StoreError, match=r"SQLite 3\.34\.1 is too old"):
        health.require_sqlite((3, 34, 1))


def test_little_free_space_refuses_imports_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free_bytes = health.FREE_SPACE_FLOOR_BYTES

    def disk_usage(folder: Path) -> object:
        assert folder == tmp_path
        return type("usage", (), {"free": free_bytes})

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    health.require_space(tmp_path / "paragraf.db")
    free_bytes = 150 * 2**20
    with pytest.raises(UserError) as caught:
        health.require_space(tmp_path / "paragraf.db")
    assert caught.value.values == {"free": 150, "floor": 200}
