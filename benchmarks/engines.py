"""The engines that are measured, each behind one function: documents in, a search function out.

All get the same words; all keep their index in memory; each is used as its own manual shows.
"""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

K1, B = 1.2, 0.5
Search = Callable[[list[str], int], Any]


def paragraf(documents: Iterable[list[str]]) -> Search:
    """Return the search of this project."""
    from index.bm25 import BM25

    return BM25(documents, k1=K1, b=B).top_n


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
    "bm25s (numba)": bm25s,
    "tantivy": tantivy,
    "SQLite FTS5": fts5,
    "rank_bm25": rank_bm25,
}
