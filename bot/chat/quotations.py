"""The quotes that a request asks for: of a speaker, about a topic, on an occasion, of some days."""

import asyncio
import re
from dataclasses import dataclass, replace

from bot.chat.occasions import Occasion, quotes_on_occasion, read_occasion
from bot.chat.requests import Request, find_person
from bot.chat.topics import Topic, about, find_topic
from bot.context import Context
from bot.replies.quotes import Understood
from bot.store.quotes import list_quotes, list_speakers
from index.types import QuotedWords

#: Quotes of one list: more than anybody pages through.
MOST_QUOTES = 200

#: What is left in front of a topic when its speaker is taken out.
_LEADING = re.compile(r"^(?:об?|обо|про|about|on)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """Quotes, the newest first, the topic they are about, and how the request was understood."""

    quotes: list[QuotedWords]
    topic: Topic | None
    understood: Understood


async def find_quotes(context: Context, request: Request) -> Found:
    """Return the quotes that are asked for, newest first, and how the request was understood.

    What reads as an occasion («в Давосе») is one if that leaves any quotes, else part of the topic.
    """
    occasion, words = await read_occasion(context, request.words)
    found = await _find_said(context, request, words, occasion)
    if occasion and not found.quotes:
        return await _find_said(context, request, request.words, None)
    return found


async def _find_said(
    context: Context, request: Request, words: str, occasion: Occasion | None
) -> Found:
    speakers = [name for name, _ in await list_speakers(context.db)]
    name, words = await asyncio.to_thread(
        find_person, words, speakers, context.search.lexicon.people
    )
    words = _LEADING.sub("", words)
    quotes, topic = await select_quotes(context, request, name, words, occasion)
    where = occasion.words if occasion else ""
    return Found(quotes, topic, Understood(name, words, where, request.period, request.sector))


async def elsewhere_lines(context: Context, request: Request) -> list[str]:
    """Return a line that says how many such quotes there are at other times, if there are any."""
    if request.period is None:
        return []
    others = (await find_quotes(context, replace(request, period=None))).quotes
    if not others:
        return []
    locale = context.locale
    count = locale.count("{n} quote", "{n} quotes", len(others))
    days = dict.fromkeys(locale.day(each.day) for each in (others[-1], others[0]))
    return [locale.text("At other times: {events}, {dates}.", events=count, dates=" … ".join(days))]


async def select_quotes(
    context: Context,
    request: Request,
    speaker: str,
    words: str,
    occasion: Occasion | None = None,
) -> tuple[list[QuotedWords], Topic | None]:
    """Return the quotes of a speaker, "" for all, about the topic that words name, newest first.

    Of the period and the sector of the request, on an occasion if one is given; the occasion of a
    quote tells what it is about too.
    Fragments are among them only where there is nothing else.
    """
    topic = await find_topic(context, words) if words else None
    told = await quotes_on_occasion(context, topic) if topic else ()
    for is_whole in (True, False):
        quotes = await list_quotes(
            context.db,
            MOST_QUOTES,
            speaker=speaker or None,
            paragraph_ids=topic.paragraph_ids if topic else None,
            or_ids=told,
            among=occasion.quote_ids if occasion else None,
            sector=request.sector.id if request.sector else None,
            period=request.days,
            is_whole=is_whole,
        )
        if topic:
            quotes = about(topic, quotes, lambda each: each.passages, _occasion_of)
        if quotes:
            return quotes, topic
    return [], topic


def _occasion_of(quote: QuotedWords) -> str:
    return quote.occasion or ""
