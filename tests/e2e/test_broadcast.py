"""/broadcast: what the owner writes to many is seen before it goes, and counted when it went."""

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from tests.e2e.followers import Time, followed


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock, at noon of a winter day."""
    return Time()


@pytest.fixture
async def readers(sim: Simulator, bot: RunningBot) -> list[Person]:
    """Return five readers who have opened the bot."""
    people = [sim.add_user(f"Читатель {number}", language_code="ru") for number in range(5)]
    for person in people:
        await person.chat.send("/cancel")
        await person.chat.reply()
    return people


async def composed(owner_chat: Room, text: str = "Завтра профилактика.") -> object:
    """Return the message below the preview."""
    await owner_chat.send("/broadcast")
    assert (await owner_chat.reply()).text.startswith("Напишите или перешлите сообщение")
    await owner_chat.send(text)
    assert (await owner_chat.reply()).text == text
    return await owner_chat.reply()


async def test_everybody_gets_it_once(
    sim: Simulator, owner_chat: Room, readers: list[Person], clock: Time
) -> None:
    """After the owner saw it and its number; who cannot be reached is counted."""
    ready = await composed(owner_chat)
    assert ready.text == "Выше то, что получат все.\nКому: все · 6 чатов"
    assert ready.labels == ("Отправить в 6 чатов", "Кому")
    readers[-1].deactivate()
    await owner_chat.press(ready, "Отправить")
    for person in readers[:-1]:
        assert (await person.chat.reply()).text == "Завтра профилактика."
    assert (await owner_chat.reply()).text == "Завтра профилактика."
    report = await owner_chat.edited(ready)
    while "закончена" not in report.text:
        clock.pass_(seconds=11)
        report = await owner_chat.edited(report)
    assert report.text == "Рассылка закончена.\nДоставлено: 5, ждут: 0, не доставлено: 1"
    assert (await owner_chat.reply()).text == report.text
    assert all(person.chat.unread() == [] for person in readers)


async def test_one_language_or_those_who_follow_a_sector(
    sim: Simulator, owner_chat: Room, readers: list[Person], add_article: object
) -> None:
    """Chosen by a button; the number follows."""
    await add_article("Электростанция построена.", "Свет")
    await readers[0].chat.send("/language")
    await readers[0].chat.press(await readers[0].chat.reply(), "English")
    await readers[0].chat.reply()
    await followed(readers[1].chat, "энергетика")
    ready = await composed(owner_chat)
    for choice, name in (("English", "English"), ("Энергетика", "Энергетика")):
        await owner_chat.press(ready, "Кому")
        choices = await owner_chat.edited(ready)
        await owner_chat.press(choices, choice)
        ready = await owner_chat.edited(choices)
        assert ready.text.endswith(f"Кому: {name} · 1 чат")
    await owner_chat.press(ready, "Отправить")
    assert (await readers[1].chat.reply()).text == "Завтра профилактика."
    assert readers[0].chat.unread() == []


async def test_it_is_stopped_and_goes_on(
    sim: Simulator, owner_chat: Room, readers: list[Person], bot: RunningBot, clock: Time
) -> None:
    """What waits is called back; nobody gets it twice."""
    clock.pass_(hours=12)  # it is night: all of it waits
    ready = await composed(owner_chat)
    await owner_chat.press(ready, "Отправить")
    going = await owner_chat.edited(ready)
    assert going.labels == ("Остановить",)
    await bot.notifier.step()
    await owner_chat.press(going, "Остановить")
    while "остановлена" not in going.text:
        going = await owner_chat.edited(going)
    clock.pass_(hours=12)
    await bot.notifier.step()
    assert readers[0].chat.unread() == []
    while "Продолжить" not in going.labels:
        going = await owner_chat.edited(going)
    await owner_chat.press(going, "Продолжить")
    for person in readers:
        assert (await person.chat.reply()).text == "Завтра профилактика."
    await owner_chat.send("/log")
    assert "Рассылка 1 остановлена" in (await owner_chat.reply()).text


async def test_only_the_owner_and_only_once(
    sim: Simulator, chat: Room, owner_chat: Room, readers: list[Person]
) -> None:
    """The button works once; formatting goes along, block quotes do not."""
    await chat.send("/broadcast")
    assert (await chat.reply()).text == "Эта команда для владельцев."
    ready = await composed(owner_chat)
    data = ready.button(0).data
    toast = await chat.press(await _any(chat), data=data)
    assert toast.text == "Эта команда для владельцев."
    await owner_chat.press(ready, "Отправить")
    await readers[0].chat.reply()
    toast = await owner_chat.press(ready, data=data)
    assert toast.text in {"Эта кнопка устарела.", "Эта рассылка уже начата."}


async def _any(chat: Room) -> object:
    await chat.send("/hlp")
    return await chat.reply()


async def test_a_picture_is_refused_in_words(owner_chat: Room, bot: RunningBot) -> None:
    """And the question stays open for a text."""
    await owner_chat.send("/broadcast")
    await owner_chat.reply()
    await owner_chat.send_file("x.txt", b"x")
    assert (await owner_chat.reply()).text.startswith("Разослать можно только текст.")
