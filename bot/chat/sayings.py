"""Questions about what somebody said: «что сказал Лисовец о порте», «кто сказал, что …».

They are answered with the speaker's quotes. A word for speaking is not enough: a speaker of the
corpus must be named, by a role if it is one speaker's alone, or «кто» asked.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.filters import read_filters, scope_of
from bot.chat.occasions import Occasion, read_occasion
from bot.chat.places import view_of
from bot.chat.quotations import select_quotes
from bot.chat.requests import Request, find_person, lemmas_of, read_request
from bot.chat.topics import Topic, share_of
from bot.context import Context
from bot.replies.filters import NO_FILTERS, Filters
from bot.store.people import list_persons
from bot.store.quotes import list_speaker_roles, list_speakers
from index.types import QuotedWords, Scope

#: The share of what a topic's words weigh that a quote's paragraphs must hold to be about it.
ABOUT_BAR = 0.6

#: With the Latin «o» that is left of a question in Latin letters.
_ABOUT = r"(?:[оo]б?|обо|про|по поводу|насч[её]т|касательно|относительно)"
_PAST = (
    "сказал говорил заявил заявлял сообщил сообщал отметил отмечал подчеркнул ответил обещал"
    " пообещал думал считал рассказал рассказывал высказал высказывал объявил упомянул добавил"
).split()
_PRESENT = "говор[ия]т|(?:заявля|сообща|отмеча|дума|счита|обеща|рассказыва|высказыва)[ею]т"
_SAID = rf"(?:(?:{'|'.join(_PAST)})[аио]?|{_PRESENT})(?:с[ья])?"
_WHAT = re.compile(
    rf"^(?:а\s+)?что\s+(?:же\s+|именно\s+)?(?P<before>.*?)\s*\b{_SAID}\b\s*(?P<after>.*)$",
    re.IGNORECASE,
)
_WORDS_OF = re.compile(
    r"^(?:слова|цитат[аыу]|высказывани[ея]|заявлени[ея]|мнение|quotes? (?:of|by|from)|words of)\s+"
    r"(?P<after>.+)$",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"^кто\s+(?:же\s+|это\s+)?{_SAID}\b,?\s*(?:(?:что|{_ABOUT})\s+|[«\"„])(.+)$"
    r"|^who\s+(?:said|says|stated|claimed)\s+(?:that\s+)?(.+)$"
    r"|^kim\s+(?:dedi|deyib|söylədi|bildirdi|deyir)\s*(?:ki)?,?\s+(.+)$",
    re.IGNORECASE,
)
_WHAT_EN = re.compile(
    r"^what\s+(?:did|does|has|have)\s+(?P<who>.+?)\s+(?:say|said|state|stated|think)"
    r"(?:\s+(?:about|on|of)\s+(?P<about>.+))?$",
    re.IGNORECASE,
)
_WHAT_AZ = re.compile(
    r"^(?P<mixed>.+?)\s+(?:(?:haqqında|barədə|barəsində)\s+)?nə\s+"
    r"(?:dedi|deyib|demişdi|söylədi|söyləyib|bildirdi|bildirib|deyir)$",
    re.IGNORECASE,
)
_WHAT_AZ_FIRST = re.compile(
    r"^(?P<who>.+?)\s+nə\s+(?:dedi|deyib|demişdi|söylədi|söyləyib|bildirdi|bildirib|deyir)\s+"
    r"(?P<about>.+?)\s+(?:haqqında|haqda|barədə|barəsində)$",
    re.IGNORECASE,
)
_BY_WORDS = re.compile(r"(?<!\w)по\s+(?:словам|мнению|утверждению|заявлению)\s+", re.IGNORECASE)
_SPLIT = re.compile(rf"(?:^|\s){_ABOUT}\s+", re.IGNORECASE)
_ENDS = ' \t\n?!.,;:«»"„“”—–-'

#: Words before a name that say who somebody is, and the name.
MOST_NAME = 5


@dataclass(frozen=True, slots=True)
class Saying:
    """What is asked: the words that name a speaker, "" for anybody, and those of the topic.

    With `is_mixed` the first hold both, in any order.
    """

    who: str
    about: str
    is_mixed: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The quotes that answer, and whose they are; without quotes there are none of his about it.

    `filters` are what they were narrowed to beside the speaker.
    """

    name: str
    quotes: Sequence[QuotedWords]
    topic: Topic | None
    filters: Filters = NO_FILTERS


