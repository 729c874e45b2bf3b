"""Quotes within the author's sentence: after a colon, after «что», and parts of a clause."""

import re

from index.languages import lemmas
from index.languages.ru import readings
from index.quotes.announced import (
    MEDIUM_LABEL,
    acts,
    answers,
    has_bearer,
    is_brief,
    is_label,
    is_medium_label,
    is_terse_clause,
    names_somebody,
    tells_manner,
)
from index.quotes.bodies import is_document
from index.quotes.candidate import Candidate, Side
from index.quotes.content import (
    DASH,
    has_end,
    has_nominal,
    has_predicate,
    is_clause,
    is_sentence,
    words_of,
)
from index.quotes.frame import BLACK, Frame
from index.quotes.marks import Marked
from index.quotes.opening import ACCORDING_TO, NOTHING_AFTER, find_opening, first_word
from index.speech import (
    ACCORDING,
    UTTERANCES,
    is_saying,
    is_saying_gerund,
    is_saying_infinitive,
)
from index.types import QuoteKind, Span

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
#: «Он сказал, что «дорога очень нужна»»: fewer words are a name or a fragment.
_CLAUSE_WORDS = 3
#: Some words in marks after a verb of saying: fewer, without a predicate, are scare quotes.
_FRAGMENT_WORDS = 4
COLON = re.compile(r":\s*(?:[-–—]\s*)?$")
_THAT = re.compile(r"(?:^|\W)(?:что|чтобы|будто|как|якобы)\s*,?\s*[—–-]?\s*$", re.IGNORECASE)
#: The first word of a clause is no longer.
_FIRST_CHARS = 40
#: «сказал, что «…», а «…»»
_AND_THAT = re.compile(rf",\s+что\s+[«\"„“]{BLACK}+[»\"“”],?\s+(?:а|и|но)\s+$")
_CLAUSE_END = re.compile(r"\s*(?:[,.;!?…]|$)")
_COMMA_END = re.compile(r",\s*$")
_LIST_AFTER = re.compile(r"\s*(?:,|;|и|или)\s*[«\"„“]")
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


def find_inner(
    frame: Frame, marked: Marked, before: Span, after: Span, last: Candidate | None
) -> Candidate | None:
    """Return what stands within its sentence as a quote: `before` and `after` are the author's."""
    text, left = frame.text, frame.masked[before.start : before.stop]
    if last is not None and _continues(frame, marked, last):
        return Candidate(marked.spans, marked.outer, last.kind, None, Side.INSIDE)
    if COLON.search(left):
        return _after_colon(frame, marked, before, after)
    if not _says(left):
        return _told_behind(frame, marked, after)
    if is_sentence(text, marked.spans) and not NOTHING_AFTER.match(after.of(frame.masked)):
        quote = find_opening(frame, marked, after)
        if quote is not None:
            return quote
    kind = _kind_within(text, marked, left, after.of(frame.masked))
    return (
        None if kind is None else Candidate(marked.spans, marked.outer, kind, before, Side.BEFORE)
    )


def _told_behind(frame: Frame, marked: Marked, after: Span) -> Candidate | None:
    """Return a clause in marks that ends a sentence of somebody: «Закон «плох», «он ждёт», — …»."""
    right = after.of(frame.masked)
    comma = _COMMA_SAYS.match(right)
    if comma is None or not is_saying(comma["verb"]) or not is_clause(frame.text, marked.spans):
        return None
    clause = Span(after.start + comma.start("verb"), after.stop)
    return Candidate(marked.spans, marked.outer, QuoteKind.INTEGRATED, clause, Side.AFTER)


_COMMA_SAYS = re.compile(rf"\s*,\s*(?:{DASH}\s*)?(?P<verb>[а-яё]+)")


def _says(left: str) -> bool:
    """Return whether the author's words have a verb of saying, or «по словам»."""
    words = [w[0] for w in _WORD.finditer(left)]
    if any(is_saying(w) or is_saying_gerund(w) for w in words) or _says_according(left):
        return True
    return any(is_saying_infinitive(w) for w in words[-3:])  # «любил повторять»


def _is_whole(content: list[str], right: str) -> bool:
    """Return whether some words are all there is of a clause, whatever its predicate is."""
    return len(content) > _CLAUSE_WORDS and bool(_CLAUSE_END.match(right)) and not _hangs(content)


