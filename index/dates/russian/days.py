"""Builders of Russian days, months, quarters and halves: «9–10 февраля», «в I квартале»."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from index.dates import periods
from index.dates.periods import Period, Yearless
from index.dates.rules import Claim, Hit, Kind, Refusal, Result
from index.languages import ru
from index.types import Precision

_DAYS_A_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def numeric(hit: Hit) -> Result:
    """Return «01.02.2026»."""
    return periods.day(date.fromordinal(hit.value("full")))


def short_numeric(hit: Hit) -> Result:
    """Return «до 01.10»: a day and a month after a preposition, unless they measure something."""
    following = hit.word(hit.match.end())
    if following[:1].isalpha() and ru.grammar(following).part == "NOUN":
        return None
    day, month = divmod(hit.value("a"), _DAY_FACTOR)
    if day > _DAYS_A_MONTH[month - 1]:
        return None
    return _day_claim(hit, month, day)


#: The value of such a token is the day times this and the month.
_DAY_FACTOR = 100


def day_range(hit: Hit) -> Result:
    """Return «9–10 февраля», «с 25 по 27 мая»; days apart («5 и 12 мая») each by itself."""
    first, last, month = hit.value("a"), hit.value("b"), hit.value("month")
    if last > _DAYS_A_MONTH[month - 1]:
        return Refusal.NO_DATE
    joint = hit.match["joint"]
    if joint in {b",", b"&"} and last != first + 1:
        return day_list(hit)
    if first >= last and joint not in {b"a", b"p", b"T"}:
        return None
    return hit.in_year(lambda year: periods.days(year, month, first, last), is_day=True)


def day_list(hit: Hit) -> Result:
    """Return each day of «5, 7 и 12 апреля» by itself."""
    month, symbols = hit.value("month"), hit.tokens.symbols
    numbers = [i for i in range(hit.match.start("list"), hit.at("month")) if symbols[i] in b"do"]
    named = [hit.tokens.values[index] for index in numbers]
    if named != sorted(set(named)) or named[-1] > _DAYS_A_MONTH[month - 1]:
        return None
    claims = []
    for index in numbers:
        when = _day_claim(hit, month, hit.tokens.values[index])
        last = hit.match.end() - 1 if index == numbers[-1] else index
        if isinstance(when, Period | Yearless):
            claims.append(Claim(index, last, when, Kind.DAY))
    return claims


def _day_claim(hit: Hit, month: int, day: int) -> Result:
    return hit.in_year(lambda year: periods.day_of(year, month, day), is_day=True)


def night_of_two_months(hit: Hit) -> Result:
    """Return both days of «в ночь с 31 декабря на 1 января»."""
    first, first_month = hit.value("a"), hit.value("first")
    last, last_month = hit.value("b"), hit.value("month")

    def make(year: int) -> Period | None:
        end = periods.day_of(year, last_month, last)
        start = periods.day_of(year - (first_month > last_month), first_month, first)
        if start is None or end is None:
            return None
        return Period(start.first, end.last, Precision.RANGE)

    return hit.in_year(make, is_day=True)


def day(hit: Hit) -> Result:
    """Return «8 августа», «двадцать первого июня 2025 года»."""
    month, day = hit.value("month"), hit.value("a")
    day += hit.value("tens") if hit.has("tens") else 0
    if day > _DAYS_A_MONTH[month - 1]:
        return Refusal.NO_DATE
    return _day_claim(hit, month, day)


def day_of_some_month(hit: Hit) -> Result:
    """Return «20-го числа»: of the month whose such day is nearest."""
    near = [
        period
        for by in (-1, 0, 1)
        if (month := periods.month_from(hit.anchor, by))
        and month.first
        and (period := periods.day_of(month.first.year, month.first.month, hit.value("a")))
    ]

    def distance(period: Period) -> int:
        return abs(((period.first or hit.anchor) - hit.anchor).days)

    return min(near, key=distance).relative() if near else None


def month(hit: Hit) -> Result:
    """Return «в декабре минувшего года»."""
    month = hit.value("month")
    return hit.in_year(lambda year: periods.month_of(year, month))


def end_day_of_month(hit: Hit) -> Result:
    """Return «в первый день мая», «в последний день июля»."""
    month, is_last = hit.value("month"), hit.match["which"] == b"P"
    if not is_last and hit.value("which") != 1:
        return None

    def make(year: int) -> Period | None:
        whole = periods.month_of(year, month)
        end = (whole.last if is_last else whole.first) if whole else None
        return None if end is None else periods.day(end)

    return hit.in_year(make, is_day=True)


def days_of_month(hit: Hit) -> Result:
    """Return the month of «в первых числах ноября», or its part («в двадцатых»), approximate."""
    month = hit.value("month")
    first = hit.value("which") if hit.value("which") in {10, 20} else 1

    def make(year: int) -> Period | None:
        found = periods.month_of(year, month)
        if found is None or found.last is None:
            return None
        if first > 1:
            found = periods.days(year, month, first, 19 if first == 10 else found.last.day)
        return None if found is None else replace(found, is_approximate=True)

    return hit.in_year(make)


def part_of_month(hit: Hit) -> Result:
    """Return a half or a ten-day part of a month: «в первой половине марта»."""
    month, number = hit.value("month"), hit.value("a")
    is_half = hit.has("half")
    if number > (2 if is_half else 3):
        return None
    first = 1 + (number - 1) * (15 if is_half else 10)

    def make(year: int) -> Period | None:
        whole = periods.month_of(year, month)
        if whole is None or whole.last is None:
            return None
        is_last = number == (2 if is_half else 3)
        return periods.days(
            year, month, first, whole.last.day if is_last else first + (14 if is_half else 9)
        )

    return hit.in_year(make)


def numbered(make: Callable[[int, int], Period | None], most: int) -> Callable[[Hit], Result]:
    """Return the builder of numbered parts of a year: quarters and halves."""

    def build(hit: Hit) -> Result:
        number = hit.value("a")
        if not 1 <= number <= most:
            return None
        until = hit.value("b") if hit.has("b") else number
        if not number <= until <= most:
            return None
        return hit.in_year(lambda year: _span(make(year, number), make(year, until)))

    return build


def _span(first: Period | None, last: Period | None) -> Period | None:
    if first is None or last is None or first == last:
        return first
    return Period(first.first, last.last, Precision.RANGE)


def first_months(hit: Hit) -> Result:
    """Return the first months of a year: «за девять месяцев 2025 года», «за 11 месяцев»."""
    number = hit.value("n")
    if not 2 <= number <= 11:
        return None

    def make(year: int) -> Period | None:
        return periods.months(year, 1, number, Precision.RANGE)

    if hit.year() is not None:
        return hit.in_year(make)
    is_just_over = 3 <= number == hit.anchor.month - 1 and hit.lean() == -1
    is_report = number == 9 or hit.has("first") or is_just_over
    ended = hit.anchor.year if hit.anchor.month > number else hit.anchor.year - 1
    found = make(ended) if is_report else None
    return found.relative() if found else None


def first_quarters(hit: Hit) -> Result:
    """Return the first quarters of a year: «за три квартала»."""
    number = hit.value("n")
    if not 2 <= number <= 3:
        return None

    def make(year: int) -> Period | None:
        return periods.months(year, 1, 3 * number, Precision.RANGE)

    return hit.in_year(make)
