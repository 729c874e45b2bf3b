"""Which words in marks are somebody's words, and where the author says whose.

Ordered rules on what stands before and after the marks; the first that holds decides. Titles,
names, scare quotes and charges meet none of them.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import name_form, role_readings
from index.quotes.content import (
    DASH,
    has_end,
    has_predicate,
    is_clause,
    is_sentence,
    without_author,
    words_of,
)
from index.quotes.frame import BLACK, Frame
from index.quotes.marks import Marked
from index.speech import (
    ACCORDING,
    UTTERANCES,
    is_finite,
    is_relaying,
    is_saying,
    is_saying_gerund,
)
from index.types import QuoteKind, Span


class Side(Enum):
    """Where the author's words about a quote stand."""

    AFTER = auto()
    BEFORE = auto()
    INSIDE = auto()
    NEXT_LINE = auto()
    LABEL = auto()  # «О. Ветров: …»: the clause is the label, and nobody else speaks
    INTERVIEW = auto()  # the clause introduces whoever answers; a question has none
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody's words, and the clause of the author about them."""

    spans: tuple[Span, ...]
    outer: Span
    kind: QuoteKind
    clause: Span | None
    side: Side


#: How far the author's words about a quote are looked for; a hostile sentence has no end.
_REACH = 700

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
#: «— Имя, должность» is no longer than this.
_MOST_SIGNATURE = 200

#: «Он сказал, что «дорога очень нужна»»: fewer words are a name or a fragment.
_CLAUSE_WORDS = 3
#: Some words in marks after a verb of saying: fewer, without a predicate, are scare quotes.
_FRAGMENT_WORDS = 4

_AFTER_DASH = re.compile(rf"\s*(?P<point>[!?…,.]*)\s*{DASH}+\s*(?=[^\W\d_]|[«\"„“])")
_AFTER_COMMA = re.compile(r"\s*,\s*(?=[^\W\d_])")
_NOTHING_AFTER = re.compile(r"[\s.!?…;,)\]]*$")
_NOTHING_BEFORE = re.compile(rf"[\s(\[…•*]*(?:{DASH}\s*)?$")
_COLON = re.compile(r":\s*(?:[-–—]\s*)?$")
_THAT = re.compile(r"(?:^|\W)(?:что|чтобы|будто|как|якобы)\s*,?\s*[—–-]?\s*$", re.IGNORECASE)
_COMMA_END = re.compile(r",\s*$")
_ACCORDING = re.compile(
    r"(?:^|[\s,(«])(?:по|из)\s+(?:е(?:го|ё|е)\s+|их\s+|собственн\w+\s+)?(?P<noun>[а-яё]+)",
    re.IGNORECASE,
)
_LIST_AFTER = re.compile(r"\s*(?:,|;|и|или)\s*[«\"„“]")
_NEXT_LINE = re.compile(rf"\s*(?:{DASH}+\s*|\()(?=[А-ЯЁA-ZƏİ])")
_AGAIN = re.compile(rf"[,:]\s*{DASH}?\s*[«\"„“]")
_BRACKET = re.compile(rf"\s*[.!?…]?\s*(?:\(|{DASH}\s*)(?=[А-ЯЁA-Z])")
_SIGNED = re.compile(r"\s*[.!?…]?\s*\((?=[А-ЯЁA-Z][^()]{3,150}\))")
_SAID = re.compile(rf"[,\s]*{DASH}*\s*(?=[а-яё])")
_NEW_SENTENCE = re.compile(r"[а-яё][.!?…]\s+[А-ЯЁ]")
_BETWEEN = re.compile(rf"[,.]\s*{DASH}\s*$")

#: Nouns whose name in marks follows after a colon or at once: «проект: «…»».
_NAMED = frozenset(
    """
    название тема проект программа фильм книга роман песня альбом статья рубрика газета журнал
    премия конкурс номинация акция форум выставка спектакль пьеса компания партия группа команда
    картина сериал сборник доклад серия конференция семинар концерт фестиваль заголовок девиз
    """.split()
)


def find_candidates(frame: Frame) -> list[Candidate]:
    """Return the quotes in marks, in text order."""
    found: list[Candidate] = []
    for marked in frame.marked:
        candidate = _candidate(frame, marked, found[-1] if found else None)
        if candidate is None:
            continue
        if candidate.side is Side.INSIDE and candidate.clause is None:
            last = found.pop()  # «…», — сказал X, — «…»: one quote in two pairs of marks
            candidate = Candidate(
                last.spans + candidate.spans,
                Span(last.outer.start, candidate.outer.stop),
                last.kind,
                last.clause,
                last.side,
            )
        found.append(candidate)
    return found


