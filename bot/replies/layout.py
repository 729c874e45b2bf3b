"""Telegram's units and limits: the one place that knows what a message can hold.

Telegram counts UTF-16 code units; everything else in the house counts code points.
"""

import html
from collections.abc import Sequence

from telegram.constants import MessageLimit

from index.types import Span

#: A message may have 4096; what stands around a quotation needs some of it.
MOST_TEXT = MessageLimit.MAX_TEXT_LENGTH
MOST_QUOTED = 3000

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


def fit(text: str, span: Span, most: int) -> Span:
    """Return the part of a span that has at most `most` units, cut at a word if there is one."""
    part = span.of(text)
    if utf16_length(part) <= most:
        return span
    while utf16_length(part) > most:
        part = part[: len(part) * 9 // 10]  # a tenth a turn: a few turns, and never half a letter
    cut = part.rsplit(" ", 1)[0].rstrip() or part
    return Span(span.start, span.start + len(cut))
