"""Builders of dates counted in units from today: «на прошлой неделе», «два года назад»."""

from index.dates import periods
from index.dates.narrated import Narrated
from index.dates.periods import Period, Yearless
from index.dates.rules import Hit, Result
from index.dates.russian.today import verb_near
from index.dates.russian.years import KINDS_OF_YEARS
from index.types import Precision

_TENTHS = 10
_MONTHS_A_YEAR = 12
_ONE = frozenset(
    "день сутки неделю неделя месяц год году месяца днем годом месяцем неделей кварталом".split()
)
_BY_HOW_MUCH = frozenset(
    "днем днями годом годами месяцем месяцами неделей неделями сутками кварталом".split()
)
_MANY_YEARS = frozenset("годы годов годам годами годах гг гг.".split())


def relative_year(hit: Hit) -> Result:
    """Return «в прошлом году»; «в прошлые годы» is no one year."""
    if hit.word(hit.match.end() - 1) in _MANY_YEARS:
        return None
    period = periods.year_of(hit.anchor.year + hit.value("next"))
    return period.relative() if period else None


#: A school year begins in September.
_SCHOOL_MONTH = 9


def relative_year_of_a_kind(hit: Hit) -> Result:
    """Return «в прошлом учебном году», as the years it lies in; «в прошлом финансовом году»."""
    kind, by = hit.word(hit.at("kind")), hit.value("next")
    if not kind.startswith(KINDS_OF_YEARS):
        return None
    first = hit.anchor.year + by
    if kind.startswith("учебн"):
        first -= hit.anchor.month < _SCHOOL_MONTH
        found = periods.years(first, first + 1)
    else:
        found = periods.year_of(first)
    return found.relative() if found else None


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
    if period is None:
        return None
    today, unit = period.relative(), hit.match["unit"].decode()
    return today if unit == "q" or hit.lean() == 1 else Narrated(0, unit, today=today)


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
    """Return «через неделю»: from today if its clause speaks of the future, else as it was told."""
    if hit.tokens.symbols[hit.match.end() : hit.match.end() + 1] == b"f":
        return None  # «через год после аварии»
    tense, is_after = hit.lean(), hit.word(hit.at("way")) == "спустя"
    if tense == 1 and not is_after:
        return _counted(hit, 1)
    return _narrated(hit, 1, is_past=True) if is_after or tense == -1 else None


def later(hit: Hit) -> Result:
    """Return «два года спустя», «годом ранее»: from the date that the text named before it."""
    way = hit.match["way"]
    is_after = hit.word(hit.at("way")) == "спустя"
    if not is_after and (way == b"j" or hit.word(hit.at("unit")) not in _BY_HOW_MUCH):
        return None
    return _narrated(hit, -1 if way == b"^" else 1, is_past=is_after, keeps_part=way == b"^")


def before_that(hit: Hit) -> Result:
    """Return «за год до этого»: from the date that the text named before it."""
    return _narrated(hit, -1)


def same_unit(hit: Hit) -> Result:
    """Return «в том же году», «в тот же день»: of the date that the text named before it."""
    return Narrated(0, hit.match["unit"].decode())


def that_unit(hit: Hit) -> Result:
    """Return «в том году», «в тот день»: as told before; not «в тот день, когда …»."""
    if hit.tokens.symbols[hit.match.end() : hit.match.end() + 1] == b",":
        following = hit.word(hit.match.end() + 1)
        if following in {"когда", "как", "в", "на"} or following.startswith("котор"):
            return None
    return Narrated(0, hit.match["unit"].decode())


def same_part_of_another_year(hit: Hit) -> Result:
    """Return «в том же месяце прошлого года»: a month or quarter of the date told before."""
    return Narrated(hit.value("rel"), "y", keeps_part=True)


def next_day(hit: Hit) -> Result:
    """Return «на следующий день»: after the date that the text named before it.

    «На следующий день после торгов» is counted from them.
    """
    is_after = hit.tokens.symbols[hit.match.end() : hit.match.end() + 1] == b"f"
    return Narrated(1, "e") if hit.value("next") == 1 and not is_after else None


def new_year(hit: Hit) -> Result:
    """Return «в новом году»: the next in its second half, this one in the first.

    «В новом учебном году» is the one that begins in this year.
    """
    if hit.word(hit.at("adjective")) != "новом":
        return None
    if hit.has("kind"):
        is_school = hit.word(hit.at("kind")).startswith("учебн")
        school = periods.years(hit.anchor.year, hit.anchor.year + 1) if is_school else None
        return school.relative() if school else None
    is_late = hit.anchor.month > _MONTHS_A_YEAR // 2
    found = periods.year_of(hit.anchor.year + is_late)
    return found.relative() if found else None


def next_year(hit: Hit) -> Result:
    """Return «на следующий год он умер»: what has happened is of the year after the one told."""
    told = hit.year_before()
    is_story = told is not None and told + hit.value("next") < hit.anchor.year
    if hit.value("next") != 1 or not is_story or hit.lean() != -1:
        return None
    verb = verb_near(hit)
    if hit.match[0][:1] == b"v" and (verb is None or (verb.part, verb.tense) != ("VERB", "past")):
        return None  # «в следующем году выделено»
    return Narrated(1, "y", is_past=True)


def _narrated(
    hit: Hit, sign: int, *, is_past: bool = False, keeps_part: bool = False
) -> Narrated | None:
    """Return so many units from the date told before."""
    unit = hit.match["unit"].decode()
    if unit == "F":
        return Narrated(sign * 6, "l", is_past)
    count = _count(hit)
    if count is None or (unit in "eG" and not hit.has("n") and hit.match[0].startswith(b"j")):
        return None  # «через день» is every other day
    if count != int(count):
        unit, count = ("l", count * 12) if unit in "yL" else (unit, 0.0)
    unit = {"L": "y", "G": "e"}.get(unit, unit)
    return Narrated(sign * int(count), unit, is_past, keeps_part) if count else None


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
