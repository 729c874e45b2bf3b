"""Builders of English dates: «on 9–10 February», «two weeks ago», «in the 1990s»."""

from collections.abc import Callable
from datetime import date

from index.dates import periods
from index.dates.narrated import Narrated
from index.dates.periods import Period
from index.dates.rules import Claim, Hit, Kind, Refusal, Result
from index.types import Precision

_DAYS_A_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def numeric(hit: Hit) -> Result:
    """Return «01.02.2026»."""
    return periods.day(date.fromordinal(hit.value("full")))


def day(hit: Hit) -> Result:
    """Return «9 February», «February 9, 2026»."""
    month, day = hit.value("month"), hit.value("a")
    if day > _DAYS_A_MONTH[month - 1]:
        return Refusal.NO_DATE
    return hit.in_year(lambda year: periods.day_of(year, month, day), is_day=True)


def day_range(hit: Hit) -> Result:
    """Return «9–10 February», «January 5-7»."""
    month, first, last = hit.value("month"), hit.value("a"), hit.value("b")
    if last > _DAYS_A_MONTH[month - 1] or first >= last:
        return Refusal.NO_DATE
    return hit.in_year(lambda year: periods.days(year, month, first, last), is_day=True)


def day_of_told_month(hit: Hit) -> Result:
    """Return «on the 20th»: of the month that the text told, else the nearest such day."""
    near = [
        period
        for by in (-1, 0, 1)
        if (month := periods.month_from(hit.anchor, by))
        and month.first
        and (period := periods.day_of(month.first.year, month.first.month, hit.value("a")))
    ]
    today = min(near, key=lambda period: _days_from(hit.anchor, period), default=None)
    return Narrated(hit.value("a"), "d", today=today and today.relative(), is_after_any=True)


def _days_from(anchor: date, period: Period) -> int:
    return abs(((period.first or anchor) - anchor).days)


def month(hit: Hit) -> Result:
    """Return «March 2025», «in December»."""
    month = hit.value("month")
    return hit.in_year(lambda year: periods.month_of(year, month))


def months_up_to(hit: Hit) -> Result:
    """Return «in the three months to December», «in the year to November»."""
    month, number = hit.value("month"), 12 if hit.has("whole") else hit.value("n")

    def make(year: int) -> Period | None:
        last = periods.month_of(year, month)
        first = periods.month_from(last.first, 1 - number) if last and last.first else None
        if last is None or first is None:
            return None
        return Period(first.first, last.last, Precision.RANGE)

    return hit.in_year(make)


def first_months(hit: Hit) -> Result:
    """Return «in the first nine months of 2025»."""
    number = hit.value("n")
    return periods.months(hit.value("year"), 1, number, Precision.RANGE) if number <= 12 else None


def relative_month(hit: Hit) -> Result:
    """Return «last December», «next May»: the last one over, the next one to begin."""
    lean, month = hit.value("next"), hit.value("month")
    year = (
        hit.anchor.year
        + (lean > 0 and month <= hit.anchor.month)
        - (lean < 0 and month >= hit.anchor.month)
    )
    period = periods.month_of(year, month)
    return period.relative() if period else None


def numbered(make: Callable[[int, int], Period | None], most: int) -> Callable[[Hit], Result]:
    """Return the builder of numbered parts of a year: quarters and halves."""

    def build(hit: Hit) -> Result:
        number = hit.value("a")
        return hit.in_year(lambda year: make(year, number)) if 1 <= number <= most else None

    return build


def last_quarter_of_year(hit: Hit) -> Result:
    """Return «the last quarter of 2025»."""
    return periods.quarter_of(hit.value("year"), 4) if hit.value("next") < 0 else None


def season(hit: Hit) -> Result:
    """Return «last spring», «summer 2012»."""
    number = hit.value("season")
    if hit.has("next"):
        period = periods.season_beside(hit.anchor, number, hit.value("next"))
        return period.relative() if period else None
    return hit.in_year(lambda year: periods.season_of(year, number))


def year_range(hit: Hit) -> Result:
    """Return «between 2010 and 2015», «in 2010-15»."""
    first, last = hit.value("a"), hit.value("b")
    return periods.years(first, last + (first - first % 100 if last < 100 else 0))


def year_list(hit: Hit) -> Result:
    """Return each year of «in 2024 and 2025» by itself."""
    start, stop = hit.match.span("list")
    indices = [at for at in range(start, stop) if hit.tokens.symbols[at : at + 1] == b"Y"]
    claims = []
    for index in indices:
        when = periods.year_of(hit.tokens.values[index])
        first = hit.match.start() if index == indices[0] else index
        if when is not None:
            claims.append(Claim(first, index, when, Kind.YEAR))
    return claims


def split_year(hit: Hit) -> Result:
    """Return the years of «the 2024/25 season», «the 2024-25 fiscal year»."""
    first, last = hit.value("a"), hit.value("b")
    last += first - first % 100 if last < 100 else 0
    return periods.years(first, last) if last == first + 1 else None


def year(hit: Hit) -> Result:
    """Return a year after a preposition, unless it counts what follows: «in 2000 homes»."""
    following = hit.word(hit.match.end())
    is_many = following.endswith("s") or following in {"people", "men", "women", "children"}
    counts = is_many and following not in {"was", "is", "as", "has", "its", "this"}
    if (
        counts
        and following.isalpha()
        and not hit.tokens.text[hit.tokens.starts[hit.match.end()]].isupper()
    ):
        return None
    return periods.year_of(hit.value("year"))


