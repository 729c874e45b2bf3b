"""Telegram's units and limits: the one place that knows what a message can hold.

Telegram counts UTF-16 code units; everything else in the house counts code points.
"""

import html
from collections.abc import Sequence

from telegram.constants import MessageLimit

from index.sentences import find_sentences
from index.types import Span

#: A message may have 4096; what stands around a quotation needs some of it.
MOST_TEXT = MessageLimit.MAX_TEXT_LENGTH
MOST_QUOTED = 3000

#: A suggestion or a title is cut here, so that it leaves room for the passage.
MOST_LINE = 200

#: Bold words in a message. Telegram keeps 100 entities and drops the rest without a word.
MOST_BOLD = 40


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def escape(text: str) -> str:
    """Return a text as Telegram's HTML shows it to the letter."""
    return html.escape(text, quote=False)


def escape_link(url: str) -> str:
    """Return an address as an attribute of Telegram's HTML."""
    return html.escape(url, quote=True)


def with_bold(text: str, highlights: Sequence[Span]) -> str:
    """Return a text in HTML with some of its words bold, the first `MOST_BOLD` of them."""
    pieces: list[str] = []
    position = 0
    for span in highlights[:MOST_BOLD]:
        pieces += [escape(text[position : span.start]), f"<b>{escape(span.of(text))}</b>"]
        position = span.stop
    return "".join((*pieces, escape(text[position:])))


def shorten(text: str, most: int) -> str:
    """Return a text cut at a word to at most `most` code points, with «…» when it was cut."""
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0] or text[:most]
    return cut.rstrip(" ,;:—–-") + "…"


def split(text: str, most: int) -> tuple[Span, ...]:
    """Return a text in parts of at most `most` units, in order; only white space is left out.

    A part ends with a sentence; where not even one fits, with a word, else within a word. A text of
    white space has no parts. `most` is at least 2, the length of one emoji.
    """
    text = text.rstrip()
    parts: list[Span] = []
    start = _skip_space(text, 0)
    while start < len(text):
        part = _first_part(text, start, most)
        parts.append(part)
        start = _skip_space(text, part.stop)
    return tuple(parts)


def _first_part(text: str, start: int, most: int) -> Span:
    # Units are never fewer than code points, so one more than `most` of these is too long already.
    window = Span(start, min(len(text), start + most + 1))
    part = fit(text, window, most)
    if part.stop == len(text):
        return part
    # The last sentence of the window may go on behind it.
    ends = [start + sentence.stop for sentence in find_sentences(window.of(text))[:-1]]
    return Span(start, max((end for end in ends if end <= part.stop), default=part.stop))


def _skip_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def fit(text: str, span: Span, most: int) -> Span:
    """Return the part of a span that has at most `most` units, cut at a word if there is one."""
    part = span.of(text)
    if utf16_length(part) <= most:
        return span
    # Half of an emoji at the cut is left out.
    head = part.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")
    words = head.rsplit(None, 1)
    if len(words) > 1 and not (part[len(head)].isspace() or head[-1].isspace()):
        head = words[0]
    return Span(span.start, span.start + len(head.rstrip() or head))
