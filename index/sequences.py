"""The telling words of each document in order: how near to one another words stand is read there.

A sequence is the numbers of their first letters. Where the lemmas of one word begin differently,
those after the first are complemented: they stand at the same place.

Kept are units of 16 bits. The numbers that were given first, which are those of common words, are
one unit, later ones two; before a number that is complemented stands a unit that says so. Each
sequence takes a whole number of 64-bit words: they are gathered four units at a time.
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

Units = NDArray[np.uint16]
Entries = NDArray[np.int32]

#: Units in a word, which is filled up with one that says nothing.
_WIDTH = 4
#: A number below it is a unit by itself. A larger one is a lead and a trail, each one of so many.
_FILL = (1 << 16) - 2 - 2 * (1 << 13)
_TRAIL = _FILL + 1
_PARTS = 1 << 13
_LEAD = _TRAIL + _PARTS
#: The next number stands at the place of the one before it.
_SAME = _LEAD + _PARTS
#: What two units can say; words that come after so many have no place.
_MOST_NUMBERS = _TRAIL + _PARTS**2


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
    found = map(model.vocabulary.find, starts)
    known = [number for number in found if number is not None and number < _MOST_NUMBERS]
    return [~number if place else number for place, number in enumerate(known)]


def _encode(entries: Entries, sizes: Numbers) -> tuple[Units, Numbers]:
    """Return the units of sequences, one after another, and in which word those of each stop.

    `entries` has their entries, one after another, and `sizes` how many each has.
    """
    is_same, numbers = entries < 0, entries ^ (entries >> 31)
    is_long = numbers >= _FILL
    ends = np.append(0, (1 + is_same.astype(np.int64) + is_long).cumsum())
    used = np.diff(ends[sizes.cumsum()], prepend=0)
    words = -(-used // _WIDTH)
    stops = words.cumsum()
    last = ends[1:] - 1 + ((stops - words) * _WIDTH - (used.cumsum() - used)).repeat(sizes)
    units = np.full(_WIDTH * int(words.sum()), _FILL, np.uint16)
    high, low = np.divmod(numbers[is_long] - _FILL, _PARTS)
    units[last[is_same] - 1 - is_long[is_same]] = _SAME
    units[last[is_long] - 1] = _LEAD + high
    units[last] = np.minimum(numbers, _FILL)
    units[last[is_long]] = _TRAIL + low
    return units, stops


def _decode(units: list[int]) -> list[int]:
    """Return the entries of the units of one sequence."""
    while units and units[-1] == _FILL:
        units.pop()
    if max(units, default=0) < _FILL:  # the most are: common words of one beginning
        return units
    entries, number, is_same = [], 0, False
    for unit in units:
        if unit == _SAME:
            is_same = True
        elif unit >= _LEAD:
            number = (unit - _LEAD) * _PARTS - 1
        else:
            entries.append(~(number + unit) if is_same else number + unit)
            number, is_same = 0, False
    return entries


@dataclass(frozen=True, slots=True)
class _Run:
    """Sequences one after another: the n-th is the words from `borders[n]` to `borders[n + 1]`.

    The arrays may be longer than `count` sequences need: later ones are written there.
    """

    units: Units
    borders: NDArray[np.int32]
    count: int

    def __getitem__(self, number: int) -> list[int]:
        start, stop = self.borders[number : number + 2].tolist()
        return _decode(self.units[_WIDTH * start : _WIDTH * stop].tolist())

    def take(self, numbers: Numbers) -> tuple[Units, Numbers]:
        """Return the units of some sequences, one after another, and how many words each has."""
        starts = self.borders.take(numbers).astype(np.int64)
        lengths = self.borders.take(numbers + 1) - starts
        stops = lengths.cumsum()
        starts -= stops
        starts += lengths
        places = starts.repeat(lengths)
        places += np.arange(len(places))
        return self.units.view(np.int64).take(places).view(np.uint16), lengths

    def extended(self, sequences: Sequence[Sequence[int]]) -> "_Run":
        """Return the run with more sequences; who holds the shorter one may go on reading it."""
        sizes = np.fromiter(map(len, sequences), np.int64, len(sequences))
        entries = np.fromiter(chain.from_iterable(sequences), np.int32, int(sizes.sum()))
        more, stops = _encode(entries, sizes)
        first, count = int(self.borders[self.count]), self.count + len(sequences)
        units = grown(self.units, _WIDTH * first, _WIDTH * first + len(more))
        borders = grown(self.borders, self.count + 1, count + 1)
        borders[self.count + 1 : count + 1] = first + stops
        units[_WIDTH * first : _WIDTH * first + len(more)] = more
        return _Run(units, borders, count)

    @property
    def used(self) -> Units:
        """Return the units of all sequences."""
        return self.units[: _WIDTH * self.borders[self.count]]

    def copy(self) -> "_Run":
        """Return the same sequences in arrays without room for more: it would be written twice."""
        return _Run(self.used, self.borders[: self.count + 1], self.count)


@dataclass(frozen=True, slots=True)
class Places:
    """Where some numbers stand in some sequences, in their order.

    By occurrence: in which of the sequences, at which place, counted on from one to the next, and
    which of the numbers it is.
    """

    sequences: Numbers
    places: Numbers
    which: Numbers

    def __len__(self) -> int:
        return len(self.which)

    def __getitem__(self, part: slice) -> "Places":
        return Places(self.sequences[part], self.places[part], self.which[part])


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
        units, borders = (np.asarray(arrays[name]) for name in ("units", "borders"))
        return cls(_Run(units, borders, len(borders) - 1), _empty())

    def __len__(self) -> int:
        return self._kept.count + self._later.count

    def __getitem__(self, document: int) -> list[int]:
        """Return the sequence of a document."""
        if document < self._kept.count:
            return self._kept[document]
        return self._later[document - self._kept.count]

    def find(self, documents: Numbers, numbers: Sequence[int]) -> Places:
        """Return where numbers, which ascend, stand in documents, which do too."""
        units, lengths = self._take(documents)
        # Two units are known by the second of them, which others have too.
        marks = [n if n < _FILL else _TRAIL + (n - _FILL) % _PARTS for n in numbers]
        is_wanted = np.zeros(1 << 16, np.bool_)
        is_wanted[marks] = True
        at = is_wanted.take(units).nonzero()[0]
        found, known = units.take(at).astype(np.int32), np.array(numbers, np.int32)
        if numbers and numbers[-1] >= _FILL:
            is_long = found >= _TRAIL
            found[is_long] += (units[at[is_long] - 1].astype(np.int32) - _LEAD) * _PARTS - 1
            is_found = np.isin(found, known)
            at, found = at[is_found], found[is_found]
        places = at
        # Neither a lead takes a place, nor the unit that says that a number takes none, nor that.
        others = (units >= _LEAD).nonzero()[0]
        if len(others):
            same = others[units.take(others) == _SAME]
            places = at - others.searchsorted(at) - same.searchsorted(at)
        owners = lengths.cumsum().searchsorted(at // _WIDTH, "right")
        return Places(owners, places, known.searchsorted(found))

    def _take(self, documents: Numbers) -> tuple[Units, Numbers]:
        """Return the units of documents, which ascend, and how many words each has."""
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
            "units": np.concatenate([kept.used, later.used]),
            "borders": np.concatenate([kept.borders[: kept.count + 1], borders]),
        }


def _empty() -> _Run:
    return _Run(np.zeros(0, np.uint16), np.zeros(1, np.int32), 0)
