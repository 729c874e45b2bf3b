"""Dates written out by Babel, and what it has no pattern for: ranges of days, years, centuries.

Sentences around a date («с …», «около …») are in the catalogues, not here.
"""

from datetime import date
from functools import lru_cache

from babel.dates import format_date

from index.types import Language

#: The suffix of a year in Azerbaijani follows the vowels of its last word: by the last digit, by
#: the last ten («iyirmi»), by the hundreds («yüz») and thousands («min»).
_AZ_DIGITS = {1: "ci", 2: "ci", 3: "cü", 4: "cü", 5: "ci", 6: "cı", 7: "ci", 8: "ci", 9: "cu"}
_AZ_TENS = {1: "cu", 2: "ci", 3: "cu", 4: "cı", 5: "ci", 6: "cı", 7: "ci", 8: "ci", 9: "cı"}
_AZ_HUNDREDS, _AZ_THOUSANDS = "cü", "ci"

_MONTHS_A_QUARTER = 3

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_TEENS = range(10, 20)


@lru_cache(1_000)  # each answer names a day or three, and those of a corpus come again and again
def day_words(day: date, language: Language) -> str:
    """Return a day: «22 января 2026»."""
    return format_date(day, "d MMMM y", locale=language.value)


def days_words(first: date, last: date, language: Language) -> str:
    """Return a range of days: «9–10 февраля 2026», «30 января – 2 февраля 2026»."""
    if first == last:
        return day_words(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last, language)}"
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    start = format_date(first, pattern, locale=language.value)
    return f"{start} – {day_words(last, language)}"


def month_words(month: date, language: Language, *, is_governed: bool = False) -> str:
    """Return a month: «декабрь 2025»; governed by a word like «с», «декабря 2025»."""
    if is_governed and language is Language.AZ:
        name = format_date(month, "LLLL", locale=language.value)
        return f"{year_number(month.year, language)} ilin {name} ayı"
    return format_date(month, "MMMM y" if is_governed else "LLLL y", locale=language.value)


def months_words(first: date, last: date, language: Language) -> str:
    """Return a range of months: «январь–сентябрь 2025», «декабрь 2025 – март 2026»."""
    if (first.year, first.month) == (last.year, last.month):
        return month_words(first, language)
    if first.year == last.year:
        start = format_date(first, "LLLL", locale=language.value)
        return f"{start}–{month_words(last, language)}"
    return f"{month_words(first, language)} – {month_words(last, language)}"


def quarter_words(day: date, language: Language) -> str:
    """Return a quarter: «1-й квартал 2025», in Azerbaijani «2025-ci ilin 1-ci rübü»."""
    if language is Language.AZ:
        number = (day.month - 1) // _MONTHS_A_QUARTER + 1
        return f"{year_number(day.year, language)} ilin {number}-{_AZ_DIGITS[number]} rübü"
    return format_date(day, "QQQQ y", locale=language.value)


def year_number(year: int, language: Language) -> str:
    """Return a year as its word for it takes it: «2025», in Azerbaijani «2025-ci»."""
    if language is not Language.AZ:
        return str(year)
    if year % 10:
        suffix = _AZ_DIGITS[year % 10]
    elif year % 100:
        suffix = _AZ_TENS[year // 10 % 10]
    else:
        suffix = _AZ_HUNDREDS if year % 1000 else _AZ_THOUSANDS
    return f"{year}-{suffix}"


def century_number(year: int, language: Language) -> str:
    """Return the century of a year: «XIX», in English «19th»."""
    number = (year - 1) // 100 + 1
    if language is Language.EN:
        last = 0 if number in _TEENS else number % 10
        return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
    digits = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits += letters * count
    return digits


def tick_words(day: date, language: Language, *, has_day: bool, has_month: bool) -> str:
    """Return a mark of a time scale: «5 янв.», «янв. 2026», «2026»."""
    pattern = "d MMM" if has_day else "LLL y" if has_month else "y"
    return format_date(day, pattern, locale=language.value)