async def find_said(context: Context, text: str) -> Said | None:
    """Return the quotes that a question asks for, None if it asks for none."""
    saying = read_saying(text)
    if saying is None:
        return None
    name, about = "", saying.about
    if saying.who:
        speakers = [speaker for speaker, _ in await list_speakers(context.db)]
        persons = [each.name for each in await list_persons(context.db)]
        names = list(dict.fromkeys((*speakers, *persons)))
        name, left = await asyncio.to_thread(
            find_person, saying.who, names, context.search.lexicon.people
        )
        if name and saying.is_mixed:
            about = left
        if not name and not saying.is_mixed:
            roles = await list_speaker_roles(context.db)
            name = await asyncio.to_thread(_by_role, saying.who, roles)
        if not name:
            return None
    narrowed = await read_filters(context, about)
    request = read_request(narrowed.words, view_of(context).today)
    quotes, topic = await _select(context, request, name, "" if saying.is_mixed else saying.who)
    if narrowed.filters:
        scope = await scope_of(context.db, narrowed.filters)
        quotes = [each for each in quotes if _is_within(scope, each)]
    filters = replace(narrowed.filters, period=request.period)
    if request.sector:
        filters = replace(filters, sector=request.sector)
    return Said(name, quotes, topic, filters) if name or quotes else None


async def _select(
    context: Context, request: Request, name: str, who: str
) -> tuple[list[QuotedWords], Topic | None]:
    """Return the quotes of a speaker on a topic, of an occasion if one is named beside either."""
    beside, _ = await read_occasion(context, who)
    within, words = await read_occasion(context, request.words)
    here = [each for each in (beside, within) if each]
    if here:
        ids = frozenset.intersection(*(each.quote_ids for each in here))
        there, topic = await _about(context, request, name, words, replace(here[0], quote_ids=ids))
        if there:
            return there, topic
    return await _about(context, request, name, request.words)


async def _about(
    context: Context, request: Request, name: str, words: str, occasion: Occasion | None = None
) -> tuple[list[QuotedWords], Topic | None]:
    quotes, topic = await select_quotes(context, request, name, words, occasion)
    if topic:
        quotes = [each for each in quotes if share_of(topic, each.passages) >= ABOUT_BAR]
    return quotes, topic


def _is_within(scope: Scope, quote: QuotedWords) -> bool:
    """Return whether a quote stands where it is looked for."""
    return any(
        (scope.articles is None or passage.article_id in scope.articles)
        and (scope.paragraphs is None or passage.paragraph_id in scope.paragraphs)
        for passage in quote.passages
    )


def _by_role(words: str, roles: Sequence[tuple[str, str]]) -> str:
    """Return the one speaker whose role has all the words, "" for none or more than one."""
    wanted = lemmas_of(words)
    found = {name for name, role in roles if wanted and wanted <= lemmas_of(role)}
    return found.pop() if len(found) == 1 else ""


def read_saying(text: str) -> Saying | None:
    """Return what a question asks of somebody's words, None if it asks for something else."""
    text = " ".join(text.split()).strip(_ENDS)
    if match := _WHO.match(text):
        return Saying("", next(filter(None, match.groups())).strip(_ENDS))
    if match := _WHAT_EN.match(text):
        return Saying(match["who"], match["about"] or "")
    if match := _WHAT.match(text):
        return _parted(match["before"], match["after"])
    if match := _WORDS_OF.match(text):
        return _parted("", match["after"])
    if match := _WHAT_AZ.match(text):
        return Saying(match["mixed"], "", is_mixed=True)
    if match := _WHAT_AZ_FIRST.match(text):
        return Saying(match["who"], match["about"])
    if match := _BY_WORDS.search(text):
        return _by_words(text, match)
    return None


def _parted(before: str, after: str) -> Saying | None:
    """Return who and about what, from the words around a verb: «Лисовец о порте» in any order."""
    parts = [part for part in (before, after) if part]
    who, about = [], []
    for part in parts:
        first, *rest = _SPLIT.split(part)
        who.append(first)
        about += rest
    name, topic = " ".join(filter(None, who)).strip(_ENDS), " ".join(about).strip(_ENDS)
    if name:
        return Saying(name, topic)
    return Saying(topic, "", is_mixed=True) if topic else None


def _by_words(text: str, match: re.Match[str]) -> Saying:
    """Return who is meant after «по словам»: the words up to a comma, else any of the rest."""
    before, rest = text[: match.start()], text[match.end() :]
    head, comma, tail = rest.partition(",")
    if comma and len(head.split()) <= MOST_NAME:
        return Saying(head, f"{before} {tail}".strip(_ENDS))
    return Saying(f"{rest} {before}".strip(_ENDS), "", is_mixed=True)