def _candidate(frame: Frame, marked: Marked, last: Candidate | None) -> Candidate | None:
    number = frame.sentence_at(marked.outer.start)
    sentence = frame.sentences[number]
    before = Span(max(sentence.start, marked.outer.start - _REACH), marked.outer.start)
    left = before.of(frame.masked)
    stop = min(sentence.stop, marked.outer.stop + _REACH)
    after = Span(marked.outer.stop, max(marked.outer.stop, stop))
    spans, author = without_author(frame.text, marked)
    if not spans:
        return None
    opens_sentence = bool(_NOTHING_BEFORE.match(left))
    if author and (opens_sentence or _COLON.search(left)):
        return Candidate(spans, marked.outer, QuoteKind.DIRECT, author[0], Side.INSIDE)
    if opens_sentence:
        return _opening(frame, marked, after)
    return _inner(frame, marked, before, after, last)


# --- a quote that opens its sentence ------------------------------------------------------------


def _opening(frame: Frame, marked: Marked, after: Span) -> Candidate | None:
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
        if len(words_of(text, marked.spans)) >= 3 or is_saying(_first(right[comma.end() :])):
            return Candidate(marked.spans, marked.outer, kind, clause, Side.AFTER)
    if _NOTHING_AFTER.match(right) or _SIGNED.match(right):
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
    if _is_according(right[dash.end() :]):
        return True
    if not is_pointed:
        return False
    if is_finite(words[0]) or (len(words) > 1 and words[0].lower() in {"так", "тут", "не"}):
        return True
    first = right[dash.end() : dash.end() + 1]
    return (
        (first.isupper() and is_sentence(frame.text, marked.spans))
        or any(lemmas(w)[0] in {"слово", "цитата"} for w in words[:3])
        or any(is_saying(w) for w in words)
    )


def _comma_attributes(right: str) -> bool:
    """Return whether «…», is followed by «говорится в …», «как сказал X» or «по словам X»."""
    words = [w[0] for w in _WORD.finditer(right)][:6]
    if not words:
        return False
    if is_saying(words[0]) or _is_according(right):
        return True
    return words[0].lower() == "как" and any(is_saying(w) for w in words[1:5])


def _is_according(right: str) -> bool:
    found = _ACCORDING.match(right)
    return found is not None and any(lemma in ACCORDING for lemma in lemmas(found["noun"]))


def _first(text: str) -> str:
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
        intro = Span(max(before.start, before.stop - _REACH), before.stop)
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
    span = Span(sentence.start, min(sentence.stop, sentence.start + _REACH))
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
    if said and is_saying(_first(frame.masked[said.end() : said.end() + 30])):
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
    return min(frame.sentences[frame.sentence_at(line.start)].stop, line.start + _REACH)


# --- a quote inside the author's sentence -------------------------------------------------------


def _inner(
    frame: Frame, marked: Marked, before: Span, after: Span, last: Candidate | None
) -> Candidate | None:
    text, left = frame.text, frame.masked[before.start : before.stop]
    if last is not None and _continues(frame, marked, last):
        return Candidate(marked.spans, marked.outer, last.kind, None, Side.INSIDE)
    if _COLON.search(left):
        return _after_colon(frame, marked, before, after)
    if not _says(left):
        return None
    if is_sentence(text, marked.spans) and not _NOTHING_AFTER.match(after.of(frame.masked)):
        quote = _opening(frame, marked, after)
        if quote is not None:
            return quote
    kind = _kind_within(text, marked, left)
    return (
        None if kind is None else Candidate(marked.spans, marked.outer, kind, before, Side.BEFORE)
    )


def _says(left: str) -> bool:
    """Return whether the author's words have a verb of saying, or «по словам»."""
    words = (w[0] for w in _WORD.finditer(left))
    return any(is_saying(w) or is_saying_gerund(w) for w in words) or _says_according(left)


