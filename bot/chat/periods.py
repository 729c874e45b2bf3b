"""Questions that say where to look, and the answer from there.

«хартия после 2025», «пошлины за прошлый месяц», «порт по данным Вестника».
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.chat.filters import read_filters, scope_of
from bot.chat.requests import Request, read_period
from bot.context import Context
from bot.replies.filters import NO_FILTERS, Filters
from index.types import Answer, DateMention, Precision, Scope, Verdict

#: Words by which a date is a condition on the article, whatever the article says. Another date
#: («в 2024 году») may be what the question is about, so it narrows only where that gives an answer,
#: or one that is nearer.
_CONDITION = re.compile(
    r"(?<!\w)(?:после|до|за|с|со|since|after|before|during|sonra|əvvəl)(?!\w)"
    r"|(?<!\w)(?:только|only|yalnız) \d{4}\s*$",
    re.IGNORECASE,
)

_AFTER = re.compile(r"(?<!\w)(?:после|after|sonra)(?!\w)", re.IGNORECASE)

_RANKS = {Verdict.ANSWER: 2, Verdict.NEAR: 1, Verdict.NONE: 0}


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question, and what its articles were narrowed to, if they were.

    `words` are those that were looked for: what narrows is left out.
    """

    answer: Answer
    words: str
    filters: Filters = NO_FILTERS


async def find_answer_within(
    context: Context, text: str, *, as_written: bool = False, is_wide: bool = False
) -> Found:
    """Return the answer to a question from where it says to look, or from everywhere if `is_wide`.

    Where the period that it names has no answer and other articles have one, theirs; so with a
    source that may be no more than a word of the question.
    """
    narrowed = await read_filters(context, text)
    if is_wide:
        words = narrowed.words
        return Found(await context.search.find(words, as_written=as_written), words)
    if not narrowed.filters:
        return await _within_period(context, text, Scope(), as_written=as_written)
    scope = await scope_of(context.db, narrowed.filters)
    found = await _within_period(context, narrowed.words, scope, as_written=as_written)
    if not narrowed.is_outright:
        wide = await _within_period(context, text, Scope(), as_written=as_written)
        if _RANKS[found.answer.verdict] < max(_RANKS[wide.answer.verdict], 1):
            return wide
    return replace(found, filters=replace(narrowed.filters, period=found.filters.period))


async def _within_period(context: Context, text: str, scope: Scope, *, as_written: bool) -> Found:
    """Return the answer within a scope, and within the period that the question names, if any."""
    today = context.services.now().date()
    request = read_period(text, today)
    answer = await context.search.find(text, as_written=as_written, within=scope)
    if request.period and _AFTER.search(text):
        request = replace(request, period=_after(request.period))
    days = _days(request, today)
    if days is None or not request.words:
        return Found(answer, text)
    within = replace(scope, days=days)
    narrowed = await context.search.find(request.words, as_written=as_written, within=within)
    better = _RANKS[narrowed.verdict] - _RANKS[answer.verdict]
    is_condition = _CONDITION.search(text) is not None
    if narrowed.verdict is Verdict.ANSWER or better > 0 or (is_condition and better == 0):
        return Found(narrowed, request.words, Filters(period=request.period))
    return Found(answer, text)


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
