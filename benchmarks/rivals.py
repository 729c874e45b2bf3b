"""What else a user could rank paragraphs with, each behind one function: texts in, a ranking out.

Each gets the title and the text of every paragraph, is used as its own manual shows, with its own
defaults, and returns the numbers of its ten best.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence

from index.evaluation import DEPTH
from index.languages import is_stop_word, tokenize

Ranking = Callable[[str], list[int]]
_WORD = re.compile(r"\w+")


def raw_words(text: str) -> list[str]:
    """Return the words as they are written, in lower case."""
    return _WORD.findall(text.lower())


def lemmas(text: str) -> list[str]:
    """Return the likeliest lemma of each word."""
    return [token.lemma for token in tokenize(text)]


def telling_lemmas(text: str) -> list[str]:
    """Return the lemmas without stop words; of a question of stop words alone, all of them."""
    telling = [token.lemma for token in tokenize(text) if not is_stop_word(token)]
    return telling or lemmas(text)


def rank_bm25(
    texts: Sequence[str],
    words: Callable[[str], list[str]],
    asked: Callable[[str], list[str]] | None = None,
) -> Ranking:
    """Return the ranking of rank_bm25's Okapi; `asked` makes the words of a question."""
    from rank_bm25 import BM25Okapi

    model = BM25Okapi([words(text) for text in texts])

    def best(question: str) -> list[int]:
        scores = model.get_scores((asked or words)(question))
        order = sorted(range(len(texts)), key=lambda number: (-scores[number], number))
        return order[:DEPTH]

    return best


def bm25s(texts: Sequence[str]) -> Ranking:
    """Return the ranking of bm25s over lemmas, telling ones in the question."""
    import bm25s

    model = bm25s.BM25()
    model.index([lemmas(text) for text in texts], show_progress=False)

    def best(question: str) -> list[int]:
        known = [word for word in telling_lemmas(question) if word in model.vocab_dict]
        if not known:
            return []
        documents, _ = model.retrieve([known], k=min(DEPTH, len(texts)), show_progress=False)
        return [int(number) for number in documents[0]]

    return best


def tantivy(texts: Sequence[str]) -> Ranking:
    """Return the ranking of tantivy with its own Russian stemmer."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="ru_stem")
    builder.add_unsigned_field("number", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=text, number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def best(question: str) -> list[int]:
        query = index.parse_query(" ".join(raw_words(question)), ["text"])
        hits = searcher.search(query, DEPTH).hits
        return [int(searcher.doc(address)["number"][0]) for _, address in hits]

    return best


def fts5(texts: Sequence[str]) -> Ranking:
    """Return the ranking of SQLite FTS5 over lemmas, telling ones in the question."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
    rows = ((number, " ".join(lemmas(text))) for number, text in enumerate(texts))
    database.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
    select = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank, rowid LIMIT ?"

    def best(question: str) -> list[int]:
        match = " OR ".join(f'"{word}"' for word in telling_lemmas(question))
        return [number for (number,) in database.execute(select, (match, DEPTH))] if match else []

    return best


RIVALS: dict[str, Callable[[Sequence[str]], Ranking]] = {
    "rank_bm25, raw words": lambda texts: rank_bm25(texts, raw_words),
    "rank_bm25, lemmas": lambda texts: rank_bm25(texts, lemmas),
    "rank_bm25, lemmas, no stop words": lambda texts: rank_bm25(texts, lemmas, telling_lemmas),
    "bm25s, lemmas": bm25s,
    "tantivy, Russian stemmer": tantivy,
    "SQLite FTS5, lemmas": fts5,
}
