"""The vectors of passages in memory, packed, and how like a question they are.

All of it is sums of integers, so the same vectors give the same likeness, to the last bit, in
whatever order they came, on any processor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import IndexedVector, Language, Scope

DIMENSIONS = 384

#: How much of what all passages have in common is taken from a question: a passage that is near to
#: everything says less. Source: docs/benchmarks.md, Likeness in meaning; the idea is that of
#: Suzuki et al. 2013, Centering similarity measures to reduce hubs.
COMMON_SHARE = 0.35

#: What a vector's scale is counted in: fine enough for a 1000th of the smallest, and whole numbers
#: of it can be summed without rounding.
_STEP = 2.0**-24

#: The largest of 8-bit numbers.
_MOST = 127

_LANGUAGES = tuple(Language)

#: Vectors compared at once: their copy as floats takes 12 MB.
_CHUNK = 8192

_PACKED = np.dtype([("steps", "<i4"), ("values", "i1", (DIMENSIONS,))])

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that is near a question in meaning."""

    paragraph_id: int
    article_id: int
    number: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of passages at one moment, in the order of paragraph ids; never changed.

    A vector is its `values` times its `steps` of the scale. `total` is the sum of all.
    """

    paragraphs: Integers
    articles: Integers
    numbers: Integers
    days: Integers
    languages: Integers
    steps: NDArray[np.int32]
    values: NDArray[np.int8]
    total: Integers

    @classmethod
    def of(cls, rows: Iterable[IndexedVector]) -> "Vectors":
        """Return the vectors of these paragraphs."""
        ordered = sorted(rows, key=lambda row: row.paragraph_id)
        packed = np.frombuffer(b"".join(row.vector for row in ordered), _PACKED)
        return cls(
            _numbers(row.paragraph_id for row in ordered),
            _numbers(row.article_id for row in ordered),
            _numbers(row.number for row in ordered),
            _numbers(row.day.toordinal() for row in ordered),
            _numbers(_LANGUAGES.index(row.language) for row in ordered),
            steps := np.ascontiguousarray(packed["steps"]),
            values := np.ascontiguousarray(packed["values"]),
            _sum(steps, values),
        )

    def replaced(self, article_ids: Iterable[int], rows: Iterable[IndexedVector]) -> "Vectors":
        """Return the vectors with `rows` in place of all that these articles had."""
        new = Vectors.of(rows)
        left = np.isin(self.articles, list(article_ids))
        total = self.total - _sum(self.steps[left], self.values[left]) + new.total
        stay = ~left
        order = np.argsort(np.concatenate([self.paragraphs[stay], new.paragraphs]), kind="stable")

        def joined(old: Column, come: Column) -> Column:
            return np.concatenate([old[stay], come])[order]

        return Vectors(
            joined(self.paragraphs, new.paragraphs),
            joined(self.articles, new.articles),
            joined(self.numbers, new.numbers),
            joined(self.days, new.days),
            joined(self.languages, new.languages),
            joined(self.steps, new.steps),
            joined(self.values, new.values),
            total,
        )

    def find(self, paragraph_ids: Iterable[int]) -> tuple[Integers, NDArray[np.bool_]]:
        """Return the places of those paragraphs that have a vector, and which they are."""
        wanted = _numbers(paragraph_ids)
        places = np.searchsorted(self.paragraphs, wanted)
        found = places < len(self.paragraphs)
        found[found] = self.paragraphs[places[found]] == wanted[found]
        return places[found], found

    def allowed(self, language: Language, within: Scope) -> Integers:
        """Return the places of the passages of a scope in a language."""
        mask = self.languages == _LANGUAGES.index(language)
        if within.days is not None:
            first, last = (day.toordinal() for day in within.days)
            mask &= (self.days >= first) & (self.days <= last)
        if within.articles is not None:
            mask &= np.isin(self.articles, list(within.articles))
        if within.paragraphs is not None:
            mask &= np.isin(self.paragraphs, list(within.paragraphs))
        return np.flatnonzero(mask)

    def likeness(self, question: Floats, places: Integers) -> NDArray[np.float64]:
        """Return how like a question the passages at these places are.

        Cosines, less a share of what all passages have in common. The products of 8-bit integers
        add up to less than 2²⁴, so their sums in 32-bit floats have no rounding.
        """
        common = self.total * (_STEP / max(len(self.paragraphs), 1))
        steps, values = _quantised(question - COMMON_SHARE * common)
        asked = values.astype(np.float32)
        sums = np.zeros(len(places))
        for start in range(0, len(places), _CHUNK):
            part = slice(start, start + _CHUNK)
            sums[part] = self.values[places[part]].astype(np.float32) @ asked
        likeness: NDArray[np.float64] = sums * self.steps[places] * (steps * _STEP * _STEP)
        return likeness

    def nearest(self, question: Floats, places: Integers, n: int) -> list[Near]:
        """Return the `n` at these places that are likest, likest first, ties by paragraph id."""
        likeness = self.likeness(question, places)
        best = np.argsort(-likeness, kind="stable")[:n]
        return [
            Near(
                int(self.paragraphs[place]),
                int(self.articles[place]),
                int(self.numbers[place]),
                float(value),
            )
            for place, value in zip(places[best], likeness[best], strict=True)
        ]


def pack(vector: Floats) -> bytes:
    """Return a vector in 388 bytes: cosines change by less than .002."""
    packed = np.zeros((), _PACKED)
    packed["steps"], packed["values"] = _quantised(vector)
    return packed.tobytes()


def _quantised(vector: NDArray[np.floating]) -> tuple[int, NDArray[np.int8]]:
    """Return a vector as a scale, counted in steps, and 8-bit numbers."""
    steps = max(int(np.ceil(np.abs(vector).max() / (_MOST * _STEP))), 1)
    return steps, np.rint(vector / (steps * _STEP)).astype(np.int8)


def _sum(steps: NDArray[np.int32], values: NDArray[np.int8]) -> Integers:
    """Return the sum of vectors, in steps."""
    total = np.zeros(DIMENSIONS, np.int64)
    for start in range(0, len(steps), _CHUNK):
        part = slice(start, start + _CHUNK)
        total += (values[part] * steps[part, None].astype(np.int64)).sum(axis=0)
    return total


def _numbers(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, np.int64)
