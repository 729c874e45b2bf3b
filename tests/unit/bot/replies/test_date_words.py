"""Dates as a reader sees them: written out in his language, never finer than the text."""

from datetime import date

import pytest

from bot.locales import get_locale
from bot.locales.dates import century_number, year_number
from bot.replies.dates import Frame, date_words, frame_of, grain_of, short, sort_day
from index.dates import find_dates
from index.types import DateMention, Language, Precision, Span
from tests.unit.tables import pairs

REFERENCE = date(2026, 1, 22)


def when(first: date | None, last: date | None, precision: Precision) -> DateMention:
    return DateMention(Span(0, 1), first, last, precision)


@pytest.mark.parametrize(("text", "expected"), pairs("date_words.txt"))
def test_a_date_is_written_out(text: str, expected: str) -> None:
    """As finely as its source has it."""
    language, _, words = expected.partition(" ")
    (mention,) = find_dates(text, REFERENCE, Language(language))
    assert date_words(mention, get_locale(Language(language))) == words


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("precision", list(Precision))
@pytest.mark.parametrize("ends", [(1, 1), (1, 0), (0, 1)])
def test_every_kind_of_date_has_words_in_every_language(
    language: Language, precision: Precision, ends: tuple[int, int]
) -> None:
    """Open and closed; and a day shows only where the text has days."""
    first, last = date(2001, 1, 1), date(2001, 12, 31)
    mention = when(first if ends[0] else None, last if ends[1] else None, precision)
    words = date_words(mention, get_locale(language))
    assert words
    if precision not in {Precision.DAY, Precision.WEEK}:
        assert "31" not in words


@pytest.mark.parametrize(
    ("mention", "first", "last"),
    [
        (when(date(2025, 8, 8), None, Precision.DAY), date(2025, 8, 8), date(2025, 8, 8)),
        (when(date(2025, 8, 4), None, Precision.WEEK), date(2025, 8, 4), date(2025, 8, 10)),
        (when(date(2025, 8, 1), None, Precision.MONTH), date(2025, 8, 1), date(2025, 8, 31)),
        (when(None, date(2025, 9, 30), Precision.QUARTER), date(2025, 7, 1), date(2025, 9, 30)),
        (when(None, date(2025, 6, 30), Precision.HALF), date(2025, 1, 1), date(2025, 6, 30)),
        (when(None, date(2025, 2, 28), Precision.SEASON), date(2024, 12, 1), date(2025, 2, 28)),
        (when(date(2024, 12, 1), None, Precision.SEASON), date(2024, 12, 1), date(2025, 2, 28)),
        (when(None, date(2030, 12, 31), Precision.YEAR), date(2030, 1, 1), date(2030, 12, 31)),
        (when(date(1920, 1, 1), None, Precision.DECADE), date(1920, 1, 1), date(1929, 12, 31)),
        (when(date(1801, 1, 1), None, Precision.CENTURY), date(1801, 1, 1), date(1900, 12, 31)),
    ],
)
def test_an_open_date_is_framed_by_the_unit_of_its_end(
    mention: DateMention, first: date, last: date
) -> None:
    """For calendars and pictures, which need two ends."""
    assert frame_of(mention) == Frame(first, last)
    assert sort_day(mention) in (first, last)


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        (when(date(2025, 12, 1), date(2025, 12, 31), Precision.MONTH), "2025-12"),
        (when(date(2025, 1, 1), date(2025, 12, 31), Precision.YEAR), "2025"),
        (when(date(2025, 1, 1), date(2025, 9, 30), Precision.RANGE), "2025-01"),
        (when(date(2025, 1, 9), date(2025, 1, 10), Precision.RANGE), "2025-01-09"),
    ],
)
def test_numbers_are_as_fine_as_the_source(mention: DateMention, expected: str) -> None:
    """By ISO 8601, cut short."""
    assert mention.first
    assert short(mention.first, grain_of(mention)) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2025, "2025-ci"), (2026, "2026-cı"), (2023, "2023-cü"), (1990, "1990-cı"), (1900, "1900-cü")],
)
def test_the_suffix_of_a_year_in_azerbaijani(year: int, expected: str) -> None:
    """Follows the vowel of the last word of the number."""
    assert year_number(year, Language.AZ) == expected


@pytest.mark.parametrize(
    ("year", "roman", "english"),
    [(1900, "XIX", "19th"), (1901, "XX", "20th"), (2026, "XXI", "21st"), (1150, "XII", "12th")],
)
def test_centuries(year: int, roman: str, english: str) -> None:
    """The last year of a century ends in two zeros."""
    assert century_number(year, Language.RU) == roman
    assert century_number(year, Language.EN) == english
