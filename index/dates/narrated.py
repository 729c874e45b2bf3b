"""Dates counted from the one that a text named last: «спустя два года», «годом ранее»."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates import periods
from index.dates.periods import Period, Yearless
from index.types import Precision

_MONTHS_A_YEAR = 12

_PARTS = frozenset({Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.SEASON})
_VAGUE = frozenset({Precision.DECADE, Precision.CENTURY})
_OF_DAYS = frozenset({Precision.DAY, Precision.RANGE})
_FINE = frozenset({Precision.DAY, Precision.MONTH})

#: A story is at least as old; a date without a year as near to the text is news.
_OLD_DAYS, _RECENT_DAYS = 550, 45
#: What happened so lately is news, whatever year its paragraph began with.
_NEWS_DAYS = 14
#: A limit that ran out longer ago is told as past by its verb.
_LIMIT_DAYS = 60
_DAYS_A_YEAR = 366
_MOST_DAYS_OF_AN_EVENT = 31
_DAYS_MONTHS_DIFFER = 3


@dataclass(frozen=True, slots=True)
class Narrated:
    """A date so many units from the one named before it.

    `unit` is e for days, w weeks, l months, q quarters, y years; d is the day `by` near the one
    told («21-го»), D of its month. `is_past`: it cannot be to come («через год он умер»).
    `keeps_part`: of a month or quarter, the same of another year («годом ранее»). `today` is what
    it is unless an old date was told before («к концу месяца»), or, with `is_after_any`, any date
    of its paragraph that its verb allows («накануне»).
    """

    by: int
    unit: str
    is_past: bool = False
    keeps_part: bool = False
    today: Period | None = None
    is_after_any: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A date named before another: whether one sentence has both, whether nothing is between.

    `is_when`: it tells when («в 2027 году»), not of what («бюджет на 2027 год»). `year` is the one
    in which the story plays, by the words its sentence or paragraph began with. `leading` is the
    date that began a line before, of one that begins its own.
    """

    period: Period
    is_beside: bool
    is_next: bool = False
    is_when: bool = False
    is_of_line: bool = False
    year: "ToldYear | None" = None
    leading: Period | None = None


@dataclass(frozen=True, slots=True)
class ToldYear:
    """The year that a paragraph or its heading began with: «В 2016 году …»."""

    year: int
    is_beside: bool


def limit_after(when: Yearless, before: Told, anchor: date) -> Period | None:
    """Return a limit set in the same sentence as a past date: the first after it.

    «В марте поручил представить план до 15 мая».
    """
    start = before.period.first
    if not before.is_beside or start is None or not 0 <= (anchor - start).days <= _OLD_DAYS:
        return None
    if before.period.precision not in _FINE:
        return None
    ahead = (when.make(start.year), when.make(start.year + 1))
    found = next((day for day in ahead if day and day.last and day.last >= start), None)
    if found is None or found.last is None or (anchor - found.last).days > _LIMIT_DAYS:
        return None
    return found


def _is_in_named_year(before: Told, anchor: date, tense: int | None) -> bool:
    """Return whether a date is of the year named before it in its sentence.

    «В 2014 году, 8 мая, …»; «в 2027 году день отдыха с 2 января переносится».
    """
    told = before.period
    if told.precision is not Precision.YEAR or not (before.is_when or told.is_approximate):
        return False
    if told.is_relative:
        return before.is_next  # «год назад, 18 марта»
    is_plan = told.first is not None and told.first > anchor and tense != -1
    return before.is_next or (before.is_beside and is_plan)


def counted_from(
    before: Told | None, when: Narrated, anchor: date, tense: Callable[[], int | None]
) -> Period | None:
    """Return the days meant after a text has named a date; None where that tells too little."""
    if before is None:
        return when.today
    told = before.period
    if when.is_after_any and not before.is_of_line:
        return when.today
    if when.today is not None and not is_old(told, anchor):
        if told.first is None or (told.first > anchor) != (tense() == 1):
            return when.today
        is_day = when.is_after_any and told.precision is Precision.DAY
        is_in_unit = when.by == 0 and before.is_beside and told.precision in _FINE
        if not is_day and not (is_in_unit and tense() == -1):
            return when.today
    found = _counted(told, when) or when.today
    if found is None or (when.is_past and found.first is not None and found.first > anchor):
        return None
    return found


def is_fine(told: Period, unit: str) -> bool:
    """Return whether days or weeks can be counted from a date: the day of a month from a month."""
    fine = _OF_DAYS if unit in "ew" else {*_OF_DAYS, Precision.MONTH}
    return told.precision in fine and _days(told) <= _MOST_DAYS_OF_AN_EVENT


def is_old(told: Period, anchor: date) -> bool:
    """Return whether a date is so long ago that a story told from it is no news."""
    last = told.last or told.first
    return last is not None and (anchor - last).days > _OLD_DAYS


def in_told_year(when: Yearless, before: Told, anchor: date, tense: int | None) -> Period | None:
    """Return a date without a year as a story goes on from the one before: the one nearest to it.

    None when there is no story, the date may be of these days, or its verb is of the future.
    """
    told = before.period
    base = told.first or told.last
    if base is not None and _is_in_named_year(before, anchor, tense):
        return when.make(base.year)
    if before.leading is not None and (found := _after_leading(when, before.leading, anchor)):
        return found
    if before.year is not None and (found := _in_year_of_story(when, before.year, anchor, tense)):
        return found
    if tense == 1 or base is None or not is_old(told, anchor) or not _is_of_a_year(told):
        return None
    near = [when.make(year) for year in (base.year - 1, base.year, base.year + 1)]
    if _may_be_recent(when, anchor, _RECENT_DAYS):
        return None
    known = [found for found in near if found is not None and found.first]
    return min(known, key=lambda found: _away(found.first or base, told), default=None)


