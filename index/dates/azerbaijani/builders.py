"""Builders of Azerbaijani dates: «martın 3-dən 7-dək», «ötən ilin ikinci yarısında»."""

from datetime import date

from index.dates import periods
from index.dates.narrated import Narrated
from index.dates.periods import Period, Yearless
from index.dates.rules import Hit, Refusal, Result
from index.types import Precision

_DAYS_A_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def numeric(hit: Hit) -> Result:
    """Return «01.02.2026»."""
    return periods.day(date.fromordinal(hit.value("full")))


def day(hit: Hit) -> Result:
    """Return «5 dekabr 2025-ci il», «dekabrın 5-də»."""
    month, day = hit.value("month"), hit.value("a")
    if not 1 <= day <= _DAYS_A_MONTH[month - 1]:
        return Refusal.NO_DATE
    return hit.in_year(lambda year: periods.day_of(year, month, day), is_day=True)


def day_range(hit: Hit) -> Result:
    """Return «9–10 fevralda»."""
    month, first, last = hit.value("month"), hit.value("a"), hit.value("b")
    if not 1 <= first < last <= _DAYS_A_MONTH[month - 1]:
        return Refusal.NO_DATE
    return hit.in_year(lambda year: periods.days(year, month, first, last), is_day=True)


def month(hit: Hit) -> Result:
    """Return «2026-cı ilin fevralında»."""
    month = hit.value("month")
    return hit.in_year(lambda year: periods.month_of(year, month))


def month_in_a_case(hit: Hit) -> Result:
    """Return «fevralda», «martdan»: by its case it is no name and no part of another date."""
    return month(hit) if hit.word(hit.at("month")).endswith(("da", "də", "dan", "dən")) else None


def quarter(hit: Hit) -> Result:
    """Return «2025-ci ilin birinci rübündə»."""
    number = hit.value("a")
    return hit.in_year(lambda year: periods.quarter_of(year, number)) if 1 <= number <= 4 else None


def half(hit: Hit) -> Result:
    """Return «ötən ilin ikinci yarısında»."""
    number = hit.value("a")
    return hit.in_year(lambda year: periods.half_of(year, number)) if number in {1, 2} else None


def half_of_this_year(hit: Hit) -> Result:
    """Return «ilin birinci yarısında»."""
    number = hit.value("a")
    return (
        Yearless(lambda year: periods.half_of(year, number), is_day=False) if number < 3 else None
    )


def first_months(hit: Hit) -> Result:
    """Return «2025-ci ilin doqquz ayında»."""
    number = hit.value("n")
    if not 2 <= number <= 11:
        return None
    return periods.months(hit.value("year"), 1, number, Precision.RANGE)


def season(hit: Hit) -> Result:
    """Return «bu yaz», «2024-cü ilin payızında»."""
    if hit.has("year"):
        return periods.season_of(hit.value("year"), hit.value("season2"))
    found = periods.season_of(hit.anchor.year + hit.value("next"), hit.value("season"))
    return found.relative() if found else None


def decade(hit: Hit) -> Result:
    """Return «ötən əsrin 90-cı illərində»."""
    first = hit.value("a")
    if hit.value("unit") != 1 or first % 10 or not 20 <= first <= 90:
        return None
    return periods.years(1900 + first, 1909 + first, Precision.DECADE)


def century(hit: Hit) -> Result:
    """Return «XIX əsrdə»."""
    number = hit.value("a")
    return periods.years((number - 1) * 100 + 1, number * 100, Precision.CENTURY)


def year_range(hit: Hit) -> Result:
    """Return «2024–2026-cı illərdə»."""
    return periods.years(hit.value("a"), hit.value("b"))


def year(hit: Hit) -> Result:
    """Return «2025-ci ildə»; «1990-cı illərdə» is the decade."""
    year = hit.value("year")
    if hit.value("unit") == 1:
        return periods.years(year, year + 9, Precision.DECADE) if year % 10 == 0 else None
    return periods.year_of(year)


def relative_unit(hit: Hit) -> Result:
    """Return «gələn ay», «ötən il»."""
    by, unit = hit.value("next"), hit.match["unit"].decode()
    if unit == "e":
        return periods.day(hit.anchor).relative() if by == 0 and not hit.is_quoted() else None
    if unit == "y":
        found = periods.year_of(hit.anchor.year + by) if hit.value("unit") == 0 else None
    else:
        make = {"l": periods.month_from, "w": periods.week_of, "q": periods.quarter_from}[unit]
        found = make(hit.anchor, by)
    return found.relative() if found else None


def counted(hit: Hit) -> Result:
    """Return «iki gün əvvəl», «bir həftə sonra»."""
    sign = -1 if hit.match["way"] == b"<" else 1
    by, unit = sign * hit.value("n"), hit.match["unit"].decode()
    if sign > 0 and hit.lean() != 1:
        return Narrated(by, unit, is_past=True) if hit.lean() == -1 else None
    if unit == "e":
        day = periods.shifted(hit.anchor, by)
        found = periods.day(day) if day else None
    elif unit == "y":
        found = periods.year_of(hit.anchor.year + by)
    else:
        found = (periods.month_from if unit == "l" else periods.week_of)(hit.anchor, by)
    return found.relative(is_approximate=unit != "e") if found else None


def weekday(hit: Hit) -> Result:
    """Return the weekday; «çərşənbə axşamı» is the day before «çərşənbə»."""
    if hit.has("market"):
        number = 0 if hit.match["day"][1:2] == b"Z" else 6
    else:
        number = hit.value("name") - (hit.match["day"][1:2] == b"G")
    day = periods.weekday_near(hit.anchor, number, 1 if hit.lean() == 1 else 0)
    return periods.day(day).relative() if day else None


def deictic(hit: Hit) -> Result:
    """Return «dünən»."""
    day = periods.shifted(hit.anchor, hit.value("deictic"))
    return periods.day(day).relative() if day else None


def same_unit(hit: Hit) -> Result:
    """Return «həmin il»: of the date that the text named before it."""
    return Narrated(0, hit.match["unit"].decode())


def next_day(_hit: Hit) -> Result:
    """Return «ertəsi gün»: after the date that the text named before it."""
    return Narrated(1, "e")


def this_year(hit: Hit) -> Result:
    """Return «ilin sonunda»: this year, unless the text tells of an old one."""
    year = periods.year_of(hit.anchor.year)
    return Narrated(0, "y", today=year.relative()) if year else None


def window(hit: Hit) -> Result:
    """Return the time up to today: «son iki ildə»."""
    unit, by = hit.match["unit"].decode(), hit.value("n")
    if unit in "ew":
        first = periods.shifted(hit.anchor, -by * (7 if unit == "w" else 1))
    else:
        first = periods.months_later(hit.anchor, -by * (1 if unit == "l" else 12))
    if first is None:
        return None
    return Period(first, hit.anchor, Precision.RANGE, is_approximate=True, is_relative=True)
