"""Questions that name a period: «хартия после 2025», «пошлины за прошлый месяц»."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.chat.requests import Request, read_request
from bot.context import Context
from index.types import Answer, DateMention, Precision, Verdict

#: Words by which a date is a condition on the article, whatever the article says. Another date
#: («в 2024 году») may be what the question is about, so it narrows only where that gives an answer.
_CONDITION = re.compile(
    r"(?<!\w)(?:после|до|за|с|со|since|after|before|during|sonra|əvvəl)(?!\w)", re.IGNORECASE
)

_AFTER = re.compile(r"(?<!\w)(?:после|after|sonra)(?!\w)", re.IGNORECASE)

_RANKS = {Verdict.ANSWER: 2, Verdict.NEAR: 1, Verdict.NONE: 0}


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question, and the period that its articles were narrowed to, if they were."""

    answer: Answer
    period: DateMention | None = None


async def find_answer_within(context: Context, text: str, *, as_written: bool = False) -> Found:
    """Return the answer to a question from the articles of the period that it names.

    Where that period has no answer and all articles have one, theirs.
    """
    today = context.services.now().date()
    request = read_request(text, today)
    answer = await context.search.find(text, as_written=as_written)
    if request.period and _AFTER.search(text):
        request = replace(request, period=_after(request.period))
    days = _days(request, today)
    if days is None or not request.words:
        return Found(answer)
    narrowed = await context.search.find(request.words, as_written=as_written, days=days)
    better = _RANKS[narrowed.verdict] - _RANKS[answer.verdict]
    is_condition = _CONDITION.search(text) is not None
    if narrowed.verdict is Verdict.ANSWER or (is_condition and better >= 0):
        return Found(narrowed, request.period)
    return Found(answer)


def _after(period: DateMention) -> DateMention:
    """Return the period that begins when what was named is over: after 2025 is from 2026 on."""
    first = period.first
    if first is None or period.last is not None:
        return period
    match period.precision:
        case Precision.YEAR:
            first = date(first.year + 1, 1, 1)
        case Precision.MONTH:
            first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        case Precision.DAY:
            first += timedelta(days=1)
    return replace(period, first=first)


def _days(request: Request, today: date) -> tuple[date, date] | None:
    """Return the days of a request, if articles can have come out on some of them."""
    days = request.days
    return days if days and days[0] <= today else None
