"""What is stored about a person: found whole, erased whole."""

import json

import pytest
from sqlalchemy import BigInteger

from bot.store.answers import StoredAnswer, add_answer
from bot.store.chats import see_chat
from bot.store.database import Database
from bot.store.nonces import Nonce, add_nonce
from bot.store.personal import PLACES, erase_person, export_person
from bot.store.retention import erase_old
from bot.store.roles import Role, set_role
from bot.store.tables import metadata

from .samples import NOON, a_message, accept, rows

ANNA, GROUP = 100_200_300, -7

#: Whole numbers of 64 bits that are no person and no chat.
NOT_PERSONAL = {
    *("answer.id", "answer.index_version", "feedback.index_version", "feedback.subject_id"),
    *("answer.question_message_id", "inbox.bot_id", "inbox.update_id", "listing.id"),
    *("clock.elapsed", "quality.index_version"),
    *("outbox.message_id", "outbox.thread_id"),
    *(
        "broadcast.cursor",
        "notice.thread_id",
        "subscription.thread_id",
        "watch.thread_id",
        "job.reply_to",
    ),
}


def columns_of_numbers() -> list[str]:
    """Return the columns that could hold the number of a person or a chat."""
    return [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        # Ids of ours are of another kind: an Integer on SQLite.
        if isinstance(column.type, BigInteger) and not column.type._variant_mapping
    ]


async def mentions(db: Database, user_id: int) -> set[str]:
    """Return the tables that hold a number anywhere, as a number or within a text."""
    found = set()
    for table in metadata.tables.values():
        for row in await rows(db, f'SELECT * FROM "{table.name}"'):
            if any(str(user_id) in str(value) for value in row):
                found.add(table.name)
    return found


@pytest.fixture
async def stored(db: Database) -> Database:
    """Return a database in which much is stored about Anna."""
    (row,) = await accept(db, a_message(ANNA), cause="u:1")
    await accept(db, a_message(ANNA, edits=row), cause="u:2")
    async with db.write() as connection:
        await see_chat(connection, ANNA, "private", None, NOON)
        await see_chat(connection, GROUP, "group", "Круг", NOON)
        await set_role(connection, ANNA, Role.EDITOR, NOON, given_by=1)
        await add_nonce(connection, Nonce("x" * 22, "forget", str(ANNA), NOON, ANNA, ANNA))
        for number, chat_id in ((1, ANNA), (2, GROUP)):
            await add_answer(
                connection,
                StoredAnswer(number, chat_id, ANNA, (), 1, "none", NOON, outbox_id=row),
            )
    body = json.dumps({"message": {"from": {"id": ANNA, "is_bot": False}, "text": "вопрос"}})
    async with db.write() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO inbox (bot_id, update_id, chat_key, received_at, body, state)"
            " VALUES (1, 1, '-7', 0, ?, 'dead')",
            (body,),
        )
    return db


def test_every_column_with_a_person_is_named() -> None:
    """A table that is added later cannot be forgotten."""
    named = {f"{place.table}.{place.column}" for place in PLACES}
    assert set(columns_of_numbers()) - named - NOT_PERSONAL == set()


async def test_all_of_it_is_shown(stored: Database) -> None:
    """As JSON takes it: every row with the id, each once."""
    found = await export_person(stored, ANNA)
    assert {name: len(found[name]) for name in found} == {
        "answer": 2,
        "outbox": 2,
        "nonce": 1,
        "chat": 1,
        "role": 1,
    }
    json.dumps(found)


async def test_erasing_leaves_roles_and_the_log(stored: Database) -> None:
    """Nothing else names the person, and what is others' stays."""
    async with stored.write() as connection:
        await erase_person(connection, ANNA)
    assert await mentions(stored, ANNA) == {"role", "audit"}
    assert await rows(stored, "SELECT id, chat_id, asker_id, outbox_id FROM answer") == [
        (2, GROUP, None, None)
    ]


async def test_the_last_message_is_forgotten_once_it_is_sent(stored: Database) -> None:
    """Until then it is needed; messages to chats that are known stay."""
    await accept(stored, a_message(GROUP), cause="u:9")
    async with stored.write() as connection:
        await erase_person(connection, ANNA)
    (last,) = await accept(stored, a_message(ANNA), cause="u:10")
    await erase_old(stored, NOON.replace(hour=13))
    assert await mentions(stored, ANNA) == {"role", "audit", "outbox"}
    async with stored.write() as connection:
        await connection.exec_driver_sql("UPDATE outbox SET state = 'sent', ended_at = 0")
    await erase_old(stored, NOON.replace(hour=13))
    assert await mentions(stored, ANNA) == {"role", "audit"}
    assert await rows(stored, "SELECT chat_id FROM outbox") == [(GROUP,)]
    assert last
