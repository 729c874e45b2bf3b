"""Which paragraph each document of the index is.

Documents are numbered in the order in which they came, and numbers are never given twice. What is
known of one is appended before the model knows it, and never taken away: a reader on an older state
finds what it needs.
"""

from array import array

import numpy as np

from index.bm25 import Array, Arrays
from index.errors import SnapshotError
from index.types import IndexedArticle

#: What is kept as one number for each document, with the type code of its array.
_COLUMNS = {"paragraph_ids": "q", "article_ids": "q", "numbers": "q", "days": "i"}


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
