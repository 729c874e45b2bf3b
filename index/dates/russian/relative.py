"""Builders of dates counted in units from today: «на прошлой неделе», «два года назад»."""

from index.dates import periods
from index.dates.periods import Period, Yearless
from index.dates.rules import Hit, Result
from index.types import Precision

_TENTHS = 10
_ONE = frozenset("день сутки неделю месяц год году месяца".split())
_MANY_YEARS = frozenset("годы годов годам годами годах гг гг.".split())


def relative_year(hit: Hit) -> Result:
    """Return «в прошлом году»; «в прошлые годы» is no one year."""
    if hit.word(hit.match.end() - 1) in _MANY_YEARS:
        return None
    period = periods.year_of(hit.anchor.year + hit.value("next"))
    return period.relative() if period else None


def relative_unit(hit: Hit) -> Result:
    """Return «на прошлой неделе», «в следующем месяце», «в текущем квартале»."""
    make = {
        "l": periods.month_from,
        "w": periods.week_of,
        "q": periods.quarter_from,
        "h": periods.half_from,
    }[hit.match["unit"].decode()]
    period = make(hit.anchor, hit.value("next"))
    return period.relative() if period else None


def end_of_unit(hit: Hit) -> Result:
    """Return the running year, month or week of «до конца года», «в начале недели»."""
    make = {
        "y": lambda anchor, _by: periods.year_of(anchor.year),
        "l": periods.month_from,
        "w": periods.week_of,
        "q": periods.quarter_from,
    }[hit.match["unit"].decode()]
    period = make(hit.anchor, 0)
    return period.relative() if period else None


def half_of_this_year(hit: Hit) -> Result:
    """Return «во второй половине года»."""
    number = hit.value("a")
    return (
        Yearless(lambda year: periods.half_of(year, number), is_day=False) if number <= 2 else None
    )


def ago(hit: Hit) -> Result:
    """Return «два дня назад», «полгода назад»."""
    return _counted(hit, -1)


def ahead(hit: Hit) -> Result:
    """Return «через неделю»: of today only if its clause speaks of the future."""
    follows = hit.tokens.symbols[hit.match.end() : hit.match.end() + 1]
    if follows == b"f" or hit.word(hit.match.start()) == "спустя" or hit.lean() != 1:
        return None
    return _counted(hit, 1)


def _counted(hit: Hit, sign: int) -> Result:
    """Return the day, week, month or year so many units from today, as fine as its unit."""
    unit = hit.match["unit"].decode()
    if unit == "F":
        found = periods.month_from(hit.anchor, sign * 6)
        return found.relative(is_approximate=True) if found else None
    count = _count(hit)
    if count is None:
        return None
    if unit == "e":
        day = periods.shifted(hit.anchor, sign * int(count))
        found = periods.day(day) if day else None
    elif unit == "w":
        found = periods.week_of(hit.anchor, sign * int(count))
    elif unit == "l":
        found = periods.month_from(hit.anchor, sign * int(count))
    elif count != int(count):
        found = periods.month_from(hit.anchor, sign * int(count * 12))
    else:
        found = periods.year_of(hit.anchor.year + sign * int(count))
    return found.relative(is_approximate=unit != "e") if found else None


def _count(hit: Hit) -> float | None:
    """Return the number of units: 1 when none is written, 2.5 for «два с половиной»."""
    if not hit.has("n"):
        return 1.0 if hit.word(hit.at("unit")) in _ONE else None
    is_tenths = hit.match["n"] == b"I"
    count = hit.value("n") / (_TENTHS if is_tenths else 1)
    if hit.has("more"):
        count += hit.value("more")
    return (count + 0.5 if hit.has("half") else count) or None


def window(hit: Hit) -> Result:
    """Return the time up to today, or from it: «за последние два месяца», «в ближайшие годы»."""
    unit = hit.match["unit"].decode()
    sign = hit.value("next")
    count = 0.5 if unit == "F" else _count(hit)
    is_of_something = not hit.has("n") and hit.match[0].startswith(b"v")  # «в последний год войны»
    if count is None or is_of_something or not sign:
        return None
    if unit in "ew":
        edge = periods.shifted(hit.anchor, sign * int(count) * (7 if unit == "w" else 1))
    else:
        edge = periods.months_later(hit.anchor, int(sign * count * (1 if unit == "l" else 12)))
    if edge is None:
        return None
    first, last = sorted((edge, hit.anchor))
    return Period(first, last, Precision.RANGE, is_approximate=True, is_relative=True)
