"""Lists asked for in words, by whoever knows no commands."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from bot.simulator import Person, Room, Simulator
from tests.e2e.conftest import Publish

pytestmark = pytest.mark.usefixtures("articles")


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Return a clock that stands on a Thursday in March 2026, soon after the newest article."""
    return lambda: datetime(2026, 3, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def dated(add_article: Publish) -> None:
    """Publish what tells of several times and people."""
    await add_article(
        "Мост в Лозне закрыли 8 августа 2025 года.\nОбъезд открыли в декабре 2025 года.",
        "Мост закрыт",
        day=date(2025, 12, 30),
    )
    await add_article("Шлюз откроют в мае 2027 года.", "Шлюз", day=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("таймлайн", "/timeline"),
        ("события", "/timeline"),
        ("/хроника порт", "/timeline порт"),
        ("Что было в августе 2025?", "/timeline август 2025"),
        ("события за 2025 год", "/timeline 2025 год"),
        ("а что произошло в декабре 2025", "/timeline декабрь 2025"),
        ("что планируется на май 2027", "/timeline май 2027"),
        ("какие события были в августе 2025", "/timeline август 2025"),
        ("what happened in december 2025?", "/timeline December 2025"),
        ("2027-ci ildə nə olacaq", "/timeline 2027"),
        ("люди", "/people"),
        ("people", "/people"),
        ("сектора", "/sectors"),
        ("О чём статьи?", "/sectors"),
        ("список статей", "/articles"),
        ("все статьи", "/articles"),
        ("статьи за 2024 год", "/articles 2024"),
        ("какие статьи есть про порт", "/articles порт"),
        ("articles about порт", "/articles порт"),
        ("подписаться на порт", "/subscribe порт"),
        ("сектор энергетика", "/sectors энергетика"),
        ("цитаты о порте", "/quote о порте"),
        ("цитаты за 2024 год", "/quote за 2024 год"),
    ],
)
async def test_a_list_may_be_asked_for_in_words(chat: Room, words: str, command: str) -> None:
    """And is the same as by its command."""
    await chat.send(command)
    shown = await chat.reply()
    await chat.send(words)
    reply = await chat.reply()
    assert (reply.text, reply.labels) == (shown.text, shown.labels)


async def test_news_of_a_time_are_its_articles(chat: Room) -> None:
    """The days are said, and all articles are a tap away."""
    for words in ("что нового за последнюю неделю?", "новости за неделю"):
        await chat.send(words)
        reply = await chat.reply()
        assert reply.text.splitlines()[0] == "1 статья · 26 февраля – 5 марта 2026"
        assert "Шлюз" in reply.text
    await chat.press(reply, "Все статьи")
    assert "4 статьи" in (await chat.edited(reply)).text


async def test_articles_of_a_time_have_pages(chat: Room, add_article: Publish) -> None:
    """Of that time alone, turned in place."""
    for number in range(9):
        await add_article(
            f"Баржа {number} пришла.", f"Баржа {number}", day=date(2023, 5, 1 + number)
        )
    await chat.send("/articles 2023")
    first = await chat.reply()
    assert first.text.splitlines()[0] == "9 статей · 2023 год · страница 1 из 2"
    await chat.press(first, "Вперёд")
    second = await chat.edited(first)
    assert second.text.splitlines()[0] == "9 статей · 2023 год · страница 2 из 2"
    assert "Баржа 0" in second.text
    await chat.press(second, "Назад")
    assert (await chat.edited(second)).text == first.text


async def test_a_time_without_articles_says_so(chat: Room) -> None:
    """And leads to all of them; words and a time go together."""
    await chat.send("статьи за 1999 год")
    none = await chat.reply()
    assert none.text == "За это время статей нет: 1999 год."
    assert none.labels == ("Все статьи",)
    await chat.send("статьи про мост за 2025 год")
    found = await chat.reply()
    assert "Мост закрыт" in found.text
    assert "2025 год" in found.text.splitlines()[0]
    await chat.send("статьи про мост за 2024 год")
    assert "Мост закрыт" not in (await chat.reply()).text


async def test_a_time_without_events_says_when_there_are_some(chat: Room) -> None:
    """Not that the word is in no article."""
    await chat.send("что было в 1990 году")
    reply = await chat.reply()
    assert reply.text.startswith("Таких событий нет.")
    assert "Все события" in reply.labels


async def test_other_questions_are_questions(chat: Room) -> None:
    """Though they have such words too."""
    for question in ("что было с урожаем пшеницы", "люди на причале", "статьи хартии"):
        await chat.send(question)
        text = (await chat.reply()).text
        assert "Хроника" not in text
        assert "Кто есть" not in text


async def test_in_a_group_they_are_for_the_bot_when_it_is_named(
    sim: Simulator, anna: Person
) -> None:
    """Good manners hold."""
    group = sim.add_group("Политика", [anna])
    await group.reply()
    await group.send("таймлайн", by=anna)
    await group.send(f"@{sim.username} таймлайн", by=anna)
    assert (await group.reply()).text.startswith("Хроника")
    assert len(sim.journal.requests("sendMessage", group.id)) == 2


@pytest.mark.parametrize(
    "question",
    ["после 2025 шлюз", "шлюз после 2025", "после 2025 года шлюз"],
)
async def test_a_year_narrows_wherever_it_stands(chat: Room, question: str) -> None:
    """Before the words as after them."""
    await chat.send(question)
    reply = await chat.reply()
    assert reply.text.startswith("Только за период: с 2026 года")
    assert "Шлюз" in reply.text
