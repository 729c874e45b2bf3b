"""/timeline: events in order, narrowed, opened, taken away."""

import csv
import io
import json
from datetime import UTC, date, datetime
from itertools import pairwise

import feedparser
import pytest
from icalendar import Calendar
from PIL import Image

from bot.chat.timeline import file_name
from bot.simulator import Person, Room, Seen, Simulator
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time

CHARTER = (
    "Хартию Медории подпишут 9–10 марта 2026 года.\n"
    "В декабре минувшего года состоялось первое заседание комиссии по хартии.\n"
    "С 8 августа 2025 года порт Кортан принимает суда под хартию.\n"
    "Министр Игорь Лисовец посетил верфь 21 января 2026 года.\n"
    "Итоги прошедшего года подведут позже."
)
POWER = (
    "Электростанцию в Озёрном открыли 5 мая 2024 года.\n"
    "Новую электростанцию построят к 2030 году.\n"
    "Министр Анна Берг открыла электростанцию на нефти 7 июня 2025 года."
)

pytestmark = pytest.mark.usefixtures("chronicle")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock."""
    return Time(datetime(2026, 2, 1, 12, tzinfo=UTC))


@pytest.fixture
async def chronicle(add_article: Publish) -> None:
    """Publish two articles with events, and make it 1 February 2026."""
    await add_article(
        CHARTER, "Соглашение Медории", day=date(2026, 1, 22), url="https://example.org/c"
    )
    await add_article(POWER, "Свет для Озёрного", day=date(2025, 6, 8))


def events_in(message: Seen) -> list[str]:
    return message.text.splitlines()[1:]


async def asked(chat: Room, words: str) -> Seen:
    await chat.send(f"/timeline {words}")
    return await chat.reply()


async def test_events_come_oldest_first(chat: Room) -> None:
    """The article names the later date first; the chat shows the earlier one first."""
    reply = await asked(chat, "хартия")
    assert reply.text.splitlines() == [
        "Хроника · 3 события",
        "с 8 августа 2025 — С 8 августа 2025 года порт Кортан принимает суда под хартию. [1]",
        (
            "декабрь 2025 — В декабре минувшего года состоялось первое заседание комиссии"
            " по хартии. [2]"
        ),
        "9–10 марта 2026, план — Хартию Медории подпишут 9–10 марта 2026 года. [3]",
    ]
    assert reply.labels == ("1", "2", "3", "Сектор", "Кто", "Картинка", "Экспорт")


async def test_without_words_all_events_open_near_today(chat: Room) -> None:
    """On the page that has the first event to come; the others are turned to in place."""
    reply = await asked(chat, "")
    assert reply.text.splitlines()[0] == "Хроника · 7 событий · страница 2 из 2"
    assert [line.partition(" — ")[0] for line in events_in(reply)] == [
        *("21 января 2026", "9–10 марта 2026, план", "не позже 2030 года, план")
    ]
    await chat.press(reply, "Назад")
    turned = await chat.edited(reply)
    assert turned.text.splitlines()[0] == "Хроника · 7 событий · страница 1 из 2"
    assert events_in(turned)[0].startswith("5 мая 2024 — ")
    await chat.press(turned, "Вперёд")
    assert (await chat.edited(turned)).text == reply.text


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("2024", 1),
        ("с августа", 5),
        ("хартия 2025", 2),
        ("хартия в марте 2026 года", 1),
        ("энергетика", 3),
        ("Лисовец", 1),
        ("Анна Берг 2025", 1),
    ],
)
async def test_by_period_sector_and_person(chat: Room, words: str, count: int) -> None:
    """Alone or together with a topic."""
    assert len(events_in(await asked(chat, words))) == count


async def test_the_title_says_what_was_understood(chat: Room) -> None:
    """Person, sector and period; the words of the topic are not kept."""
    assert (await asked(chat, "Анна Берг 2025")).text.splitlines()[0] == (
        "Хроника · Анна Берг, 2025 год · 1 событие"
    )
    assert "Энергетика" in (await asked(chat, "энергетика")).text.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("хартия 1999", ["В другое время: 3 события, с 8 августа 2025 … 9–10 марта 2026."]),
        ("космодром", ["Не встречается слово: «космодром».", "Все события: /timeline"]),
    ],
)
async def test_an_empty_list_says_what_there_is_instead(
    chat: Room, words: str, said: list[str]
) -> None:
    """At another time, or altogether; one tap away."""
    reply = await asked(chat, words)
    assert reply.text.splitlines() == ["Таких событий нет.", *said]
    await chat.press(reply, "Все события")
    assert "7 событий" in (await chat.reply()).text


async def test_events_of_other_times_are_a_tap_away(chat: Room) -> None:
    """The list is the one asked for, without its period, and works as any."""
    reply = await asked(chat, "хартия 1999")
    assert reply.labels == ("Показать их", "Все события")
    await chat.press(reply, "Показать их")
    shown = await chat.edited(reply)
    assert shown.text.splitlines()[0] == "Хроника · 3 события"
    await chat.press(shown, "3")
    assert list((await chat.reply()).marked("blockquote")) == [CHARTER.splitlines()[0]]


async def test_a_file_says_what_it_was_narrowed_to(chat: Room) -> None:
    """As its list does."""
    reply = await asked(chat, "")
    await chat.press(reply, "Кто")
    people = await chat.edited(reply)
    await chat.press(people, next(label for label in people.labels if "Берг" in label))
    narrowed = await chat.edited(people)
    await chat.press(narrowed, "Экспорт")
    offered = await chat.edited(narrowed)
    await chat.press(offered, "Лента (Atom)")
    file = await chat.reply()
    assert file.text == "Хроника: Анна Берг · 1 событие"
    assert feedparser.parse(chat.file(file)).feed.title == "Хроника: Анна Берг"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", "paragraf-timeline"),
        ("Анна Берг, 2025 год", "paragraf-timeline-Анна-Берг-2025-год"),
        ("../a/b\\c:*?", "paragraf-timeline-a-b-c"),
    ],
)
def test_a_file_is_called_after_its_list(title: str, name: str) -> None:
    """So that two of them do not become (1) and (2)."""
    assert file_name(title) == name


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("2025-ci il", "2025 год"),
        ("yanvarda", "январь 2026"),
        ("avqustdan", "с августа 2025"),
        ("in January 2026", "январь 2026"),
        ("energetika 2025-ci il", "Энергетика, 2025 год"),
    ],
)
async def test_a_period_in_another_language(chat: Room, words: str, title: str) -> None:
    """A month or a year alone tells no language."""
    assert f"Хроника · {title} · " in (await asked(chat, words)).text.splitlines()[0]


async def test_a_clause_cut_between_two_words_says_so(chat: Room, add_article: Publish) -> None:
    """On either side of it."""
    before, after = "торговая палата Медории и союз портов " * 3, "и все города у моря " * 8
    text = f"Вместе {before}открыли 3 мая 2025 года новый мост {after.strip()}."
    await add_article(text, "Мосты")
    (line,) = events_in(await asked(chat, "мосты"))
    _, _, clause = line.partition(" — ")
    assert clause.startswith("…")
    assert clause.endswith("… [1]")
    assert clause.removesuffix("… [1]").removeprefix("…") in text


async def test_a_person_without_events_has_quotes(chat: Room, add_article: Publish) -> None:
    """A tap away."""
    await add_article("«Свет есть везде», — сказал мэр Олег Шумов.", "Свет")
    reply = await asked(chat, "Шумов")
    assert reply.text.splitlines()[:2] == ["Таких событий нет.", "Олег Шумов: 1 цитата."]
    await chat.press(reply, "Цитаты")
    assert list((await chat.reply()).marked("blockquote")) == ["Свет есть везде"]


async def test_words_without_dates_are_said_to_be_there(chat: Room, add_article: Publish) -> None:
    """Whoever asks in words finds them."""
    await add_article("Рыбаки чинят сети у причала.", "Рыба")
    lines = (await asked(chat, "рыбаки")).text.splitlines()
    assert lines[1] == "Слова в статьях есть, но события с датой нет."


async def test_a_place_is_nobody_to_narrow_by(chat: Room, add_article: Publish) -> None:
    """A lone word with a capital may be one; those the article is sure of are offered."""
    text = "Мэр Олег Шумов посетил Альвен 3 мая 2025 года. Альвен принял гостей."
    await add_article(text, "Визит")
    reply = await asked(chat, "визит")
    await chat.press(reply, "Кто")
    assert (await chat.edited(reply)).text.splitlines()[1:] == ["1. Олег Шумов — 1 событие"]


async def test_an_event_opens_with_the_passage_that_proves_it(chat: Room, anna: Person) -> None:
    """By its button and by its link; the list stays as it is."""
    reply = await asked(chat, "хартия")
    await chat.press(reply, "3")
    opened = await chat.reply()
    assert list(opened.marked("blockquote")) == [CHARTER.splitlines()[0]]
    assert list(opened.marked("bold"))[1:] == ["9–10 марта 2026 года"]
    assert opened.text.endswith("9–10 марта 2026 года → 9–10 марта 2026, план")
    assert opened.labels == ("Контекст", "Статья", "Источник", "Сообщить об ошибке")
    await anna.open_link(reply.links()[2])
    assert (await chat.reply()).text == opened.text
    await chat.press(opened, "Контекст")
    await chat.edited(opened)


async def test_narrowing_by_sector_and_person(chat: Room) -> None:
    """In place, with counts, and back again."""
    reply = await asked(chat, "")
    await chat.press(reply, "Кто")
    people = await chat.edited(reply)
    assert "Игорь Лисовец — 1 событие" in people.text
    await chat.press(people, next(label for label in people.labels if "Берг" in label))
    narrowed = await chat.edited(people)
    assert len(events_in(narrowed)) == 1
    assert narrowed.text.splitlines()[0] == "Хроника · Анна Берг · 1 событие"
    await chat.press(narrowed, "Сектор")
    sectors = await chat.edited(narrowed)
    assert sectors.text.splitlines()[1] == "1. Энергетика — 1 событие"
    await chat.press(sectors, "Назад")
    again = await chat.edited(sectors)
    assert again.text == narrowed.text
    await chat.press(again, "Кто")
    people = await chat.edited(again)
    await chat.press(people, "Все люди")
    assert "7 событий" in (await chat.edited(people)).text


async def test_the_picture_comes_as_an_answer_to_its_text(chat: Room) -> None:
    """With a caption that says what it shows; dark on a tap."""
    reply = await asked(chat, "хартия")
    await chat.press(reply, "Картинка")
    light = await chat.reply()
    assert light.reply_to_id == reply.id
    assert light.text.splitlines() == [
        "На картинке события 1–3 из 3: с 8 августа 2025 … 9–10 марта 2026.",
        "То же словами — в сообщении выше.",
    ]
    await chat.press(light, "Тёмная картинка")
    dark = await chat.reply()
    pixels = [
        Image.open(io.BytesIO(chat.file(each))).convert("L").getpixel((2, 2))
        for each in (light, dark)
    ]
    assert pixels[0] > 200 > 60 > pixels[1]


async def exported(chat: Room, label: str) -> bytes:
    reply = await asked(chat, "хартия")
    await chat.press(reply, "Экспорт")
    offered = await chat.edited(reply)
    assert offered.text == reply.text
    await chat.press(offered, label)
    file = await chat.reply()
    assert file.text == "Хроника · 3 события"
    return chat.file(file)


async def test_a_table_to_take_away(chat: Room) -> None:
    """A row an event."""
    text = (await exported(chat, "Таблица (CSV)")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Дата"] for row in rows] == [
        *("с 8 августа 2025", "декабрь 2025", "9–10 марта 2026")
    ]


async def test_a_timeline_for_timelinejs(chat: Room) -> None:
    """A slide an event."""
    slides = json.loads(await exported(chat, "Для TimelineJS (JSON)"))["events"]
    assert [slide["start_date"]["year"] for slide in slides] == [2025, 2025, 2026]


async def test_a_calendar(chat: Room) -> None:
    """An all-day event each."""
    calendar = Calendar.from_ical(await exported(chat, "Календарь (ICS)"))
    assert [event["dtstart"].dt for event in calendar.walk("VEVENT")] == [
        *(date(2025, 8, 8), date(2025, 12, 1), date(2026, 3, 9))
    ]


async def test_a_feed(chat: Room, anna: Person) -> None:
    """Its links open the events."""
    feed = feedparser.parse(await exported(chat, "Лента (Atom)"))
    assert not feed.bozo
    await anna.open_link(feed.entries[1].link)
    assert "В декабре минувшего года" in (await chat.reply()).text


async def test_in_a_group_the_asker_alone_turns_the_pages(sim: Simulator, anna: Person) -> None:
    """What only shows is everybody's."""
    boris = sim.add_user("Борис", language_code="ru")
    group = sim.add_group("Политика", [anna, boris])
    await group.reply()
    await group.send(f"/timeline@{sim.username}", by=anna)
    reply = await group.reply()
    toast = await group.press(reply, "Назад", by=boris)
    assert toast.text == "Эта кнопка не для вас."
    await group.press(reply, "5", by=boris)
    assert list((await group.reply()).marked("blockquote"))


