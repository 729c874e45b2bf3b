"""An urgent article is told of at once, in quiet hours too; any other waits for the morning."""

import pytest

from bot.app import RunningBot
from bot.simulator import Room, Simulator
from bot.store.articles import count_articles
from tests.e2e.followers import Time, expanded, followed

PORT = "title: О порте\ndate: 2026-02-11\nМорской порт закрыт из-за шторма."


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock, at noon of a winter day."""
    return Time()


@pytest.fixture
async def sleeper(sim: Simulator, bot: RunningBot, clock: Time) -> Room:
    """Return the chat of a reader who follows the port and sleeps now."""
    reader = sim.private_chat(sim.add_user("Борис", language_code="ru"))
    await followed(reader, "порт")
    await reader.send("/hours")
    hours = await reader.reply()
    await reader.press(hours, "Тихие часы")
    choices = await reader.edited(hours)
    await reader.press(choices, "23:00–7:00")
    await reader.edited(choices)
    clock.pass_(hours=14)
    return reader


async def test_an_urgent_article_passes_quiet_hours(owner_chat: Room, sleeper: Room) -> None:
    """After a second tap, which says what the first one means."""
    await owner_chat.send(f"/add {PORT}")
    card = await owner_chat.reply()
    assert card.labels[:3] == ("Опубликовать", "Без уведомления", "Срочно")
    await owner_chat.press(card, "Срочно")
    question = await owner_chat.edited(card)
    assert question.text == (
        "Опубликовать «О порте» срочно? Кто подписан сразу, узнает сейчас, и в тихие часы тоже."
    )
    await owner_chat.press(question, "Опубликовать срочно")
    assert "опубликована" in (await owner_chat.edited(question)).text
    alert = await sleeper.reply()
    assert alert.text.startswith("🔔 Срочно. Нов")
    assert "шторма" in alert.text


async def test_another_article_waits_for_the_morning(
    owner_chat: Room, sleeper: Room, bot: RunningBot, clock: Time
) -> None:
    """So does one that was nearly urgent."""
    await owner_chat.send(f"/add {PORT}")
    card = await owner_chat.reply()
    await owner_chat.press(card, "Срочно")
    question = await owner_chat.edited(card)
    await owner_chat.press(question, "Назад")
    card = await owner_chat.edited(question)
    assert await count_articles(bot.services.db) == 0
    await owner_chat.press(card, "Опубликовать")
    await owner_chat.edited(card)
    await expanded(bot)
    await bot.notifier.step()
    assert sleeper.unread() == []
    clock.pass_(hours=6)
    await bot.notifier.step()
    assert "шторма" in (await sleeper.reply()).text
