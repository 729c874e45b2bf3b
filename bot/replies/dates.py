"""A date of a text in words, in numbers, and as the days it spans: never finer than its source."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from bot.locales import Locale
from bot.locales.dates import (
    century_number,
    days_words,
    month_words,
    months_words,
    quarter_words,
    year_number,
)
from index.dates.periods import (
    half_from,
    month_of,
    quarter_from,
    season_of,
    week_of,
    year_of,
    years,
)
from index.types import DateMention, Precision

_DECADE, _CENTURY = 10, 100

_MONTHS_A_SEASON, _WINTER, _DECEMBER = 3, 4, 12


class Grain(IntEnum):
    """How finely the ends of a date may be written."""

    YEAR = 1
    MONTH = 2
    DAY = 3


_GRAINS = {
    Precision.DAY: Grain.DAY,
    Precision.WEEK: Grain.DAY,
    Precision.MONTH: Grain.MONTH,
    Precision.QUARTER: Grain.MONTH,
    Precision.HALF: Grain.MONTH,
    Precision.SEASON: Grain.MONTH,
    Precision.YEAR: Grain.YEAR,
    Precision.DECADE: Grain.YEAR,
    Precision.CENTURY: Grain.YEAR,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The days between which something happened, both ends known and inclusive."""

    first: date
    last: date


def sort_day(when: DateMention) -> date:
    """Return the day by which a date is put in order: its beginning, else its end."""
    return when.first or when.last or date.min


def grain_of(when: DateMention) -> Grain:
    """Return how finely the ends may be written.

    A range is as fine as its ends, but «за последние два месяца» has no days.
    """
    if when.precision is not Precision.RANGE:
        return _GRAINS[when.precision]
    if when.is_approximate or _has_whole_months(when.first, when.last):
        ends = (when.first and when.first.month, when.last and when.last.month)
        return Grain.YEAR if ends == (1, 12) else Grain.MONTH
    return Grain.DAY


def frame_of(when: DateMention) -> Frame:
    """Return the days in which it lies; of a date with an open end, the unit of the known end."""
    if when.first is not None and when.last is not None:
        return Frame(when.first, when.last)
    return _unit(sort_day(when), when.precision)


def short(day: date, grain: Grain) -> str:
    """Return a day by ISO 8601 as finely as the grain allows: «2025-12»."""
    return day.isoformat()[: {Grain.YEAR: 4, Grain.MONTH: 7, Grain.DAY: 10}[grain]]


def date_words(when: DateMention, locale: Locale) -> str:
    """Return a date in words: «декабрь 2025», «с 8 августа 2025», «примерно 2027 год»."""
    if when.first is None and when.last is None:
        return ""
    if when.first is None or when.last is None:
        words = _open_words(when, locale)
    elif when.is_approximate and when.precision is Precision.DAY:
        return locale.text("around {date}", date=locale.day(when.first))
    else:
        words = _period_words(Frame(when.first, when.last), when, locale)
    return locale.text("approximately {date}", date=words) if when.is_approximate else words


def _open_words(when: DateMention, locale: Locale) -> str:
    """Return the words for a date of which one end is open."""
    day = sort_day(when)
    if when.precision is Precision.YEAR:
        year = year_number(day.year, locale.language)
        if when.last is None:
            return locale.text("since {year}", year=year)
        return locale.text("no later than {year}", year=year)
    if when.precision in {Precision.DAY, Precision.MONTH, Precision.RANGE}:
        if grain_of(when) is Grain.MONTH:
            month = month_words(day, locale.language, is_governed=True)
            if when.last is None:
                return locale.text("since {month}", month=month)
            return locale.text("no later than {month}", month=month)
        words = locale.day(day)
        if when.last is None:
            return locale.text("since {date}", date=words)
        return locale.text("no later than {date}", date=words)
    if when.precision is Precision.SEASON:
        return _open_season_words(when, locale)
    words = _period_words(frame_of(when), when, locale)
    if when.last is None:
        return locale.text("start: {date}", date=words)
    return locale.text("no later than: {date}", date=words)


