"""What holds for the dates and events of any text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import find_dates
from index.events import LABEL_CHARS, find_events
from index.types import Language

PIECES = [
    *(
        "5",
        "31",
        "9–10",
        "2025",
        "2014/15",
        "01.02.2026",
        "90-х",
        "21-го",
        "XIX",
        "12,5",
        "1990-cı",
    ),
    *("мая", "феврале", "июня", "May", "February", "dekabrın", "5-də", "fevral", "янв."),
    *("года", "году", "годах", "неделе", "месяц", "дня", "квартале", "века", "il", "year"),
    *("в", "на", "с", "до", "по", "к", "за", "после", "от", "начиная", "in", "by", "since", "и"),
    *("прошлого", "следующий", "последние", "начале", "первом", "половине", "last", "keçən"),
    *("назад", "через", "среду", "понедельник", "вчера", "сегодня", "накануне", "выходные"),
    *("летом", "зимы", "состоится", "открыли", "обычно", "человек", "того", "же", "утром"),
    *(",", "-", "(", ")", ".", "«", "»", "\n", "—", "около", "не", "позднее"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=60)
DAYS = st.dates()
LANGUAGES = st.sampled_from(Language)


@given(TEXTS, DAYS, LANGUAGES)
def test_dates_are_ordered_slices_of_the_text(text: str, day: date, language: Language) -> None:
    """Inside the text, in order, apart; never backwards in time; the same each time."""
    found = find_dates(text, day, language)
    at = 0
    for mention in found:
        assert at <= mention.span.start < mention.span.stop <= len(text)
        assert mention.first or mention.last
        if mention.first and mention.last:
            assert mention.first <= mention.last
        at = mention.span.stop
    assert find_dates(text, day, language) == found


@given(TEXTS, DAYS, LANGUAGES)
def test_labels_hold_their_dates(text: str, day: date, language: Language) -> None:
    dates = find_dates(text, day, language)
    for event in find_events(text, dates, day, language):
        assert 0 <= event.label.start <= event.date.span.start
        assert event.date.span.stop <= event.label.stop <= len(text)
        length = event.date.span.stop - event.date.span.start
        assert event.label.stop - event.label.start <= max(LABEL_CHARS, length)
        assert "\n" not in event.label.of(text).replace(event.date.span.of(text), "")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), DAYS)
def test_a_whole_date_is_read_back(named: date, day: date) -> None:
    """A day written out in full means that day, whenever it is read."""
    months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    month = months.split()[named.month - 1]
    text = f"Мост открыт {named.day} {month} {named.year} года"
    [mention] = find_dates(text, day, Language.RU)
    assert (mention.first, mention.last) == (named, named)


@pytest.mark.parametrize("language", Language)
def test_an_empty_text_has_no_dates(language: Language) -> None:
    assert find_dates("", date(2026, 1, 22), language) == ()
