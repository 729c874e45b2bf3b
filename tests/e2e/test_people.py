"""/people: who is in the articles, in which roles, with quotes and events."""

from datetime import UTC, date, datetime

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Seen, Simulator
from bot.store.publishing import withdraw_article
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time

VISIT = (
    "Министр транспорта Игорь Лисовец посетил верфь 21 января 2026 года.\n"
    "«Порт готов к работе», — сказал Игорь Лисовец.\n"
    "Мэр Анна Лисовец открыла школу 5 мая 2025 года."
)
BRIDGE = (
    "О мосте рассказал глава комиссии Игорь Лисовец.\n"
    "«Мост откроют в срок», — заявил Игорь Лисовец.\n"
    "Инженер Марк Тульев проверил опоры."
)

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock."""
    return Time(datetime(2026, 2, 1, 12, tzinfo=UTC))


@pytest.fixture
async def people(add_article: Publish) -> None:
    """Publish two articles that name the same man, and his namesake."""
    await add_article(VISIT, "Визит на верфь", day=date(2026, 1, 22))
    await add_article(BRIDGE, "Мост", day=date(2026, 1, 25))


async def asked(chat: Room, words: str = "") -> Seen:
    await chat.send(f"/people {words}".strip())
    return await chat.reply()


async def test_all_people_with_the_number_of_articles(chat: Room) -> None:
    """Those in most articles first, a button each."""
    reply = await asked(chat)
    assert reply.text.splitlines() == [
        "Кто есть в статьях:",
        "1. Игорь Лисовец — 2 статьи",
        "2. Анна Лисовец — 1 статья",
        "3. Марк Тульев — 1 статья",
    ]
    await chat.press(reply, "3. Марк Тульев")
    one = await chat.edited(reply)
    assert one.text.splitlines()[0] == "Марк Тульев"
    await chat.press(one, "Все люди")
    assert (await chat.edited(one)).text == reply.text


async def test_a_person_has_roles_counts_and_articles(chat: Room) -> None:
    """The newest article and role first; a namesake is named and stays apart."""
    reply = await asked(chat, "Игорь Лисовец")
    assert reply.text.splitlines() == [
        "Игорь Лисовец",
        "В тексте: «глава комиссии»; «министр транспорта»",
        "2 статьи · 1 событие · 2 цитаты",
        "1. 📄 Мост · 25 января 2026",
        "2. 📄 Визит на верфь · 22 января 2026",
        "Не путать: Анна Лисовец",
    ]
    assert reply.labels == (
        "1",
        "2",
        "Хроника",
        "Цитаты",
        "Анна Лисовец",
        "Подписаться",
        "Все люди",
    )


@pytest.mark.parametrize("words", ["Тульева", "М. Тульев", "Tulyev", "марк тульев"])
async def test_a_name_is_found_however_it_is_written(chat: Room, words: str) -> None:
    """In any case, by initials, in Latin letters."""
    assert (await asked(chat, words)).text.splitlines()[0] == "Марк Тульев"


async def test_of_two_with_one_surname_one_chooses(chat: Room) -> None:
    """Neither is guessed."""
    reply = await asked(chat, "Лисовец")
    assert reply.text.splitlines()[0] == "Кого вы имеете в виду?"
    await chat.press(reply, next(label for label in reply.labels if "Анна" in label))
    assert (await chat.edited(reply)).text.splitlines()[0] == "Анна Лисовец"


async def test_a_lone_surname_may_be_anybodys(chat: Room, add_article: Publish) -> None:
    """It is kept apart, and the page says that it may be the same person."""
    await add_article("Опоры показал инженер Тульев.", "Опоры", day=date(2026, 1, 28))
    reply = await asked(chat, "Марк Тульев")
    assert reply.text.splitlines()[-1] == "Может быть, это тот же человек: Тульев"
    await chat.press(reply, "Тульев")
    lone = await chat.edited(reply)
    assert lone.text.splitlines()[0] == "Тульев"
    assert lone.text.splitlines()[-1] == "Может быть, это тот же человек: Марк Тульев"


async def test_quotes_and_timeline_of_a_person(chat: Room) -> None:
    """By buttons, in new messages; the namesake has no part in them."""
    reply = await asked(chat, "Игорь Лисовец")
    await chat.press(reply, "Цитаты")
    quotes = await chat.reply()
    assert quotes.text.startswith("Цитаты: кто — Игорь Лисовец\n1 из 2")
    await chat.press(reply, "Хроника")
    timeline = await chat.reply()
    assert timeline.text.splitlines()[0] == "Хроника · Игорь Лисовец · 1 событие"


async def test_a_passage_that_names_him_opens(chat: Room) -> None:
    """By its number."""
    reply = await asked(chat, "Тульев")
    await chat.press(reply, "1")
    assert "Инженер Марк Тульев проверил опоры." in (await chat.reply()).text


async def test_an_unknown_name_says_who_there_is(chat: Room) -> None:
    """Instead of an empty list."""
    reply = await asked(chat, "Зеленцов")
    assert reply.text.splitlines()[:2] == [
        "Ни человека, ни организации с таким именем в статьях нет.",
        "Кто есть в статьях:",
    ]


async def test_a_link_opens_the_person(chat: Room, anna: Person, bot: RunningBot) -> None:
    """Whoever has it; a stale one leads to the first screen, and says what became of him."""
    reply = await asked(chat, "Тульев")
    (link,) = [link for link in reply.links() if "start=n" in link]
    await anna.open_link(link)
    assert (await chat.reply()).text == reply.text
    await anna.open_link(link + "99")
    assert (await chat.reply()).text.startswith("Эта ссылка устарела.")
    db = bot.services.db
    ((bridge,),) = await db.fetch("SELECT article_id FROM article_version WHERE title = 'Мост'")
    await withdraw_article(db, bridge, bot.services.now())
    await anna.open_link(link)
    assert (await chat.reply()).text.startswith("Того, куда вела эта ссылка, в статьях больше нет.")


async def test_in_the_language_of_the_reader(sim: Simulator, bot: RunningBot) -> None:
    """Names stay as the articles have them."""
    john = sim.private_chat(sim.add_user("John", language_code="en"))
    await john.send("/people")
    head, first, *_ = (await john.reply()).text.splitlines()
    assert (head, first) == ("Who is in the articles:", "1. Игорь Лисовец — 2 articles")


async def test_all_articles_of_a_person_are_reached(chat: Room, add_article: Publish) -> None:
    """Three on a page, numbered on, turned in place."""
    for day in range(1, 6):
        await add_article(
            f"Инженер Марк Тульев сдал опору номер {day}.", f"Опора {day}", day=date(2026, 2, day)
        )
    reply = await asked(chat, "Тульев")
    assert "6 статей · страница 1 из 2" in reply.text
    await chat.press(reply, "Вперёд")
    second = await chat.edited(reply)
    assert second.text.splitlines()[2:] == [
        "6 статей · страница 2 из 2",
        "4. 📄 Опора 2 · 2 февраля 2026",
        "5. 📄 Опора 1 · 1 февраля 2026",
        "6. 📄 Мост · 25 января 2026",
    ]
    assert second.labels[:4] == ("4", "5", "6", "Назад")
    await chat.press(second, "6")
    assert "проверил опоры" in (await chat.reply()).text
    await chat.press(second, "Назад")
    assert (await chat.edited(second)).text == reply.text
    for data in ("whopage:1:99", "whopage:999:1", "whopage:1"):
        assert (await chat.press(second, data=data)).text == "Эта кнопка устарела."


@pytest.mark.parametrize(
    "words", ["министр транспорта", "Министру транспорта", "транспорта министр"]
)
async def test_a_person_is_found_by_his_role(chat: Room, words: str) -> None:
    """In any case; those who share one are to choose from."""
    assert (await asked(chat, words)).text.splitlines()[0] == "Игорь Лисовец"


async def test_of_one_role_one_chooses(chat: Room, add_article: Publish) -> None:
    """With a button each."""
    await add_article("Министр связи Артур Зимин открыл мост 3 мая 2025 года.", "Связь")
    reply = await asked(chat, "министр")
    assert reply.text.splitlines()[0] == "Кого вы имеете в виду?"
    assert [label[3:] for label in reply.labels] == ["Игорь Лисовец", "Артур Зимин"]
