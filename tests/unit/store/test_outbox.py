from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.store.attachments import Attachment
from bot.store.database import Database
from bot.store.outbox import Cite, Leased, Message, Prio, _next_ids, claim_messages, find_sent
from bot.store.pauses import BOT, set_pause
from bot.store.sending import Sent, bury_message, mark_sent, postpone_messages

from .samples import NOON, a_message, accept, rows, states

LATER = NOON + timedelta(minutes=1)


async def claim(db: Database, limit: int = 10, *, skip: tuple[int, ...] = ()) -> list[int]:
    return [each.id for each in await claim_messages(db, "run", limit, NOON, skip=skip)]


async def send_all(db: Database, *, first_number: int = 500) -> list[int]:
    """Send what is ready, round by round; return the ids in the order of sending."""
    sent: list[int] = []
    while batch := await claim(db):
        await mark_sent(db, [Sent(key, first_number + key) for key in batch], NOON)
        sent += batch
    return sent


async def test_a_claim_gives_all_that_a_sender_needs(db: Database) -> None:
    file = Attachment("a.png", "image/png", b"\x89PNG")
    message = Message(
        chat_id=-100,
        method="sendPhoto",
        payload='{"caption": "<b>Порт</b>"}',
        thread_id=7,
        prio=Prio.ADMIN,
        plain='{"caption": "Порт"}',
        cites=(Cite(3, 0, 5), Cite(3, 10, 20)),
        attachment=file,
    )
    (key,) = await accept(db, message, cause="u:1")
    assert await claim_messages(db, "run", 10, NOON) == (
        Leased(
            id=key,
            chat_id=-100,
            thread_id=7,
            prio=Prio.ADMIN,
            method="sendPhoto",
            payload='{"caption": "<b>Порт</b>"}',
            plain='{"caption": "Порт"}',
            cites=(Cite(3, 0, 5), Cite(3, 10, 20)),
            edits_message_id=None,
            attachment=file.sha256,
            attempts=0,
            created_at=NOON,
            has_next=False,
        ),
    )


async def test_messages_are_accepted_once_under_their_key(db: Database) -> None:
    first = await accept(db, a_message(1), a_message(1), cause="u:1")
    *known, new = await accept(db, a_message(1), a_message(1), a_message(1), cause="u:1")
    assert known == list(first)
    assert new > first[-1]
    dedupes = await rows(db, "SELECT dedupe FROM outbox ORDER BY id")
    assert dedupes == [("u:1:0",), ("u:1:1",), ("u:1:2",)]


async def test_a_lower_priority_number_goes_first_then_the_older(db: Database) -> None:
    broadcast = await accept(db, a_message(1, prio=Prio.BROADCAST), cause="n:1")
    old = await accept(db, a_message(2), cause="u:1")
    admin = await accept(db, a_message(3, prio=Prio.ADMIN), cause="a:1")
    new = await accept(db, a_message(4), cause="u:2")
    assert await claim(db) == [*old, *new, *admin, *broadcast]


async def test_a_claim_takes_no_more_than_asked(db: Database) -> None:
    ids = await accept(db, *(a_message(chat) for chat in range(1, 6)), cause="u:1")
    assert await claim(db, 2) == ids[:2]
    assert await claim(db, 2) == ids[2:4]


async def test_of_a_chat_one_message_at_a_time_is_on_its_way(db: Database) -> None:
    first, second = await accept(db, a_message(1), a_message(1), cause="u:1")
    assert await claim(db) == [first]
    assert await claim(db) == []
    await postpone_messages(db, [first], "502")
    assert await claim(db) == [first], "a postponed message is not overtaken"
    await mark_sent(db, [Sent(first, 500)], NOON)
    assert await claim(db) == [second]


async def test_a_reply_overtakes_broadcasts_to_its_chat(db: Database) -> None:
    broadcasts = await accept(
        db, *(a_message(1, prio=Prio.BROADCAST) for _ in range(2)), cause="n:1"
    )
    reply = await accept(db, a_message(1), cause="u:1")
    assert await send_all(db) == [*reply, *broadcasts]


async def test_paused_and_skipped_chats_wait_while_others_go_on(db: Database) -> None:
    paused, skipped, other = await accept(db, *map(a_message, (1, 2, 3)), cause="u:1")
    async with db.write() as connection:
        await set_pause(connection, 1, LATER, "429")
    assert await claim(db, skip=(2,)) == [other]
    assert [each.id for each in await claim_messages(db, "run", 10, LATER)] == [paused, skipped]


