"""The telling words of each document in order: how near to one another words stand is read there.

A sequence is the numbers of their first letters. Where the lemmas of one word begin differently,
those after the first are complemented: they stand at the same place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Array, Arrays, Numbers, Snapshot
from index.growing import grown
from index.languages import STOP_WORDS
from index.ranking import start_of

Entries = NDArray[np.int32]


def pack_sequence(terms: Sequence[tuple[str, ...]], model: Snapshot) -> list[int]:
    """Return the sequence of a paragraph, whose first letters the index has already."""
    (packed,) = pack_sequences((terms,), model)
    return packed


def pack_sequences(
    paragraphs: Iterable[Sequence[tuple[str, ...]]], model: Snapshot
) -> Iterator[list[int]]:
    """Return the sequence of each paragraph; a word that they have often is looked up once."""
    known: dict[tuple[str, ...], list[int]] = {}
    for terms in paragraphs:
        entries: list[int] = []
        for lemmas in terms:
            packed = known.get(lemmas)
            if packed is None:
                packed = known[lemmas] = _pack_word(lemmas, model)
            entries += packed
        yield entries


def _pack_word(lemmas: tuple[str, ...], model: Snapshot) -> list[int]:
    """Return the entries of a word, none of a stop word."""
    if not STOP_WORDS.isdisjoint(lemmas[:1]):
        return []
    starts = dict.fromkeys(map(start_of, lemmas))
    known = [number for number in map(model.vocabulary.find, starts) if number is not None]
    return [~number if place else number for place, number in enumerate(known)]


@dataclass(frozen=True, slots=True)
class _Run:
    """Sequences one after another: the n-th is `entries[borders[n]:borders[n + 1]]`.

    The arrays may be longer than `count` sequences need: later ones are written there.
    """

    entries: Entries
    borders: NDArray[np.int64]
    count: int

    def __getitem__(self, number: int) -> list[int]:
        entries: list[int] = self.entries[self.borders[number] : self.borders[number + 1]].tolist()
        return entries

    def take(self, numbers: Numbers) -> tuple[Entries, Numbers]:
        """Return the entries of some sequences, one after another, and how many each has."""
        starts = self.borders.take(numbers)
        lengths = self.borders.take(numbers + 1) - starts
        stops = lengths.cumsum()
        places = (starts - stops + lengths).repeat(lengths)
        places += np.arange(len(places))
        return self.entries.take(places), lengths

    def extended(self, sequences: Sequence[Sequence[int]]) -> "_Run":
        """Return the run with more sequences; who holds the shorter one may go on reading it."""
        stops = self.borders[self.count] + np.cumsum([0, *map(len, sequences)])
        count = self.count + len(sequences)
        entries = grown(self.entries, int(stops[0]), int(stops[-1]))
        borders = grown(self.borders, self.count, count + 1)
        borders[self.count : count + 1] = stops
        total = int(stops[-1] - stops[0])
        entries[stops[0] : stops[-1]] = np.fromiter(chain.from_iterable(sequences), np.int32, total)
        return _Run(entries, borders, count)

    @property
    def used(self) -> Entries:
        """Return the entries of all sequences."""
        return self.entries[: self.borders[self.count]]

    def copy(self) -> "_Run":
        """Return the same sequences in arrays without room for more: it would be written twice."""
        return _Run(self.used, self.borders[: self.count + 1], self.count)


class Sequences:
    """The sequences of all documents: of the first in arrays that may be mapped, of later ones.

    It never changes; the next state shares its memory. Those of removed documents stay.
    """

    def __init__(self, kept: _Run, later: _Run) -> None:
        self._kept, self._later = kept, later

    @classmethod
    def of(cls, sequences: Iterable[Sequence[int]] = ()) -> "Sequences":
        """Return the given sequences, of the documents 0, 1, 2 and so on."""
        return cls(_empty(), _empty()).extended(sequences)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Sequences":
        """Return what `to_arrays` gave; the arrays are used as they are."""
        # A plain view of a mapped array: numpy.memmap itself makes each slice ten times as slow.
        entries, borders = (np.asarray(arrays[name]) for name in ("entries", "borders"))
        return cls(_Run(entries, borders, len(borders) - 1), _empty())

    def __len__(self) -> int:
        return self._kept.count + self._later.count

    def __getitem__(self, document: int) -> list[int]:
        """Return the sequence of a document."""
        if document < self._kept.count:
            return self._kept[document]
        return self._later[document - self._kept.count]

    def take(self, documents: Numbers) -> tuple[Entries, Numbers]:
        """Return the entries of documents, which ascend, and how many each has."""
        first = int(documents.searchsorted(self._kept.count))
        if first == len(documents):
            return self._kept.take(documents)
        later = self._later.take(documents[first:] - self._kept.count)
        if not first:
            return later
        kept = self._kept.take(documents[:first])
        return np.concatenate([kept[0], later[0]]), np.concatenate([kept[1], later[1]])

    def copy(self) -> "Sequences":
        """Return the same sequences, to which others may be added than to these."""
        return Sequences(self._kept, self._later.copy())

    def extended(self, sequences: Iterable[Sequence[int]]) -> "Sequences":
        """Return them with those of the next documents; to be done once, unless with a `copy`."""
        return Sequences(self._kept, self._later.extended([*sequences]))

    def to_arrays(self) -> dict[str, Array]:
        """Return all of them as one array and its borders."""
        kept, later = self._kept, self._later
        borders = later.borders[1 : later.count + 1] + kept.borders[kept.count]
        return {
            "entries": np.concatenate([kept.used, later.used]),
            "borders": np.concatenate([kept.borders[: kept.count + 1], borders]),
        }


def _empty() -> _Run:
    return _Run(np.zeros(0, np.int32), np.zeros(1, np.int64), 0)
