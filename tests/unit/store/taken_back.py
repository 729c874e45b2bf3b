"""What the tests of taking acts back share: the tables as they are, and the last act undone."""

from datetime import timedelta

from bot.store.audit import find_last_act
from bot.store.database import Database, run
from bot.store.tables import metadata
from bot.store.undoing import undo_act

from .samples import NOON

OWNER = 7
LATER = NOON + timedelta(hours=1)

#: What only grows: the acts themselves, the road of the index, and the counters of ids.
LOGS = {"audit", "index_change"}


async def tables_of(db: Database) -> dict[str, list[tuple[object, ...]]]:
    async with db.read() as connection:
        return {
            name: await run(connection, f"SELECT * FROM {name}")
            for name in sorted(metadata.tables.keys() - LOGS)
        }


async def undo_last(db: Database) -> None:
    act = await find_last_act(db, OWNER)
    assert act is not None
    async with db.write() as connection:
        await undo_act(connection, act.id, by=OWNER, at=LATER)
