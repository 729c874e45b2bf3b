"""Quotes without marks: dialogue after dashes, transcripts «Имя: …», blocks after a colon.

Only whole paragraphs outside all marks are looked at.
"""

import re

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import name_form, role_readings
from index.quotes.candidates import Candidate, Side
from index.quotes.content import DASH, cut_author, has_predicate
from index.quotes.frame import BLACK, Frame
from index.speech import UTTERANCES, is_finite, is_saying
from index.types import QuoteKind, Span

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_DIALOGUE = re.compile(rf"{DASH}+\s*(?=[А-ЯЁA-Z«…])")
_LABEL = re.compile(
    r"(?P<who>(?:[А-ЯЁ]\.\s?){0,2}[А-ЯЁ][^\W\d_]*(?:[ \u00a0-][^\W\d_]+\.?){0,7})"
    r"\s*:\s+(?=[А-ЯЁ«—–-])"
)
_SENTENCE_STOP = frozenset(".!?…")

#: Words and forms of somebody who speaks for himself; the author of news has none of them.
_FIRST_PERSON = frozenset(
    "я мы меня мне мной нас нам нами мой моя мое мои моего моей моих наш наша наше наши нашего "
    "нашей наших нашему нашим нашими нашу мою моим".split()
)
_MOST_BLOCKS = 8
#: How much of a sentence before a block is read.
_REACH = 700


def find_unmarked(frame: Frame) -> list[Candidate]:
    """Return the quotes that stand in no marks, in text order."""
    taken = [False] * len(frame.lines)
    found = _transcripts(frame, taken)
    found += _dialogues(frame, taken)
    found += _blocks(frame, taken)
    return sorted(found, key=lambda c: c.outer)


def _dialogues(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return the lines of dialogue: those that name who speaks, and those between them."""
    found: list[Candidate] = []
    group: list[tuple[int, Span, list[Span], list[Span]]] = []
    for number, line in enumerate([*frame.lines, Span(0, 0)]):
        dash = _DIALOGUE.match(frame.masked, line.start, line.stop)
        if dash and not taken[number]:
            kept, author = cut_author(frame.text, Span(dash.end(), line.stop))
            group.append((number, line, kept, author))
            continue
        if any(author for *_, author in group) or _is_interview(frame, group):
            for _, each, kept, author in group:
                if kept and (author or frame.text[each.stop - 1] in _SENTENCE_STOP):
                    clause = author[0] if author else None
                    side = Side.INSIDE if author else Side.NOWHERE
                    found.append(Candidate(tuple(kept), each, QuoteKind.DIRECT, clause, side))
            for at, *_ in group:
                taken[at] = True
        group = []
    return found


def _is_interview(frame: Frame, group: list[tuple[int, Span, list[Span], list[Span]]]) -> bool:
    """Return whether lines after dashes ask and answer."""
    return len(group) >= 2 and any(frame.text[line.stop - 1] == "?" for _, line, *_ in group)


def _transcripts(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return «В. Путин: Добрый день!»: the words of whom the label names, if it names a person."""
    found: list[Candidate] = []
    for number, line in enumerate(frame.lines):
        label = _LABEL.match(frame.masked, line.start, line.stop)
        if not label or taken[number] or not _is_who(label["who"]):
            continue
        span = Span(label.end(), line.stop)
        words = [m[0] for m in _WORD.finditer(frame.text, span.start, span.stop)][:40]
        if frame.text[span.start] in '«"' or len(words) < 3:
            continue
        if frame.text[line.stop - 1] not in _SENTENCE_STOP or not has_predicate(words):
            continue
        taken[number] = True
        clause = Span(label.start("who"), label.end("who"))
        found.append(Candidate((span,), line, QuoteKind.BLOCK, clause, Side.BEFORE))
    return found


def _is_who(label: str) -> bool:
    """Return whether a label is a name or a role and nothing else."""
    words = _WORD.findall(label)
    if any(is_finite(w) and w.islower() for w in words):
        return False
    proper = [w for w in words if w[:1].isupper() and name_form(w).is_proper]
    initials = bool(re.match(r"[А-ЯЁ]\.", label))
    if initials and words:
        return True
    if len(proper) >= 2 and not any(name_form(w).is_place for w in proper[-1:]):
        return True
    return len(words) == 1 and bool(proper) and name_form(words[0]).is_surname


def _blocks(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return paragraphs that a colon at the end of the one before hands over to somebody."""
    found: list[Candidate] = []
    for number in range(len(frame.lines) - 1):
        line = frame.lines[number]
        if frame.text[line.stop - 1] != ":" or taken[number + 1] or not _hands_over(frame, line):
            continue
        last = number + 1
        if not _is_speech(frame, last, first=True):
            continue
        while last + 1 < len(frame.lines) and last - number < _MOST_BLOCKS:
            if taken[last + 1] or not _is_speech(frame, last + 1, first=False):
                break
            last += 1
        spans = tuple(frame.lines[at] for at in range(number + 1, last + 1))
        for at in range(number + 1, last + 1):
            taken[at] = True
        sentence = _last_sentence(frame, line)
        outer = Span(spans[0].start, spans[-1].stop)
        found.append(Candidate(spans, outer, QuoteKind.BLOCK, sentence, Side.BEFORE))
    return found


def _hands_over(frame: Frame, line: Span) -> bool:
    """Return whether the last sentence of a paragraph says that somebody's words follow."""
    sentence = _last_sentence(frame, line)
    words = _WORD.findall(sentence.of(frame.masked))
    if any(is_saying(w) or lemmas(w)[0] in UTTERANCES | _APPROVAL for w in words):
        return any(w[:1].isupper() for w in words[1:]) or any(role_readings(w) for w in words)
    return False


def _last_sentence(frame: Frame, line: Span) -> Span:
    sentence = frame.sentences[frame.sentence_at(line.stop - 1)]
    return Span(max(sentence.start, sentence.stop - _REACH), sentence.stop)


_APPROVAL = frozenset("одобрение поддержка оценка реакция позиция".split())


def _is_speech(frame: Frame, number: int, *, first: bool) -> bool:
    """Return whether a paragraph reads as said by somebody: the first of a block, or one more."""
    line = frame.lines[number]
    text = line.of(frame.text)
    if not text[:1].isupper() and text[:1] not in "«…":
        return False
    if text[-1] == ":" or _is_in_marks(line.of(frame.masked)):
        return False
    words = [m[0].lower() for m in _WORD.finditer(line.of(frame.masked)[:1500])]
    speaks = any(w in _FIRST_PERSON or _is_first_person(w) for w in words)
    if not first:
        return speaks and not any(is_saying(w) and not _is_first_person(w) for w in words[:1])
    return len(words) >= 5 and text[-1] in ".!?…" and (speaks or has_predicate(words))


_IN_MARKS = re.compile(rf"[«\"„“]{BLACK}+[»\"“”][.,!?…\s]*")


def _is_in_marks(masked: str) -> bool:
    """Return whether a paragraph is one quote in marks, which is found as such."""
    return bool(_IN_MARKS.fullmatch(masked))


def _is_first_person(word: str) -> bool:
    first = readings(word)[0]
    return first.is_known and "VERB" in first.grammemes and "1per" in first.grammemes