def year_of_a_noun(hit: Hit) -> Result:
    """Return «the 2025 agreement»; «the 2000 homes» may be counted."""
    return year(hit) if hit.value("year") % 100 == 0 else periods.year_of(hit.value("year"))


def fiscal_year(hit: Hit) -> Result:
    """Return «fiscal 2025»."""
    return periods.year_of(hit.value("year"))


def decade(hit: Hit) -> Result:
    """Return «in the 1990s», «in the '90s»; «in his 80s» is an age."""
    first = hit.value("a")
    if hit.word(hit.match.start() - 1) in _WHOSE or hit.word(hit.match.start()) in _WHOSE:
        return None
    return periods.years(first, first + 9, Precision.DECADE)


_WHOSE = frozenset("his her their my our your its".split())


def centuries(hit: Hit) -> Result:
    """Return «the 18th and 19th centuries»."""
    first, last = hit.value("a"), hit.value("b")
    if first >= last:
        return None
    return periods.years((first - 1) * 100 + 1, last * 100)


def half_of_century(hit: Hit) -> Result:
    """Return «in the second half of the 19th century»."""
    number, last = hit.value("half"), hit.value("a") * 100
    if number > 2:
        return None
    return periods.years(last - 99, last - 50) if number == 1 else periods.years(last - 49, last)


def century(hit: Hit) -> Result:
    """Return «in the 19th century»."""
    number = hit.value("a")
    return periods.years((number - 1) * 100 + 1, number * 100, Precision.CENTURY)


def _unit(hit: Hit, by: int) -> Period | None:
    """Return the day, week, month, quarter or year `by` units from today."""
    unit = hit.match["unit"].decode()
    if unit == "e":
        found = periods.shifted(hit.anchor, by)
        return periods.day(found) if found else None
    if unit in "yL":
        return periods.year_of(hit.anchor.year + by)
    make = {"l": periods.month_from, "w": periods.week_of, "q": periods.quarter_from}[unit]
    return make(hit.anchor, by)


def relative_unit(hit: Hit) -> Result:
    """Return «last week», «next year»."""
    found = _unit(hit, hit.value("next") if hit.has("next") else 0)
    return found.relative() if found else None


def ago(hit: Hit) -> Result:
    """Return «two days ago», «half a year ago»."""
    if hit.has("half"):
        month = periods.month_from(hit.anchor, -6) if hit.match["unit"] == b"y" else None
        return month.relative(is_approximate=True) if month else None
    found = _unit(hit, -hit.value("n"))
    return found.relative(is_approximate=hit.match["unit"] != b"e") if found else None


def ahead(hit: Hit) -> Result:
    """Return «in two weeks»: of today only if its clause speaks of the future."""
    if hit.lean() != 1:
        return None
    found = _unit(hit, hit.value("n"))
    return found.relative(is_approximate=hit.match["unit"] != b"e") if found else None


def window(hit: Hit) -> Result:
    """Return the time up to today or from it: «over the past two months»."""
    unit, by = hit.match["unit"].decode(), hit.value("next") * hit.value("n")
    if unit in "ew":
        edge = periods.shifted(hit.anchor, by * (7 if unit == "w" else 1))
    else:
        edge = periods.months_later(hit.anchor, by * (1 if unit == "l" else 12))
    if edge is None or not by:
        return None
    first, last = sorted((edge, hit.anchor))
    return Period(first, last, Precision.RANGE, is_approximate=True, is_relative=True)


def weekday(hit: Hit) -> Result:
    """Return «on Monday»: the last, or the next if the future is meant."""
    if hit.has("next"):
        lean = hit.value("next")
    else:
        tense = hit.lean()
        opening = hit.word(hit.match.start()) if hit.has("open") else ""
        starts = opening in {"starting", "beginning", "from", "until", "till", "by"}
        lean = 1 if tense == 1 or (starts and tense != -1) else 0
    day = periods.weekday_near(hit.anchor, hit.value("weekday"), lean)
    return periods.day(day).relative() if day else None


def weekend(hit: Hit) -> Result:
    """Return «last weekend»: its Saturday and Sunday."""
    lean = hit.value("next") if hit.has("next") else (hit.lean() or -1)
    saturday = periods.weekday_near(
        hit.anchor, 5, 1 if lean >= 0 and hit.anchor.weekday() < 5 else 0
    )
    sunday = periods.shifted(saturday, 1) if saturday else None
    return Period(saturday, sunday, Precision.RANGE, is_relative=True) if sunday else None


def deictic(hit: Hit) -> Result:
    """Return «yesterday»; «today» in a quote is nowadays."""
    if hit.value("deictic") == 0 and hit.is_quoted():
        return None
    day = periods.shifted(hit.anchor, hit.value("deictic"))
    return periods.day(day).relative() if day else None


_UNITS = {"L": "y"}


def later(hit: Hit) -> Result:
    """Return «two years later», «a year earlier»: from the date that the text named before it."""
    unit = hit.match["unit"].decode()
    sign = -1 if hit.match["way"] == b"^" else 1
    return Narrated(sign * hit.value("n"), _UNITS.get(unit, unit), keeps_part=sign < 0)


def next_unit(hit: Hit) -> Result:
    """Return «the following year», «the next day»: after the date that the text named before it."""
    return Narrated(1, hit.match["unit"].decode())


def the_day_before(_hit: Hit) -> Result:
    """Return «the day before»: before the day that the text named last."""
    return Narrated(-1, "e")


def same_unit(hit: Hit) -> Result:
    """Return «the same year»: of the date that the text named before it."""
    return Narrated(0, hit.match["unit"].decode())
