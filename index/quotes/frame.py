"""A text seen from its author: sentences and paragraphs with all words in marks blacked out.

What stands in marks may hold full stops, line breaks and names; none of them is the author's.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from index.quotes.marks import Marked
from index.types import Span

#: Stands for each character within marks; no text that people write has it.
BLACK = "\u0000"

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_END = re.compile(
    r"(?P<stop>(?<![.!?…])[.!?…]{1,9}[\"»”“)\]]{0,9}|[»”\"](?:\s*\([^()\n]{0,60}\))?)"
    r"(?=[ \u00a0\t]+(?:[—–-][ \u00a0])?[«„“\"(]?[А-ЯЁA-ZƏĞİÖŞÜÇ0-9«„“\"])"
)
_ABBREVIATION = re.compile(
    r"(?:(?<![^\W_])(?:[А-ЯЁA-Z]|г|гг|им|ул|т|др|пр|ст|см|стр|акад|проф|д|св|тыс|млн|млрд|руб|напр|англ|долл|о|"
    r"т\.\s?[едкнп]|и\.\s?о|в\.\s?о))$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\d\s?(?:г|[A-ZА-Я])$")  # 2025 г., 8,2 G.
_CLOSING = frozenset('»”“"')


@dataclass(frozen=True, slots=True)
class Frame:
    """The author's text: `masked` has the length of `text`, words in marks are blacked out."""

    text: str
    masked: str
    lines: tuple[Span, ...]
    sentences: tuple[Span, ...]
    marked: tuple[Marked, ...]

    def sentence_at(self, position: int) -> int:
        """Return the number of the sentence that holds the position or is the last before it."""
        return max(0, bisect_right(self.sentences, position, key=lambda s: s.start) - 1)

    def line_at(self, position: int) -> int:
        """Return the number of the paragraph that holds the position, or is the last before it."""
        return max(0, bisect_right(self.lines, position, key=lambda s: s.start) - 1)


def frame(text: str, marked: tuple[Marked, ...]) -> Frame:
    """Return the author's view of a text whose words in marks are `marked`. Linear."""
    outer = tuple(m for m in marked if m.depth == 0)
    pieces: list[str] = []
    at = 0
    for each in outer:
        pieces.append(text[at : each.outer.start + 1])
        pieces.append(BLACK * (each.outer.stop - each.outer.start - 2))
        at = each.outer.stop - 1
    pieces.append(text[at:])
    masked = "".join(pieces)
    lines = tuple(
        span for line in _LINE.finditer(masked) if (span := _strip(text, *line.span())) is not None
    )
    sentences = tuple(span for line in lines for span in _sentences(text, masked, line))
    return Frame(text, masked, lines, sentences, outer)


def _sentences(text: str, masked: str, line: Span) -> list[Span]:
    found: list[Span] = []
    start = line.start
    for end in _END.finditer(masked, line.start, line.stop):
        if not _is_end(text, masked, end):
            continue
        if (span := _strip(text, start, end.end())) is not None:
            found.append(span)
        start = end.end()
    if (span := _strip(text, start, line.stop)) is not None:
        found.append(span)
    return found


def _is_end(text: str, masked: str, end: re.Match[str]) -> bool:
    """Return whether a sentence ends here: a closing mark alone ends one after «…!»."""
    stop = end["stop"]
    if stop[0] in _CLOSING:
        inside = text[end.start() - 1]
        return masked[end.start() - 1] == BLACK and inside in ".!?…" and len(stop) == 1
    if stop[0] != ".":
        return True
    before = masked[max(0, end.start() - 8) : end.start()]
    return bool(_UNIT.search(before)) or not _ABBREVIATION.search(before)


def _strip(text: str, start: int, stop: int) -> Span | None:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Span(start, stop) if start < stop else None
