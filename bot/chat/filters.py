"""Questions that say where to look: «по данным Вестника», «сектор: энергетика», «Лисовец: порт».

Only what is said outright narrows: a source of the corpus after «по данным» or «из», a sector after
its word, a person before a colon.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bot.chat.requests import find_person, find_sector
from bot.context import Context
from bot.replies.filters import NO_FILTERS, Filters
from bot.store.database import Database
from bot.store.people import list_persons
from bot.store.scopes import (
    Sources,
    articles_from,
    load_sources,
    paragraphs_naming,
    paragraphs_of_sector,
)
from index.languages import tokenize
from index.sectors import Sector
from index.types import Scope, Span, Token

#: After these a source is meant, whatever else is found.
_REPORTED_BY = re.compile(
    r"(?<!\w)(?:по (?:данным|информации|сообщени(?:ю|ям)|версии)|источник:|сайт:"
    r"|according to|as reported by|source:|site:|mənbə:|sayt:)\s+",
    re.IGNORECASE,
)
#: After these a source may be meant, or a place that is called like one.
_FROM = re.compile(r"(?<!\w)(?:из|на сайте|с сайта|from|on the site)\s+", re.IGNORECASE)
#: Azerbaijani says it after the name, which takes an ending: «Kaspi qəzetinin məlumatına görə».
_REPORTED_AFTER = re.compile(r"(?<!\w)görə(?!\w)", re.IGNORECASE)
_REPORT = re.compile(r"məlumat|xəbər(?:inə|lərinə)$|qəzet|sayt|agentli|portal")
_SITE_BEFORE = re.compile(r"(?<![\w.-])((?:[\w-]+\.)+[^\W\d_]{2,})(?:-[^\W\d_]{1,3})?\s+$")

#: What may stand before the name of a source.
_MEDIUM = re.compile(
    r"(?:газет|сайт|портал|агентств|издани|журнал|телеканал|ведомств|newspaper|agency|qəzet|agentlik)",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[^\W\d_]{2,})", re.IGNORECASE)
_SECTOR = re.compile(
    r"(?<!\w)(?:(?:в|по) сектор(?:е|у):?|сектор:|(?:в )?разделе:?|раздел:?|in the sector of"
    r"|(?:in )?sector:|in section:?|section:|sahə:|bölmə:)\s+",
    re.IGNORECASE,
)
#: English says it the other way round.
_SECTOR_BEFORE = re.compile(r"\bin the (?P<name>[\w ]{2,40}?) sector\b", re.IGNORECASE)
_PERSON = re.compile(r"(?<!\w)(?:персона|человек|кто|person|who|şəxs|kim):\s+", re.IGNORECASE)
_SPEAKER = re.compile(r"^\s*(?P<who>[^\W\d_][^:?!,;«»\"\n]{1,60}):\s+(?=\S)")

#: Words of a source's or a sector's name; longer ones are named by their site.
MOST_NAME = 6

#: Places of a question where a name is looked for: nobody names more, and each costs time.
MOST_PLACES = 5

_CLOSING, _OPENING = "»\"”“'’", "«\"“„'"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A question without the words that narrow it, to what, and whether that was said outright."""

    words: str
    filters: Filters
    is_outright: bool = True


async def read_filters(context: Context, text: str) -> Narrowed:
    """Return what a question is narrowed to by source, person and sector."""
    outright = await _find_source(context, text, _REPORTED_BY) or await _find_before(context, text)
    source, span = outright or await _find_source(context, text, _FROM) or (None, Span(0, 0))
    spans = [span]
    sector, span = _find_sector(text)
    spans.append(span)
    person, span = await _find_person(context, text)
    spans.append(span)
    words = _without(text, spans)
    filters = Filters(source=source, person=person, sector=sector)
    if not any(map(str.isalnum, words)):
        return Narrowed(text, NO_FILTERS)
    return Narrowed(words, filters, is_outright=bool(outright or person or sector))


async def scope_of(db: Database, filters: Filters) -> Scope:
    """Return the articles and paragraphs that filters leave, their period left out."""
    paragraphs = []
    if filters.person:
        paragraphs.append(await paragraphs_naming(db, filters.person))
    if filters.sector:
        paragraphs.append(await paragraphs_of_sector(db, filters.sector.id))
    return Scope(
        articles=await articles_from(db, filters.source) if filters.source else None,
        paragraphs=frozenset.intersection(*paragraphs) if paragraphs else None,
    )


async def _find_source(
    context: Context, text: str, introduced: re.Pattern[str]
) -> tuple[str, Span] | None:
    """Return the source of the corpus that a question names, and the words that name it."""
    matches = list(islice(introduced.finditer(text), MOST_PLACES))
    if not matches:
        return None
    sources = await _sources(context)
    hosts = {site.removeprefix("www.").casefold(): site for site in sources.sites}
    for match in matches:
        rest = text[match.end() :]
        site = _SITE.match(rest)
        if site and (host := hosts.get(site[1].casefold())):
            return host, Span(match.start(), match.end() + site.end())
        if named := await asyncio.to_thread(_named, rest, sources.names, introduced):
            name, stop = named
            return name, Span(match.start(), match.end() + stop)
    return None


async def _find_before(context: Context, text: str) -> tuple[str, Span] | None:
    """Return the source that stands before «görə», and the words that name it."""
    match = _REPORTED_AFTER.search(text)
    if not match:
        return None
    sources, before = await _sources(context), text[: match.start()]
    hosts = {site.removeprefix("www.").casefold(): site for site in sources.sites}
    site = _SITE_BEFORE.search(before)
    if site and (host := hosts.get(site[1].removeprefix("www.").casefold())):
        return host, Span(site.start(), match.end())
    named = await asyncio.to_thread(_named_last, before, sources.names)
    return (named[0], Span(named[1], match.end())) if named else None


