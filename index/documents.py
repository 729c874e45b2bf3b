"""What the index keeps of each document beside its words: which paragraph it is, and its sequence.

Documents are numbered in the order in which they came, and numbers are never given twice. What is
known of one is appended before the model knows it, and never taken away: a reader on an older state
finds what it needs.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Array, Arrays
from index.errors import SnapshotError
from index.types import IndexedArticle

#: What is kept as one number for each document, with the type code of its array.
_COLUMNS = {"paragraph_ids": "q", "article_ids": "q", "numbers": "q", "days": "i"}


class Sequences(Sequence[bytes]):
    """What `pack_sequence` gave for each document: of the first in one array, of later ones apart.

    It grows beside its readers; a removal makes another.
    """

    def __init__(
        self, packed: NDArray[np.uint8], starts: NDArray[np.int64], later: list[bytes]
    ) -> None:
        self._packed, self._starts = packed, starts
        self._kept = len(starts) - 1
        self._later = later

    @classmethod
    def empty(cls) -> "Sequences":
        """Return the sequences of no documents."""
        return cls(np.zeros(0, np.uint8), np.zeros(1, np.int64), [])

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Sequences":
        """Return what `to_arrays` gave; the arrays are used as they are."""
        # A plain view of a mapped array: numpy.memmap itself makes each slice ten times as slow.
        return cls(np.asarray(arrays["packed"]), np.asarray(arrays["starts"]), [])

    def __len__(self) -> int:
        return self._kept + len(self._later)

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        """Return the sequence of a document, or those of some."""
        if isinstance(at, slice):
            return [self[document] for document in range(*at.indices(len(self)))]
        if at >= self._kept:
            return self._later[at - self._kept]
        return self._packed[self._starts[at] : self._starts[at + 1]].tobytes()

    def extend(self, sequences: Iterator[bytes]) -> None:
        """Add the sequences of the next documents."""
        self._later.extend(sequences)

    def copy(self) -> "Sequences":
        """Return the same sequences, to which others can be added."""
        return Sequences(self._packed, self._starts, self._later.copy())

    def without(self, documents: range) -> "Sequences":
        """Return them without those of some documents; those in the one array stay in it."""
        later = self._later.copy()
        begin, end = (max(at - self._kept, 0) for at in (documents.start, documents.stop))
        later[begin:end] = [b""] * (end - begin)
        return Sequences(self._packed, self._starts, later)

    def to_arrays(self) -> dict[str, Array]:
        """Return all of them as one array and its borders."""
        lengths = np.array([len(sequence) for sequence in self._later], np.int64)
        starts = np.concatenate([self._starts, self._starts[-1] + np.cumsum(lengths)])
        later = np.frombuffer(b"".join(self._later), np.uint8)
        return {"packed": np.concatenate([self._packed, later]), "starts": starts}


class Documents:
    """Which paragraph of which article each document is, by its number."""

    def __init__(self) -> None:
        self.of_article: dict[int, range] = {}
        self.paragraph_ids = array("q")
        self.article_ids = array("q")
        self.numbers = array("q")
        self.days = array("i")  # as proleptic ordinals

    def __len__(self) -> int:
        return len(self.paragraph_ids)

    def add(self, article: IndexedArticle) -> None:
        """Take in the paragraphs of an article as the next documents."""
        count = len(article.paragraphs)
        self.of_article[article.id] = range(len(self), len(self) + count)
        self.article_ids.extend([article.id] * count)
        self.numbers.extend(paragraph.number for paragraph in article.paragraphs)
        self.days.extend([article.day.toordinal()] * count)
        self.paragraph_ids.extend(paragraph.id for paragraph in article.paragraphs)

    def copy(self) -> "Documents":
        """Return the same documents, to which others can be added."""
        other = Documents()
        other.of_article = self.of_article.copy()
        for name in _COLUMNS:
            setattr(other, name, getattr(self, name)[:])
        return other

    def find(self, paragraph_id: int) -> int | None:
        """Return the live document that a paragraph is, None if there is none."""
        # From the end: of a paragraph that left and came back the last document is the live one.
        places = range(len(self) - 1, -1, -1)
        document = next((n for n in places if self.paragraph_ids[n] == paragraph_id), None)
        if document is None or self.article_ids[document] not in self.of_article:
            return None
        return document

    def to_arrays(self) -> dict[str, Array]:
        """Return what is known as named arrays."""
        # Copies: an array that lends its memory cannot grow.
        columns = {name: np.array(getattr(self, name), code) for name, code in _COLUMNS.items()}
        places = [(key, at.start, at.stop) for key, at in self.of_article.items()]
        return {**columns, "articles": np.array(places, np.int64).reshape(-1)}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Documents":
        """Return what `to_arrays` gave; the arrays are copied.

        Raises: SnapshotError when one is missing or of another length.
        """
        documents = cls()
        for name in _COLUMNS:
            if len(arrays[name]) != len(arrays["paragraph_ids"]):
                raise SnapshotError(f"{name}: {len(arrays[name])} values")
            getattr(documents, name).frombytes(arrays[name].tobytes())
        places = arrays["articles"].reshape(-1, 3).tolist()
        documents.of_article = {key: range(first, stop) for key, first, stop in places}
        return documents
