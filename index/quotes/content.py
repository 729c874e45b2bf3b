"""What stands in marks: a sentence, a clause, some words, a name; and the author's words in it."""

import re
from functools import lru_cache

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import name_form
from index.people.roles import head_cases
from index.quotes.marks import Marked
from index.speech import is_finite, is_saying
from index.types import Span

DASH = r"[-‐–—−‒―]"

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
#: How many words of a quote are read to know what it is.
_READ_WORDS = 60
_READ_CHARS = 600

#: Where the author may come in: «…, — сказал X, — …».
_AUTHOR = re.compile(rf"(?<=[,.!?…»“”\"])\s*{DASH}\s*(?=[а-яё])")
_AUTHOR_LOOSE = re.compile(rf"\s+{DASH}\s+(?=[а-яё])")
_AUTHOR_STOP = re.compile(rf"[,.:!?…]\s*{DASH}(?:\s|(?=[А-ЯЁ«]))")
_MOST_AUTHOR_CHARS = 300

_PERSONAL = frozenset("я мы он она они".split())


def words_of(text: str, spans: tuple[Span, ...]) -> list[str]:
    """Return the first words of a quote."""
    found: list[str] = []
    for span in spans:
        stop = min(span.stop, span.start + _READ_CHARS)
        found.extend(m[0] for m in _WORD.finditer(text, span.start, stop))
        if len(found) >= _READ_WORDS:
            break
    return found[:_READ_WORDS]


def has_predicate(words: list[str]) -> bool:
    """Return whether a finite verb, a short participle or «нужно» is among the words."""
    return any(is_finite(word) for word in words)


def is_clause(text: str, spans: tuple[Span, ...]) -> bool:
    """Return whether the words are a clause of three words or more by itself."""
    words = words_of(text, spans)
    return len(words) >= 3 and has_predicate(words) and not _hangs(words)


def _hangs(words: list[str]) -> bool:
    """Return whether the words begin with a predicate or «который»: the rest is the author's."""
    first = words[0].lower()
    return first.startswith("котор") or (first == words[0] and _is_bare_verb(first))


@lru_cache(20_000)
def _is_bare_verb(word: str) -> bool:
    tags = readings(word)[0].grammemes
    return "VERB" in tags and not tags & {"1per", "2per", "impr"}


def is_sentence(text: str, spans: tuple[Span, ...]) -> bool:
    """Return whether the words are a sentence: a capital, a predicate, four words or more."""
    words = words_of(text, spans)
    first = text[spans[0].start : spans[0].start + 3].lstrip("….-—– \u00a0")
    starts = first[:1].isupper() or first[:1].isdigit() or text[spans[0].start] in "….«"
    tells = has_predicate(words) or has_nominal(text, spans)
    return starts and len(words) >= 4 and (tells or has_end(text, spans))


def has_nominal(text: str, spans: tuple[Span, ...]) -> bool:
    """Return whether the words have a predicate without a verb: «… — это не роскошь»."""
    return _IS.search(text, *_bounds(spans[0])) is not None


def has_end(text: str, spans: tuple[Span, ...]) -> bool:
    """Return whether the words close with a mark that ends a sentence, or hold one."""
    last = text[spans[-1].stop - 1]
    return last in ".!?…" or len(spans) > 1 or bool(_INNER_END.search(text, *_bounds(spans[0])))


def ends_sentence(text: str, stop: int) -> bool:
    """Return whether a sentence ends before a place, also with a remark: «Было. (Смеётся.)»."""
    last = text[stop - 1]
    return last in ".!?…" or (last in ')»"' and text[stop - 2] in ".!?…)")


_IS = re.compile(r"\s[—–-]\s(?:это|не)\s")

_INNER_END = re.compile(r"[а-яё][.!?…]\s+[А-ЯЁ]")


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, min(span.stop, span.start + _READ_CHARS)