def _named_last(before: str, names: Sequence[str]) -> tuple[str, int] | None:
    """Return the longest known name that a text ends with, and where it begins.

    Its last word may have an ending, and words such as «newspaper» and «news» may follow it.
    """
    tokens = _whole_words(before)
    while tokens:
        found = [(len(_words(name)), name) for name in names if _is_last(tokens, _words(name))]
        if found:
            length, name = max(found)
            start = tokens[-length].span.start
            return name, len(before[:start].rstrip(_OPENING))
        if not _REPORT.match(tokens.pop().form):
            break
    return None


def _is_last(tokens: Sequence[Token], words: Sequence[frozenset[str]]) -> bool:
    """Return whether words stand last, the very last with any ending."""
    if not words or len(tokens) < len(words):
        return False
    *firsts, (token, last) = zip(tokens[-len(words) :], words, strict=True)
    are_said = all(word & {*each.lemmas, each.form} for each, word in firsts)
    return are_said and any(token.form.startswith(word) for word in last)


async def _sources(context: Context) -> Sources:
    """Return the sources of the corpus, read anew when it has changed."""
    services, version = context.services, context.search.version
    if services.sources is None or services.sources[0] != version:
        services.sources = version, await load_sources(context.db)
    return services.sources[1]


def _named(rest: str, names: Sequence[str], introduced: re.Pattern[str]) -> tuple[str, int] | None:
    """Return the longest known name that a text begins with, in any case, and where it ends.

    Where a source is meant for certain, «Вестник» is the one source that is called so at its end.
    """
    tokens = _whole_words(rest)[: MOST_NAME + 1]
    starts = (0, 1) if tokens and _MEDIUM.match(tokens[0].form) else (0,)
    found: list[tuple[int, str, int]] = []
    for start in starts:
        for name in names:
            words = _words(name)
            said = tokens[start : start + len(words)]
            pairs = zip(said, words, strict=False)
            if words and len(said) == len(words) and all(w & {*t.lemmas, t.form} for t, w in pairs):
                found.append((len(words), name, said[-1].span.stop))
    if not found and introduced is _REPORTED_BY:
        found = _named_in_short(tokens, names)
    if not found:
        return None
    _, name, stop = max(found, key=lambda each: each[0])
    return name, stop + len(rest[stop:]) - len(rest[stop:].lstrip(_CLOSING))


def _named_in_short(tokens: Sequence[Token], names: Sequence[str]) -> list[tuple[int, str, int]]:
    """Return the only source whose last word is said for its name, and where that ends.

    «Газета» and the like are no names; the word «газета» may stand before one.
    """
    for token in tokens[:2]:
        if not _MEDIUM.match(token.form):
            said = {*token.lemmas, token.form}
            known = [name for name in names if (words := _words(name)) and words[-1] & said]
            return [(1, known[0], token.span.stop)] if len(known) == 1 else []
    return []


def _find_sector(text: str) -> tuple[Sector | None, Span]:
    """Return the sector that a question asks to look in, and the words that say so."""
    for match in islice(_SECTOR_BEFORE.finditer(text), MOST_PLACES):
        if sector := find_sector(match["name"]):
            return sector, Span(*match.span())
    for match in islice(_SECTOR.finditer(text), MOST_PLACES):
        rest = text[match.end() :]
        for token in reversed(_whole_words(rest)[:MOST_NAME]):
            stop = token.span.stop
            if sector := find_sector(rest[:stop]):
                stop += len(rest[stop:]) - len(rest[stop:].lstrip(_CLOSING))
                return sector, Span(match.start(), match.end() + stop)
    return None, Span(0, 0)


async def _find_person(context: Context, text: str) -> tuple[str | None, Span]:
    """Return the person before a colon or after «персона:», and the words that name him."""
    labelled, speaker = _PERSON.search(text), _SPEAKER.match(text)
    if not (labelled or speaker):
        return None, Span(0, 0)
    names = [each.name for each in await list_persons(context.db)]
    table = context.search.lexicon.people
    if labelled:
        rest = text[labelled.end() :]
        for token in reversed(_whole_words(rest)[:MOST_NAME]):
            name, left = await asyncio.to_thread(find_person, rest[: token.span.stop], names, table)
            if name and not left:
                return name, Span(labelled.start(), labelled.end() + token.span.stop)
    if speaker:
        name, left = await asyncio.to_thread(find_person, speaker["who"], names, table)
        if name and not left:
            return name, Span(*speaker.span())
    return None, Span(0, 0)


@lru_cache(10_000)  # more sources than a corpus has
def _words(name: str) -> tuple[frozenset[str], ...]:
    """Return the words of a name as they are compared: all plausible lemmas of each."""
    return tuple(frozenset({*token.lemmas, token.form}) for token in _whole_words(name))


def _whole_words(text: str) -> list[Token]:
    """Return the words of a text, compounds whole."""
    found: list[Token] = []
    for token in tokenize(text):
        if not found or not token.span.overlaps(found[-1].span):
            found.append(token)
    return found


def _without(text: str, spans: Sequence[Span]) -> str:
    """Return a text without some of its places, and without the marks left beside them."""
    kept, position = [], 0
    for span in sorted(spans):
        kept.append(text[position : max(span.start, position)])
        position = max(position, span.stop)
    left = " ".join(" ".join((*kept, text[position:])).split())
    return left.strip(" ,;:—–-")
