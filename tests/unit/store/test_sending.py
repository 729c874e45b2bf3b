from datetime import timedelta

import pytest

from bot.store.attachments import Attachment
from bot.store.chats import ChatState, get_chat, see_chat
from bot.store.database import Database
from bot.store.moments import to_micros
from bot.store.notices import Cause, NewNotice, add_notices, mark_told
from bot.store.outbox import Cite, OutboxState, claim_messages
from bot.store.pauses import BOT, list_pauses
from bot.store.queues import cancel_chat
from bot.store.sending import (
    UNKNOWN_OUTCOMES,
    Pause,
    Sent,
    bury_message,
    count_unknown,
    mark_sent,
    mark_undeliverable,
    postpone_messages,
    replace_payload,
    take_back,
    use_plain_twin,
    void_foreign_leases,
)

from .samples import NOON, a_message, accept, rows, states

LATER = NOON + timedelta(seconds=5)


async def claim(db: Database, owner: str = "run") -> list[int]:
    return [each.id for each in await claim_messages(db, owner, 10, NOON)]


async def leased(db: Database, *chats: int, **changes: object) -> list[int]:
    """Accept a message for each chat and claim them."""
    ids = await accept(db, *(a_message(chat, **changes) for chat in chats), cause="u:1")
    assert await claim(db) == ids
    return ids


async def test_accepted_messages_are_noted_with_number_and_moment(db: Database) -> None:
    first, second = await leased(db, 1, 2)
    await mark_sent(db, [Sent(first, 500), Sent(second, None)], LATER)
    found = await rows(db, "SELECT state, message_id, owner, ended_at FROM outbox ORDER BY id")
    moment = to_micros(LATER)
    assert found == [("sent", 500, None, moment), ("sent", None, None, moment)]


async def test_a_file_is_erased_when_the_last_message_with_it_is_sent(db: Database) -> None:
    file = Attachment("a.png", "image/png", b"1")
    first, second = await leased(db, 1, 2, attachment=file)
    await mark_sent(db, [Sent(first, 500)], NOON)
    assert await rows(db, "SELECT count(*) FROM attachment") == [(1,)]
    await mark_sent(db, [Sent(second, 501)], NOON)
    assert await rows(db, "SELECT count(*) FROM attachment") == [(0,)]


async def test_a_postponed_message_waits_out_the_pause_and_counts_no_attempt(
    db: Database,
) -> None:
    (message,) = await leased(db, 1)
    await postpone_messages(db, [message], "429", Pause(1, LATER, "429"))
    assert await claim(db) == []
    assert await list_pauses(db, NOON) == {1: LATER}
    (again,) = await claim_messages(db, "run", 10, LATER)
    assert (again.id, again.attempts) == (message, 0)


async def test_a_stop_returns_what_was_claimed_at_once(db: Database) -> None:
    ids = await leased(db, 1, 2)
    await postpone_messages(db, ids, "stopped")
    assert await claim(db, "next run") == ids


async def test_eight_unknown_outcomes_make_a_message_dead(db: Database) -> None:
    (message,) = await leased(db, 1)
    outcomes = []
    for _ in range(UNKNOWN_OUTCOMES):
        outcomes.append(await count_unknown(db, message, "timeout", NOON))
        await claim(db)
    assert outcomes == [OutboxState.READY] * 7 + [OutboxState.DEAD]
    assert await rows(db, "SELECT attempts, error FROM outbox") == [(8, "timeout")]


async def test_an_unknown_outcome_may_pause_the_bot(db: Database) -> None:
    (message,) = await leased(db, 1)
    await count_unknown(db, message, "cut", NOON, Pause(BOT, LATER, "cut"))
    assert await claim(db) == []
    assert [each.attempts for each in await claim_messages(db, "run", 10, LATER)] == [1]


async def test_leases_of_runs_that_are_gone_are_taken_back_and_counted(db: Database) -> None:
    theirs = await leased(db, 1, 2)
    (mine,) = await accept(db, a_message(3), cause="u:2")
    assert await claim(db, "new run") == [mine]
    assert await void_foreign_leases(db, "new run", NOON) == 2
    again = await claim_messages(db, "new run", 10, NOON)
    assert [(each.id, each.attempts) for each in again] == [(key, 1) for key in theirs]
    assert await void_foreign_leases(db, "new run", NOON) == 0


async def test_bad_markup_is_sent_once_as_its_plain_twin(db: Database) -> None:
    (message,) = await leased(db, 1, payload='{"text": "<b>"}', plain='{"text": "plain"}')
    assert await use_plain_twin(db, message, "can't parse entities")
    (again,) = await claim_messages(db, "run", 10, NOON)
    assert (again.payload, again.plain) == ('{"text": "plain"}', None)
    assert not await use_plain_twin(db, message, "can't parse entities")
    assert await states(db, message) == ["leased"], "the caller buries it"