def without_author(text: str, marked: Marked) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return what is left of a quote without the author's words, and the author's words.

    Only at the level of the quote itself, never within marks inside it.
    """
    kept: list[Span] = []
    author: list[Span] = []
    for span in marked.spans:
        left, cut = cut_author(text, span)
        kept.extend(left)
        author.extend(cut)
    return tuple(kept), tuple(author)


def cut_author(text: str, span: Span) -> tuple[list[Span], list[Span]]:
    """Return the parts of a span that are quoted, and the clauses of the author between them."""
    kept: list[Span] = []
    author: list[Span] = []
    at = span.start
    for dash in _AUTHOR.finditer(text, span.start, span.stop):
        if dash.start() < at or not _is_author(text, dash.end(), span.stop):
            continue
        limit = min(span.stop, dash.end() + _MOST_AUTHOR_CHARS)
        stop = _author_stop(text, dash.end(), limit)
        if stop is None and limit < span.stop:
            continue
        end = stop.start() if stop else span.stop
        kept.append(_trim(text, at, dash.start()))
        author.append(_trim(text, dash.end(), end))
        at = stop.end() if stop else span.stop
    kept.append(_trim(text, at, span.stop))
    return [part for part in kept if part.start < part.stop], author


def _author_stop(text: str, start: int, limit: int) -> re.Match[str] | None:
    return _AUTHOR_STOP.search(text, start, limit)


def _is_author(text: str, start: int, stop: int) -> bool:
    """Return whether a clause of the author begins here: a verb of saying and who says."""
    words = [m[0] for m in _WORD.finditer(text, start, min(stop, start + 80))][:5]
    if not words:
        return False
    if words[0].lower() in _MANNERS and any(is_saying(w) for w in words[2:4]):
        return True  # «с гордостью отметила она», «под смех зала заметил Ветров»
    if is_saying(words[0]) and not _is_first_person(words[0]):
        return len(words) > 1
    is_manner = any("ADVB" in r.grammemes for r in readings(words[0]))  # «горько шутил Ветров»
    if len(words) > 1 and is_saying(words[1]) and (is_manner or not is_finite(words[0])):
        if lemmas(words[0])[0] in _LEADS or words[0].lower() in _PERSONAL:
            return True
        return (
            is_manner and len(words) > 2 and (words[2].lower() in _PERSONAL or _is_name(words[2]))
        )
    if lemmas(words[0])[0] in _PHASES and _begins_with_who(text, start, stop):
        return True
    if is_finite(words[0]) and len(words) > 1 and not _is_first_person(words[0]):
        stop_at = _AUTHOR_STOP.search(text, start, min(stop, start + 60))
        if stop_at is None:
            return False
        # «развела руками Ветрова», «покачал головой тренер»
        who = _WORD.findall(text[start : stop_at.start()])[1:4]
        return any(word.lower() in {"он", "она"} or _is_name(word) for word in who) or (
            not readings(words[0])[0].grammemes & {"PRTS", "ADJS", "PRED"}
            and bool(head_cases(who[-1]) & {"nomn"})
        )
    return False


#: Of a speech that begins or ends: «начал пресс-конференцию тренер Ветров».
_PHASES = frozenset("начать начинать продолжить открыть закрыть закончить завершить".split())
_MOST_PHASE_CHARS = 160


def _begins_with_who(text: str, start: int, stop: int) -> bool:
    """Return whether somebody stands in a clause of the author before it ends."""
    end = _AUTHOR_STOP.search(text, start, min(stop, start + _MOST_PHASE_CHARS))
    words = _WORD.findall(text[start : end.start() if end else stop])[1:_MOST_PHASE_WORDS]
    return any("nomn" in head_cases(word) or _is_name(word) for word in words)


_MOST_PHASE_WORDS = 10

#: Begin words about how something is said.
_MANNERS = frozenset("с со под в".split())

#: What may stand before the verb in the author's words: «так сказал», «тут же добавил».
_LEADS = frozenset("так тут при затем тогда потом также еще снова не уже как с по в".split())


@lru_cache(20_000)
def _is_first_person(word: str) -> bool:
    return all(r.grammemes & {"1per", "2per", "INFN", "impr"} for r in readings(word)[:1])


def _is_name(word: str) -> bool:
    return word[:1].isupper() and (name_form(word).is_proper or not name_form(word).is_known)


def _trim(text: str, start: int, stop: int) -> Span:
    """Return the span without outer white space and the comma before the author's dash."""
    while start < stop and (text[start].isspace()):
        start += 1
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] == ","):
        stop -= 1
    return Span(start, stop)
