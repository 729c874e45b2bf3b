"""Questions that name a period: articles of it, passages about it, or a no that says so."""

from datetime import UTC, date, datetime

import pytest

from bot.simulator import Room
from tests.e2e.conftest import PORT, Publish
from tests.e2e.followers import Time

pytestmark = pytest.mark.usefixtures("articles")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock, on the first of March 2026."""
    return Time(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("words", "paragraph", "echo"),
    [
        ("урожай после 2025", "Урожай риса вырос вдвое.", "Только за период: с 2026 года"),
        ("урожай за прошлый год", "Урожай ржи упал.", "Только за период: 2025 год"),
        ("урожай в 2024 году", "Урожай пшеницы вырос на треть.", "Только за период: 2024 год"),
        # a sector's name is a word like others here
        ("финансы в январе 2026", "Финансы в порядке.", "Только за период: январь 2026"),
    ],
)
async def test_a_period_in_the_question_narrows_the_articles(
    chat: Room, add_article: Publish, words: str, paragraph: str, echo: str
) -> None:
    """And is said in the answer, also when one comes back to it."""
    await add_article("Урожай риса вырос вдвое.", "Рис", day=date(2026, 2, 3))
    await add_article("Урожай ржи упал.", "Рожь", day=date(2025, 12, 31))
    await add_article("Финансы в порядке.", "Бюджет", day=date(2026, 1, 22))
    await chat.send(words)
    reply = await chat.reply()
    assert reply.text.splitlines()[0] == echo
    assert list(reply.marked("blockquote")) == [paragraph]
    await chat.press(reply, "Действия")
    assert (await chat.edited(reply)).text == reply.text


async def test_a_period_without_an_answer_does_not_hide_the_one_there_is(chat: Room) -> None:
    """A date may be what the question is about."""
    await chat.send("морской порт откроется 14 сентября 2026 года")
    reply = await chat.reply()
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[0]]
    assert "Только" not in reply.text


@pytest.mark.parametrize(
    ("words", "period", "heading"),
    [
        ("урожай за прошлый месяц", "февраль 2026", "Урожай вырос"),
        ("урожай в 2019 году", "2019 год", "Урожай вырос"),
        ("порт до 2020", "не позже 2019 года", "Морской порт откроется осенью"),
        ("квота на вывоз зерна после 2025", "с 2026 года", "Урожай вырос"),
    ],
)
async def test_a_period_that_is_silent_is_named(
    chat: Room, words: str, period: str, heading: str
) -> None:
    """With what there is at another time, and one tap to it."""
    await chat.send(words)
    reply = await chat.reply()
    first, second, third, *_ = reply.text.splitlines()
    assert first == f"В статьях за этот срок ничего об этом нет: {period}."
    assert second == "В другое время:"
    assert third.startswith(f"1. {heading} · ")
    await chat.press(reply, "Искать везде")
    everywhere = await chat.edited(reply)
    assert everywhere.text.splitlines()[0].startswith(f"📄 {heading} · ")
    assert everywhere.marked("blockquote")


async def test_who_asks_again_without_the_period_is_not_told_of_it(chat: Room) -> None:
    """Its words are no words of the question: «прошлый» is in no article."""
    await chat.send("глубина причала за прошлый месяц")
    await chat.press(silent := await chat.reply(), "Искать везде")
    assert list((await chat.edited(silent)).marked("blockquote")) == [PORT.splitlines()[1]]


@pytest.mark.parametrize(
    "words",
    ["туристы в 2023 году", "сколько туристов было в прошлом году до 2024", "туристы 2023"],
)
async def test_a_passage_about_the_period_answers(
    chat: Room, add_article: Publish, words: str
) -> None:
    """Whenever its article came out: «в минувшем году» of 2024 is 2023."""
    text = "В минувшем году страну посетили 860 тысяч туристов."
    await add_article(text, "Гости", day=date(2024, 3, 28))
    await chat.send(words)
    assert list((await chat.reply()).marked("blockquote")) == [text]


async def test_another_matter_of_the_period_is_no_answer(chat: Room, add_article: Publish) -> None:
    """«2020» alone makes no passage one about the port."""
    await add_article("Пеликанов стало вдвое меньше, чем в 2020 году.", "Птицы")
    await chat.send("порт в 2020 году")
    assert (await chat.reply()).text.startswith("В статьях за этот срок ничего об этом нет")


@pytest.mark.parametrize("words", ["сколько сегодня стоит порт", "урожай сейчас"])
async def test_today_is_no_period(chat: Room, words: str) -> None:
    """It says no more than «теперь»."""
    await chat.send(words)
    assert "за этот срок" not in (await chat.reply()).text