def _after_leading(when: Yearless, leading: Period, anchor: date) -> Period | None:
    """Return a date that begins a line after another that did: the first after it, in the past.

    A chronicle: «11 февраля 2024. …⏎8 июня. …».
    """
    start = leading.first or leading.last
    if start is None or leading.precision in _VAGUE:
        return None
    ahead = (when.make(start.year), when.make(start.year + 1))
    found = next((each for each in ahead if each and each.first and each.first >= start), None)
    return found if found and found.first and found.first <= anchor else None


def _in_year_of_story(
    when: Yearless, told: ToldYear, anchor: date, tense: int | None
) -> Period | None:
    """Return a date of the year that its story plays in: «В 2016 году …; 12 декабря …».

    None when its verb tells of another time, or it may be of these weeks and no more than a
    paragraph or the last year says otherwise.
    """
    found = when.make(told.year)
    if found is None or found.first is None or found.last is None:
        return None
    if (tense == -1 and found.first > anchor) or (tense == 1 and found.last < anchor):
        return None
    is_old_year = told.year < anchor.year - 1
    slip = (
        (_NEWS_DAYS if when.is_day and not told.is_beside else 0) if is_old_year else _RECENT_DAYS
    )
    if told.year < anchor.year and _may_be_recent(when, anchor, slip):
        return None
    return found


def _may_be_recent(when: Yearless, anchor: date, slip_days: int) -> bool:
    """Return whether a date without a year may be of the days around the day of the text."""
    recent = [when.make(year) for year in (anchor.year - 1, anchor.year)]
    return any(_away(anchor, found) < slip_days for found in recent if found and found.first)


def _is_of_a_year(told: Period) -> bool:
    """Return whether what was told is fine enough for a story to go on from it by days."""
    is_short = 0 < _days(told) <= _DAYS_A_YEAR and told.precision in {*_PARTS, Precision.RANGE}
    return told.precision in _FINE or is_short


def _away(day: date, told: Period) -> int:
    """Return how many days lie between a day and a period, 0 within it."""
    first, last = told.first or told.last or day, told.last or told.first or day
    return max((first - day).days, (day - last).days, 0)


def _day_of_told_month(
    told: Period, base: date, number: int, *, is_of_month: bool
) -> Period | None:
    """Return the day of that number nearest to the date told: «29 декабря …, 2-го …»."""
    by = (0,) if is_of_month or told.precision is Precision.MONTH else (-1, 0, 1)
    months = [month.first for each in by if (month := periods.month_from(base, each))]
    days = [periods.day_of(month.year, month.month, number) for month in months if month]
    known = [found for found in days if found is not None]
    return min(known, key=lambda found: _away(found.first or base, told), default=None)


def _counted(told: Period, when: Narrated) -> Period | None:
    ends = (told.first, told.last) if when.by < 0 else (told.last, told.first)
    base = next((end for end in ends if end is not None), None)
    if base is None or told.precision in _VAGUE:
        return None
    if when.unit in "dD":
        is_of_month = when.unit == "D"
        numbered = (
            _day_of_told_month(told, base, when.by, is_of_month=is_of_month)
            if is_fine(told, when.unit)
            else None
        )
        return numbered.relative() if numbered else None
    if when.unit == "y":
        if when.keeps_part and _is_part(told) and told.first and told.last:
            return other_year(told, told.first, told.last, when.by)
        found = periods.year_of(base.year + when.by)
    elif when.unit == "q":
        found = periods.quarter_from(base, when.by)
    elif when.unit == "l":
        found = periods.month_from(base, when.by) if _days(told) <= _MOST_DAYS_OF_AN_EVENT else None
    elif not is_fine(told, when.unit):
        return None
    elif when.unit == "w":
        found = periods.week_of(base, when.by)
    else:
        day = periods.shifted(base, when.by)
        found = periods.day(day) if day else None
    if found is None:
        return None
    # What it is counted from was finer than its unit: «12 марта … через год».
    is_finer = when.unit != "e" and _days(told) < _days(found) - _DAYS_MONTHS_DIFFER
    return found.relative(is_approximate=(is_finer and when.by != 0) or told.is_approximate)


def _is_part(told: Period) -> bool:
    """Return whether a period is a part of a year that other years have: a quarter, some months."""
    if told.precision is Precision.RANGE and told.first and told.last:
        is_one_year = told.first.year == told.last.year
        return is_one_year and told.first.day == 1 and _days(told) > _MOST_DAYS_OF_AN_EVENT
    return told.precision in _PARTS


def other_year(told: Period, first: date, last: date, by: int) -> Period | None:
    """Return the same part of another year."""
    start = periods.month_from(first, by * _MONTHS_A_YEAR)
    end = periods.month_from(last, by * _MONTHS_A_YEAR)
    if start is None or end is None:
        return None
    return Period(start.first, end.last, told.precision, is_relative=True)


def _days(told: Period) -> int:
    """Return how long a period is; one with an open end is as long as what it names."""
    if told.first is None or told.last is None:
        return 0
    return (told.last - told.first) // timedelta(days=1) + 1
