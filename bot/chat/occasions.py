"""Where something was said: «на форуме о порте», «в Озёрном»: by the occasions of the quotes."""

import asyncio
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.chat.topics import Topic, find_topic
from bot.context import Context
from bot.store.quotes import list_occasions, list_quotes
from index.languages import tokenize
from index.sentences import find_sentences
from index.types import QuotedWords

_BORDER = r"(?<!\w)(?:во?|на|при|об?|обо|про|со?|по|за|in|at|during|about|of|by)\s"
_AT = re.compile(
    rf"(?<!\w)(?:во?|на|при|в\s+ходе|во\s+время|in|at|during)\s+(?:(?!{_BORDER}).)+"
    # «Davosda» is «in Davos» in Azerbaijani.
    r"|\b[a-zəğıöşüç]{3,}d[aə]\b",
    re.IGNORECASE,
)

#: Occasions of a request and words of one: nobody names more, and each is a search.
MOST_OCCASIONS, MOST_WORDS = 3, 5

#: Quotes of which it is seen whether their sentence names the occasion.
MOST_NEAR = 200


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where something was said, in the words of a request, and the quotes said there."""

    words: str
    quote_ids: frozenset[int]


async def read_occasion(context: Context, words: str) -> tuple[Occasion | None, str]:
    """Return the occasion that words name with a preposition, and the other words.

    None where no quote was said on such an occasion: then the words are about something.
    """
    told: list[str] = []
    found: frozenset[int] | None = None
    for match in list(_AT.finditer(words))[:MOST_OCCASIONS]:
        part, here = await _longest(context, match[0].split())
        both = here if found is None else here & found
        if both:
            found = both
            told.append(part)
    if found is None:
        return None, words
    rest = " ".join(words.split())
    for part in told:
        rest = rest.replace(part, " ", 1)
    return Occasion(" ".join(told), found), " ".join(rest.split())


async def _longest(context: Context, words: list[str]) -> tuple[str, frozenset[int]]:
    """Return as many of the words as name an occasion, and its quotes: who spoke may follow."""
    least = min(2, len(words))
    for count in range(min(len(words), MOST_WORDS), least - 1, -1):
        part = " ".join(words[:count]).strip(",;:")
        if here := await _said_at(context, part):
            return part, here
    return "", frozenset()


async def quotes_on_occasion(context: Context, topic: Topic) -> frozenset[int]:
    """Return the quotes whose occasion has all telling words of a topic.

    Of the articles in which these words stand: an occasion is told in the words of its article.
    """
    wanted = [word.terms for word in topic.question.words]
    if not wanted or not all(wanted):
        return frozenset()
    occasions = await list_occasions(context.db, topic.paragraph_ids)
    return await asyncio.to_thread(_having, occasions, wanted)


async def _said_at(context: Context, part: str) -> frozenset[int]:
    """Return the quotes on an occasion, and those whose sentence says so: «на верфи … сказал»."""
    preposition, _, name = part.partition(" ")
    topic = await find_topic(context, name or part)
    wanted = [word.terms for word in topic.question.words]
    near = await list_quotes(context.db, MOST_NEAR, paragraph_ids=topic.paragraph_ids)
    framed = await asyncio.to_thread(_framed, near, preposition, wanted) if name else frozenset()
    return framed | await quotes_on_occasion(context, topic)


def _framed(
    quotes: Iterable[QuotedWords], preposition: str, wanted: Collection[Collection[str]]
) -> frozenset[int]:
    places = re.compile(rf"(?<!\w){re.escape(preposition)}\s+((?:[\w-]+\s*){{1,3}})", re.IGNORECASE)
    return frozenset(
        quote.id
        for quote in quotes
        if wanted
        and any(
            all(not _lemmas(match[1]).isdisjoint(terms) for terms in wanted)
            for match in places.finditer(frame_words(quote))
        )
    )


def frame_words(quote: QuotedWords) -> str:
    """Return what the sentences that hold a quote say beside it, in its first paragraph."""
    passage = quote.passages[0]
    spans = [span.shifted(-passage.span.start) for span in quote.spans]
    told = []
    for sentence in find_sentences(passage.text):
        if any(sentence.overlaps(span) for span in spans):
            place = sentence.start
            for span in sorted(spans):
                told.append(passage.text[place : max(place, min(span.start, sentence.stop))])
                place = max(place, min(span.stop, sentence.stop))
            told.append(passage.text[place : sentence.stop])
    return " ".join(told)


def _having(
    occasions: Iterable[tuple[int, str]], wanted: Collection[Collection[str]]
) -> frozenset[int]:
    return frozenset(
        key
        for key, occasion in occasions
        if all(not _lemmas(occasion).isdisjoint(terms) for terms in wanted)
    )


@lru_cache(10_000)  # a corpus has fewer occasions than quotes, and asks for them again and again
def _lemmas(occasion: str) -> frozenset[str]:
    return frozenset(lemma for token in tokenize(occasion) for lemma in token.lemmas)