async def test_a_reply_whose_article_is_gone_says_other_words_and_quotes_nothing(
    db: Database,
) -> None:
    (message,) = await leased(db, 1, plain="{}", cites=(Cite(1, 0, 5),))
    await replace_payload(db, message, '{"text": "отозвана"}', "withdrawn")
    (again,) = await claim_messages(db, "run", 10, NOON)
    assert (again.payload, again.plain, again.cites) == ('{"text": "отозвана"}', None, ())


async def test_a_chat_that_blocked_the_bot_is_suspended_with_all_that_waits(
    db: Database,
) -> None:
    async with db.write() as connection:
        await see_chat(connection, 1, "private", None, NOON)
    (message,) = await leased(db, 1)
    (waits,) = await accept(db, a_message(1), cause="u:2")
    (other,) = await accept(db, a_message(2), cause="u:3")
    await mark_undeliverable(db, message, "403 blocked", NOON, suspend=True)
    assert await states(db, message, waits, other) == ["undeliverable", "undeliverable", "ready"]
    chat = await get_chat(db, 1)
    assert chat is not None
    assert (chat.state, chat.reason) == (ChatState.SUSPENDED, "403 blocked")


async def test_a_closed_topic_ends_only_its_message(db: Database) -> None:
    async with db.write() as connection:
        await see_chat(connection, 1, "supergroup", None, NOON)
    (message,) = await leased(db, 1)
    (waits,) = await accept(db, a_message(1), cause="u:2")
    await mark_undeliverable(db, message, "topic closed", NOON, suspend=False)
    assert await states(db, message, waits) == ["undeliverable", "ready"]
    chat = await get_chat(db, 1)
    assert chat is not None
    assert chat.state is ChatState.ACTIVE


async def test_a_dead_message_keeps_its_file_for_another_try(db: Database) -> None:
    (message,) = await leased(db, 1, attachment=Attachment("a", "b", b"c"))
    await bury_message(db, message, "400", NOON)
    assert await states(db, message) == ["dead"]
    assert await rows(db, "SELECT count(*) FROM attachment") == [(1,)]


async def test_claimed_news_is_taken_back_and_waits_to_be_worded_anew(db: Database) -> None:
    (message,) = await leased(db, 1)
    notice = NewNotice(Cause.SUBSCRIPTION, 1, 1, 1, 0, NOON)
    async with db.write() as connection:
        await add_notices(connection, [notice], NOON)
        await mark_told(connection, [1], message)
    assert await take_back(db, message, "withdrawn", NOON)
    assert await rows(db, "SELECT state, error FROM outbox") == [("cancelled", "withdrawn")]
    assert await rows(db, "SELECT state, reason, outbox_id FROM notice") == [
        ("waiting", "withdrawn", None)
    ]


async def test_a_claimed_answer_is_not_taken_back(db: Database) -> None:
    """Somebody waits for it: he is told why it does not come."""
    (message,) = await leased(db, 1)
    assert not await take_back(db, message, "withdrawn", NOON)
    assert await rows(db, "SELECT state FROM outbox") == [("leased",)]


async def test_what_was_cancelled_on_its_way_and_accepted_is_sent(db: Database) -> None:
    (message,) = await leased(db, 1)
    async with db.write() as connection:
        assert await cancel_chat(connection, 1, "forgotten", NOON) == 1
    await mark_sent(db, [Sent(message, 500)], NOON)
    assert await rows(db, "SELECT state, message_id FROM outbox") == [("sent", 500)]


async def test_what_was_cancelled_on_its_way_and_not_accepted_stays_cancelled(
    db: Database,
) -> None:
    (message,) = await leased(db, 1)
    async with db.write() as connection:
        await cancel_chat(connection, 1, "forgotten", NOON)
    await postpone_messages(db, [message], "502")
    await count_unknown(db, message, "timeout", NOON)
    assert await states(db, message) == ["cancelled"]


@pytest.mark.parametrize("end", ["sent", "dead", "undeliverable"])
async def test_an_ended_message_is_not_changed_by_a_late_report(db: Database, end: str) -> None:
    (message,) = await leased(db, 1)
    if end == "sent":
        await mark_sent(db, [Sent(message, 500)], NOON)
    elif end == "dead":
        await bury_message(db, message, "400", NOON)
    else:
        await mark_undeliverable(db, message, "403", NOON, suspend=False)
    await postpone_messages(db, [message], "502")
    await count_unknown(db, message, "timeout", NOON)
    await bury_message(db, message, "late", NOON)
    await mark_undeliverable(db, message, "late", NOON, suspend=True)
    assert not await use_plain_twin(db, message, "late")
    assert await states(db, message) == [end]
