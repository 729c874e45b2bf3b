"""Exports, each read back by a program of its own kind."""

import csv
import html
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from icalendar import Calendar

from bot.chat.events import MOST_EVENTS
from bot.locales import get_locale
from bot.replies.chronology import clause
from bot.replies.exports import Format, export
from bot.replies.exports.entries import Feed, printable
from bot.replies.passage import View
from index.types import Language, Span, TimelineItem
from tests.unit.bot.replies.samples import TODAY, VIEW, items_of

FEED = Feed("Хроника: порт", "paragraf-timeline", "paragraf_bot", "ru")

ATOM = "{http://www.w3.org/2005/Atom}"

TEXTS = (
    "В декабре минувшего года состоялось заседание комиссии по нефти.",
    "С 8 августа порт принимает суда.",
    "Миссия пройдёт 9–10 февраля.",
    "Порт построят к 2030 году.",
    "В первом квартале 2025 года открыли причал.",
    "Возможно, около 5 марта 2026 года <b>хартию</b> & «план» подпишут.",
)


def exported(items: list[TimelineItem], chosen: Format, view: View = VIEW) -> bytes:
    return export(items, chosen, FEED, view).content


def table(items: list[TimelineItem], language: Language = Language.RU) -> list[dict[str, str]]:
    view = View(get_locale(language), TODAY, "paragraf_bot")
    text = exported(items, Format.CSV, view).decode("utf-8-sig")
    border = "," if language is Language.EN else ";"
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=border))


@pytest.mark.parametrize("chosen", list(Format))
def test_the_same_events_give_the_same_file(chosen: Format) -> None:
    """To the byte, so that it is kept and sent once."""
    one, other = (export(items_of(*TEXTS), chosen, FEED, VIEW) for _ in range(2))
    assert one == other
    assert one.name == f"paragraf-timeline.{chosen}"


@pytest.mark.parametrize("chosen", list(Format))
def test_no_events_are_a_file_all_the_same(chosen: Format) -> None:
    """Which its reader opens."""
    content = exported([], chosen)
    match chosen:
        case Format.CSV:
            assert table([]) == []
        case Format.JSON:
            assert json.loads(content)["events"] == []
        case Format.ICS:
            assert Calendar.from_ical(content).walk("VEVENT") == []
        case Format.ATOM:
            assert not feedparser.parse(content).bozo


def test_a_table_has_a_row_an_event() -> None:
    """Dates by ISO 8601, cut to what the source says; the open end is empty."""
    rows = table(items_of(*TEXTS))
    assert exported(items_of(*TEXTS), Format.CSV).startswith(b"\xef\xbb\xbf")
    assert [(row["Дата"], row["С"], row["По"], row["Статус"]) for row in rows] == [
        ("декабрь 2025", "2025-12", "2025-12", ""),
        ("с 8 августа 2025", "2025-08-08", "", ""),
        ("9–10 февраля 2026", "2026-02-09", "2026-02-10", "план"),
        ("не позже 2030 года", "", "2030", "план"),
        ("1-й квартал 2025", "2025-01", "2025-03", ""),
        ("около 5 марта 2026", "2026-03-05", "2026-03-05", "возможно"),
    ]
    assert rows[0]["Событие"] == TEXTS[0]
    assert rows[0]["Секторы"].startswith("Энергетика")
    assert rows[0]["Ссылка"] == "https://t.me/paragraf_bot?start=t1"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "＝"])
def test_no_cell_is_a_formula(first: str) -> None:
    """A spreadsheet shows it as text."""
    item = items_of(TEXTS[1])[0]
    title = f'{first}HYPERLINK("http://evil.example";"x")'
    passage = replace(item.passage, title=title)
    (row,) = table([replace(item, passage=passage)])
    assert row["Статья"] == "'" + title


def test_the_table_has_the_border_of_the_readers_spreadsheet() -> None:
    """A semicolon where the decimal sign is a comma; a border inside of a cell is no border."""
    items = items_of("С 8 августа, то есть давно; порт принимает суда.")
    for language in Language:
        (row,) = table(items, language)
        assert items[0].label in row.values()


def test_timelinejs_has_what_it_asks_for() -> None:
    """A start date each, with no part that the source does not say."""
    slides = read_timelinejs(exported(items_of(*TEXTS), Format.JSON))
    assert [(s["start_date"], s.get("end_date"), s["display_date"]) for s in slides] == [
        ({"year": 2025, "month": 12}, None, "декабрь 2025"),
        ({"year": 2025, "month": 8, "day": 8}, None, "с 8 августа 2025"),
        (
            {"year": 2026, "month": 2, "day": 9},
            {"year": 2026, "month": 2, "day": 10},
            "9–10 февраля 2026, план",
        ),
        ({"year": 2030}, None, "не позже 2030 года, план"),
        ({"year": 2025, "month": 1}, {"year": 2025, "month": 3}, "1-й квартал 2025"),
        ({"year": 2026, "month": 3, "day": 5}, None, "около 5 марта 2026, возможно"),
    ]
    assert "&lt;b&gt;хартию&lt;/b&gt; &amp;" in slides[5]["text"]["headline"]


