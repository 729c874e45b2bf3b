"""Which paragraph each document of the index is.

Documents are numbered in the order in which they came, and numbers are never given twice. What is
known of one is appended before the model knows it, and never taken away: a reader on an older state
finds what it needs.
"""

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Array, Arrays
from index.errors import SnapshotError
from index.growing import grown
from index.types import IndexedArticle

#: What is kept as one number for each document, with the type of its array.
_COLUMNS = {
    "paragraph_ids": np.int64,
    "article_ids": np.int64,
    "numbers": np.int32,
    "days": np.int32,  # as proleptic ordinals
}


class Documents:
    """Which paragraph of which article each document is, by its number."""

    def __init__(self) -> None:
        self.of_article: dict[int, range] = {}
        self._columns = {name: np.zeros(0, kind) for name, kind in _COLUMNS.items()}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def paragraph_ids(self) -> NDArray[np.int64]:
        """Return the paragraph of each document."""
        return self._columns["paragraph_ids"][: self._count]

    @property
    def article_ids(self) -> NDArray[np.int64]:
        """Return the article of each document."""
        return self._columns["article_ids"][: self._count]

    @property
    def numbers(self) -> NDArray[np.int32]:
        """Return which paragraph of its article each document is."""
        return self._columns["numbers"][: self._count]

    @property
    def days(self) -> NDArray[np.int64]:
        """Return the day on which the article of each document came out, as an ordinal."""
        return self._columns["days"][: self._count]

    def add(self, article: IndexedArticle) -> None:
        """Take in the paragraphs of an article as the next documents."""
        first, stop = self._count, self._count + len(article.paragraphs)
        told = {
            "paragraph_ids": [paragraph.id for paragraph in article.paragraphs],
            "article_ids": article.id,
            "numbers": [paragraph.number for paragraph in article.paragraphs],
            "days": article.day.toordinal(),
        }
        for name, values in told.items():
            self._columns[name] = grown(self._columns[name], first, stop)
            self._columns[name][first:stop] = values
        self.of_article[article.id] = range(first, stop)
        self._count = stop

    def copy(self) -> "Documents":
        """Return the same documents, to which others can be added."""
        other = Documents()
        other.of_article = self.of_article.copy()
        # Without room for more, which both would write to.
        other._columns = {name: each[: self._count] for name, each in self._columns.items()}
        other._count = self._count
        return other

    def find(self, paragraph_id: int, numbers: int) -> int | None:
        """Return the live document that a paragraph is, of the first `numbers`, if there is one."""
        # Of a paragraph that left and came back the last document is the live one.
        places = (self.paragraph_ids[:numbers] == paragraph_id).nonzero()[0]
        if not len(places) or int(self.article_ids[places[-1]]) not in self.of_article:
            return None
        return int(places[-1])

    def to_arrays(self) -> dict[str, Array]:
        """Return what is known as named arrays."""
        places = [(key, at.start, at.stop) for key, at in self.of_article.items()]
        columns = {name: each[: self._count] for name, each in self._columns.items()}
        return {**columns, "articles": np.array(places, np.int64).reshape(-1)}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Documents":
        """Return what `to_arrays` gave; the arrays are used as they are.

        Raises: SnapshotError when one is missing or of another length.
        """
        documents = cls()
        documents._count = len(arrays["paragraph_ids"])
        for name, kind in _COLUMNS.items():
            if len(arrays[name]) != documents._count:
                raise SnapshotError(f"{name}: {len(arrays[name])} values")
            documents._columns[name] = np.asarray(arrays[name], kind)
        places = arrays["articles"].reshape(-1, 3).tolist()
        documents.of_article = {key: range(first, stop) for key, first, stop in places}
        return documents
