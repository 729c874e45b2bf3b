"""Builders of Russian days, months, quarters and halves: «9–10 февраля», «в I квартале»."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from index.dates import periods
from index.dates.lists import listed_days
from index.dates.narrated import Narrated
from index.dates.periods import Period
from index.dates.rules import Hit, Refusal, Result
from index.languages import ru
from index.types import Precision

_DAYS_A_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def numeric(hit: Hit) -> Result:
    """Return «01.02.2026»."""
    return periods.day(date.fromordinal(hit.value("full")))


def range_in_figures(hit: Hit) -> Result:
    """Return «01.01–31.03.2025»."""
    end = date.fromordinal(hit.value("full"))
    day, month = divmod(hit.value("a"), _DAY_FACTOR)
    start = periods.day_of(end.year - ((month, day) > (end.month, end.day)), month, day)
    return start and Period(start.first, end, Precision.RANGE)


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
    if joint in {b",", b"&"} and last != first + 1 and not hit.has("between"):
        return listed_days(hit)
    if first >= last and joint not in {b"a", b"p", b"T"}:
        return None
    return hit.in_year(lambda year: periods.days(year, month, first, last), is_day=True)


def day_list_of_many(hit: Hit) -> Result:
    """Return each of three or more days; two are left to `day_range`."""
    listed = hit.match["list"]
    return listed_days(hit) if sum(map(listed.count, (b"d", b"o"))) > 2 else None


def _day_claim(hit: Hit, month: int, day: int) -> Result:
    return hit.in_year(lambda year: periods.day_of(year, month, day), is_day=True)


def night_of_two_months(hit: Hit) -> Result:
    """Return both days of «в ночь с 31 декабря на 1 января»."""
    first, first_month = hit.value("a"), hit.value("first")
    is_month_end = first == _DAYS_A_MONTH[first_month - 1] and hit.value("b") == 1
    if not hit.has("night") and not is_month_end:
        return None  # «перенесли с 12 марта на 2 апреля»
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
    """Return «20-го числа»: of the month whose such day is nearest, or of «этого месяца».

    «19 числа того же месяца» is of the month told before.
    """
    if hit.has("same"):
        return Narrated(hit.value("a"), "D")
    following = hit.match.end()
    if hit.tokens.symbols[following : following + 1] == b"l" or hit.word(following) in _EACH:
        return Refusal.NO_DATE  # «5 числа каждого месяца», «месяца, следующего за отчётным»
    near = [
        period
        for by in ((hit.value("rel"),) if hit.has("rel") else (-1, 0, 1))
        if (month := periods.month_from(hit.anchor, by))
        and month.first
        and (period := periods.day_of(month.first.year, month.first.month, hit.value("a")))
    ]

    def distance(period: Period) -> int:
        return abs(((period.first or hit.anchor) - hit.anchor).days)

    return min(near, key=distance).relative() if near else None


def day_of_told_month(hit: Hit) -> Result:
    """Return «21-го», «с 15-го»: of the month that the text told, and of no noun beside it."""
    ending = "му" if hit.has("open") and hit.match["open"] == b"K" else "го"
    is_beside = bytes(hit.tokens.symbols[: hit.match.start()][-2:]) == b"W,"  # «среду, 25-е»
    if not hit.word(hit.at("a")).endswith(("е", "го") if is_beside else ending):
        return None
    before, after = hit.word(hit.match.start() - 1), hit.word(hit.match.end())
    if before in _GOVERNING or _is_name(hit, hit.match.start() - 1):
        return None  # «лучший из 21-го», «Николая 2-го»
    grammar = ru.grammar(after) if after[:1].isalpha() else None
    if grammar and grammar.part in {"NOUN", "ADJF", "PRTF", "NUMR"}:
        is_its = bool(grammar.cases & {"gent", "datv"})  # «21-го полка», «к 21-му километру»
        return None if is_its else Narrated(hit.value("a"), "d")
    return Narrated(hit.value("a"), "d")


_GOVERNING = frozenset("из для у о от без против вместо кроме из-за под над".split())


def _is_name(hit: Hit, index: int) -> bool:
    """Return whether a token is a word with a capital letter that begins no sentence."""
    if index < 1 or hit.tokens.symbols[index - 1] in b'."':
        return False
    return hit.tokens.text[hit.tokens.starts[index]].isupper()


_EACH = frozenset("каждого любого".split())


def weekday_of_month(hit: Hit) -> Result:
    """Return «в последнее воскресенье марта», «в первый понедельник апреля»."""
    month, number, is_last = hit.value("month"), hit.value("which"), hit.match["which"] == b"P"
    if not is_last and not 1 <= number <= _WEEKS_A_MONTH:
        return None

    def make(year: int) -> Period | None:
        whole = periods.month_of(year, month)
        if whole is None or whole.first is None or whole.last is None:
            return None
        if is_last:
            found = periods.weekday_near(whole.last, hit.value("weekday"), 0)
        else:
            late = (hit.value("weekday") - whole.first.weekday()) % _DAYS_A_WEEK
            found = periods.shifted(whole.first, late + (number - 1) * _DAYS_A_WEEK)
        return periods.day(found) if found else None

    return hit.in_year(make, is_day=True)


def week_of_month(hit: Hit) -> Result:
    """Return seven days of «в последнюю неделю мая», «на первой неделе марта», approximate."""
    month, number = hit.value("month"), hit.value("which")
    is_last = hit.match["which"] == b"P"
    if not is_last and not 1 <= number <= _WEEKS_A_MONTH:
        return None

    def make(year: int) -> Period | None:
        whole = periods.month_of(year, month)
        if whole is None or whole.last is None:
            return None
        last = whole.last.day if is_last else number * _DAYS_A_WEEK
        found = periods.days(year, month, last - _DAYS_A_WEEK + 1, last)
        return found and replace(found, is_approximate=True)

    return hit.in_year(make)


_WEEKS_A_MONTH, _DAYS_A_WEEK = 4, 7


def month(hit: Hit) -> Result:
    """Return «в декабре минувшего года»."""
    month = hit.value("month")
    return hit.in_year(lambda year: periods.month_of(year, month))


def end_day_of_month(hit: Hit) -> Result:
    """Return «в первый день мая», «в последний день июля»."""
    if hit.word(hit.at("which") + 1) not in {"день", "дня", "дню"}:
        return None
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
    month, is_days = hit.value("month"), hit.tokens.symbols[hit.at("which") + 1] == ord("e")
    if is_days and hit.word(hit.at("which") + 1) not in {"дни", "днях"}:
        return None
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
