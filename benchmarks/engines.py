"""The engines that are measured, each behind one function: documents in, a search function out.

All get the same words; all keep their index in memory; each is used as its own manual shows.
"""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from typing import Any

K1, B = 1.2, 0.5
# An article has so many paragraphs; so many articles are added to the whole engine at a time.
PARAGRAPHS, BATCH = 20, 500
Search = Callable[[list[str], int], Any]


def paragraf(documents: Iterable[list[str]]) -> Search:
    """Return the search of this project."""
    from index.bm25 import BM25

    return BM25(documents, k1=K1, b=B).top_n


class Whole:
    """The whole engine: a question is read, searched in two fields, ranked again and judged."""

    def __init__(self, documents: Iterable[list[str]]) -> None:
        from index.engine import PolicyIndex

        self.index = PolicyIndex()
        self._articles = 0
        paragraphs = iter(documents)
        while batch := list(islice(paragraphs, PARAGRAPHS * BATCH)):
            starts = range(0, len(batch), PARAGRAPHS)
            self.index.add([self._article(batch[at : at + PARAGRAPHS]) for at in starts], 1)
        self.index.tidy()

    def search(self, words: list[str], n: int) -> Any:  # noqa: ANN401  # as the others
        """Return the answer to the words as a question."""
        return self.index.answer(" ".join(words), most=n)

    def add(self, paragraphs: list[list[str]]) -> None:
        """Add an article."""
        self.index.add([self._article(paragraphs)], 1)

    def remove(self, article: int) -> None:
        """Remove an article; -1 is the last."""
        self.index.remove(article if article > 0 else self._articles, 1)

    def _article(self, paragraphs: list[list[str]]) -> Any:  # noqa: ANN401  # imported late
        from index.types import IndexedArticle, IndexedParagraph, Language

        self._articles += 1
        key = self._articles
        indexed = tuple(
            IndexedParagraph(key * PARAGRAPHS + number, number, tuple((word,) for word in words))
            for number, words in enumerate(paragraphs, 1)
        )
        return IndexedArticle(key, "", date(2026, 1, 22), Language.RU, None, indexed)


def whole(documents: Iterable[list[str]]) -> Search:
    """Return the answers of this project's whole engine."""
    return Whole(documents).search


def rank_bm25(documents: Iterable[list[str]]) -> Search:
    """Return the search of rank_bm25's Okapi; its result is the documents' numbers."""
    from rank_bm25 import BM25Okapi

    model = BM25Okapi(documents, k1=K1, b=B)
    numbers = range(model.corpus_size)
    return lambda words, n: model.get_top_n(words, numbers, n)


def bm25s(documents: Iterable[list[str]]) -> Search:
    """Return the search of bm25s compiled by numba, its fastest."""
    import bm25s

    model = bm25s.BM25(backend="numba", k1=K1, b=B)
    model.index(list(documents), show_progress=False)
    return lambda words, n: model.retrieve([words], k=n, show_progress=False)


def tantivy(documents: Iterable[list[str]]) -> Search:
    """Return the search of tantivy, its words split at spaces."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=500_000_000, num_threads=1)
    for words in documents:
        writer.add_document(tantivy.Document(text=" ".join(words)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    return lambda words, n: searcher.search(index.parse_query(" ".join(words), ["text"]), n).hits


def fts5(documents: Iterable[list[str]]) -> Search:
    """Return the search of SQLite FTS5, without a copy of the texts (contentless)."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='ascii')")
    rows = ((" ".join(words),) for words in documents)
    database.executemany("INSERT INTO texts (text) VALUES (?)", rows)
    database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    database.commit()
    query = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
    return lambda words, n: database.execute(query, (" OR ".join(words), n)).fetchall()


ENGINES: dict[str, Callable[[Iterable[list[str]]], Search]] = {
    "paragraf": paragraf,
    "paragraf, whole": whole,
    "bm25s (numba)": bm25s,
    "tantivy": tantivy,
    "SQLite FTS5": fts5,
    "rank_bm25": rank_bm25,
}