async def test_while_the_bot_is_paused_nothing_is_claimed(db: Database) -> None:
    ids = await accept(db, a_message(1), a_message(2), cause="u:1")
    async with db.write() as connection:
        await set_pause(connection, BOT, LATER, "429")
    assert await claim(db) == []
    assert [each.id for each in await claim_messages(db, "run", 10, LATER)] == ids


async def test_an_edit_gets_the_number_of_its_message_when_that_is_sent(db: Database) -> None:
    (message,) = await accept(db, a_message(1, prio=Prio.BROADCAST), cause="n:1")
    (edit,) = await accept(db, a_message(1, method="editMessageText", edits=message), cause="u:1")
    assert await claim(db) == [message], "never before what it edits, whatever its priority"
    await mark_sent(db, [Sent(message, 512)], NOON)
    (leased,) = await claim_messages(db, "run", 10, NOON)
    assert (leased.id, leased.edits_message_id) == (edit, 512)
    await mark_sent(db, [Sent(edit, 512)], NOON)
    assert await find_sent(db, 1, 512) == message


async def test_a_newer_edit_replaces_one_that_waits(db: Database) -> None:
    (message,) = await accept(db, a_message(1), cause="u:1")
    await send_all(db)
    old, new = await accept(db, *(a_message(1, edits=message) for _ in range(2)), cause="u:2")
    assert await states(db, old, new) == ["cancelled", "ready"]


async def test_a_newer_edit_follows_one_on_its_way(db: Database) -> None:
    (message,) = await accept(db, a_message(1), cause="u:1")
    await send_all(db)
    (old,) = await accept(db, a_message(1, edits=message), cause="u:2")
    assert await claim(db) == [old]
    (new,) = await accept(db, a_message(1, edits=message), cause="u:3")
    assert await states(db, old, new) == ["leased", "ready"]
    await mark_sent(db, [Sent(old, None)], NOON)
    assert await claim(db) == [new]


async def test_an_edit_of_what_was_not_sent_is_cancelled(db: Database) -> None:
    (message,) = await accept(db, a_message(1), cause="u:1")
    (early,) = await accept(db, a_message(1, edits=message), cause="u:2")
    await claim(db)
    await bury_message(db, message, "400", NOON)
    (late,) = await accept(db, a_message(1, edits=message), cause="u:3")
    assert await states(db, message, early, late) == ["dead", "cancelled", "cancelled"]


async def test_an_edit_of_an_unknown_message_is_refused(db: Database) -> None:
    with pytest.raises(StoreError, match="no message 404"):
        await accept(db, a_message(1, edits=404), cause="u:1")


async def test_a_message_is_found_by_the_chat_that_shows_it(db: Database) -> None:
    here, there = await accept(db, a_message(1), a_message(2), cause="u:1")
    await claim(db)
    await mark_sent(db, [Sent(here, 500), Sent(there, 500)], NOON)
    assert await find_sent(db, 1, 500) == here
    assert await find_sent(db, 2, 500) == there
    assert await find_sent(db, 1, 501) is None


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT id FROM outbox WHERE state = 'ready' ORDER BY prio, id LIMIT 3", "outbox_ready"),
        (
            "SELECT id FROM outbox WHERE state = 'ready' AND chat_id = 1 ORDER BY prio, id LIMIT 1",
            "outbox_chat_ready",
        ),
        ("SELECT chat_id FROM outbox WHERE state = 'leased'", "outbox_leased"),
        (
            "SELECT 1 FROM inbox WHERE state = 'new' AND chat_key = '1' AND update_id < 5",
            "inbox_new",
        ),
    ],
)
async def test_the_planner_takes_the_partial_indexes(db: Database, query: str, index: str) -> None:
    plan = await rows(db, f"EXPLAIN QUERY PLAN {query}")
    assert [str(step[-1]).split("INDEX ")[1].split()[0] for step in plan] == [index]


async def test_a_claim_sorts_nothing_and_scans_no_table(db: Database) -> None:
    plan = [
        str(step[-1])
        for step in await rows(db, f"EXPLAIN QUERY PLAN {_next_ids([1, 2])}", 0, 1, 1, 1, 2, 30)
    ]
    assert [step for step in plan if "TEMP B-TREE" in step] == []
    assert [step for step in plan if step.startswith("SCAN") and "INDEX" not in step] == [
        "SCAN pause"
    ]
