from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Database, open_database
from tests.unit.bot.notify.house import House


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "paragraf.db") as database:
        yield database


@pytest.fixture
def house(db: Database) -> House:
    return House(db)
