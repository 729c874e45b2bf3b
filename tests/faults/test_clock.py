"""The clock is set back by a month: what is done now and then is not put off until then."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.notify.broadcasting import Broadcaster
from bot.store.backups import back_up, is_backup_due
from bot.store.broadcasts import add_broadcast, list_going, start_broadcast
from bot.store.database import Database, open_database
from bot.store.feeds import list_due
from index.types import Language
from tests.unit.store.samples import NOON, a_message, accept

MONTH = timedelta(days=30)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "paragraf.db") as database:
        yield database


async def test_backups_go_on(db: Database) -> None:
    """Row 28: one of the future is no reason to make none until then."""
    back_up(db.path, NOON + MONTH)
    assert not is_backup_due(db.path, NOON + MONTH)
    assert is_backup_due(db.path, NOON)


async def test_feeds_are_looked_at(db: Database) -> None:
    """Row 28: none rests longer than a day; one that rests waits for its turn."""
    for number, rest in enumerate((timedelta(hours=1), MONTH, timedelta()), 1):
        await db.change(
            "INSERT INTO feed (id, url, title, mode, state, user_id, chat_id, interval_s, due_at,"
            " failures, created_at) VALUES (?, ?, '', 'ask', 'active', 1, 1, 1800, ?, 0, 0)",
            (number, str(number), round((NOON + rest).timestamp() * 1e6)),
        )
    assert [feed.id for feed in await list_due(db, NOON)] == [3, 2]


async def test_a_broadcast_comes_to_its_end(db: Database) -> None:
    """Row 28: its report was shown in the future, and is shown again all the same."""
    broadcaster = Broadcaster(db, Language.RU)
    (report,) = await accept(db, a_message(1), cause="t:1")
    async with db.write() as connection:
        key = await add_broadcast(connection, 1, "Завтра профилактика.", NOON)
        await start_broadcast(connection, key, report, 1, NOON)
    await broadcaster.report(NOON + MONTH)
    while await broadcaster.expand(NOON):
        pass
    await broadcaster.report(NOON)
    assert await list_going(db) == []
