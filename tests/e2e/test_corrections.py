"""Corrections travel: whoever was shown a passage is told what it says now, once."""

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from tests.e2e.conftest import PORT, Publish
from tests.e2e.followers import Time, expanded, followed

OPENING, DEPTH, *REST = PORT.splitlines()
LATER = OPENING.replace("14 сентября", "20 октября")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock, at noon of a winter day."""
    return Time()


async def corrected(owner_chat: Room, text: str) -> None:
    """Publish another text of the first article."""
    await owner_chat.send("/edit 1")
    await owner_chat.reply()
    await owner_chat.send(text)
    card = await owner_chat.reply()
    await owner_chat.press(card, "Опубликовать")
    await owner_chat.edited(card)


async def test_exactly_those_who_were_shown_it_are_told_once(
    sim: Simulator, bot: RunningBot, chat: Room, owner_chat: Room, add_article: Publish
) -> None:
    """By an answer or an alert; not who saw another passage, and not who changed it."""
    follower = sim.private_chat(sim.add_user("Борис", language_code="ru"))
    other = sim.private_chat(sim.add_user("Вера", language_code="ru"))
    await followed(follower, "порт открыться")
    await add_article(PORT, "Порт")
    await follower.reply()
    await chat.send("когда откроется новый морской порт")
    await chat.reply()
    await other.send("какова глубина главного причала")
    await other.reply()
    await owner_chat.send("когда откроется новый морской порт")
    await owner_chat.reply()
    await corrected(owner_chat, "\n".join((LATER, DEPTH, *REST)))
    for room in (chat, follower):
        told = await room.reply()
        assert told.text.splitlines()[0] == "🔔 Исправление того, что вам показали"
        assert list(told.marked("blockquote")) == [OPENING, LATER]
        assert told.text.splitlines()[2::2] == ["Было:", "Стало:"]
    await expanded(bot)
    await bot.notifier.step()
    assert chat.unread() == follower.unread() == other.unread() == owner_chat.unread() == []


async def test_a_passage_that_is_gone_and_one_that_is_back(
    bot: RunningBot, chat: Room, owner_chat: Room, add_article: Publish, clock: Time
) -> None:
    """Told as it is when it is told: at night two changes are one, or none."""
    await add_article(PORT, "Порт")
    await chat.send("когда откроется новый морской порт")
    await chat.reply()
    clock.pass_(hours=12)
    await corrected(owner_chat, "\n".join((LATER, DEPTH, *REST)))
    await expanded(bot)
    await corrected(owner_chat, "\n".join((DEPTH, *REST)))
    await expanded(bot)
    clock.pass_(hours=12)
    told = await chat.reply()
    assert list(told.marked("blockquote")) == [OPENING]
    assert "Стало: этого абзаца больше нет." in told.text.splitlines()


async def test_they_may_be_switched_off(
    bot: RunningBot, chat: Room, owner_chat: Room, add_article: Publish
) -> None:
    """At /hours, for the whole chat."""
    await add_article(PORT, "Порт")
    await chat.send("когда откроется новый морской порт")
    await chat.reply()
    await chat.send("/hours")
    hours = await chat.reply()
    await chat.press(hours, "Без исправлений")
    assert "не сообщать" in (await chat.edited(hours)).text
    await corrected(owner_chat, "\n".join((LATER, DEPTH, *REST)))
    await expanded(bot)
    await bot.notifier.step()
    assert chat.unread() == []


async def test_who_follows_the_article_is_told_of_any_change(
    chat: Room, owner_chat: Room, add_article: Publish, anna: Person
) -> None:
    """Though he was shown none of it."""
    await add_article(PORT, "Порт")
    await followed(chat, "статья 1")
    await corrected(owner_chat, "\n".join((LATER, DEPTH, *REST)))
    assert (await chat.reply()).text.startswith("🔔 Статья изменилась\n📄 Порт")
