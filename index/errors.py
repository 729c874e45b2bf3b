"""What the engine raises.

IndexingError
├── DuplicateArticleError   an article number is added twice
└── UnknownArticleError     an article number that is not in the index
"""


class IndexingError(Exception):
    """Base of everything that `index` raises on purpose."""


class DuplicateArticleError(IndexingError):
    """The article is in the index already."""


class UnknownArticleError(IndexingError):
    """No such article is in the index."""
