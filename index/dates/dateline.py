"""The dateline: the place and day an agency's report opens with («БАКУ, 5 января»)."""

import re
from datetime import date

from index.dates.periods import day_of
from index.dates.scan import Tokens

_DATELINE = re.compile(
    rb"(?:^|(?<=\.))(?P<place>x(?:-?x){0,2})[.,](?:(?P<day>d)(?P<month>M)|(?P<month2>M)(?P<day2>d))"
)

#: A dateline stands in the title's line or the next two: within the first tokens.
_OPENING_TOKENS = 80

#: A report appears on the day of its dateline or within these days of it.
_MOST_DAYS = 3


def dateline(tokens: Tokens, reference_day: date) -> date:
    """Return the day of the dateline if it is at most three days before, else `reference_day`."""
    for found in _DATELINE.finditer(bytes(tokens.symbols[:_OPENING_TOKENS])):
        start = tokens.starts[found.start("place")]
        if (
            tokens.text[:start].rstrip(" \t")[-1:] not in {"", "\n"}
            or not tokens.text[start].isupper()
        ):
            continue
        day, month = ("day", "month") if found["day"] else ("day2", "month2")
        day_number, month_number = (tokens.values[found.start(group)] for group in (day, month))
        for year in (reference_day.year, reference_day.year - 1):
            period = day_of(year, month_number, day_number)
            if period and period.first and 0 <= (reference_day - period.first).days <= _MOST_DAYS:
                return period.first
    return reference_day
