"""An article as numbered paragraphs, each an exact slice of its text."""

import re

from index.languages import tokenize
from index.types import Paragraph, Span

#: The version of the rules by which words are found. Raise it when this module or
#: `index.languages` would cut the same text into other words.
ANALYSIS = 1

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")

#: What may surround a paragraph without being part of it: white space of every kind, and the
#: invisible signs that editors leave behind (byte order mark, zero-width space and joiners).
_OUTER = re.compile(r"[\s\ufeff\u200b-\u200d\u2060]+")


def find_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article, numbered from 1 in text order.

    A paragraph is a line that is not blank; its span leaves out outer white space, so
    `text[p.span.start:p.span.stop]` is what a reader is shown. An empty text has no paragraphs.
    """
    spans = (_stripped(text, *line.span()) for line in _LINE.finditer(text))
    return tuple(
        Paragraph(number, span, find_terms(span.of(text)))
        for number, span in enumerate((span for span in spans if span.stop > span.start), start=1)
    )


def find_terms(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a text in order, each as its plausible lemmas."""
    return tuple(token.lemmas for token in tokenize(text))


def _stripped(text: str, start: int, stop: int) -> Span:
    lead = _OUTER.match(text, start, stop)
    start = lead.end() if lead else start
    while stop > start and _OUTER.match(text, stop - 1, stop):
        stop -= 1
    return Span(start, stop)
