"""The words of a vocabulary that may be one edit away from a typed word, found without all of them.

One edit leaves the beginning or the end of a word as it is: of n letters the first or the last
(n - 1) // 2, whether a letter is wrong, missing, extra, or swapped with its neighbour. So words are
kept by their first letters and their length, and by their last letters and their length.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator

from index.bm25 import Snapshot
from index.ranking import START_MARK

#: Longer beginnings and ends tell too few words apart to be worth their room.
MOST_LETTERS = 4


class Neighbours:
    """Words by what an edit leaves of them; they are taken in when first asked for, and stay."""

    def __init__(self) -> None:
        self._starts: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._ends: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._size = 0
        self._growing = threading.Lock()

    def find(self, typed: str, words: Snapshot) -> set[str]:
        """Return words among which all those of live documents that are one edit away are."""
        with self._growing:
            if words.vocabulary_size > self._size:
                self._grow(words.new_words(self._size))
                self._size = words.vocabulary_size
        kept = _kept(len(typed))
        if not kept:
            return set()
        start, end = typed[:kept], typed[-kept:]
        near: set[str] = set()
        for length in range(len(typed) - 1, len(typed) + 2):
            # By `get`: a look must not make the dictionary grow.
            near.update(self._starts.get((start, length), ()))
            near.update(self._ends.get((end, length), ()))
        return near

    def _grow(self, words: Iterator[str]) -> None:
        for word in words:
            if word.endswith(START_MARK):
                continue
            length = len(word)
            for kept in {_kept(typed) for typed in range(length - 1, length + 2)} - {0}:
                self._starts[word[:kept], length].append(word)
                self._ends[word[-kept:], length].append(word)


def _kept(letters: int) -> int:
    """Return how many letters one edit surely leaves at the beginning or the end of a word."""
    return max(0, min((letters - 1) // 2, MOST_LETTERS))
