"""The first of the paragraphs found, put in order by what costs more than adding up words.

Numbers only: which words a question has, and which a paragraph, is decided in `index.ranking`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Numbers
from index.ranking import PREFIX_SHARE, PREFIX_WEIGHT, Asked
from index.sequences import Entries, Sequences
from index.types import Question

#: How many are put in order anew. Of 612 questions one had its paragraph further down.
DEPTH = 100

#: The telling words that stand close together: about a sentence of them.
WINDOW_WORDS = 12

#: The entries of documents times the words of a question that are looked at together: some 30 MB.
MOST_CELLS = 1 << 20

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature weighs beside the words themselves, which weigh 1.

    Source: docs/benchmarks.md, Ranking; around each of them is a plateau.
    """

    prefixes: float = 1.0
    window: float = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """A document found, with its score and what it has of the question.

    `shares`: by word of the question, 1 when the document has it, `PREFIX_SHARE` when it has a
    word with the same first letters only, else 0. `window` is the weight of those that stand close
    together.
    """

    document: int
    score: float
    shares: tuple[float, ...]
    window: float


def rerank(
    asked: Asked,
    documents: Numbers,
    sequences: Sequences,
    articles: Numbers,
    weights: Weights = Weights(),
    depth: int = DEPTH,
    most: int = DEPTH,
) -> list[Match]:
    """Return the `depth` best of documents with final scores, best first, ties by article, number.

    Which are the best is decided by the scores of the field; no more than `most` are returned.
    `documents` ascend. `sequences` has the sequence and `articles` the article, by document number.
    """
    question, model = asked.question, asked.field.snapshot
    split = len(question.terms)
    by_token = asked.field.scores_by_token(documents)
    by_term, by_start = by_token[:split], by_token[split:]
    of_starts = by_start.sum(axis=0)
    first = by_term.sum(axis=0) + PREFIX_WEIGHT * of_starts
    kept = (-first).argsort(kind="stable")[:depth]
    kept = kept[first.take(kept) > 0]
    kept.sort()
    if not len(kept):
        return []
    numbers = documents[kept]
    by_word = _word_scores(question, by_term.take(kept, axis=1))
    has_start = by_start.take(kept, axis=1).take(asked.starts, axis=0) > 0
    shares = np.maximum(by_word > 0, PREFIX_SHARE * has_start)
    window = _window_weights(asked, shares, *sequences.take(numbers))
    scores = by_word.sum(axis=0)
    scores += weights.prefixes * of_starts.take(kept)
    scores += weights.window * (model.parameters.k1 + 1) * window
    # By article first: an article that left and came back stands where it would have stood.
    order = np.lexsort((articles.take(numbers), -scores))[:most]
    columns = (each[order].tolist() for each in (numbers, scores, shares.T, window))
    return [
        Match(number, score, tuple(share), near)
        for number, score, share, near in zip(*columns, strict=True)
    ]


def _word_scores(question: Question, by_term: Scores) -> Scores:
    """Return what each word (row) adds to the score of each document (column).

    Of the synonyms that a word stands for the best counts: a paragraph that explains «центр
    обработки данных (ЦОД)» has said it once.
    """
    if all(len(word.terms) == 1 for word in question.words):
        return by_term
    scores = np.zeros((len(question.words), by_term.shape[1]))
    rows = iter(by_term)
    for row, word in enumerate(question.words):
        for _ in word.terms:
            np.maximum(scores[row], next(rows), out=scores[row])
    return scores


def _window_weights(asked: Asked, shares: Scores, entries: Entries, lengths: Numbers) -> Scores:
    """Return the weight of the question's words that stand close together, the best of each."""
    words, alike = asked.question.words, asked.alike
    if len(words) * len(entries) > MOST_CELLS and len(lengths) > 1:
        half = len(lengths) // 2
        border = lengths[:half].sum()
        parts = (
            (shares[:, :half], entries[:border], lengths[:half]),
            (shares[:, half:], entries[border:], lengths[half:]),
        )
        return np.concatenate([_window_weights(asked, *part) for part in parts])
    numbers = {number: row for row, number in enumerate(set[int]().union(*alike))}
    folded = entries ^ (entries >> 31)  # what is complemented as it was
    is_wanted = folded == np.array([*numbers], np.int32)[:, None]
    at = is_wanted.any(axis=0).nonzero()[0]
    is_wanted = is_wanted.take(at, axis=1)
    counts = np.zeros((len(words), len(at) + 1), np.int32)
    for row, wanted in enumerate(alike):
        for number in wanted:
            counts[row, 1:] |= is_wanted[numbers[number]]
    counts.cumsum(axis=1, out=counts)
    document = np.arange(len(lengths)).repeat(lengths).take(at)
    # What is complemented takes no place of its own; no window spans two documents.
    same = (entries < 0).nonzero()[0]
    place = at - same.searchsorted(at, "right") + document * WINDOW_WORDS
    # A window begins at each place; it has a word when more of it come before its end than before.
    begin, end = place.searchsorted(place), place.searchsorted(place + WINDOW_WORDS)
    is_near = counts.take(end, axis=1) > counts.take(begin, axis=1)
    weights = np.array([word.weight for word in words])[:, None] * shares
    worths = weights.take(document, axis=1)
    worths *= is_near
    worth = sum(worths)
    best = np.zeros(len(lengths))
    np.maximum.at(best, document, worth)
    return best
