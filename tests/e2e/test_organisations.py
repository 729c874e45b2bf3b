"""/people: organisations, with what they are, their articles, quotes and events."""

from datetime import UTC, date, datetime

import pytest

from bot.simulator import Person, Room, Seen, Simulator
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time

WORKS = (
    "Министерство энергетики открыло станцию в Озёрном 21 января 2026 года.\n"
    "Министерство энергетики сообщило: «Станция даст свет трём городам».\n"
    "Авиакомпания «Северный ветер» купила два самолёта.\n"
    "Инженер Марк Тульев проверил опоры."
)
MORE = "Министерство энергетики наняло сто инженеров.\nФонд Norden Bank вложил деньги в порт."

pytestmark = pytest.mark.usefixtures("works")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock."""
    return Time(datetime(2026, 2, 1, 12, tzinfo=UTC))


@pytest.fixture
async def works(add_article: Publish) -> None:
    """Publish two articles that name bodies."""
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


async def test_a_link_opens_a_body(chat: Room, anna: Person, sim: Simulator) -> None:
    """Whoever has it, for as long as an article names it."""
    reply = await asked(chat, "министерство энергетики")
    await anna.open_link(reply.links()[0])
    opened = await chat.reply()
    assert (opened.text, opened.labels) == (reply.text, reply.labels)
    await anna.open_link(f"https://t.me/{sim.username}?start=o1")
    assert (await chat.reply()).text.startswith("Того, куда вела эта ссылка, в статьях больше нет.")


async def test_a_body_is_known_by_its_other_names(chat: Room, add_article: Publish) -> None:
    """Those of the table of synonyms."""
    await add_article("Государственный департамент открыл отдел виз.", "Визы")
    assert (await asked(chat, "Госдеп")).text.splitlines()[0] == "Государственный департамент"


async def test_all_articles_of_a_body_are_reached(chat: Room, add_article: Publish) -> None:
    """Three on a page, turned in place."""
    for day in range(1, 4):
        await add_article(
            f"Министерство энергетики сдало линию {day}.", f"Линия {day}", day=date(2026, 2, day)
        )
    reply = await asked(chat, "министерство энергетики")
    assert "5 статей" in reply.text
    assert "страница 1 из 2" in reply.text
    await chat.press(reply, "Вперёд")
    second = await chat.edited(reply)
    assert second.text.splitlines()[-2:] == [
        *("4. 📄 Инженеры · 25 января 2026", "5. 📄 Станция · 22 января 2026"),
    ]
    await chat.press(second, "Назад")
    assert (await chat.edited(second)).text == reply.text


async def test_a_body_is_followed_by_its_name(chat: Room) -> None:
    """After it was shown how much there was."""
    reply = await asked(chat, "министерство энергетики")
    await chat.press(reply, "Подписаться")
    assert "Министерство энергетики" in (await chat.reply()).text


async def test_a_person_goes_first(chat: Room) -> None:
    """Words that name nobody and no body say so."""
    assert (await asked(chat, "Тульев")).text.splitlines()[0] == "Марк Тульев"
    assert (await asked(chat, "Зеленцов")).text.startswith(
        "Ни человека, ни организации с таким именем"
    )


@pytest.mark.parametrize(
    "data", ["org:1", "orgtl:1", "org:x", "orglist", "orgpage:1:1", "orgsub:1"]
)
async def test_a_forged_button_is_out_of_date(chat: Room, data: str) -> None:
    """Whatever it names."""
    assert (await chat.press(await asked(chat), data=data)).text == "Эта кнопка устарела."
