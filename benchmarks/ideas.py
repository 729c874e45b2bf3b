"""The ideas that the ranking is made of, and those that were tried and left, one function each.

Each row of the ladder adds one idea to the row before; the last row is `PolicyIndex` itself.
"""

from collections.abc import Callable, Sequence

from benchmarks.rivals import Ranking, telling_lemmas
from index.bm25 import BM25, Field, top_n
from index.engine import PolicyIndex
from index.evaluation import DEPTH, GoldPassage, as_articles
from index.languages import tokenize
from index.paragraphs import find_terms
from index.ranking import passage_bag, prefix_bag, rank, read_question
from index.synonyms import Synonyms

Passages = Sequence[GoldPassage]


def best_lemmas(passages: Passages) -> Ranking:
    """Return BM25 over the likeliest lemma of each word, title counted once."""
    model = BM25([_best_lemmas(f"{passage.title} {passage.text}") for passage in passages])
    return lambda question: _numbers(model.top_n(telling_lemmas(question), DEPTH))


def all_lemmas(passages: Passages) -> Ranking:
    """Return BM25 over every plausible lemma in paragraphs, the likeliest known in questions."""
    bags = [_every_lemma(f"{passage.title} {passage.text}") for passage in passages]
    return _by_words(BM25(bags), Synonyms.of([]))


def heavy_title(passages: Passages) -> Ranking:
    """Return the same with the words of the title counted three times."""
    return _by_words(BM25(_bags(passages)), Synonyms.of([]))


def synonyms(passages: Passages) -> Ranking:
    """Return the same with the table of synonyms."""
    return _by_words(BM25(_bags(passages)), None)


def prefixes(passages: Passages) -> Ranking:
    """Return the same with the field of first letters."""
    bags = _bags(passages)
    words, starts = BM25(bags).snapshot, BM25(map(prefix_bag, bags)).snapshot
    return lambda text: _numbers(rank(read_question(text, words), words, starts, DEPTH))


def whole_engine(passages: Passages) -> Ranking:
    """Return the answers of `PolicyIndex`: all of it, with slips mended."""
    index = PolicyIndex()
    index.add(as_articles(passages), 1)
    return lambda question: [hit.paragraph_id for hit in index.answer(question).hits[:DEPTH]]


IDEAS: dict[str, Callable[[Passages], Ranking]] = {
    "likeliest lemmas, k1 1.2, b 0.5": best_lemmas,
    "+ every plausible lemma": all_lemmas,
    "+ title three times": heavy_title,
    "+ synonyms": synonyms,
    "+ first five letters": prefixes,
    "paragraf": whole_engine,
}


def _bags(passages: Passages) -> list[tuple[str, ...]]:
    return [passage_bag(find_terms(p.text), find_terms(p.title)) for p in passages]


def _best_lemmas(text: str) -> list[str]:
    return [token.lemma for token in tokenize(text)]


def _every_lemma(text: str) -> list[str]:
    return [lemma for lemmas in find_terms(text) for lemma in lemmas]


def _by_words(model: BM25, table: Synonyms | None) -> Ranking:
    words = model.snapshot
    return lambda text: _numbers(
        top_n([Field(words, read_question(text, words, table).terms)], DEPTH)
    )


def _numbers(ranked: Sequence[tuple[int, float]]) -> list[int]:
    return [number for number, _ in ranked]