@pytest.mark.parametrize(
    "data",
    ["tl:1:1:0:0", "tl:1", "tlev:999", "tlpic:1:1:0:0:0", "tlfile:1:1:0:0:9", "tl:x:1:0:0"],
)
async def test_a_forged_button_is_out_of_date(chat: Room, data: str) -> None:
    """Whatever it names."""
    toast = await chat.press(await asked(chat, ""), data=data)
    assert toast.text
    assert "код" not in toast.text


async def test_days_of_a_page_never_go_back(chat: Room) -> None:
    """The numbers count on."""
    lines = events_in(await asked(chat, ""))
    numbers = [int(line.rpartition("[")[2].rstrip("]")) for line in lines]
    assert all(one + 1 == other for one, other in pairwise(numbers))


async def test_inline_mode_gives_a_page_and_each_event(anna: Person, chat: Room) -> None:
    """For any chat; the button opens the event here."""
    answer = await anna.inline("хроника хартия")
    assert [card.title for card in answer.cards] == [
        "Хроника · 3 события",
        *("с 8 августа 2025", "декабрь 2025", "9–10 марта 2026, план"),
    ]
    page = await anna.choose(answer, answer.cards[0])
    assert len(events_in(page)) == 3
    event = await anna.choose(answer, answer.cards[3])
    assert list(event.marked("blockquote")) == [CHARTER.splitlines()[0]]
    await anna.open_link(event.button(0).url or "")
    assert CHARTER.splitlines()[0] in (await chat.reply()).text


