import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError, UserError
from bot.store.database import Database, open_database
from bot.store.inbox import (
    ATTEMPTS,
    DeadUpdate,
    InboxState,
    Received,
    Waiting,
    add_updates,
    bury_update,
    count_waiting,
    drop_update,
    fail_update,
    finish_update,
    finishing,
    list_dead_updates,
    list_waiting,
    retry_update,
)
from bot.store.outbox import add_messages

from .samples import NOON, a_message, rows

BOT_ID = 77


def received(update_id: int | None, chat_key: str = "42") -> Received:
    return Received(update_id, chat_key, f'{{"update_id": {update_id}}}')


async def store(db: Database, *updates: Received) -> int:
    return await add_updates(db, BOT_ID, updates, NOON)


async def waiting(db: Database, *running: str, limit: int = 10) -> list[int]:
    return [each.update_id for each in await list_waiting(db, BOT_ID, limit, running)]


async def fail(db: Database, inbox_id: int) -> InboxState:
    async with db.write() as connection:
        return await fail_update(connection, inbox_id, "ValueError")


async def die(db: Database) -> int:
    """Let the one update that waits fail until it is dead; return its id."""
    (update,) = await list_waiting(db, BOT_ID, 1)
    for _ in range(ATTEMPTS):
        await fail(db, update.id)
    return update.id


async def test_an_update_waits_as_it_came(db: Database) -> None:
    assert await store(db, received(900)) == 1
    (update,) = await list_waiting(db, BOT_ID, 10)
    assert update == Waiting(update.id, 900, "42", '{"update_id": 900}', 0, NOON, has_next=False)
    assert await count_waiting(db, BOT_ID) == 1


async def test_repeats_are_dropped_by_their_number(db: Database) -> None:
    assert await store(db, received(900), received(901), received(900)) == 2
    assert await store(db, received(901), received(902)) == 1
    (first,) = await list_waiting(db, BOT_ID, 1)
    async with finishing(db, first.id):
        pass
    assert await store(db, received(900)) == 0, "not even after it is done"
    assert await count_waiting(db, BOT_ID) == 2


async def test_numbers_that_start_anew_lower_are_new(db: Database) -> None:
    await store(db, received(900_000))
    assert await store(db, received(5)) == 1


async def test_another_bots_updates_are_its_own(db: Database) -> None:
    await store(db, received(900))
    assert await add_updates(db, 78, [received(900)], NOON) == 1
    assert await waiting(db) == [900]
    assert await count_waiting(db, 78) == 1


async def test_of_each_chat_only_its_lowest_waits_its_turn(db: Database) -> None:
    await store(db, received(12, "a"), received(11, "a"), received(15, "b"), received(13, "b"))
    assert await waiting(db) == [11, 13]
    assert await waiting(db, limit=1) == [11]
    assert await waiting(db, "a") == [13]
    assert await waiting(db, "a", "b") == []


async def test_the_next_of_a_chat_follows_when_the_first_is_done(db: Database) -> None:
    await store(db, received(11, "a"), received(12, "a"))
    (first,) = await list_waiting(db, BOT_ID, 10)
    async with finishing(db, first.id):
        pass
    assert await waiting(db) == [12]


async def test_a_done_update_keeps_its_number_and_nothing_it_said(db: Database) -> None:
    await store(db, received(900))
    (update,) = await list_waiting(db, BOT_ID, 1)
    async with db.write() as connection:
        await finish_update(connection, update.id)
    assert await rows(db, "SELECT update_id, chat_key, body, state FROM inbox") == [
        (900, None, None, "done")
    ]


async def test_effects_and_the_end_of_the_update_are_one(db: Database) -> None:
    await store(db, received(900))
    (update,) = await list_waiting(db, BOT_ID, 1)
    with pytest.raises(LookupError):
        async with finishing(db, update.id) as connection:
            await add_messages_of(connection)
            raise LookupError
    assert await waiting(db) == [900]
    assert await rows(db, "SELECT * FROM outbox") == []
    async with finishing(db, update.id) as connection:
        await add_messages_of(connection)
    assert await waiting(db) == []
    assert await rows(db, "SELECT dedupe FROM outbox") == [("u:1:0",)]


async def add_messages_of(connection: AsyncConnection) -> None:
    await add_messages(connection, "u:1", [a_message()], NOON)


async def test_effects_of_an_update_never_come_twice(db: Database) -> None:
    await store(db, received(900))
    (update,) = await list_waiting(db, BOT_ID, 1)
    async with finishing(db, update.id):
        pass
    with pytest.raises(StoreError, match="not waiting"):
        async with finishing(db, update.id) as connection:
            await add_messages_of(connection)
    assert await rows(db, "SELECT * FROM outbox") == []


