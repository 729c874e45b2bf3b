"""Quotes without marks: transcripts «Имя: …», blocks after a colon, and what `dialogues` finds.

Only whole paragraphs outside all marks are looked at.
"""

import re
from collections.abc import Container

from index.quotes.candidate import Candidate, Side
from index.quotes.content import ends_sentence, has_predicate
from index.quotes.dialogues import find_dialogues, hands_over, last_sentence
from index.quotes.first_person import is_first_person, speaks_for_himself
from index.quotes.frame import BLACK, Frame
from index.quotes.interviews import find_interviews
from index.quotes.labels import LABEL, is_answer, is_who
from index.speech import is_saying
from index.types import QuoteKind, Span

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

_MOST_BLOCKS = 8
#: How much of a sentence before a block is read.
_REACH = 700


def find_unmarked(frame: Frame) -> list[Candidate]:
    """Return the quotes that stand in no marks, in text order."""
    taken = [False] * len(frame.lines)
    found = _transcripts(frame, taken)
    found += find_interviews(frame, taken)
    found += find_dialogues(frame, taken)
    found += _blocks(frame, taken)
    return sorted(found, key=lambda c: c.outer)


def _transcripts(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return «В. Путин: Добрый день!»: the words of whom the label names, if it names a person."""
    labels = {
        number: label
        for number, line in enumerate(frame.lines)
        if (label := LABEL.match(frame.masked, line.start, line.stop)) and not taken[number]
    }
    known = {number for number, label in labels.items() if is_who(label["who"])}
    is_talk = len(known) >= _LEAST_TALK
    in_record = {at for at, label in labels.items() if is_talk and _is_in_capitals(label["who"])}
    goes_on = in_record | {at for at in known if is_talk and is_answer(labels[at]["who"])}
    found: list[Candidate] = []
    for number in sorted(known | in_record):
        line, label = frame.lines[number], labels[number]
        span = Span(label.end(), line.stop)
        words = [m[0] for m in _WORD.finditer(frame.text, span.start, span.stop)][:40]
        if frame.text[span.start] in '«"' or not ends_sentence(frame.text, line.stop):
            continue
        if not is_talk and (len(words) < _LEAST_WORDS or not has_predicate(words)):
            continue
        taken[number] = True
        if label["who"].casefold() == "вопрос":
            continue  # who asks is not quoted
        clause = Span(label.start("who"), label.end("who"))
        more = _said_on(frame, number, labels.keys()) if number in goes_on else ()
        for at in range(number + 1, number + 1 + len(more)):
            taken[at] = True
        outer = Span(line.start, (more or (line,))[-1].stop)
        found.append(Candidate((span, *more), outer, QuoteKind.BLOCK, clause, Side.LABEL))
    return found


def _is_in_capitals(label: str) -> bool:
    """Return whether a label is written as in a stenographer's record: «ГОЛОС ИЗ ЗАЛА»."""
    return label.isupper() and len(label) > _LEAST_WORDS


def _said_on(frame: Frame, number: int, labelled: Container[int]) -> tuple[Span, ...]:
    """Return the paragraphs of a stenographer's record that go on with what somebody says.

    «Голосование: за — 9.» and what stands in brackets are remarks.
    """
    found: list[Span] = []
    for at in range(number + 1, min(len(frame.lines), number + 1 + _MOST_BLOCKS)):
        line = frame.lines[at]
        is_remark = _REMARK.match(frame.masked, line.start, line.stop)
        if at in labelled or is_remark:
            return tuple(found)
        if not ends_sentence(frame.text, line.stop):
            break
        found.append(line)
    return ()  # the author's own, behind the last label


_REMARK = re.compile(r"\W|[^\W\d_]+:")

#: A label by itself needs a sentence after it; where so many people talk, «Да.» is an answer.
_LEAST_TALK = 3
_LEAST_WORDS = 3


def _blocks(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return paragraphs that a colon at the end of the one before hands over to somebody."""
    found: list[Candidate] = []
    for number in range(len(frame.lines) - 1):
        line = frame.lines[number]
        if frame.text[line.stop - 1] != ":" or taken[number + 1] or not hands_over(frame, line):
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
        sentence = last_sentence(frame, line)
        outer = Span(spans[0].start, spans[-1].stop)
        found.append(Candidate(spans, outer, QuoteKind.BLOCK, sentence, Side.BEFORE))
    return found


def _is_speech(frame: Frame, number: int, *, first: bool) -> bool:
    """Return whether a paragraph reads as said by somebody: the first of a block, or one more."""
    line = frame.lines[number]
    text = line.of(frame.text)
    if not text[:1].isupper() and text[:1] not in "«…":
        return False
    if text[-1] == ":" or _is_in_marks(line.of(frame.masked)):
        return False
    words = [m[0].lower() for m in _WORD.finditer(line.of(frame.masked)[:1500])]
    speaks = speaks_for_himself(words)
    if not first:
        return speaks and not any(is_saying(w) and not is_first_person(w) for w in words[:1])
    return len(words) >= 5 and text[-1] in ".!?…" and (speaks or has_predicate(words))


_IN_MARKS = re.compile(rf"[«\"„“]{BLACK}+[»\"“”][.,!?…\s]*")


def _is_in_marks(masked: str) -> bool:
    """Return whether a paragraph is one quote in marks, which is found as such."""
    return bool(_IN_MARKS.fullmatch(masked))
