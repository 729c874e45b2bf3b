"""Periods: intervals of days and the arithmetic of the calendar.

Nothing here knows a word of any language.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

from index.types import Precision

_MONTHS_A_YEAR = 12
_MONTHS_A_QUARTER = 3
_DAYS_A_WEEK = 7
_WINTER = 4


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of days, inclusive; None is an open end."""

    first: date | None
    last: date | None
    precision: Precision
    is_approximate: bool = False
    is_relative: bool = False

    def relative(self, *, is_approximate: bool = False) -> "Period":
        """Return the period marked as counted from a reference day."""
        return replace(self, is_relative=True, is_approximate=self.is_approximate or is_approximate)


@dataclass(frozen=True, slots=True)
class Yearless:
    """A date whose year the text leaves out: `make` gives its period in a year.

    `weekday` is the one it falls on, where the text says so.
    """

    make: Callable[[int], Period | None]
    is_day: bool
    weekday: int | None = None


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return the day, or None when no calendar has it."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found, found, Precision.DAY)


def day(value: date) -> Period:
    """Return the period of one day."""
    return Period(value, value, Precision.DAY)


def days(year: int, month: int, first: int, last: int) -> Period | None:
    """Return the days of one month from `first` to `last`; from the month before if it is later."""
    end = day_of(year, month, last)
    month_before = (year, month) if first < last else _month_before(year, month)
    start = day_of(*month_before, first)
    if start is None or end is None:
        return None
    return Period(start.first, end.last, Precision.RANGE)


def month_of(year: int, month: int) -> Period | None:
    """Return a month."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    last = calendar.monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), Precision.MONTH)


def months(year: int, first: int, last: int, precision: Precision) -> Period | None:
    """Return the months from `first` to `last` of one year; from the year before if it is later."""
    start = month_of(year if first <= last else year - 1, first)
    end = month_of(year, last)
    if start is None or end is None:
        return None
    return Period(start.first, end.last, precision)


def quarter_of(year: int, number: int) -> Period | None:
    """Return a quarter of a year, 1 to 4."""
    last = number * _MONTHS_A_QUARTER
    return months(year, last - 2, last, Precision.QUARTER)


def half_of(year: int, number: int) -> Period | None:
    """Return a half of a year, 1 or 2."""
    return (
        months(year, 1, 6, Precision.HALF) if number == 1 else months(year, 7, 12, Precision.HALF)
    )


def season_of(year: int, number: int) -> Period | None:
    """Return a season: 1 spring, 2 summer, 3 autumn, 4 winter.

    The winter of a year is the one that ends in it: December belongs to the year before.
    """
    if number == _WINTER:
        return months(year, 12, 2, Precision.SEASON)
    first = number * _MONTHS_A_QUARTER
    return months(year, first, first + 2, Precision.SEASON)


def season_beside(anchor: date, number: int, lean: int) -> Period | None:
    """Return a season counted from a day: -1 the last one over, 0 this year's, 1 the next."""
    near = [season_of(anchor.year + by, number) for by in (-1, 0, 1)]
    known = [found for found in near if found and found.first and found.last]
    if lean == 0:
        return known[1] if len(known) == len(near) else None
    if lean < 0:
        return next((each for each in reversed(known) if each.last and each.last < anchor), None)
    return next((each for each in known if each.first and each.first > anchor), None)


def year_of(year: int) -> Period | None:
    """Return a year."""
    return months(year, 1, _MONTHS_A_YEAR, Precision.YEAR)


def years(first: int, last: int, precision: Precision = Precision.RANGE) -> Period | None:
    """Return the years from `first` to `last`; None if they do not follow each other."""
    if not MINYEAR <= first < last <= MAXYEAR:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31), precision)


def week_of(anchor: date, by: int) -> Period | None:
    """Return the week, Monday to Sunday, `by` weeks from the one of `anchor`."""
    monday = shifted(anchor, by * _DAYS_A_WEEK - anchor.weekday())
    sunday = shifted(anchor, by * _DAYS_A_WEEK - anchor.weekday() + _DAYS_A_WEEK - 1)
    return None if monday is None or sunday is None else Period(monday, sunday, Precision.WEEK)


def month_from(anchor: date, by: int) -> Period | None:
    """Return the month `by` months from the one of `anchor`."""
    year, month = divmod(anchor.year * _MONTHS_A_YEAR + anchor.month - 1 + by, _MONTHS_A_YEAR)
    return month_of(year, month + 1)


def quarter_from(anchor: date, by: int) -> Period | None:
    """Return the quarter `by` quarters from the one of `anchor`."""
    year, quarter = divmod(anchor.year * 4 + (anchor.month - 1) // _MONTHS_A_QUARTER + by, 4)
    return quarter_of(year, quarter + 1)


def half_from(anchor: date, by: int) -> Period | None:
    """Return the half-year `by` half-years from the one of `anchor`."""
    year, half = divmod(anchor.year * 2 + (anchor.month > _MONTHS_A_YEAR // 2) + by, 2)
    return half_of(year, half + 1)


def shifted(anchor: date, by_days: int) -> date | None:
    """Return the day `by_days` later, or None beyond the calendar."""
    try:
        return anchor + timedelta(days=by_days)
    except OverflowError:
        return None


def months_later(anchor: date, by: int) -> date | None:
    """Return the same day `by` months later, or the last day of that month when it has no such."""
    found = month_from(anchor, by)
    if found is None or found.first is None or found.last is None:
        return None
    return min(found.first + timedelta(days=anchor.day - 1), found.last)


def weekday_near(anchor: date, weekday: int, lean: int) -> date | None:
    """Return the nearest such weekday: 0 past or today, -1 before today, +1 after today."""
    back = (anchor.weekday() - weekday) % _DAYS_A_WEEK
    if lean > 0:
        return shifted(anchor, _DAYS_A_WEEK - back)
    return shifted(anchor, -back - (_DAYS_A_WEEK if lean < 0 and not back else 0))


def _month_before(year: int, month: int) -> tuple[int, int]:
    return (year, month - 1) if month > 1 else (year - 1, _MONTHS_A_YEAR)
