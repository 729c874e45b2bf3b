"""Which words in marks are somebody's words, and where the author says whose.

Ordered rules on what stands before and after the marks; the first that holds decides. Titles,
names, scare quotes and charges meet none of them.
"""

import re

from index.quotes.candidate import REACH, Candidate, Side
from index.quotes.content import (
    DASH,
    without_author,
)
from index.quotes.frame import Frame
from index.quotes.inner import COLON, find_inner
from index.quotes.marks import Marked
from index.quotes.opening import find_opening
from index.types import QuoteKind, Span

_NOTHING_BEFORE = re.compile(rf"[\s(\[…•*]*(?:{DASH}\s*)?$")


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
    before = Span(max(sentence.start, marked.outer.start - REACH), marked.outer.start)
    left = before.of(frame.masked)
    stop = min(sentence.stop, marked.outer.stop + REACH)
    after = Span(marked.outer.stop, max(marked.outer.stop, stop))
    spans, author = without_author(frame.text, marked)
    if not spans:
        return None
    opens_sentence = bool(_NOTHING_BEFORE.match(left))
    if author and (opens_sentence or COLON.search(left)):
        return Candidate(spans, marked.outer, QuoteKind.DIRECT, author[0], Side.INSIDE)
    if opens_sentence:
        return find_opening(frame, marked, after)
    return find_inner(frame, marked, before, after, last)