async def test_a_dialogue_begins_without_its_dash(chat: Room, add_article: Publish) -> None:
    """There is one before it already."""
    await add_article("— Дамбу построили 3 мая 2025 года, — сказал он.", "Дамба")
    assert events_in(await asked(chat, "дамба"))[0].startswith("3 мая 2025 — Дамбу построили")


async def test_a_clause_has_no_lone_quotation_mark(chat: Room, add_article: Publish) -> None:
    """Its other one is in another sentence; those of a name within stay."""
    text = "«Мост открыли 3 мая 2025 года. Он узок». «Катер «Чайка» пришёл. Док сдали 5 мая 2025»."
    await add_article(text, "Стройки")
    first, second = events_in(await asked(chat, "стройки"))
    assert first.startswith("3 мая 2025 — Мост открыли 3 мая 2025 года")
    assert second.startswith("5 мая 2025 — Док сдали 5 мая 2025 [")


async def test_many_people_are_chosen_from_page_by_page(chat: Room, add_article: Publish) -> None:
    """Numbered on from page to page."""
    names = "Анна Борис Вера Глеб Дарья Егор Жанна Захар Инна Клим Лидия Марк Нина Олег".split()
    told = [f"Депутат {name} Гордеев открыл мост 3 мая 2025 года." for name in names]
    await add_article("\n".join(told), "Мосты")
    reply = await asked(chat, "мост")
    await chat.press(reply, "Кто")
    people = await chat.edited(reply)
    assert people.text.splitlines()[-1] == "страница 1 из 2"
    await chat.press(people, "Ещё")
    second = await chat.edited(people)
    assert second.text.splitlines()[1].startswith("13. ")
    await chat.press(second, 0)
    assert (await chat.edited(second)).text.startswith("Хроника · ")