async def test_the_third_failure_buries_an_update_and_its_chat_goes_on(db: Database) -> None:
    await store(db, received(900), received(901))
    (update,) = await list_waiting(db, BOT_ID, 1)
    assert [await fail(db, update.id) for _ in range(3)] == ["new", "new", "dead"]
    assert await waiting(db) == [901]
    assert await list_dead_updates(db, 10) == (DeadUpdate(update.id, 900, NOON, "ValueError"),)
    with pytest.raises(StoreError, match="not waiting"):
        await fail(db, update.id)


async def test_a_failed_update_stays_before_the_later_ones_of_its_chat(db: Database) -> None:
    await store(db, received(900), received(901))
    (update,) = await list_waiting(db, BOT_ID, 10)
    await fail(db, update.id)
    (again,) = await list_waiting(db, BOT_ID, 10)
    assert (again.id, again.attempts) == (update.id, 1)


async def test_what_has_no_number_is_poison_and_the_next_is_served(db: Database) -> None:
    assert await store(db, received(None), received(900), received(None)) == 3
    assert await waiting(db) == [900]
    assert await rows(db, "SELECT count(*) FROM inbox WHERE state = 'poison'") == [(2,)]


async def test_an_update_can_be_given_up_at_once(db: Database) -> None:
    await store(db, received(900, "a"), received(901, "b"))
    dead, poison = await list_waiting(db, BOT_ID, 10)
    async with db.write() as connection:
        await bury_update(connection, dead.id, "took too long")
        await bury_update(connection, poison.id, "no update", InboxState.POISON)
    assert await waiting(db) == []
    assert [each.id for each in await list_dead_updates(db, 10)] == [dead.id]
    with pytest.raises(StoreError):
        async with db.write() as connection:
            await bury_update(connection, dead.id, "again")


async def test_a_dead_update_can_be_tried_again_from_the_start(db: Database) -> None:
    await store(db, received(900))
    dead = await die(db)
    async with db.write() as connection:
        await retry_update(connection, dead, by=7, at=NOON)
    (update,) = await list_waiting(db, BOT_ID, 1)
    assert (update.id, update.attempts) == (dead, 0)
    with pytest.raises(UserError):
        async with db.write() as connection:
            await retry_update(connection, dead, by=7, at=NOON)


async def test_a_dead_update_can_be_given_up(db: Database) -> None:
    """It is handled no more, and kept as long as poison is, for whoever thinks better of it."""
    await store(db, received(900))
    dead = await die(db)
    async with db.write() as connection:
        await drop_update(connection, dead, by=7, at=NOON)
    assert await list_dead_updates(db, 10) == ()
    assert await rows(db, "SELECT state FROM inbox") == [("poison",)]
    assert await waiting(db) == []
    with pytest.raises(UserError):
        async with db.write() as connection:
            await drop_update(connection, dead, by=7, at=NOON)


KILLED = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.store.database import open_database
from bot.store.inbox import Received, add_updates, finishing, list_waiting
from bot.store.outbox import Message, add_messages

NOON = datetime(2026, 1, 22, 12, tzinfo=UTC)

async def main():
    async with open_database(Path(sys.argv[1])) as db:
        await add_updates(db, 77, [Received(900, "42", "{}")], NOON)
        (update,) = await list_waiting(db, 77, 1)
        async with finishing(db, update.id) as connection:
            messages = [Message(42, "sendMessage", "{}")]
            await add_messages(connection, f"u:{update.id}", messages, NOON)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("place", "updates", "messages"),
    [
        ("inbox.before_commit", [], 0),
        ("inbox.after_commit", ["new"], 0),
        ("worker.before_commit", ["new"], 0),
        ("worker.after_commit", ["done"], 1),
    ],
)
async def test_a_kill_leaves_an_update_absent_waiting_or_done_with_its_effects(
    tmp_path: Path, place: str, updates: list[str], messages: int
) -> None:
    path = tmp_path / "paragraf.db"
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(path), env=os.environ | {"FAIL_AT": place}
    )
    assert await killed.wait() == -signal.SIGKILL
    async with open_database(path) as db:
        assert await rows(db, "SELECT state FROM inbox") == [(state,) for state in updates]
        assert await rows(db, "SELECT count(*) FROM outbox") == [(messages,)]
        again = await add_updates(db, 77, [received(900)], NOON + timedelta(seconds=1))
        assert again == (0 if updates else 1)
