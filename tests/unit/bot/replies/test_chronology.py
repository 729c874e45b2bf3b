"""A timeline, line by line."""

import re
from datetime import date

import pytest

from bot.locales import get_locale
from bot.replies.chronology import (
    PAGE,
    event_body,
    in_order,
    page_count,
    page_near,
    page_places,
    rivals_of,
    timeline_lines,
)
from bot.replies.passage import View
from index.types import Language
from tests.unit.bot.replies.samples import OFFSET, TODAY, VIEW, items_of


def lines(*texts: str, view: View = VIEW, page: int = 1) -> list[str]:
    found = timeline_lines(in_order(items_of(*texts)), page, view)
    return [re.sub("<[^>]+>", "", line) for line in found]


def test_events_come_oldest_first_with_honest_dates() -> None:
    """One line each: date, what it is if not a fact, the clause as it stands, its number."""
    assert lines(
        "Бизнес-миссия пройдёт 9–10 февраля.",
        "В декабре минувшего года состоялось заседание комиссии.",
        "Возможно, хартию подпишут в марте.",
        "По сообщениям печати, переговоры шли 21 января.",
    ) == [
        "декабрь 2025 — В декабре минувшего года состоялось заседание комиссии. [1]",
        "21 января 2026, по сообщениям — По сообщениям печати, переговоры шли 21 января. [2]",
        "9–10 февраля 2026, план — Бизнес-миссия пройдёт 9–10 февраля. [3]",
        "март 2026, возможно — Возможно, хартию подпишут в марте. [4]",
    ]


def test_the_number_is_a_link_to_the_event_and_the_date_is_bold() -> None:
    """The rest is text, whatever it holds."""
    (line,) = timeline_lines(items_of("5 мая 2025 года <b>мост</b> & порт открыли."), 1, VIEW)
    assert line == (
        "<b>5 мая 2025</b> — 5 мая 2025 года &lt;b&gt;мост&lt;/b&gt; &amp; порт открыли. "
        '<a href="https://t.me/paragraf_bot?start=t1">[1]</a>'
    )


def test_statements_that_differ_stand_side_by_side() -> None:
    """Neither is left out, each names the date of the other."""
    said = lines(
        "Четыре делегации посетили порт 20 января 2026 года.",
        "Четыре делегации посетили порт 22 января 2026 года.",
        "Порт открыли 21 января 2026 года.",
    )
    assert said[0].splitlines()[1] == "Другая дата: 22 января 2026 [3]"
    assert len(said[1].splitlines()) == 1
    assert said[2].splitlines()[1] == "Другая дата: 20 января 2026 [1]"


def test_one_fact_told_twice_alike_is_no_conflict() -> None:
    """Nor is what two days of one event are."""
    items = items_of(
        "Четыре делегации посетили порт 20 января 2026 года.",
        "Четыре делегации посетили порт 20 января 2026 года.",
    )
    assert rivals_of(items) == {}


def test_the_page_near_today_opens_first() -> None:
    """The first event to come is on it; when all is over, the last page.

    Of a period that is over, the first.
    """
    texts = [f"Порт номер {n} открыли {n} мая 2025 года." for n in range(1, PAGE + 3)]
    assert page_near(in_order(items_of(*texts)), VIEW) == 2
    assert page_near(in_order(items_of(*texts)), VIEW, until=date(2025, 12, 31)) == 1
    texts.append("Дорогу строили в 2020–2026 годах.")
    week = {"until": date(2025, 5, 8), "since": date(2025, 5, 7)}
    assert page_near(in_order(items_of(*texts)), VIEW, **week) == 2
    later = VIEW.__class__(VIEW.locale, date(2020, 1, 1), VIEW.username)
    assert page_near(in_order(items_of(*texts)), later) == 1
    assert page_near([], VIEW) == 1


def test_numbers_count_over_all_pages() -> None:
    """So that a number names one event."""
    texts = [f"Порт номер {n} открыли {n} мая 2025 года." for n in range(1, PAGE + 3)]
    assert [line.rpartition(" ")[2] for line in lines(*texts, page=2)] == [
        *("[5]", "[6]", "[7]", "[8]")
    ]


@pytest.mark.parametrize("total", [1, 5, 6, 7, 12, 13, 100])
def test_pages_are_as_long_as_each_other(total: int) -> None:
    """All events once and in order, at most six on a page, none alone on the last."""
    pages = [page_places(total, page) for page in range(1, page_count(total) + 1)]
    assert [place for page in pages for place in page] == list(range(total))
    assert max(map(len, pages)) <= PAGE
    assert total == 1 or min(map(len, pages)) > 1


def test_an_event_is_its_passage_with_the_date_put_straight() -> None:
    """The date is bold; below it stands as the calendar has it, and that it is a plan."""
    text = "Прошлое забыто. Миссия пройдёт 9–10 февраля."
    body = event_body(items_of(text)[0], VIEW)
    assert body.html.splitlines()[1] == (
        "<blockquote>Прошлое забыто. Миссия пройдёт <b>9–10 февраля</b>.</blockquote>"
    )
    assert body.html.endswith("</a> · 9–10 февраля → 9–10 февраля 2026, план")
    (cite,) = body.cites
    assert (cite.start, cite.stop) == (OFFSET, OFFSET + len(text))
    assert [[button.label for button in row] for row in body.keyboard] == [
        ["Контекст", "Статья", "Источник"],
        ["Сообщить об ошибке"],
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.EN, "9–10 February 2026, planned — "),
        (Language.AZ, "9–10 fevral 2026, plan — "),
    ],
)
def test_dates_and_marks_are_in_the_readers_language(language: Language, expected: str) -> None:
    """The clause stays as the article has it."""
    view = View(get_locale(language), TODAY, "paragraf_bot")
    (line,) = lines("Миссия пройдёт 9–10 февраля.", view=view)
    assert line == f"{expected}Миссия пройдёт 9–10 февраля. [1]"


def test_a_very_long_clause_ends_with_a_whole_word() -> None:
    """It is cut for length, never within a word."""
    long = "утвердила перечень мероприятий " * 8
    (line,) = lines(f"12 октября 2025 года комиссия {long}на побережье.")
    assert line.endswith(("утвердила… [1]", "перечень… [1]", "мероприятий… [1]"))
