from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.store.attachments import Attachment
from bot.store.database import Database
from bot.store.outbox import OutboxState, Prio, claim_messages
from bot.store.queues import (
    REPLY_LIFETIME,
    FailedMessage,
    cancel_chat,
    cancel_expired,
    count_messages,
    drop_message,
    list_failed_messages,
    list_recent_sends,
    retry_message,
)
from bot.store.sending import Sent, bury_message, mark_sent, mark_undeliverable

from .samples import NOON, a_message, accept, rows, states

MINUTE = timedelta(minutes=1)


async def bury(db: Database, **changes: object) -> int:
    """Accept, claim and bury a message; return its id."""
    (message,) = await accept(db, a_message(1, **changes), cause="u:1")
    await claim_messages(db, "run", 10, NOON)
    await bury_message(db, message, "400 bad", NOON)
    return message


async def test_messages_are_counted_by_state_and_priority(db: Database) -> None:
    assert await count_messages(db) == {}
    await accept(db, *(a_message(chat) for chat in (1, 2, 3, 4)), cause="u:1")
    await accept(db, a_message(5, prio=Prio.BROADCAST), cause="n:1")
    first, second, third = await claim_messages(db, "run", 3, NOON)
    await mark_sent(db, [Sent(first.id, 500)], NOON)
    await bury_message(db, second.id, "400", NOON)
    assert await count_messages(db) == {
        (OutboxState.READY, Prio.REPLY): 1,
        (OutboxState.READY, Prio.BROADCAST): 1,
        (OutboxState.LEASED, Prio.REPLY): 1,
        (OutboxState.DEAD, Prio.REPLY): 1,
    }
    await mark_undeliverable(db, third.id, "403", NOON, suspend=False)
    counts = await count_messages(db)
    assert counts[OutboxState.UNDELIVERABLE, Prio.REPLY] == 1


async def test_failed_messages_are_listed_latest_first(db: Database) -> None:
    message = await bury(db)
    (other,) = await accept(db, a_message(2), cause="u:2")
    await claim_messages(db, "run", 10, NOON)
    await mark_undeliverable(db, other, "403", NOON, suspend=False)
    assert await list_failed_messages(db, 10) == (
        FailedMessage(other, 2, "sendMessage", OutboxState.UNDELIVERABLE, 0, "403", NOON),
        FailedMessage(message, 1, "sendMessage", OutboxState.DEAD, 0, "400 bad", NOON),
    )
    assert [each.id for each in await list_failed_messages(db, 10, 1)] == [message]


async def test_a_dead_message_can_be_sent_after_all(db: Database) -> None:
    message = await bury(db, attachment=Attachment("a", "b", b"c"))
    async with db.write() as connection:
        await retry_message(connection, message, by=1, at=NOON)
    (again,) = await claim_messages(db, "run", 10, NOON)
    assert (again.id, again.attempts) == (message, 0)
    assert again.attachment is not None
    with pytest.raises(UserError):
        async with db.write() as connection:
            await retry_message(connection, message, by=1, at=NOON)


async def test_a_dead_message_can_be_dropped_with_its_file(db: Database) -> None:
    message = await bury(db, attachment=Attachment("a", "b", b"c"))
    async with db.write() as connection:
        await drop_message(connection, message, by=1, at=NOON)
    assert await states(db, message) == ["cancelled"]
    assert await rows(db, "SELECT count(*) FROM attachment") == [(0,)]
    with pytest.raises(UserError):
        async with db.write() as connection:
            await drop_message(connection, message, by=1, at=NOON)


async def test_replies_expire_after_a_day_and_nothing_else_does(db: Database) -> None:
    old = await accept(db, a_message(1), cause="u:1", at=NOON - REPLY_LIFETIME - MINUTE)
    young = await accept(db, a_message(2), cause="u:2", at=NOON - REPLY_LIFETIME + MINUTE)
    broadcast = await accept(
        db, a_message(3, prio=Prio.BROADCAST), cause="n:1", at=NOON - 2 * REPLY_LIFETIME
    )
    assert await cancel_expired(db, NOON) == 1
    assert await states(db, *old, *young, *broadcast) == ["cancelled", "ready", "ready"]


async def test_all_that_is_unsent_to_a_chat_can_be_cancelled(db: Database) -> None:
    ids = await accept(db, a_message(1), a_message(1), a_message(2), cause="u:1")
    await claim_messages(db, "run", 1, NOON)
    async with db.write() as connection:
        assert await cancel_chat(connection, 1, "forgotten", NOON) == 2
    assert await states(db, *ids) == ["cancelled", "cancelled", "ready"]


async def test_a_message_is_cancelled_with_its_edit_and_file(db: Database) -> None:
    (message,) = await accept(db, a_message(1, attachment=Attachment("a", "b", b"c")), cause="u:1")
    (edit,) = await accept(db, a_message(1, edits=message), cause="u:2")
    async with db.write() as connection:
        assert await cancel_chat(connection, 1, "forgotten", NOON) == 2
        assert await cancel_chat(connection, 1, "again", NOON) == 0
    assert await states(db, message, edit) == ["cancelled", "cancelled"]
    assert await rows(db, "SELECT count(*) FROM attachment") == [(0,)]


async def test_recent_sends_tell_a_new_sender_what_budgets_are_used(db: Database) -> None:
    await accept(db, *(a_message(chat) for chat in (1, 2, 3)), cause="u:1")
    first, second, _ = await claim_messages(db, "run", 3, NOON)
    await mark_sent(db, [Sent(first.id, 500)], NOON - MINUTE)
    await mark_sent(db, [Sent(second.id, 501)], NOON)
    assert await list_recent_sends(db, NOON - MINUTE, NOON) == ((2, NOON),)
    both = ((1, NOON - MINUTE), (2, NOON))
    assert await list_recent_sends(db, NOON - 2 * MINUTE, NOON) == both
    assert await list_recent_sends(db, NOON - 2 * MINUTE, NOON - MINUTE) == both[:1]
