"""/sectors: what the articles are about, with the newest passages of each."""

from datetime import UTC, date, datetime

import pytest

from bot.simulator import Person, Room, Seen
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time

POWER = (
    "Электростанцию в Озёрном открыли 5 мая 2025 года.\n"
    "Выработка электроэнергии на электростанции выросла.\n"
    "«Электроэнергии хватит всем», — сказала министр Анна Берг.\n"
    "Электросети и подстанции готовы к зиме."
)
SHIPS = "Порт Кортан принял первое грузовое судно."

pytestmark = pytest.mark.usefixtures("topics")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock."""
    return Time(datetime(2026, 2, 1, 12, tzinfo=UTC))


@pytest.fixture
async def topics(add_article: Publish) -> None:
    """Publish an article about energy and one about transport."""
    await add_article(POWER, "Свет для Озёрного", day=date(2025, 6, 8))
    await add_article(SHIPS, "Порт", day=date(2026, 1, 22))


async def asked(chat: Room, words: str = "") -> Seen:
    await chat.send(f"/sectors {words}".strip())
    return await chat.reply()


async def test_all_sectors_with_the_number_of_paragraphs(chat: Room) -> None:
    """The largest first, a button each; one opens in place and leads back."""
    reply = await asked(chat)
    head, first, *_ = reply.text.splitlines()
    assert head == "О чём статьи:"
    assert first == "1. Энергетика — 4 абзаца"
    await chat.press(reply, "1. Энергетика")
    one = await chat.edited(reply)
    assert one.text.splitlines()[0] == "Энергетика · 4 абзаца · страница 1 из 2"
    await chat.press(one, "Все секторы")
    assert (await chat.edited(one)).text == reply.text


async def test_passages_are_cited_and_paged_in_place(chat: Room) -> None:
    """Word for word, with their articles."""
    reply = await asked(chat, "энергетика")
    shown = list(reply.marked("blockquote"))
    assert len(shown) == 3
    assert reply.text.count("📄 Свет для Озёрного · 8 июня 2025") == 3
    await chat.press(reply, "Вперёд")
    second = await chat.edited(reply)
    assert sorted((*shown, *second.marked("blockquote"))) == sorted(POWER.splitlines())
    await chat.press(second, "Назад")
    assert (await chat.edited(second)).text == reply.text


async def test_the_words_that_speak_for_the_sector_are_bold(
    chat: Room, add_article: Publish
) -> None:
    """Of a long passage the sentence with most of them is shown, and the message has room."""
    chatter = "Гости осмотрели город и остались довольны приёмом. " * 40
    said = "Новая электростанция даст мегаватты, а порт Кортан их не заметит."
    await add_article(f"{chatter}{said} {chatter}".strip(), "Длинно", day=date(2026, 1, 30))
    reply = await asked(chat, "энергетика")
    first = reply.marked("blockquote")[0]
    assert said in first
    assert len(first) < 400
    assert {"электростанция", "мегаватты"} <= set(reply.marked("bold"))


async def test_timeline_and_quotes_of_a_sector(chat: Room) -> None:
    """By buttons, in new messages."""
    reply = await asked(chat, "энергетика")
    await chat.press(reply, "Хроника")
    assert (await chat.reply()).text.splitlines()[0] == "Хроника · Энергетика · 1 событие"
    await chat.press(reply, "Цитаты")
    assert list((await chat.reply()).marked("blockquote")) == ["Электроэнергии хватит всем"]


async def test_a_passage_opens_in_its_context(chat: Room) -> None:
    """By its number."""
    reply = await asked(chat, "транспорт")
    await chat.press(reply, "1")
    assert SHIPS in (await chat.reply()).text


async def test_a_sector_without_events_offers_no_timeline(chat: Room) -> None:
    """No button leads to nothing."""
    reply = await asked(chat, "транспорт")
    assert reply.labels == ("1", "Подписаться", "Все секторы")


async def test_an_unknown_sector_says_which_there_are(chat: Room) -> None:
    """Instead of an empty list."""
    told = {"культура": "Об этом секторе в статьях ничего нет."}
    for words in ("культура", "абракадабра"):
        reply = await asked(chat, words)
        note = told.get(words, "Такого сектора нет.")
        assert reply.text.splitlines()[:2] == [note, "О чём статьи:"]


async def test_a_link_opens_the_sector(chat: Room, anna: Person) -> None:
    """Whoever has it; a stale one leads to the first screen."""
    reply = await asked(chat, "энергетика")
    (link,) = [link for link in reply.links() if "start=k" in link]
    await anna.open_link(link)
    assert (await chat.reply()).text == reply.text
    await anna.open_link(link + "x")
    assert (await chat.reply()).text.startswith("Эта ссылка устарела.")
