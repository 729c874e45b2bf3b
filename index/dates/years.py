"""What a claim means on a day: the year it leaves out, its open end."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from index.dates.narrated import Narrated, Told, counted_from, in_told_year, limit_after
from index.dates.periods import Period, Yearless, shifted
from index.dates.rules import Claim, Open
from index.types import Precision

#: A date a few weeks on the wrong side of today, says its verb, is more likely a slip of the
#: tenses («договорились провести 15 марта») than a date eleven months away.
_SLIP_DAYS = 30

#: A limit («до 31 декабря») is to come, unless it has just run out.
_LIMIT_SLIP_DAYS = 7

#: A verb of the present speaks of a month this near ahead («форум проходит в марте»).
_NEAR_MONTHS = 3
_MONTHS_A_YEAR = 12
_MIDDLE, _END = 2, 1  # the values of «середина» and «конец» among the parts of a period


def resolved(
    found: Claim, anchor: date, tense: Callable[[], int | None], told: Told | None
) -> Period | None:
    """Return the interval a claim means, read on the day `anchor` after `told` was named."""
    when = found.when
    if isinstance(when, Narrated):
        counted = counted_from(told, when, anchor, tense)
        if counted is None:
            return None
        when = counted
    if isinstance(when, Yearless):
        spoken = tense()
        if found.is_aim and when.is_day and spoken == -1:
            spoken = None  # «согласовали на 23 сентября», «долг на 1 января составил»
        is_ahead = (found.is_aim and not when.is_day) or (found.is_limit and spoken != -1)
        slip = _LIMIT_SLIP_DAYS if found.is_limit else _SLIP_DAYS
        lean = 1 if is_ahead else spoken
        if found.is_of and lean == 1:
            lean = 0  # «за февраль выплатят» in March is of this year
        chosen = _by_story(found, when, anchor, told, spoken) if told is not None else None
        chosen = chosen or _in_likely_year(when, anchor, lean, slip)
        chosen = chosen and _on_its_weekday(chosen, when, anchor)
        if chosen is None:
            return None
        when = replace(chosen, is_relative=True)
    opened = _opened(when, found, anchor)
    if opened.first is None and opened.last is None:
        return None  # «до» the first day of the calendar
    # «В конце года» is vague, «до конца года» is not: that is its last day.
    is_vague = found.part is not None and not (opened.first is None and found.part == _END)
    is_approximate = found.is_approximate or when.is_approximate or is_vague
    return replace(opened, is_approximate=is_approximate)


def _by_story(
    found: Claim, when: Yearless, anchor: date, told: Told, spoken: int | None
) -> Period | None:
    """Return the period by the date named before it, if that decides."""
    if found.is_limit and when.is_day and (limit := limit_after(when, told, anchor)):
        return limit
    return in_told_year(when, told, anchor, spoken)


def _on_its_weekday(chosen: Period, when: Yearless, anchor: date) -> Period:
    """Return the period, or that of the year nearest to it in which it falls on its weekday.

    Not farther than the years around the day of the text: else the weekday is a slip.
    """
    if when.weekday is None or chosen.first is None or chosen.first.weekday() == when.weekday:
        return chosen
    for year in (anchor.year, anchor.year + 1, anchor.year - 1):
        found = when.make(year)
        if found and found.first and found.first.weekday() == when.weekday:
            return found
    return chosen


def _opened(when: Period, found: Claim, anchor: date) -> Period:
    """Return the period with the open end its preposition gives it."""
    first, last = when.first, when.last
    if found.open is Open.FROM:
        return replace(when, last=None)
    if found.open is Open.NO or first is None or last is None:
        return when
    if found.part == _MIDDLE and when.precision is Precision.YEAR:
        last = date(first.year, 6, 30)
    elif found.part == _MIDDLE and when.precision is Precision.DECADE:
        last = date(first.year + 5, 12, 31)
    elif found.part == _MIDDLE and when.precision is Precision.CENTURY:
        last = date(first.year + 49, 12, 31)
    elif found.part == _MIDDLE and when.precision is Precision.MONTH:
        last = date(first.year, first.month, 15)
    elif found.part == 0:
        last = first if found.open is Open.BY else shifted(first, -1)
    elif found.open is Open.TILL and found.part is None and not _is_inside(when, last, anchor):
        last = shifted(first, -1)
    return replace(when, first=None, last=last)


def _is_inside(when: Period, last: date, anchor: date) -> bool:
    """Return whether «до» includes the period: a day, and the year at which a plan ends."""
    if when.precision in {Precision.DAY, Precision.WEEK, Precision.RANGE}:
        return True
    is_named = not when.is_relative  # «до следующего года» is until it begins
    is_long = when.precision in {Precision.YEAR, Precision.DECADE}
    return is_long and is_named and last.year > anchor.year


def _in_likely_year(
    when: Yearless, anchor: date, tense: int | None, slip_days: int
) -> Period | None:
    """Return the period in the year that a reader on the day `anchor` takes it for."""
    near = [when.make(year) for year in (anchor.year - 1, anchor.year, anchor.year + 1)]
    known = [found for found in near if found is not None and found.first and found.last]
    if not known:
        return next((found for by in range(2, 5) if (found := when.make(anchor.year - by))), None)
    if when.is_day:
        return _likely_day(known, anchor, tense, slip_days)
    return _likely_months(known, anchor, tense)


def _likely_day(known: Sequence[Period], anchor: date, tense: int | None, slip_days: int) -> Period:
    """Return the nearest; on the side its verb speaks of, if it is far on the other."""

    def ahead(found: Period) -> int:
        return ((found.first or anchor) - anchor).days

    nearest = min(known, key=lambda found: (abs(ahead(found)), ahead(found)))
    if tense and ahead(nearest) * tense < -slip_days:
        right = [found for found in known if ahead(found) * tense >= 0]
        return min(right, key=lambda found: abs(ahead(found)), default=nearest)
    return nearest


def _likely_months(known: Sequence[Period], anchor: date, tense: int | None) -> Period:
    """Return the last that has begun; the next that has not ended when its verb says so."""
    begun = [found for found in known if _has_begun(found, anchor, tense)]
    coming = [found for found in known if found.last and found.last >= anchor]
    if coming and (tense == 1 or (tense == 0 and _months_ahead(coming[0], anchor) <= _NEAR_MONTHS)):
        return coming[0]
    return begun[-1] if begun else known[0]


def _has_begun(found: Period, anchor: date, tense: int | None) -> bool:
    """Return whether the period has begun; of a range («в январе–ноябре») its last month.

    What happened in a quarter or half-year did so in one that is half over («за полугодие»).
    """
    first, last = found.first, found.last
    if first is None or last is None:
        return False
    if found.precision in {Precision.QUARTER, Precision.HALF} and tense == -1:
        return first + (last - first) / 2 <= anchor
    return (last.replace(day=1) if found.precision is Precision.RANGE else first) <= anchor


def _months_ahead(found: Period, anchor: date) -> int:
    first = found.first or anchor
    return (first.year - anchor.year) * _MONTHS_A_YEAR + first.month - anchor.month
