"""BM25 on postings: exact scores, exact best documents, adds and removes without a rebuild.

`BM25` is the model; `Snapshot` is one immutable state of it; `top_n` searches one or several
snapshots (fields) of the same documents together. No text, no lemmas, no I/O belong here: documents
come as lists of words and leave as numbers, and a stored index is a mapping of names to arrays.
"""

from index.bm25.arrays import Array, Arrays
from index.bm25.model import BM25, SOON
from index.bm25.search import Field, Mask, Numbers, among, between, shortlist, top_n
from index.bm25.snapshot import Snapshot

__all__ = [
    "BM25",
    "SOON",
    "Array",
    "Arrays",
    "Field",
    "Mask",
    "Numbers",
    "Snapshot",
    "among",
    "between",
    "shortlist",
    "top_n",
]
