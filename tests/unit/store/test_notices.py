"""The ledger is kept as long as answers are, and hinders nobody from being forgotten."""

from datetime import timedelta

import pytest

from bot.store.broadcasts import add_broadcast, get_broadcast, start_broadcast
from bot.store.chats import see_chat, suspend_chat
from bot.store.database import Database
from bot.store.notices import Cause, NewNotice, add_notices, mark_told
from bot.store.personal import erase_person
from bot.store.retention import erase_old

from .samples import NOON, a_message, accept, rows

ANNA = 100_200_300


@pytest.mark.parametrize(
    ("is_told", "is_suspended", "left"), [(True, False, 0), (False, True, 0), (False, False, 1)]
)
async def test_what_is_over_is_erased_after_a_month(
    db: Database, is_told: bool, is_suspended: bool, left: int
) -> None:
    """And what a chat that is away so long was to be told; what waits for its hour is not."""
    (message,) = await accept(db, a_message(ANNA), cause="n:1")
    async with db.write() as connection:
        await see_chat(connection, ANNA, "private", None, NOON)
        due = NOON + timedelta(days=60)
        await add_notices(connection, [NewNotice(Cause.SUBSCRIPTION, 1, 1, ANNA, 0, due)] * 2, NOON)
        if is_told:
            await mark_told(connection, [1], message)
        if is_suspended:
            await suspend_chat(connection, ANNA, "blocked", NOON)
    assert await rows(db, "SELECT count(*) FROM notice") == [(1,)]
    await erase_old(db, NOON + timedelta(days=29))
    assert await rows(db, "SELECT count(*) FROM notice") == [(1,)]
    await erase_old(db, NOON + timedelta(days=31))
    assert await rows(db, "SELECT count(*) FROM notice") == [(left,)]


async def test_an_owner_who_wrote_to_all_can_be_forgotten(db: Database) -> None:
    """The report goes, what everybody was written stays."""
    (report,) = await accept(db, a_message(ANNA), cause="u:1")
    async with db.write() as connection:
        key = await add_broadcast(connection, ANNA, "Привет", NOON)
        await start_broadcast(connection, key, report, ANNA, NOON)
        await erase_person(connection, ANNA)
    kept = await get_broadcast(db, key)
    assert (kept.by, kept.report_id, kept.html) == (0, None, "Привет")
    assert await rows(db, "SELECT count(*) FROM outbox") == [(0,)]
