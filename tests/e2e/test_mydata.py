"""What is stored about a reader: a file of it, and its end."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from bot.store.chats import ChatState, get_chat
from bot.store.retention import erase_deleted
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time, followed
from tests.unit.store.test_personal import mentions

pytestmark = pytest.mark.usefixtures("articles")


async def test_a_reader_gets_all_that_is_stored_about_him(chat: Room) -> None:
    """As a file that programs read too."""
    await chat.send("глубина причала")
    await chat.reply()
    await chat.send("/mydata")
    reply = await chat.reply()
    content = json.loads(chat.file(reply))
    assert content["id"] == chat.id
    assert {"chat", "answer", "outbox"} <= set(content["stored"])
    assert reply.text.startswith("Всё, что о вас хранится: ")


async def test_a_reader_is_forgotten(chat: Room, anna: Person, bot: RunningBot) -> None:
    """After a question; only the last message still has his number."""
    await chat.send("глубина причала")
    await chat.reply()
    await chat.send("/forget")
    asked = await chat.reply()
    assert "навсегда" in asked.text
    await chat.press(asked, "Стереть всё")
    assert (await chat.reply()).text.startswith("Всё, что о вас хранилось, стёрто.")
    assert await mentions(bot.services.db, anna.id) <= {"outbox"}


async def test_the_button_works_once_and_for_one(
    sim: Simulator, chat: Room, anna: Person, bot: RunningBot
) -> None:
    """Nobody erases another."""
    await chat.send("/forget")
    asked = await chat.reply()
    data = asked.button("Стереть всё").data
    boris = sim.add_user("Борис", language_code="ru")
    toast = await chat.press(asked, data=data, by=boris)
    assert toast.is_alert
    assert "chat" in await mentions(bot.services.db, anna.id)
    await chat.press(asked, "Стереть всё")
    await chat.reply()
    assert (await chat.press(asked, "Стереть всё")).is_alert


async def test_in_a_group_it_is_a_button(sim: Simulator, anna: Person) -> None:
    """That opens the private chat, where the file comes at once."""
    group = sim.add_group("Круг", [anna])
    await group.reply()
    for command, begun in (("mydata", "Всё, что"), ("forget", "Стереть всё, что")):
        await group.send(f"/{command}@{sim.username}", by=anna)
        link = (await group.reply()).button("Открыть личный чат").url
        assert link
        room = await anna.open_link(link)
        assert (await room.reply()).text.startswith(begun)


async def test_a_deleted_account_is_forgotten_after_thirty_days(
    chat: Room, anna: Person, bot: RunningBot, add_article: Publish
) -> None:
    """Not sooner: whoever blocked the bot, or comes back, finds all as it was."""
    bot.services.now = Time()  # followers' clock; when a send was refused the wall clock says
    db = bot.services.db
    await followed(chat, "порт")
    anna.deactivate()
    await add_article("Порт открыт.", "Порт")
    async with asyncio.timeout(10):
        while (known := await get_chat(db, anna.id)) and known.state is ChatState.ACTIVE:
            pass
    refused_at = datetime.now(UTC)
    assert await erase_deleted(db, refused_at + timedelta(days=29)) == 0
    assert await erase_deleted(db, refused_at + timedelta(days=31)) == 1
    assert await mentions(db, anna.id) == set()
    assert await erase_deleted(db, refused_at + timedelta(days=31)) == 0
