"""On what occasion something was said: «в интервью местным телеканалам», «на форуме «…»»."""

import re

from index.languages import lemmas
from index.languages.ru import readings
from index.quotes.candidate import Candidate
from index.quotes.frame import BLACK, Frame
from index.types import Span

#: Nouns for occasions on which people speak, and media they speak to.
_OCCASIONS = frozenset(
    """
    интервью встреча пресс-конференция брифинг форум конференция саммит заседание совещание беседа
    выступление обращение мероприятие переговоры визит церемония открытие слушание сессия эфир
    пресс-подход конгресс съезд митинг лекция доклад презентация круглый дебаты собрание программа
    послание разговор комментарий телеканал страница блог твиттер твит twitter facebook telegram
    выставка завтрак панель дискуссия неделя ассамблея симпозиум семинар
    """.split()
)
_START = re.compile(
    r"(?<![^\W_])(?:в\s+ходе|во\s+время|в\s+рамках|в\s+кулуарах|по\s+итогам|на\s+полях|"
    r"выступая\s+на|выступая\s+в|открывая|в|во|на)\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_MOST_WORDS = 8
_MOST_BEFORE_HEAD = 3
#: A sentence that tells its own day tells of another occasion than the one before.
_DAY = re.compile(
    r"(?i)(?<!\d)\d{1,2}\s+(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)|\d\.\d\d\.\d\d"
)

#: How far from a quote its occasion may stand.
_REACH = 700


def find_occasion(
    view: Frame, candidate: Candidate, sentences: Span, before: Span | None
) -> Span | None:
    """Return the words that name the occasion of a quote, or None.

    They stand in its sentence outside the quote, else in the last sentence of the paragraph before;
    not there if its own sentence tells a day.
    """
    places = [sentences]
    number = view.sentence_at(sentences.start)
    if number and not _DAY.search(view.masked, sentences.start, sentences.stop):
        previous = view.sentences[number - 1]
        if before is None or previous.start >= before.start:
            places.append(previous)
    for place in places:
        found = _occasion_in(view, place, candidate)
        if found is not None:
            return found
    return None


def _occasion_in(view: Frame, place: Span, candidate: Candidate) -> Span | None:
    first = max(place.start, candidate.outer.start - _REACH)
    last = min(place.stop, max(candidate.outer.stop, first) + _REACH)
    for start in _START.finditer(view.masked, first, last):
        if any(span.start <= start.start() < span.stop for span in candidate.spans):
            continue
        head = None
        stop = start.end()
        for count, word in enumerate(_WORD.finditer(view.masked, start.end(), place.stop)):
            gap = view.masked[stop : word.start()]
            if count >= _MOST_WORDS or re.search(r"[,.;:()—–]", gap) or _ends(word[0], head):
                break
            if head is None and count > _MOST_BEFORE_HEAD:
                break
            if head is None and lemmas(word[0])[0] in _OCCASIONS:
                head = word
            stop = word.end()
        if head is not None:
            return Span(start.start(), _with_marks(view.masked, stop))
    return None


def _ends(word: str, head: re.Match[str] | None) -> bool:
    """Return whether the word is no longer of the occasion's name: a verb or a new phrase."""
    tags = readings(word)[0].grammemes
    if tags & {"VERB", "GRND", "CONJ", "NPRO"}:
        return True
    if word[:1].isupper() and any(
        {"Surn", "nomn"} <= r.grammemes or {"Name", "nomn"} <= r.grammemes for r in readings(word)
    ):
        return True
    return head is not None and (
        ("PREP" in tags and word.lower() not in {"по", "с", "со"})
        or {"NOUN", "nomn", "anim"} <= tags
    )


def _with_marks(masked: str, stop: int) -> int:
    named = re.compile(rf"\s*«{BLACK}+»").match(masked, stop)
    return named.end() if named else stop
