"""Quote marks: which opens, which closes, and which belong together.

A stack of marks within a paragraph, then what is left open is joined to what is left to close some
paragraphs later. What the words in the marks are is not asked here.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from index.speech import is_saying
from index.types import Span

_MARK = re.compile(r"[«»„“”\"]")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_SPACES = " \u00a0\t\u2009\u202f"
_OPENS_AFTER = frozenset(_SPACES + '\n\r\u2028\u2029([{—–-−«„“:/"')
_CLOSES_BEFORE = frozenset(_SPACES + '\n\r\u2028\u2029)]},.;:!?…»”“—–-/"')

#: Deeper nesting is a slip or an attack; the outermost open mark is then forgotten.
_MOST_DEPTH = 8
#: A closing mark is matched with one of the last open ones at most.
_LOOK_BACK = 4
#: A quote opened in one paragraph is closed within so many, or never.
_MOST_PARAGRAPHS = 40

_AUTHOR_AFTER = re.compile(r"[!?…]?[,.]?\s*[-‐–—−‒―]\s*[а-яё]")
_END_AFTER = re.compile(r"\s*[.!?…]?\s*(?:$|[\n\r\u2028\u2029])")


class _Turn(IntEnum):
    OPEN = 0
    CLOSE = 1


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in marks: `spans` without the marks, one a paragraph; `outer` with them.

    `depth` is 0 for what stands in no other marks.
    """

    spans: tuple[Span, ...]
    outer: Span
    depth: int


@dataclass(slots=True)
class _Line:
    """What the marks of one paragraph come to."""

    span: Span
    pairs: list[tuple[int, int, int]]  # open, close, depth
    unclosed: list[int]
    unopened: list[int]


def find_marked(text: str) -> tuple[Marked, ...]:
    """Return all words in marks, ordered by where they start. Linear in the length of `text`."""
    lines = [_scan(text, Span(*line.span())) for line in _LINE.finditer(text)]
    found = [_marked(text, *pair) for line in lines for pair in line.pairs]
    found.extend(_across(text, lines))
    found.sort(key=lambda m: (m.outer.start, -m.outer.stop))
    return tuple(_with_depths(found))


def _scan(text: str, span: Span) -> _Line:
    """Return what the marks of one paragraph come to by themselves."""
    line = _Line(span, [], [], [])
    stack: list[tuple[int, str]] = []
    for mark in _MARK.finditer(text, span.start, span.stop):
        at, char = mark.start(), mark[0]
        if _turn(text, at, char, stack) is _Turn.OPEN:
            stack.append((at, char))
            if len(stack) > _MOST_DEPTH:
                del stack[0]
            continue
        partner = _partner(stack, char)
        if partner is None:
            line.unopened.append(at)
            continue
        line.pairs.append((stack[partner][0], at, partner))
        del stack[partner:]
    line.unclosed = [start for start, _ in stack]
    _close_twice(text, line)
    _open_twice(text, line)
    return line


def _turn(text: str, at: int, char: str, stack: list[tuple[int, str]]) -> _Turn:
    """Return whether the mark opens or closes; of straight ones by what stands around them."""
    if char in "«„":
        return _Turn.OPEN
    if char in "»”":
        is_opening_slip = char == "”" and _looks_open(text, at) and not _looks_closed(text, at)
        return _Turn.OPEN if is_opening_slip else _Turn.CLOSE
    opens, closes = _looks_open(text, at), _looks_closed(text, at)
    if opens != closes:
        return _Turn.OPEN if opens else _Turn.CLOSE
    partners = {'"': '"', "“": "„“"}[char]
    return _Turn.CLOSE if any(mark in partners for _, mark in stack) else _Turn.OPEN


