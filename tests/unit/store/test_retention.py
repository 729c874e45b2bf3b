from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.store import retention
from bot.store.answers import StoredAnswer, add_answer, get_answer
from bot.store.chats import see_chat, suspend_chat
from bot.store.database import Database
from bot.store.inbox import Received, add_updates, finishing, list_waiting
from bot.store.listings import Listing, ListingKind, add_listing, get_listing
from bot.store.nonces import Nonce, add_nonce
from bot.store.outbox import Cite, claim_messages, find_sent
from bot.store.pauses import set_pause
from bot.store.retention import erase_deleted, erase_old
from bot.store.sending import Sent, bury_message, mark_sent

from .samples import NOON, a_message, accept, rows

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


async def test_numbers_of_done_updates_and_poison_go_after_a_week(db: Database) -> None:
    await add_updates(db, 77, [Received(900, "1", "{}"), Received(None, "0", "?")], NOON)
    (update,) = await list_waiting(db, 77, 1)
    async with finishing(db, update.id):
        pass
    assert await erase_old(db, NOON + 7 * DAY) == 0
    assert await erase_old(db, NOON + 7 * DAY + MINUTE) == 2
    assert await rows(db, "SELECT * FROM inbox") == []


async def test_updates_that_wait_are_never_erased(db: Database) -> None:
    await add_updates(db, 77, [Received(900, "1", "{}")], NOON)
    assert await erase_old(db, NOON + 365 * DAY) == 0


async def test_what_a_message_said_goes_after_a_week_and_its_number_stays(db: Database) -> None:
    async with db.write() as connection:
        await see_chat(connection, 1, "private", None, NOON)
    (message,) = await accept(db, a_message(1, plain="{}", cites=(Cite(1, 0, 5),)), cause="u:1")
    await claim_messages(db, "run", 1, NOON)
    await mark_sent(db, [Sent(message, 500)], NOON)
    assert await erase_old(db, NOON + 7 * DAY) == 0
    assert await erase_old(db, NOON + 7 * DAY + MINUTE) == 1
    assert await erase_old(db, NOON + 7 * DAY + MINUTE) == 0
    assert await rows(db, "SELECT payload, plain, cites FROM outbox") == [(None, None, "[]")]
    assert await find_sent(db, 1, 500) == message


async def test_messages_that_wait_or_are_dead_keep_what_they_say(db: Database) -> None:
    dead, _ = await accept(db, a_message(1), a_message(2), cause="u:1")
    await claim_messages(db, "run", 1, NOON)
    await bury_message(db, dead, "400", NOON)
    assert await erase_old(db, NOON + 365 * DAY) == 0


async def test_answers_go_after_thirty_days(db: Database) -> None:
    async with db.write() as connection:
        await add_answer(connection, StoredAnswer(3, 1, 1, (), 8, "answer", NOON))
    assert await erase_old(db, NOON + 30 * DAY) == 0
    assert await erase_old(db, NOON + 30 * DAY + MINUTE) == 1
    with pytest.raises(UserError):
        await get_answer(db, 3)


async def test_lists_go_with_the_answers(db: Database) -> None:
    async with db.write() as connection:
        await add_listing(connection, Listing(4, ListingKind.TIMELINE, 1, 1, "", (5,), NOON))
    assert await erase_old(db, NOON + 30 * DAY) == 0
    assert await erase_old(db, NOON + 30 * DAY + MINUTE) == 1
    with pytest.raises(UserError):
        await get_listing(db, 4, ListingKind.TIMELINE)


async def test_permissions_and_pauses_go_when_they_are_over(db: Database) -> None:
    async with db.write() as connection:
        await add_nonce(connection, Nonce("token", "own", "", NOON))
        await set_pause(connection, 7, NOON, "429")
    assert await erase_old(db, NOON) == 0
    assert await erase_old(db, NOON + MINUTE) == 1
    assert await erase_old(db, NOON + DAY + MINUTE) == 1


async def test_more_than_one_transaction_takes_is_erased_to_the_end(db: Database) -> None:
    many = 2 * retention.ROWS_A_TRANSACTION + 1
    await add_updates(db, 77, [Received(None, "0", "?")] * many, NOON)
    assert await erase_old(db, NOON + 8 * DAY) == many


@pytest.mark.parametrize(
    ("kind", "reason", "erased"),
    [
        ("private", "Forbidden: user is deactivated", 1),
        ("private", "Forbidden: bot was blocked by the user", 0),
        ("group", "Forbidden: user is deactivated", 0),
    ],
)
async def test_only_deleted_accounts_are_forgotten(
    db: Database, kind: str, reason: str, erased: int
) -> None:
    """Counted from the first refusal; each further one changes nothing of that."""
    async with db.write() as connection:
        await see_chat(connection, 5, kind, None, NOON - 90 * DAY)
        await suspend_chat(connection, 5, reason, NOON)
        await suspend_chat(connection, 5, reason, NOON + 20 * DAY)
    assert await erase_deleted(db, NOON + 29 * DAY) == 0
    assert await erase_deleted(db, NOON + 31 * DAY) == erased
    assert len(await rows(db, "SELECT id FROM chat")) == 1 - erased


async def test_a_deleted_account_that_is_back_is_kept(db: Database) -> None:
    """Telegram was wrong, or its owner thought better of it."""
    async with db.write() as connection:
        await see_chat(connection, 5, "private", None, NOON)
        await suspend_chat(connection, 5, "user is deactivated", NOON)
        await see_chat(connection, 5, "private", None, NOON + DAY)
        await suspend_chat(connection, 5, "user is deactivated", NOON + 20 * DAY)
    assert await erase_deleted(db, NOON + 40 * DAY) == 0
