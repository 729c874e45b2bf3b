"""What became of each paragraph in another version of its text."""

import re
from collections import Counter
from collections.abc import Sequence
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

#: Longer paragraphs are not compared word by word: it would take seconds.
MOST_WORDS = 3_000

_WORD = re.compile(r"\w+")
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


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
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            found[block.a + offset] = block.b + offset
            del free[block.b + offset]
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
