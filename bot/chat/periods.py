"""Questions that say where to look, and the answer from there.

«хартия после 2025», «пошлины за прошлый месяц», «порт по данным Вестника».
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.chat.filters import read_filters, scope_of
from bot.chat.requests import Request, read_period
from bot.context import Context
from bot.replies.filters import NO_FILTERS, Filters
from bot.store.timeline import list_dates
from index.languages import az, en, lemmas, ru, tokenize
from index.types import Answer, DateMention, Precision, Scope, Verdict

#: Words by which a date is a condition on the article: where nothing is found, the period is named.
_CONDITION = re.compile(
    r"(?<!\w)(?:после|до|за|с|со|since|after|before|during|sonra|əvvəl)(?!\w)"
    r"|(?<!\w)(?:только|only|yalnız) \d{4}\s*$",
    re.IGNORECASE,
)

_AFTER = re.compile(r"(?<!\w)(?:после|after|sonra)(?!\w)", re.IGNORECASE)

#: A date of as many days says when something happens; a longer one only about when.
_MONTH_DAYS = 31

#: The share of what is asked of a period that a passage must have to be about it.
LEAST_ABOUT = 0.5

_MONTHS = {lemma for module in (ru, en, az) for month in module.MONTHS for lemma in lemmas(month)}

_RANKS = {Verdict.ANSWER: 2, Verdict.NEAR: 1, Verdict.NONE: 0}


#: What answers words, from articles of some days if they are given.
Find = Callable[[str, tuple[date, date] | None], Awaitable[Answer]]


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

    Where a source that may be no more than a word of the question has no answer and all articles
    have one, theirs. Where the period has none and others have, no answer, and that is said.
    """
    find = _finder(context, Scope(), as_written=as_written)
    narrowed = await read_filters(context, text)
    if is_wide:
        return await _from_everywhere(context, narrowed.words, find)
    if not narrowed.filters:
        return await _within_period(context, text, find)
    scope = await scope_of(context.db, narrowed.filters)
    within = _finder(context, scope, as_written=as_written)
    found = await _within_period(context, narrowed.words, within)
    if not narrowed.is_outright:
        wide = await _within_period(context, text, find)
        if _RANKS[found.answer.verdict] < max(_RANKS[wide.answer.verdict], 1):
            return wide
    period, is_silent = found.filters.period, found.filters.is_silent
    return replace(found, filters=replace(narrowed.filters, period=period, is_silent=is_silent))


def _finder(context: Context, scope: Scope, *, as_written: bool) -> Find:
    """Return what answers from the articles of a scope."""

    async def find(text: str, days: tuple[date, date] | None) -> Answer:
        within = replace(scope, days=days)
        return await context.search.find(text, as_written=as_written, within=within)

    return find


async def _within_period(context: Context, text: str, find: Find) -> Found:
    """Return the answer from the period that the question names, if it names one.

    A passage that names the period itself answers whenever its article came out. Where others
    answer, but none of the period, the nearest of them are there for their headings only.
    """
    today = context.services.now().date()
    request = _read(text, today)
    wide = await find(text, None)
    days = _days(request, today)
    if request.period is None or days is None or not request.words:
        return Found(wide, text)
    narrowed = await find(request.words, days)
    of_period = Found(narrowed, request.words, Filters(period=request.period))
    if narrowed.verdict is Verdict.ANSWER or _RANKS[wide.verdict] < _RANKS[narrowed.verdict]:
        return of_period
    if await _is_told(context, wide, text, request):
        return Found(wide, text)
    if narrowed.verdict is Verdict.NEAR:
        return of_period
    others = await find(request.words, None)
    if await _is_told(context, others, text, request):
        return Found(others, request.words)
    if others.verdict is Verdict.NONE:
        return of_period if _CONDITION.search(text) else Found(wide, text)
    filters = Filters(period=request.period, is_silent=True)
    return Found(replace(others, verdict=Verdict.NONE), request.words, filters)


async def _from_everywhere(context: Context, text: str, find: Find) -> Found:
    """Return the answer from all articles: to the words without a period that only narrows."""
    today = context.services.now().date()
    request, wide = _read(text, today), await find(text, None)
    if _days(request, today) is None or not request.words:
        return Found(wide, text)
    if await _is_told(context, wide, text, request):
        return Found(wide, text)
    return Found(await find(request.words, None), request.words)


async def _is_told(context: Context, answer: Answer, text: str, request: Request) -> bool:
    """Return whether the first passage of an answer names the period that a question asks of.

    By the numbers and months of the question, or by the date of an event in it. A passage that
    has little else of the question names another matter's.
    """
    first = await context.search.quote(answer, answer.hits[:1])
    if answer.verdict is Verdict.NONE or not first or request.period is None:
        return False
    passage = first[0].passage
    explained = await context.search.explain(request.words, passage.paragraph_id)
    shares = explained.shares if explained else ()
    weight = sum(share.word.weight for share in shares)
    if sum(share.word.weight for share in shares if share.share) < weight * LEAST_ABOUT:
        return False
    asked = _named(text) - _named(request.words)
    if asked and asked <= _named(passage.text):
        return True
    dates = (await list_dates(context.db, [passage.paragraph_id])).get(passage.paragraph_id, ())
    return any(_is_within(mention, request.period) for mention in dates)


def _named(text: str) -> set[str]:
    """Return the numbers and the months that a text names."""
    tokens = tokenize(text)
    numbers = {token.form for token in tokens if token.form.isdecimal()}
    return numbers | {lemma for token in tokens for lemma in token.lemmas if lemma in _MONTHS}


def _is_within(mention: DateMention, period: DateMention) -> bool:
    """Return whether a date lies in a period; one of no more than a month may reach beyond it."""
    if mention.first is None or mention.last is None:
        return False
    first, last = period.first or date.min, period.last or date.max
    if (mention.last - mention.first).days < _MONTH_DAYS:
        return mention.first <= last and first <= mention.last
    return first <= mention.first and mention.last <= last


def _read(text: str, today: date) -> Request:
    """Return the period that a question names, and its other words."""
    request = read_period(text, today)
    period = request.period
    if period and period.is_relative and period.first == period.last == today:
        # «сегодня» is no more than «теперь», unless it is «за сегодня»
        return request if _CONDITION.search(text) else Request(text)
    if period and _AFTER.search(text):
        return replace(request, period=_after(period))
    return request


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
    """Return the days of a request, if articles can have come out on some of them and not all."""
    days = request.days
    if days is None or days[0] > today:
        return None
    return None if days[0] == date.min and days[1] >= today else days