def read_timelinejs(content: bytes) -> list[dict[str, Any]]:
    """Return the slides of a timeline, held to what TimelineJS 3 documents."""
    timeline = json.loads(content)
    assert set(timeline) <= {"title", "events", "eras", "scale"}
    ids = [slide["unique_id"] for slide in timeline["events"]]
    assert len(set(ids)) == len(ids)
    for slide in timeline["events"]:
        known = {"start_date", "end_date", "text", "group", "display_date", "unique_id"}
        assert set(slide) <= known
        assert set(slide["text"]) == {"headline", "text"}
        assert all(isinstance(words, str) and words for words in slide["text"].values())
        for name in {"start_date", "end_date"} & set(slide):
            parts = slide[name]
            assert list(parts) == ["year", "month", "day"][: len(parts)]
            assert all(isinstance(number, int) for number in parts.values())
    return list(timeline["events"])


def test_a_calendar_has_all_day_events() -> None:
    """The end is the first day that is no longer of it; a coarse date spans all its days."""
    calendar = Calendar.from_ical(exported(items_of(*TEXTS), Format.ICS))
    events = calendar.walk("VEVENT")
    assert [(event["dtstart"].dt, event["dtend"].dt - timedelta(days=1)) for event in events] == [
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2025, 8, 8), date(2025, 8, 8)),
        (date(2026, 2, 9), date(2026, 2, 10)),
        (date(2030, 1, 1), date(2030, 12, 31)),
        (date(2025, 1, 1), date(2025, 3, 31)),
        (date(2026, 3, 5), date(2026, 3, 5)),
    ]
    assert [str(event["status"]) for event in events] == [
        *("CONFIRMED", "CONFIRMED", "TENTATIVE", "TENTATIVE", "CONFIRMED", "TENTATIVE")
    ]
    first = events[0]
    assert str(first["uid"]) == "t1@paragraf_bot"
    assert str(first["summary"]) == f"{TEXTS[0]} (декабрь 2025)"
    assert str(first["url"]) == "https://t.me/paragraf_bot?start=t1"
    assert b"DTSTART;VALUE=DATE:20251201\r\n" in exported(items_of(*TEXTS), Format.ICS)


def test_the_lines_of_a_calendar_are_folded_between_characters() -> None:
    """At most 75 bytes each, and none cuts a letter in two. Source: RFC 5545, 3.1."""
    lines = exported(items_of("С 8 августа порт " + "Кортан " * 20 + "принимает суда."), Format.ICS)
    for line in lines.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_a_feed_has_an_entry_an_event() -> None:
    """With ids that stay, and moments with a zone."""
    feed = feedparser.parse(exported(items_of(*TEXTS), Format.ATOM))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == FEED.title
    assert feed.feed.updated == "2026-01-22T00:00:00Z"
    assert feed.feed.author == "paragraf_bot"
    entry = feed.entries[2]
    assert entry.title == f"9–10 февраля 2026, план — {TEXTS[2]}"
    assert entry.id == entry.link == "https://t.me/paragraf_bot?start=t3"
    assert entry.updated == "2026-01-22T00:00:00Z"
    assert len({each.id for each in feed.entries}) == len(TEXTS)
    assert {link.rel for link in entry.links} == {"alternate", "via"}


@pytest.mark.parametrize("chosen", [Format.ATOM, Format.ICS])
def test_control_characters_break_no_file(chosen: Format) -> None:
    """They are left out; the rest is read."""
    item = items_of("С 8 августа порт принимает суда.")[0]
    passage = replace(item.passage, text=item.passage.text + "\x00\x0b\x1f\ud800", title="\x08Порт")
    content = exported([replace(item, passage=passage)], chosen)
    if chosen is Format.ICS:
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert str(event["description"]).endswith("Порт · 22 января 2026 · абзац 1")
    else:
        assert not feedparser.parse(content).bozo


#: What a text may hold that some format has a meaning for.
HOSTILE = (
    "<script>alert(1)</script> & &amp; ]]> <b>",
    '=HYPERLINK("http://evil.example";"x")',
    "+7\t@SUM(1)\r\n-1",
    "END:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VEVENT\r\nATTACH:http://evil.example",
    "\u202eдом\u202c \u2067שלום\u2069 مرحبا",
    "👩‍👩‍👧 🇦🇿 e\u0301 \u200b\u00ad\ufeff 桥",
    '"кавычки"; и, запятые; \\n и \\N; \\',
    "щ" * 4096,
    "\u2028\u2029\x85\x0c\x1c",
)


