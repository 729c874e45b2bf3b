"""An upgrade from any older schema, killed half-way: the next start completes it."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.store.database import open_database
from tests.unit.store.test_migrate import OPENER, REVISIONS, make_database, revision_of, rows_of


@pytest.mark.parametrize("start", REVISIONS[:-1])
async def test_a_kill_half_way_up_from_any_schema(tmp_path: Path, start: str) -> None:
    """Row 38: whole steps are there, the rows of the older program too, and another start ends it.

    Killed before the second step is committed, or the only one.
    """
    path = tmp_path / "paragraf.db"
    make_database(path, start)
    before = rows_of(path)
    at = REVISIONS.index(start)
    step = min(2, len(REVISIONS) - 1 - at)
    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OPENER, str(path)),
        env=os.environ | {"FAIL_AT": f"migration.before_commit:{step}"},
    )
    assert await killed.wait() == -signal.SIGKILL
    assert revision_of(path) == REVISIONS[at + step - 1]
    if step == 1:
        assert rows_of(path) == before
    async with open_database(path):
        pass
    assert revision_of(path) == REVISIONS[-1]
    after = rows_of(path)
    assert all(len(after[table]) >= len(rows) for table, rows in before.items())