def _begins_with_subject(content: list[str]) -> bool:
    """Return whether words begin with a noun or a pronoun that acts: «стороны выразили»."""
    if len(content) <= _CLAUSE_WORDS:
        return False
    first, second = readings(content[0])[0].grammemes, readings(content[1])[0].grammemes
    return "nomn" in first and bool(first & {"NOUN", "NPRO"}) and "VERB" in second


def _hangs(content: list[str]) -> bool:
    """Return whether words begin with a verb or «который»: their subject is the author's."""
    first = readings(content[0])[0].grammemes
    return bool(first & {"VERB", "INFN", "GRND", "CONJ"}) or content[0].startswith("котор")


def _kind_within(text: str, marked: Marked, left: str, right: str) -> QuoteKind | None:
    """Return what words within a sentence of saying are, or None for a name or a title."""
    words = [w[0] for w in _WORD.finditer(left)]
    content = words_of(text, marked.spans)
    is_that = bool(_THAT.search(left)) and words[-1:] != ["как"]
    if is_that and is_clause(text, marked.spans):
        return QuoteKind.INTEGRATED
    if (is_that or _AND_THAT.search(left)) and _is_whole(content, right):
        return QuoteKind.INTEGRATED
    is_said_of = " — " in text[marked.spans[0].start : marked.spans[0].stop]  # «это — вопрос дней»
    has_clause = len(content) >= _CLAUSE_WORDS and (has_predicate(content) or is_said_of)
    if _ACCORDING_TO_DOCUMENT.search(left) and len(content) > _CLAUSE_WORDS:
        return QuoteKind.INTEGRATED
    is_whole = _begins_with_subject(content) and _is_whole(content, right)
    if is_whole and has_clause and _is_introduced(left):
        return QuoteKind.INTEGRATED
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
    is_medium_name = MEDIUM_LABEL.match(left) is not None
    if words and lemmas(words[-1])[0] in _NAMED and not says and not is_medium_name:
        return None
    signed = find_opening(frame, marked, after)
    is_signed = signed is not None and signed.side is Side.AFTER and signed.clause is not None
    if is_signed and is_saying(first_word(after.of(frame.masked)[:_FIRST_CHARS])):
        return signed  # «Оппозиция ликует: «…» — написал лидер партии»
    if _LIST_AFTER.match(right) and not is_sentence(text, marked.spans):
        return None
    whole = is_sentence(text, marked.spans)
    if says and (whole or has_end(text, marked.spans) or has_predicate(content)):
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    if (says and len(content) >= _CLAUSE_WORDS) or (content and answers(words)):
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    is_medium = is_medium_name and is_medium_label(words) and (whole or has_predicate(content))
    if len(content) >= _CLAUSE_WORDS and (is_medium or is_label(words)):
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    is_told = (len(content) >= _CLAUSE_WORDS or is_brief(words)) and text[
        marked.spans[0].start
    ].isupper()
    if is_told and (tells_manner(words) or acts(words)) and NOTHING_AFTER.match(right):
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    is_terse = text[marked.spans[0].start].isupper() and (
        (has_predicate(content) and (has_bearer(words) or is_terse_clause(words)))
        or (len(content) > 1 and text[marked.spans[-1].stop - 1] in "?!" and names_somebody(words))
    )
    if (
        whole
        and (has_predicate(content) or has_nominal(text, marked.spans))
        and (len(content) >= 6 or names_somebody(words))
    ) or (is_terse and NOTHING_AFTER.match(right)):
        return Candidate(marked.spans, marked.outer, QuoteKind.DIRECT, before, Side.BEFORE)
    return None


_ACCORDING_TO_DOCUMENT = re.compile(r"(?i)(?:^|[\s(])согласно\s+(?P<noun>[а-яё-]+)[^,.;:]*,\s*$")


def _says_according(left: str) -> bool:
    document = _ACCORDING_TO_DOCUMENT.search(left)
    if document is not None:
        return is_document(document["noun"])
    return any(_is_according(m) for m in ACCORDING_TO.finditer(left))


def _is_according(match: re.Match[str]) -> bool:
    return any(lemma in ACCORDING for lemma in lemmas(match["noun"]))


#: «По словам Ветрова, главы порта,» has no more commas.
_MOST_COMMAS = 2


def _is_introduced(left: str) -> bool:
    """Return whether «По словам X,» or «Как сказал X,» stands right before and is all there is."""
    clause = re.split(r"[;:]|\sчто\s", left)[-1]
    according = [m for m in ACCORDING_TO.finditer(clause) if _is_according(m)]
    if according:
        return clause.count(",", according[-1].start() + 1) <= _MOST_COMMAS
    if clause.count(",") > _MOST_COMMAS:
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