def _kind_within(text: str, marked: Marked, left: str) -> QuoteKind | None:
    """Return what words within a sentence of saying are, or None for a name or a title."""
    words = [w[0] for w in _WORD.finditer(left)]
    content = words_of(text, marked.spans)
    if _THAT.search(left) and is_clause(text, marked.spans) and words[-1:] != ["как"]:
        return QuoteKind.INTEGRATED
    has_clause = len(content) >= _CLAUSE_WORDS and has_predicate(content)
    if _COMMA_END.search(left) and has_clause and _is_introduced(left):
        return QuoteKind.INTEGRATED
    announced = words and (is_saying(words[-1]) or lemmas(words[-1])[0] in UTTERANCES)
    if announced and is_sentence(text, marked.spans):
        return QuoteKind.DIRECT
    return QuoteKind.FRAGMENT if _is_fragment(text, marked, words) else None


def _continues(frame: Frame, marked: Marked, last: Candidate) -> bool:
    """Return whether the marks go on with a quote: «…», — сказал X, — «…»."""
    if last.clause is None or last.side is not Side.AFTER:
        return False
    gap = frame.masked[last.outer.stop : marked.outer.start]
    is_one = len(gap) < 300 and BLACK not in gap and not _NEW_SENTENCE.search(gap)
    return is_one and bool(_BETWEEN.search(gap))


def _after_colon(frame: Frame, marked: Marked, before: Span, after: Span) -> Candidate | None:
    text, left = frame.text, frame.masked[before.start : before.stop]
    words = [w[0] for w in _WORD.finditer(left)]
    content = words_of(text, marked.spans)
    right = frame.masked[after.start : after.stop]
    says = _says(left) or any(lemmas(w)[0] in UTTERANCES for w in words[-6:])
    if words and lemmas(words[-1])[0] in _NAMED and not says:
        return None
    if _LIST_AFTER.match(right) and not is_sentence(text, marked.spans):
        return None
    whole = is_sentence(text, marked.spans)
    if says and (whole or has_end(text, marked.spans) or has_predicate(content)):
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    if says and len(content) >= 3:
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    if len(words) <= _LABEL_WORDS and len(content) >= 3 and _is_named(words):
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    is_terse = text[marked.spans[0].start].isupper() and (
        (has_predicate(content) and _has_bearer(words))
        or (len(content) > 1 and text[marked.spans[-1].stop - 1] in "?!" and _names_somebody(words))
    )
    if (whole and has_predicate(content) and (len(content) >= 6 or _names_somebody(words))) or (
        is_terse and _NOTHING_AFTER.match(right)
    ):
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    return None


#: «Официальный представитель министерства Олег Ветров: «…»» is among the longest labels.
_LABEL_WORDS = 8


def _is_named(words: list[str]) -> bool:
    """Return whether the words before a colon are a person: «Олег Ветров: «…»»."""
    given = any(name_form(w).is_name and w[:1].isupper() for w in words)
    return given and not any(is_finite(w) and w.islower() for w in words)


def _has_bearer(words: list[str]) -> bool:
    """Return whether a first name with a word in capitals beside it stands there: «Пауль Штерн»."""
    pairs = pairwise(words)
    return any(name_form(a).is_name and a[:1].isupper() and b[:1].isupper() for a, b in pairs)


def _names_somebody(words: list[str]) -> bool:
    return any(role_readings(w) for w in words) or sum(w[:1].isupper() for w in words) >= 2


def _says_according(left: str) -> bool:
    return any(
        any(lemma in ACCORDING for lemma in lemmas(m["noun"])) for m in _ACCORDING.finditer(left)
    )


def _is_introduced(left: str) -> bool:
    """Return whether «По словам X,» or «Как сказал X,» stands right before and is all there is."""
    clause = re.split(r"[;:]|\sчто\s", left)[-1]
    if clause.count(",") > 2:
        return False
    if _says_according(clause):
        return True
    return bool(re.match(r"(?:.*\W)?[Кк]ак\s", clause))


def _is_fragment(text: str, marked: Marked, words: list[str]) -> bool:
    """Return whether a part of the author's sentence in marks is somebody's words."""
    content = words_of(text, marked.spans)
    first = text[marked.spans[0].start]
    if not content or (not first.islower() and not (len(content) >= 4 and has_predicate(content))):
        return False
    near = words[-4:]
    names = any(lemmas(w)[0] in _NAMING and not _is_participle(w) for w in near)
    if names and len(content) >= 2:
        return True
    least = _CLAUSE_WORDS if has_predicate(content) else _FRAGMENT_WORDS
    return len(content) >= least


_NAMING = frozenset("назвать называть охарактеризовать окрестить описать сравнить счесть".split())


def _is_participle(word: str) -> bool:
    return "PRTF" in readings(word)[0].grammemes
