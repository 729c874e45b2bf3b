"""What became of each paragraph in another version of its text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from index.types import Span

#: Paragraphs with fewer of their words in common are taken for two: half is what a reader still
#: recognises.
LIKE = 0.5

#: With so many in common nothing better is sought elsewhere.
NEARLY = 0.8

#: A paragraph that changed seldom moved far as well: so many places each way are looked at, fewer
#: where so many paragraphs changed that it would take longer than a second.
WINDOW = 20
MOST_PAIRS = 40_000

#: Paragraphs put in order: the time grows with their square, and is a second for so many.
MOST_ORDERED = 2_000

#: Longer paragraphs are not compared word by word: it would take seconds.
MOST_WORDS = 3_000

_WORD = re.compile(r"\w+")
#: A number is one word, whatever stands within it: «15,5», «14.03.2025», «12:30».
_PIECE = re.compile(r"\d+(?:[.,:/]\d+)+(?!\w)|\w+|\s+|[^\w\s]")


class Fate(StrEnum):
    """What happened to a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph in both versions by its place from 0, None in the one that has it not."""

    fate: Fate
    old: int | None
    new: int | None


def match_paragraphs(old: Sequence[str], new: Sequence[str]) -> tuple[int | None, ...]:
    """Return for each old paragraph the place of the new one that it became, None for none.

    The same words go before likeness, and order before places further away. Each new one is taken
    once.
    """
    found: list[int | None] = [None] * len(old)
    free = dict.fromkeys(range(len(new)))
    for n, place in _match_in_order(old, new):
        found[n] = place
        del free[place]
    _match_moved(old, new, found, free)
    _match_alike(old, new, found, free)
    return tuple(found)


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """Return what happened to each paragraph, in the order of the new text.

    A removed one stands behind what it stood behind in the old.
    """
    found = match_paragraphs(old, new)
    came_from = {place: n for n, place in enumerate(found) if place is not None}
    changes: list[Change] = []
    behind: dict[int, list[Change]] = {}
    last = -1
    for n, place in enumerate(found):
        if place is None:
            behind.setdefault(last, []).append(Change(Fate.REMOVED, n, None))
        else:
            last = place
    changes += behind.get(-1, [])
    for place, words in enumerate(new):
        was = came_from.get(place)
        fate = Fate.ADDED if was is None else Fate.SAME if old[was] == words else Fate.CHANGED
        changes.append(Change(fate, was, place))
        changes += behind.get(place, [])
    return tuple(changes)


def changed_words(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return which words of two texts are not in the other at that place, in text order."""
    before, after = _pieces(old), _pieces(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return (), ()
    gone: list[Span] = []
    come: list[Span] = []
    matcher = SequenceMatcher(
        None, [span.of(old) for span in before], [span.of(new) for span in after], autojunk=False
    )
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag != "equal":
            gone += _joined(before[first:last])
            come += _joined(after[start:stop])
    return tuple(gone), tuple(come)


def _match_in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of the same words that stand in the same order.

    Where very many paragraphs lie between the first and the last change, only those outside: the
    same words are found elsewhere all the same, but which of two like lines went is a guess.
    """
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    yield from ((n, n) for n in range(head))
    yield from ((len(old) - 1 - n, len(new) - 1 - n) for n in range(tail))
    inner, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(inner), len(other)) > MOST_ORDERED:
        return
    for block in SequenceMatcher(None, inner, other, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            yield head + block.a + offset, head + block.b + offset


def _match_moved(
    old: Sequence[str], new: Sequence[str], found: list[int | None], free: dict[int, None]
) -> None:
    """Find the same words elsewhere."""
    places: dict[str, list[int]] = {}
    for place in reversed(free):
        places.setdefault(new[place], []).append(place)
    for n, words in enumerate(old):
        if found[n] is None and places.get(words):
            place = places[words].pop()
            found[n] = place
            del free[place]


def _match_alike(
    old: Sequence[str], new: Sequence[str], found: list[int | None], free: dict[int, None]
) -> None:
    """Find the most alike of what is left, the best pairs first."""
    left = [n for n, place in enumerate(found) if place is None]
    open_ = list(free)
    words = {place: Counter(_WORD.findall(new[place].casefold())) for place in open_}
    window = max(1, min(WINDOW, MOST_PAIRS // (2 * len(left) or 1)))
    pairs = []
    for rank, n in enumerate(left):
        own = Counter(_WORD.findall(old[n].casefold()))
        near = open_[max(0, rank - window) : rank + window + 1]
        if rank < len(open_) and _likeness(own, words[open_[rank]]) >= NEARLY:
            near = [open_[rank]]
        for place in near:
            likeness = _likeness(own, words[place])
            if likeness >= LIKE:
                pairs.append((-likeness, n, place))
    for _, n, place in sorted(pairs):
        if found[n] is None and place in free:
            found[n] = place
            del free[place]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words in common, 0..1 (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _pieces(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _PIECE.finditer(text)]


def _joined(pieces: Sequence[Span]) -> list[Span]:
    return [Span(pieces[0].start, pieces[-1].stop)] if pieces else []
