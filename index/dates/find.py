"""Dates as texts name them: «в декабре минувшего года», «9–10 февраля», «до конца 2026 года».

Text in, intervals of days out. The rules of a language are in its module; docs/dates.md lists them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial

from index.dates.dateline import dateline
from index.dates.joining import joined
from index.dates.languages import GRAMMARS, RULES
from index.dates.periods import Yearless
from index.dates.rules import Claim, Grammar, Hit, claim, lean
from index.dates.scan import Tokens, scan
from index.dates.story import Story
from index.dates.years import resolved
from index.types import DateMention, Language, Span, SpeechDay

#: How far back the opening mark of a quote is looked for: a long quote of several paragraphs.
_QUOTE_CHARS = 3_000

#: How far from a date a word like «обычно» makes it a custom, in tokens.
_CUSTOM_REACH = 40


def find_dates(
    text: str,
    reference_day: date,
    language: Language,
    speech_days: Sequence[SpeechDay] = (),
) -> tuple[DateMention, ...]:
    """Return the calendar dates named in `text`, in text order, without overlaps.

    Spans are half-open, in code points: `text[m.span.start:m.span.stop]` is the mention itself.
    Each mention is an interval of days, inclusive at both ends; an open end is None («с 8 мая»).
    Days that no calendar has (31 июня) are skipped, not repaired. Relative dates count from
    `reference_day`, or from the day of the dateline if the text opens with one up to three days
    earlier; inside one of `speech_days`, ordered and apart, from its day. Takes time linear in the
    length of `text`.

    Never raises: any string is valid input, an empty one gives an empty tuple.

    Source: the rules in docs/dates.md, in their order; interval semantics of ISO 8601-2:2019, 4.
    """
    grammar = GRAMMARS[language]
    tokens = scan(text, grammar.words, grammar.ordinal)
    grammar.prepare(tokens)
    anchors = _Anchors(dateline(tokens, reference_day), speech_days)

    def hit(match: re.Match[bytes]) -> Hit:
        start = tokens.starts[match.start()]
        return Hit(
            tokens, match, anchors.at(start), grammar, lambda: _is_quoted(text, start, anchors)
        )

    claims = joined(claim(RULES[language], hit, tokens), tokens, grammar)
    return tuple(_mentions(claims, tokens, grammar, anchors))


class _Anchors:
    """The day that relative dates count from, by position."""

    def __init__(self, day: date, speech_days: Sequence[SpeechDay]) -> None:
        self._day = day
        self._speeches = sorted(speech_days, key=lambda speech: speech.span)
        self._starts = [speech.span.start for speech in self._speeches]

    def at(self, position: int) -> date:
        """Return the day of speech there, or the day of the text."""
        speech = self.speech_at(position)
        return speech.day if speech else self._day

    def speech_at(self, position: int) -> SpeechDay | None:
        """Return the speech that holds the position."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and position < self._speeches[index].span.stop:
            return self._speeches[index]
        return None


def _is_quoted(text: str, position: int, anchors: _Anchors) -> bool:
    """Return whether the position is inside a quote: one that is given, or one just opened."""
    if anchors.speech_at(position):
        return True
    floor = max(0, position - _QUOTE_CHARS)
    for opening, closing in ("«»", "“”"):
        if text.rfind(opening, floor, position) > text.rfind(closing, floor, position):
            return True
    line = max(floor, text.rfind("\n", floor, position))
    return text.count('"', line, position) % 2 == 1


def _mentions(
    claims: Iterable[Claim], tokens: Tokens, grammar: Grammar, anchors: _Anchors
) -> Iterator[DateMention]:
    story = Story(tokens)
    has_customs = _tells_customs(tokens.text, grammar.recurring)
    for found in claims:
        start, stop = tokens.starts[found.first], tokens.stops[found.last]
        tense = partial(lean, tokens, found.first, found.last, grammar, is_limit=found.is_limit)
        is_custom = (
            has_customs
            and isinstance(found.when, Yearless)
            and _is_custom(found, tokens, grammar)
            and tense() != 1
        )
        if is_custom:
            continue
        before = story.before(found.first, found.last, found.when)
        period = resolved(found, anchors.at(start), tense, before)
        if period is not None:
            story.add(found.first, found.last, period)
            yield DateMention(
                Span(start, stop),
                period.first,
                period.last,
                period.precision,
                is_approximate=period.is_approximate,
                is_relative=period.is_relative,
            )


def _tells_customs(text: str, recurring: frozenset[str]) -> bool:
    """Return whether a word like «обычно» is anywhere in the text: most have none."""
    return _any_of(recurring).search(text) is not None


@cache
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words)) or r"(?!)", re.IGNORECASE)


def _is_custom(found: Claim, tokens: Tokens, grammar: Grammar) -> bool:
    """Return whether the sentence tells what is done each year: «ежегодно», «как правило»."""
    for step, start, border in ((-1, found.first - 1, -1), (1, found.last + 1, len(tokens.starts))):
        for index in range(start, border, step)[:_CUSTOM_REACH]:
            symbol = tokens.symbols[index : index + 1]
            if symbol == b".":
                break
            if symbol == b"x" and tokens.word(index) in grammar.recurring:
                return True
    return False
