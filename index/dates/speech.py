"""The day on which a quote was said: in its own sentence, or where its occasion was told.

Relative dates inside a quote count from this day («в следующем месяце»).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.dates.find import find_dates
from index.sentences import find_sentences
from index.types import DateMention, Language, Precision, Span, SpeechDay

#: Words of an occasion on which people speak; a date without one is the date of something else.
_OCCASION = re.compile(
    r"(?i)\b(?:сказа|заяв|отмет|подчеркн|сообщ|говор|обрати|выступ|интервью|пресс-конф|брифинг|встреч"
    r"|совещани|заседани|форум|саммит|конференц|послани|обращени|реч[ьи]|мероприяти|переговор|коммент"
    r"|рассказ|написа|поясн|объяв|отвеча|ответи|митинг|беседе|said|told|interview|speech|speaking"
    r"|conference|forum|summit|address|briefing|meeting|statement|wrote"
    r"|dedi|deyib|bildir|müsahib|çıxış|görüş|forum|brifinq|konfrans|iclas)"
)

#: «Говорят, что груз пришёл в пятницу»: the day of what was said, not of the saying.
_SAID = re.compile(r"(?i), (?:что|будто|that|ki)\b")

#: «соглашение от 8 августа»: the date of a document, not of the words.
_OF_A_DOCUMENT = re.compile(r"(?i)от\b|dated\b")


def find_speech_days(
    text: str,
    quotes: Sequence[Sequence[Span]],
    reference_day: date,
    language: Language,
    dates: Sequence[DateMention] | None = None,
) -> tuple[SpeechDay, ...]:
    """Return the day each quote was said on, one for each of its spans, in text order.

    `dates` are those of the text read on `reference_day`, if found already.

    A quote is the spans of its words, in order. Its day is looked for outside all quotes: in the
    sentence that quotes it, then where an occasion is told earlier in its paragraph or in the
    paragraph before; `is_stated` unless another quote stands between the two in a paragraph before.
    Else it is that of a quote just before it. A quote with none of these has no entry, and counts
    from the day of the text.
    """
    if not quotes:
        return ()
    if dates is None:
        dates = find_dates(text, reference_day, language)
    days = _SpokenDays(text, quotes, reference_day, dates)
    found: list[SpeechDay] = []
    for quote in sorted((list(spans) for spans in quotes if spans), key=lambda spans: spans[0]):
        day = days.stated(quote)
        if day is not None:
            found.extend(SpeechDay(span, day) for span in quote)
            continue
        start, before = quote[0].start, found[-1] if found else None
        told = days.told(start)
        if told is not None:
            is_own = (
                before is None
                or before.span.start < told.position
                or days.is_same_line(told.position, start)
            )
            found.extend(SpeechDay(span, told.day, is_stated=is_own) for span in quote)
        elif before is not None and days.is_near(before.span.stop, start):
            found.extend(SpeechDay(span, before.day, is_stated=False) for span in quote)
    return tuple(sorted(found, key=lambda speech: speech.span))


@dataclass(frozen=True, slots=True)
class _Told:
    """A day, and where the sentence that tells it begins."""

    day: date
    position: int


class _SpokenDays:
    """The days a text names outside its quotes, and its sentences and paragraphs."""

    def __init__(
        self,
        text: str,
        quotes: Sequence[Sequence[Span]],
        reference_day: date,
        dates: Sequence[DateMention],
    ) -> None:
        spans = sorted(span for quote in quotes for span in quote)
        starts = [span.start for span in spans]

        def is_quoted(position: int) -> bool:
            index = bisect_right(starts, position) - 1
            return index >= 0 and position < spans[index].stop

        self._text = text
        self._days = [
            mention
            for mention in dates
            if _is_past_day(mention, reference_day)
            and not _OF_A_DOCUMENT.match(mention.span.of(text))
            and not is_quoted(mention.span.start)
        ]
        self._day_starts = [mention.span.start for mention in self._days]
        self._sentences = find_sentences(text) if self._days else ()
        self._sentence_starts = [sentence.start for sentence in self._sentences]

    def stated(self, quote: Sequence[Span]) -> date | None:
        """Return the last day named in the sentences that hold the ends of the quote."""
        first = self._sentence_at(quote[0].start)
        last = self._sentence_at(quote[-1].stop)
        if first is None or last is None:
            return None
        return next(self._days_between(first.start, last.stop), None)

    def told(self, start: int) -> "_Told | None":
        """Return the day of the occasion told last before `start`, at most a paragraph back."""
        line = self._text.rfind("\n", 0, start)
        before = line
        while before > 0 and not self._text[self._text.rfind("\n", 0, before) + 1 : before].strip():
            before = self._text.rfind("\n", 0, before)  # empty lines between paragraphs
        floor = self._text.rfind("\n", 0, max(0, before)) + 1 if before > 0 else 0
        for mention, sentence in self._told_between(floor, start):
            words = self._text[sentence.start : mention.span.start]
            is_occasion = _OCCASION.search(sentence.of(self._text)) and not _SAID.search(words)
            if is_occasion and mention.first is not None:
                return _Told(mention.first, sentence.start)
        return None

    def is_same_line(self, position: int, start: int) -> bool:
        """Return whether no line ends between the two."""
        return self._text.find("\n", position, start) < 0

    def is_near(self, stop: int, start: int) -> bool:
        """Return whether at most one paragraph ends between two quotes."""
        return self._text.count("\n", stop, start) <= 2  # two with an empty line between them

    def _told_between(self, start: int, stop: int) -> Iterator[tuple[DateMention, Span]]:
        index = bisect_right(self._day_starts, stop) - 1
        while index >= 0 and self._day_starts[index] >= start:
            mention = self._days[index]
            sentence = self._sentence_at(mention.span.start)
            if sentence is not None and mention.first is not None:
                yield mention, sentence
            index -= 1

    def _days_between(self, start: int, stop: int) -> Iterator[date]:
        told = (mention.first for mention, _ in self._told_between(start, stop - 1))
        return (day for day in told if day is not None)

    def _sentence_at(self, position: int) -> Span | None:
        index = bisect_right(self._sentence_starts, position) - 1
        return self._sentences[index] if index >= 0 else None


def _is_past_day(mention: DateMention, reference_day: date) -> bool:
    return (
        mention.precision is Precision.DAY
        and mention.first is not None
        and mention.first == mention.last
        and mention.first <= reference_day
        and not mention.is_approximate
    )