async def test_a_mistyped_topic_is_read_as_it_was_meant(chat: Room) -> None:
    """And says so."""
    reply = await asked(chat, "[fhnbz")
    assert reply.text.splitlines()[:2] == ["Ищу: хартия", "Хроника · 3 события"]


MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


async def test_what_a_list_leaves_out_is_said(chat: Room, add_article: Publish) -> None:
    """On each page; its files and a narrower request have all."""
    days = [
        (day, month, year) for year in (2011, 2012) for month in range(12) for day in range(1, 23)
    ]
    told = [f"{day} {MONTHS[month]} {year} года открыли мост." for day, month, year in days]
    await add_article("\n".join(told), "Мосты")
    reply = await asked(chat, "")
    head = reply.text.splitlines()[0]
    assert head == "Хроника · ближайшие из 535 · 500 событий · страница 84 из 84"
    await chat.press(reply, "Экспорт")
    offered = await chat.edited(reply)
    assert offered.text.splitlines()[0] == head
    await chat.press(offered, "Таблица (CSV)")
    file = await chat.reply()
    assert file.text == "Хроника · 535 событий"
    rows = csv.DictReader(io.StringIO(chat.file(file).decode("utf-8-sig")), delimiter=";")
    assert len(list(rows)) == 535
    head = (await asked(chat, "2011")).text.splitlines()[0]
    assert head.startswith("Хроника · 2011 год · 264 события")
    head = (await asked(chat, "мост")).text.splitlines()[0]
    assert head.startswith("Хроника · по 500 ближайшим абзацам · ")