def _looks_open(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _OPENS_AFTER


def _looks_closed(text: str, at: int) -> bool:
    return at + 1 >= len(text) or text[at + 1] in _CLOSES_BEFORE


_PARTNERS = {"»": "«", "“": "„“", "”": "“„”", '"': '"'}


def _partner(stack: list[tuple[int, str]], char: str) -> int | None:
    """Return the position in the stack of what the closing mark closes, or None."""
    floor = max(0, len(stack) - _LOOK_BACK)
    for at in range(len(stack) - 1, floor - 1, -1):
        if stack[at][1] in _PARTNERS[char]:
            return at
    return None


def _close_twice(text: str, line: _Line) -> None:
    """Let one mark close two levels: «… завод «Луч», — сказал он.

    Only where the author's words or the paragraph's end follow it; else the outer level goes on
    in the next paragraph.
    """
    if not line.unclosed:
        return
    start = line.unclosed[-1]
    for opened, closed, _ in line.pairs:
        if opened > start and _AUTHOR_AFTER.match(text, closed + 1, closed + 12):
            line.pairs.append((start, closed, 0))
            line.unclosed.pop()
            return


def _open_twice(text: str, line: _Line) -> None:
    """Let one mark open two levels: «Луч» открыт, мы рады», — сказал он.

    Only a mark that opens a sentence, up to one that the author's words follow.
    """
    for closed in line.unopened[:_LOOK_BACK]:
        if not _AUTHOR_AFTER.match(text, closed + 1, closed + 12):
            continue
        ends = [close for _, close, _ in line.pairs if close < closed and _is_quoted(text, close)]
        floor = max(ends, default=line.span.start - 1)
        opened = [o for o, c, depth in line.pairs if floor < o and c < closed and not depth]
        start = next((o for o in opened if _opens_sentence(text, line.span.start, o)), None)
        if start is not None:
            line.pairs.append((start, closed, 0))
            line.unopened.remove(closed)
            return


def _is_quoted(text: str, close: int) -> bool:
    """Return whether a comma or a point and the author's words stand behind a closing mark."""
    return bool(_POINTED_AUTHOR.match(text, close - 1, close + 12))


_POINTED_AUTHOR = re.compile(r"(?:[!?….,].[,.]?|..[,.!?…]+)\s*[-‐–—−‒―]\s*[а-яё]", re.DOTALL)


def _opens_sentence(text: str, floor: int, at: int) -> bool:
    before = text[max(floor, at - 4) : at].rstrip(_SPACES)
    return at == floor or before[-1:] in {".", "!", "?", "…"}


def _across(text: str, lines: list[_Line]) -> list[Marked]:
    """Return what is opened in one paragraph and closed in a later one."""
    found: list[Marked] = []
    at = 0
    while at < len(lines):
        stop = _closing_line(text, lines, at) if lines[at].unclosed else None
        if stop is None:
            _close_at_end(text, lines[at], found)
            at += 1
            continue
        found.append(_joined(text, lines[at : stop + 1]))
        lines[stop].unopened = lines[stop].unopened[1:]
        at = max(stop, at + 1)
    return found


def _closing_line(text: str, lines: list[_Line], at: int) -> int | None:
    """Return the paragraph that closes what paragraph `at` leaves open, or None."""
    for stop in range(at + 1, min(len(lines), at + 1 + _MOST_PARAGRAPHS)):
        line = lines[stop]
        reopens = _reopens(text, line)
        if line.unopened and (not line.unclosed or line.unopened[0] < line.unclosed[0]):
            return stop
        if reopens and not line.unclosed and _closes_all(text, line):
            return stop
        if line.unclosed and not reopens:
            return None
    return None


def _reopens(text: str, line: _Line) -> bool:
    """Return whether the paragraph begins with an opening mark: the custom of repeating it."""
    start = line.span.start
    while start < line.span.stop and text[start] in _SPACES:
        start += 1
    return text[start : start + 1] in {"«", "„", "“", '"'}


def _closes_all(text: str, line: _Line) -> bool:
    """Return whether the mark a paragraph begins with is closed in it as the last paragraph's."""
    first = min(line.pairs, default=None)
    return first is not None and not text[line.span.start : first[0]].strip()


def _joined(text: str, lines: list[_Line]) -> Marked:
    """Return the words from the open mark of the first line to the closing one of the last."""
    first, last = lines[0], lines[-1]
    start = first.unclosed[0]
    close = last.unopened[0] if last.unopened else min(last.pairs)[1]
    spans = [_strip(text, start + 1, first.span.stop)]
    for line in lines[1:]:
        begin = line.span.start
        if _reopens(text, line) and (line.unclosed or (line is last and not last.unopened)):
            begin = next(i for i in range(begin, line.span.stop) if text[i] in '«„“"') + 1
        spans.append(_strip(text, begin, close if line is last else line.span.stop))
    kept = tuple(span for span in spans if span.start < span.stop)
    return Marked(kept, Span(start, close + 1), 0)


def _close_at_end(text: str, line: _Line, found: list[Marked]) -> None:
    """Close what stays open at the last closing mark of its paragraph, if nothing else does.

    Where there is none, at the end of the paragraph, when the author speaks inside or has said
    right before that somebody's words follow: a slip of whoever typed it.
    """
    if not line.unclosed:
        return
    start = line.unclosed[0]
    inner = [pair for pair in line.pairs if pair[0] > start]
    close = max((pair[1] for pair in inner), default=None)
    if close is not None and _END_AFTER.match(text, close + 1):
        found.append(_marked(text, start, close, 0))
    elif close is None and len(line.unclosed) == 1 and _is_left_open(text, line, start):
        found.append(
            Marked((_strip(text, start + 1, line.span.stop),), Span(start, line.span.stop), 0)
        )


def _is_left_open(text: str, line: _Line, start: int) -> bool:
    """Return whether an open mark begins somebody's words though nothing closes them."""
    if line.unopened or line.span.stop - start > _MOST_UNCLOSED:
        return False
    before = text[max(line.span.start, start - _SAID_REACH) : start].rstrip(_SPACES)
    if before.endswith(":"):
        return any(is_saying(word) for word in _WORD.findall(before))
    opens = not before or before[-1] in ".!?…"
    if not opens or "—" in before:
        return False
    author = _AUTHOR_INSIDE.search(text, start, line.span.stop)
    return author is not None and any(is_saying(w) for w in author["words"].split())


_WORD = re.compile(r"[^\W\d_]+")
_AUTHOR_INSIDE = re.compile(r"[,!?…]\s*[–—-]\s+(?P<words>[а-яё]+(?:\s+[а-яё]+)?)")
#: The words that say that somebody's words follow stand no farther before a colon.
_SAID_REACH = 120
#: Words in one paragraph that nothing closes are a quote up to this length, in code points.
_MOST_UNCLOSED = 1_500


def _marked(text: str, start: int, close: int, depth: int) -> Marked:
    return Marked((_strip(text, start + 1, close),), Span(start, close + 1), depth)


def _strip(text: str, start: int, stop: int) -> Span:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Span(start, stop)


def _with_depths(found: list[Marked]) -> list[Marked]:
    """Return the marked words with how many others each stands in, empty ones left out."""
    result: list[Marked] = []
    open_until: list[int] = []
    for marked in found:
        while open_until and open_until[-1] <= marked.outer.start:
            open_until.pop()
        if any(span.start < span.stop for span in marked.spans):
            result.append(Marked(marked.spans, marked.outer, len(open_until)))
        if not open_until or marked.outer.stop <= open_until[-1]:
            open_until.append(marked.outer.stop)
    return result