def hostile_items() -> list[TimelineItem]:
    """Return an event for each text, with the text all over it."""
    found = []
    for number, words in enumerate(HOSTILE, start=1):
        (item,) = items_of("5 мая 2025 года открыли мост.")
        text = f"{item.passage.text} {words}"
        passage = replace(
            item.passage, text=text, title=words, url=f"https://example.org/?q={words}"
        )
        label = Span(item.event.label.start, item.event.label.stop + min(1 + len(words), 100))
        event = replace(item.event, label=label)
        found.append(replace(item, id=number, passage=passage, event=event, persons=(words,)))
    return found


def test_a_hostile_table_is_read_back_whole() -> None:
    """No cell begins as a formula, no row is broken."""
    rows = table(hostile_items())
    assert len(rows) == len(HOSTILE)
    for row, words in zip(rows, HOSTILE, strict=True):
        assert None not in row
        assert all(cell is not None and cell[:1] not in set("=+-@\t\r\n") for cell in row.values())
        assert printable(row["Статья"].removeprefix("'")) == printable(words)


def test_hostile_slides_are_no_html() -> None:
    """TimelineJS puts them into its page as they are."""
    slides = read_timelinejs(exported(hostile_items(), Format.JSON))
    assert len(slides) == len(HOSTILE)
    for slide, item in zip(slides, hostile_items(), strict=True):
        assert not re.search("<(?!/?p>|/?a[ >])", slide["text"]["text"])
        assert html.unescape(slide["text"]["headline"]) == printable(clause(item))


def test_a_hostile_calendar_is_read_back_whole() -> None:
    """No text ends an event or begins one; no line is too long or ends otherwise than by CRLF."""
    feed = replace(FEED, title="END:VCALENDAR\r\nBEGIN:VEVENT")
    content = export(hostile_items(), Format.ICS, feed, VIEW).content
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [
        f"t{number}@paragraf_bot" for number in range(1, len(HOSTILE) + 1)
    ]
    assert not any("ATTACH" in event for event in events)
    for event, item in zip(events, hostile_items(), strict=True):
        assert str(event["description"]).startswith(printable(item.passage.text))
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - a file of our own


def test_a_hostile_feed_is_read_back_whole() -> None:
    """As XML, and by a feed reader."""
    content = exported(hostile_items(), Format.ATOM)
    feed = feedparser.parse(content)
    assert not feed.bozo
    assert len(feed.entries) == len(HOSTILE)
    texts = [node.text or "" for node in parsed(content).iter(f"{ATOM}content")]
    for text, item in zip(texts, hostile_items(), strict=True):
        assert printable(text).startswith(printable(item.passage.text))


def test_a_long_list_is_taken_away() -> None:
    """All of it, in each format."""
    (item,) = items_of("5 мая 2025 года открыли мост.")
    items = [replace(item, id=number) for number in range(1, MOST_EVENTS + 1)]
    assert len(table(items)) == len(items)
    assert len(json.loads(exported(items, Format.JSON))["events"]) == len(items)
    assert exported(items, Format.ICS).count(b"\nBEGIN:VEVENT\r") == len(items)
    assert len(parsed(exported(items, Format.ATOM)).findall(f"{ATOM}entry")) == len(items)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("chosen", list(Format))
def test_the_ends_of_the_calendar_are_days_like_any(chosen: Format, day: date) -> None:
    """A year of one digit is written with four."""
    (item,) = items_of("5 мая 2025 года открыли мост.")
    mention = replace(item.event.date, first=day, last=day)
    item = replace(item, event=replace(item.event, date=mention))
    content = exported([item], chosen)
    if chosen is Format.ICS:
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert event["dtstart"].dt == day
        assert f"DTSTART;VALUE=DATE:{day:%m%d}".encode()[-4:] in content


def test_each_list_is_a_feed_of_its_own() -> None:
    """By an id that stays, so that a reader keeps them apart."""
    first, other = (
        feedparser.parse(export(items_of(TEXTS[0]), Format.ATOM, feed, VIEW).content).feed.id
        for feed in (FEED, replace(FEED, title="Хроника: мост"))
    )
    assert first != other
    assert first == feedparser.parse(exported(items_of(TEXTS[1]), Format.ATOM)).feed.id


def test_a_bot_without_a_name_links_to_the_source() -> None:
    """There are no permalinks in a terminal."""
    view = View(VIEW.locale, TODAY, "")
    feed = feedparser.parse(export(items_of(TEXTS[0]), Format.ATOM, FEED, view).content)
    assert feed.entries[0].links[0].href == "https://example.org/tarviya"
