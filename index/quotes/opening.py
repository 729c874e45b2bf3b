"""Quotes that open their sentence, alone or with the author behind them: «…», — сказал X."""

import re

from index.languages import lemmas
from index.people.roles import head_cases
from index.quotes.candidate import REACH, Candidate, Side
from index.quotes.content import (
    DASH,
    has_predicate,
    is_sentence,
    words_of,
)
from index.quotes.frame import Frame
from index.quotes.marks import Marked
from index.speech import (
    ACCORDING,
    UTTERANCES,
    is_finite,
    is_relaying,
    is_saying,
)
from index.types import QuoteKind, Span

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
#: «— Имя, должность» is no longer than this.
_MOST_SIGNATURE = 200
_AFTER_DASH = re.compile(rf"\s*(?P<point>[!?…,.]*)\s*{DASH}+\s*(?=[^\W\d_]|[«\"„“])")
_AFTER_COMMA = re.compile(r"\s*,\s*(?=[^\W\d_])")
NOTHING_AFTER = re.compile(r"[\s.!?…;,)\]]*$")
ACCORDING_TO = re.compile(
    r"(?:^|[\s,(«])(?:по|из)\s+(?:е(?:го|ё|е)\s+|их\s+|собственн\w+\s+)?(?P<noun>[а-яё]+)",
    re.IGNORECASE,
)
_NEXT_LINE = re.compile(rf"\s*(?:{DASH}+\s*|\()(?=[А-ЯЁA-ZƏİ])")
_AGAIN = re.compile(rf"[,:]\s*{DASH}?\s*[«\"„“]")
_BRACKET = re.compile(rf"\s*[.!?…]?\s*(?:\(|{DASH}\s*)(?=[А-ЯЁA-Z])")
_SIGNED = re.compile(r"\s*[.!?…]?\s*\((?=[А-ЯЁA-Z][^()]{3,150}\))")
_SAID = re.compile(rf"[,\s]*{DASH}*\s*(?=[а-яё])")


def find_opening(frame: Frame, marked: Marked, after: Span) -> Candidate | None:
    """Return what opens its sentence as a quote, when `after` or the next line says so."""
    text, right = frame.text, frame.masked[after.start : after.stop]
    dash = _AFTER_DASH.match(right)
    if dash and _attributes(frame, marked, right, dash):
        clause = Span(
            after.start + dash.end(), _cut_at_marks(frame, after.start + dash.end(), after.stop)
        )
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, clause, Side.AFTER)
    comma = _AFTER_COMMA.match(right)
    if comma and _comma_attributes(right[comma.end() :]):
        clause = Span(after.start + comma.end(), after.stop)
        is_whole = not text[marked.spans[0].start].islower()
        kind = QuoteKind.DIRECT if is_whole else QuoteKind.INTEGRATED
        if len(words_of(text, marked.spans)) >= 3 or is_saying(first_word(right[comma.end() :])):
            return Candidate(marked.spans, marked.outer, kind, clause, Side.AFTER)
    if NOTHING_AFTER.match(right) or _SIGNED.match(right):
        return _alone(frame, marked)
    return None


def _attributes(frame: Frame, marked: Marked, right: str, dash: re.Match[str]) -> bool:
    """Return whether the words after a dash are an attribution, not a second half of a sentence."""
    words = [w[0] for w in _WORD.finditer(right, dash.end())][:5]
    if not words:
        return False
    inside = frame.text[marked.outer.stop - 2]
    is_pointed = bool(dash["point"]) or inside in ",!?…."
    if any(is_saying(w) or is_relaying(w) for w in words[:3]):
        return is_pointed or len(words_of(frame.text, marked.spans)) >= 3
    if is_according(right[dash.end() :]):
        return True
    if not is_pointed:
        return words[0].lower() in _SUCH and _points_back(frame, marked, right[dash.end() :])
    if is_finite(words[0]) or (len(words) > 1 and words[0].lower() in {"так", "тут", "не"}):
        return True
    if "," in dash["point"] and any(is_finite(w) and w.islower() for w in words):
        return True  # «…», — под смех зала завершила она
    first = right[dash.end() : dash.end() + 1]
    if inside in "!?…" and "nomn" in head_cases(words[0]):
        return True  # «Мы победили!» — капитан команды плакал
    return (
        (first.isupper() and is_sentence(frame.text, marked.spans))
        or any(lemmas(w)[0] in UTTERANCES for w in words[:3])
        or any(is_saying(w) for w in words)
    )


#: «…» — таков был ответ Ветрова; «…» — так он описал план; «…» — эту фразу Ветрова помнят.
_SUCH = frozenset("так таков такова таковы эту эти этими такими это".split())


