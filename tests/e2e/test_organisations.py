"""/people: organisations, with what they are, their articles, quotes and events."""

from datetime import UTC, date, datetime

import pytest

from bot.app import RunningBot
from bot.simulator import Room, Seen
from tests.e2e.conftest import Publish

WORKS = (
    "Министерство энергетики открыло станцию в Озёрном 21 января 2026 года.\n"
    "Министерство энергетики сообщило: «Станция даст свет трём городам».\n"
    "Авиакомпания «Северный ветер» купила два самолёта.\n"
    "Инженер Марк Тульев проверил опоры."
)
MORE = "Министерство энергетики наняло сто инженеров.\nФонд Norden Bank вложил деньги в порт."

pytestmark = pytest.mark.usefixtures("works")


@pytest.fixture
async def works(add_article: Publish, bot: RunningBot) -> None:
    """Publish two articles that name bodies."""
    bot.services.now = lambda: datetime(2026, 2, 1, 12, tzinfo=UTC)
    await add_article(WORKS, "Станция", day=date(2026, 1, 22))
    await add_article(MORE, "Инженеры", day=date(2026, 1, 25))


async def asked(chat: Room, words: str = "") -> Seen:
    await chat.send(f"/people {words}".strip())
    return await chat.reply()


async def test_bodies_are_a_tap_from_the_people(chat: Room) -> None:
    """Those in most articles first, a button each, and back."""
    people = await asked(chat)
    await chat.press(people, "Организации")
    bodies = await chat.edited(people)
    assert bodies.text.splitlines()[:2] == [
        *("Организации в статьях:", "1. Министерство энергетики — 2 статьи"),
    ]
    await chat.press(bodies, next(label for label in bodies.labels if label.startswith("1.")))
    one = await chat.edited(bodies)
    assert one.text.splitlines()[:2] == ["Министерство энергетики", "орган власти"]
    await chat.press(one, "Все организации")
    again = await chat.edited(one)
    assert again.text == bodies.text
    await chat.press(again, "Все люди")
    assert (await chat.edited(again)).text == people.text


@pytest.mark.parametrize(
    "words", ["министерство энергетики", "Министерству энергетики", "энергетики"]
)
async def test_a_body_is_found_in_any_case(chat: Room, words: str) -> None:
    """With its articles, the newest first."""
    reply = await asked(chat, words)
    assert reply.text.splitlines()[0] == "Министерство энергетики"
    assert "1. 📄 Инженеры · 25 января 2026" in reply.text


async def test_a_latin_name_is_found_in_cyrillic(chat: Room) -> None:
    """As it sounds."""
    assert "Norden Bank" in (await asked(chat, "норден")).text.splitlines()[0]


async def test_quotes_and_timeline_of_a_body(chat: Room) -> None:
    """By buttons, in new messages."""
    reply = await asked(chat, "министерство энергетики")
    await chat.press(reply, "Цитаты")
    assert list((await chat.reply()).marked("blockquote")) == ["Станция даст свет трём городам"]
    await chat.press(reply, "Хроника")
    assert "21 января 2026" in (await chat.reply()).text


async def test_a_passage_that_names_it_opens(chat: Room) -> None:
    """By its number."""
    reply = await asked(chat, "Северный ветер")
    await chat.press(reply, "1")
    assert "купила два самолёта" in (await chat.reply()).text


async def test_a_person_goes_first(chat: Room) -> None:
    """Words that name nobody and no body say so."""
    assert (await asked(chat, "Тульев")).text.splitlines()[0] == "Марк Тульев"
    assert (await asked(chat, "Зеленцов")).text.startswith("Такого человека в статьях нет.")


@pytest.mark.parametrize("data", ["org:1", "orgtl:1", "org:x", "orglist"])
async def test_a_forged_button_is_out_of_date(chat: Room, data: str) -> None:
    """Whatever it names."""
    assert (await chat.press(await asked(chat), data=data)).text == "Эта кнопка устарела."
