"""Sentence borders, by razdel.

Only where a sentence begins and stops belongs here; what a sentence says does not.
"""

import re
from collections.abc import Iterator

from razdel import sentenize

from index.types import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")

#: razdel takes quadratic time over what it cannot split («А. А. А. …»), so a line is given to it in
#: blocks. The longest sentences of laws are shorter: what fills a block alone is no sentence.
_BLOCK_CHARS = 4_000


def find_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text`, in text order.

    They do not overlap, have no white space at either end, never cross a line break, and leave
    nothing out but white space. «2025 г.», «3 млрд руб.» and initials do not end one. Takes time
    linear in the length of `text`. Never raises.
    """
    return tuple(
        span for line in _LINE.finditer(text) for span in _split(text, line.start(), line.end())
    )


def _split(text: str, start: int, stop: int) -> Iterator[Span]:
    """Yield the sentences of one line; the last of a full block is read again with what follows."""
    while start < stop:
        block = text[start : min(stop, start + _BLOCK_CHARS)]
        spans = [
            found for part in sentenize(block) if (found := _strip(block, part.start, part.stop))
        ]
        whole = start + len(block) == stop
        if not whole and len(spans) > 1:
            spans.pop()
        yield from (span.shifted(start) for span in spans)
        start += len(block) if whole or not spans else spans[-1].stop


def _strip(block: str, start: int, stop: int) -> Span | None:
    """Return the span without outer white space, or None if it is nothing else."""
    part = block[start:stop]
    start += len(part) - len(part.lstrip())
    stop = start + len(part.strip())
    return Span(start, stop) if start < stop else None
