"""Days listed before or after their month: «5, 7–9 и 12 апреля», «April 5, 7 and 12»."""

from index.dates import periods
from index.dates.periods import Period, Yearless
from index.dates.rules import Claim, Hit, Kind, Result

_DAYS = frozenset(b"do")
_DAYS_A_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def listed_days(hit: Hit) -> Result:
    """Return each day of the group `list`, or span of days, by itself; two in a row as a span."""
    symbols, values, month = hit.tokens.symbols, hit.tokens.values, hit.value("month")
    numbers = [at for at in range(*hit.match.span("list")) if symbols[at] in _DAYS]
    named = [values[at] for at in numbers]
    if named != sorted(set(named)) or named[-1] > _DAYS_A_MONTH[month - 1]:
        return None
    if len(named) == 2 and named[1] == named[0] + 1:
        return _days(hit, month, *named)
    claims: list[Claim] = []
    before, after = hit.match.start(), hit.match.end() - 1
    while numbers:
        start = stop = numbers.pop(0)
        if numbers and symbols[start + 1] == ord("-"):
            stop = numbers.pop(0)
        when = _days(hit, month, values[start], values[stop])
        if isinstance(when, Period | Yearless):
            first = start if claims else min(before, start)
            claims.append(Claim(first, stop if numbers else max(after, stop), when, Kind.DAY))
    return claims


def _days(hit: Hit, month: int, first: int, last: int) -> Result:
    if first == last:
        return hit.in_year(lambda year: periods.day_of(year, month, first), is_day=True)
    return hit.in_year(lambda year: periods.days(year, month, first, last), is_day=True)