def _period_words(frame: Frame, when: DateMention, locale: Locale) -> str:
    """Return the words for an interval with both ends known."""
    language, first, last = locale.language, frame.first, frame.last
    year = year_number(first.year, language)
    match when.precision:
        case Precision.WEEK:
            return locale.text("week of {days}", days=days_words(first, last, language))
        case Precision.QUARTER:
            return quarter_words(first, language)
        case Precision.HALF if first.month == 1:
            return locale.text("first half of {year}", year=year)
        case Precision.HALF:
            return locale.text("second half of {year}", year=year)
        case Precision.SEASON:
            return _season_words(frame, locale)
        case Precision.DECADE if last.year - first.year < _DECADE:
            return locale.text("the {year}s", year=year)
        case Precision.CENTURY if last.year - first.year < _CENTURY:
            return locale.text("{ordinal} century", ordinal=century_number(first.year, language))
    return _range_words(frame, grain_of(when), locale)


def _range_words(frame: Frame, grain: Grain, locale: Locale) -> str:
    """Return the words for an interval by its ends, as finely as the grain allows."""
    language, first, last = locale.language, frame.first, frame.last
    if grain is Grain.DAY:
        return days_words(first, last, language)
    if grain is Grain.MONTH:
        return months_words(first, last, language)
    if first.year == last.year:
        return locale.text("{year}", year=year_number(first.year, language))
    end = year_number(last.year, language)
    return locale.text("{first_year}–{last_year}", first_year=first.year, last_year=end)


def _season_words(frame: Frame, locale: Locale) -> str:
    """Return a season: «весна 2025», «зима 2024/25»."""
    year = year_number(frame.last.year, locale.language)
    match frame.last.month:
        case 5:
            return locale.text("spring {year}", year=year)
        case 8:
            return locale.text("summer {year}", year=year)
        case 11:
            return locale.text("autumn {year}", year=year)
    return locale.text("winter {years}", years=_winter_years(frame))


def _open_season_words(when: DateMention, locale: Locale) -> str:
    """Return a season from which or to which something goes: «с весны 2025», «до лета 2026»."""
    frame = frame_of(when)
    year = year_number(frame.last.year, locale.language)
    match frame.last.month, when.last is None:
        case 5, True:
            return locale.text("since spring {year}", year=year)
        case 5, False:
            return locale.text("no later than spring {year}", year=year)
        case 8, True:
            return locale.text("since summer {year}", year=year)
        case 8, False:
            return locale.text("no later than summer {year}", year=year)
        case 11, True:
            return locale.text("since autumn {year}", year=year)
        case 11, False:
            return locale.text("no later than autumn {year}", year=year)
        case _, True:
            return locale.text("since winter {years}", years=_winter_years(frame))
    return locale.text("no later than winter {years}", years=_winter_years(frame))


def _winter_years(frame: Frame) -> str:
    return f"{frame.first.year}/{frame.last.year % _CENTURY:02}"


def _unit(day: date, precision: Precision) -> Frame:
    """Return the week, month, quarter, … that a day is in."""
    match precision:
        case Precision.WEEK:
            period = week_of(day, 0)
        case Precision.MONTH:
            period = month_of(day.year, day.month)
        case Precision.QUARTER:
            period = quarter_from(day, 0)
        case Precision.HALF:
            period = half_from(day, 0)
        case Precision.SEASON:
            # December is of the winter that ends in the next year.
            number = day.month % _DECEMBER // _MONTHS_A_SEASON or _WINTER
            period = season_of(day.year + (day.month == _DECEMBER), number)
        case Precision.YEAR:
            period = year_of(day.year)
        case Precision.DECADE:
            start = day.year - day.year % _DECADE
            period = years(start, start + _DECADE - 1)
        case Precision.CENTURY:
            start = (day.year - 1) // _CENTURY * _CENTURY + 1
            period = years(start, start + _CENTURY - 1)
        case _:
            period = None
    if period is None or period.first is None or period.last is None:
        return Frame(day, day)
    return Frame(period.first, period.last)


def _has_whole_months(first: date | None, last: date | None) -> bool:
    """Return whether an interval begins and ends with a month; an open end does for both."""
    is_last = last is None or last.day == monthrange(last.year, last.month)[1]
    return is_last and (first is None or first.day == 1)
