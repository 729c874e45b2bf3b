from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.store.database import Database, open_database


@pytest_asyncio.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "paragraf.db") as database:
        yield database
