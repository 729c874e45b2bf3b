from datetime import timedelta

from bot.store.database import Database
from bot.store.pauses import BOT, delete_pause, list_pauses, set_pause

from .samples import NOON

MINUTE = timedelta(minutes=1)


async def test_a_pause_ends_at_its_moment(db: Database) -> None:
    async with db.write() as connection:
        await set_pause(connection, BOT, NOON + MINUTE, "429")
        await set_pause(connection, 7, NOON + 2 * MINUTE, "502")
    assert await list_pauses(db, NOON) == {BOT: NOON + MINUTE, 7: NOON + 2 * MINUTE}
    assert await list_pauses(db, NOON + MINUTE) == {7: NOON + 2 * MINUTE}


async def test_a_shorter_pause_does_not_cut_a_longer_one(db: Database) -> None:
    async with db.write() as connection:
        for minutes in (5, 1, 9):
            await set_pause(connection, 7, NOON + minutes * MINUTE, "429")
            expected = max(5, minutes)
    assert await list_pauses(db, NOON) == {7: NOON + expected * MINUTE}


async def test_a_pause_can_be_ended_early(db: Database) -> None:
    async with db.write() as connection:
        await set_pause(connection, 7, NOON + MINUTE, "429")
        await delete_pause(connection, 7)
    assert await list_pauses(db, NOON) == {}