def _points_back(frame: Frame, marked: Marked, right: str) -> bool:
    """Return whether words that point back at a sentence say that somebody says it."""
    words = [w[0] for w in _WORD.finditer(right)][:6]
    tells = any(is_saying(w) or lemmas(w)[0] in UTTERANCES for w in words)
    return tells and is_sentence(frame.text, marked.spans)


def _comma_attributes(right: str) -> bool:
    """Return whether «…», is followed by «говорится в …», «как сказал X» or «по словам X»."""
    words = [w[0] for w in _WORD.finditer(right)][:6]
    if not words:
        return False
    if is_saying(words[0]) or is_according(right):
        return True
    return words[0].lower() == "как" and any(is_saying(w) for w in words[1:5])


def is_according(right: str) -> bool:
    """Return whether «по словам X» begins here."""
    found = ACCORDING_TO.match(right)
    return found is not None and any(lemma in ACCORDING for lemma in lemmas(found["noun"]))


def first_word(text: str) -> str:
    """Return the first word of a text, "" if it has none."""
    found = _WORD.search(text)
    return found[0] if found else ""


def _cut_at_marks(frame: Frame, start: int, stop: int) -> int:
    """Return the end of the clause before «, — «…» takes the quote up again."""
    again = _AGAIN.search(frame.masked, start, stop)
    return again.start() if again else stop


def _alone(frame: Frame, marked: Marked) -> Candidate | None:
    """Return a quote that is a sentence of its own; the next line may say whose it is."""
    if not is_sentence(frame.text, marked.spans):
        return None
    clause = _next_line(frame, marked)
    if clause is not None:
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, clause, Side.NEXT_LINE)
    number = frame.sentence_at(marked.outer.start)
    before = frame.sentences[number - 1] if number else None
    if before is not None and frame.text[before.stop - 1] == ":":
        intro = Span(max(before.start, before.stop - REACH), before.stop)
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, intro, Side.BEFORE)
    clause = _next_sentence(frame, marked)
    if clause is not None:
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, clause, Side.AFTER)
    words = words_of(frame.text, marked.spans)
    if len(words) < 5 or not has_predicate(words):
        return None
    return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, None, Side.NOWHERE)


def _next_sentence(frame: Frame, marked: Marked) -> Span | None:
    """Return the sentence «Так прокомментировал решение Олег Ветров.» after a quote, or None."""
    number = frame.sentence_at(marked.outer.start) + 1
    line = frame.lines[frame.line_at(marked.outer.start)]
    if number >= len(frame.sentences) or frame.sentences[number].start >= line.stop:
        return None
    sentence = frame.sentences[number]
    span = Span(sentence.start, min(sentence.stop, sentence.start + REACH))
    words = [m[0] for m in _WORD.finditer(frame.masked, span.start, span.stop)][:6]
    if not words or words[0].lower() not in _POINTING:
        return None
    return span if any(is_saying(word) for word in words[1:]) else None


#: What points back at a quote: «Так ответил министр», «С такими словами обратился», «Об этом».
_POINTING = frozenset("так такими таким такое такой этими эти об с".split())


def _next_line(frame: Frame, marked: Marked) -> Span | None:
    """Return «Имя, должность» of the next line «— Имя, должность», or of brackets."""
    at = frame.line_at(marked.outer.start)
    stop = frame.lines[at].stop
    bracket = _BRACKET.match(frame.masked, marked.outer.stop)
    if bracket and bracket.end() < stop <= bracket.end() + _MOST_SIGNATURE:
        return Span(bracket.end(), stop)
    if at + 1 >= len(frame.lines):
        return None
    following = frame.lines[at + 1]
    said = _SAID.match(frame.masked, following.start, following.stop)
    if said and is_saying(first_word(frame.masked[said.end() : said.end() + 30])):
        return Span(said.end(), _first_sentence_stop(frame, following))
    dash = _NEXT_LINE.match(frame.masked, following.start, following.stop)
    if (
        dash is None
        or following.stop - following.start > _MOST_SIGNATURE
        or "«" in following.of(frame.text)[:2]
    ):
        return None
    line = Span(dash.end(), following.stop)
    words = [w[0] for w in _WORD.finditer(frame.masked, line.start, line.stop)]
    is_titled = len(words) >= 2 and not any(is_finite(w) and w.islower() for w in words[:6])
    return line if is_titled and frame.text[following.stop - 1] not in "!?" else None


def _first_sentence_stop(frame: Frame, line: Span) -> int:
    return min(frame.sentences[frame.sentence_at(line.start)].stop, line.start + REACH)
