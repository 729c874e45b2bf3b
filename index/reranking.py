"""The first of the paragraphs found, put in order by what costs more than adding up words.

Numbers only: which words a question has, and which a paragraph, is decided in `index.ranking`.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Numbers
from index.ranking import PREFIX_SHARE, PREFIX_WEIGHT, Asked
from index.sequences import Places, Sequences
from index.types import Question

#: How many are put in order anew. Of 612 questions one had its paragraph further down.
DEPTH = 100

#: The telling words that stand close together: about a sentence of them.
WINDOW_WORDS = 12

#: The places found times the words of a question that are looked at together: some 30 MB.
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
    of_starts = np.add.reduce(by_token[split:])
    first = np.add.reduce(by_token[:split])
    first += PREFIX_WEIGHT * of_starts
    if len(documents) > depth or not first.all():
        kept = (-first).argsort(kind="stable")[:depth]
        kept = kept[first.take(kept) > 0]
        kept.sort()
        documents, of_starts = documents[kept], of_starts[kept]
        by_token = by_token.take(kept, axis=1)
    if not len(documents):
        return []
    by_word = _word_scores(question, by_token[:split])
    has_start = by_token[split:].take(asked.starts, axis=0) > 0
    shares = np.maximum(by_word > 0, PREFIX_SHARE * has_start)
    window = _window_weights(asked, shares, documents, sequences)
    scores = np.add.reduce(by_word)
    scores += weights.prefixes * of_starts
    scores += weights.window * (model.parameters.k1 + 1) * window
    # By article first: an article that left and came back stands where it would have stood.
    order = np.lexsort((articles.take(documents), -scores))[:most]
    columns = (documents, scores, shares.T, window)
    rows = zip(*(each.take(order, axis=0).tolist() for each in columns), strict=True)
    return [Match(number, score, tuple(share), near) for number, score, share, near in rows]


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


def _window_weights(
    asked: Asked, shares: Scores, documents: Numbers, sequences: Sequences
) -> Scores:
    """Return the weight of the question's words that stand close together, the best of each."""
    numbers = sorted(set[int]().union(*asked.alike))
    found = sequences.find(documents, numbers)
    is_alike = np.array([[number in alike for number in numbers] for alike in asked.alike])
    weights = np.array([word.weight for word in asked.question.words])[:, None] * shares
    best = np.zeros(len(documents))
    borders = [0, len(found)]
    if len(weights) * len(found) > MOST_CELLS:
        borders = found.sequences.searchsorted(np.arange(len(documents) + 1)).tolist()
    for begin, end in pairwise(borders):
        if begin < end:
            each = found[begin:end]
            np.maximum.at(best, each.sequences, _worths(each, is_alike, weights))
    return best


def _worths(found: Places, is_alike: NDArray[np.bool_], weights: Scores) -> Scores:
    """Return what the window is worth that begins at each place: the weight of the words in it.

    Of several numbers at one place the later ones miss something, which the first one has.
    """
    counts = np.zeros((len(is_alike), len(found) + 1), np.int32)
    is_alike.take(found.which, axis=1).cumsum(axis=1, out=counts[:, 1:])
    # No window spans two documents.
    places = found.places + found.sequences * WINDOW_WORDS
    # It has a word when more of it come before its end than before it.
    end = places.searchsorted(places + WINDOW_WORDS)
    worths = weights.take(found.sequences, axis=1)
    worths *= counts.take(end, axis=1) > counts[:, :-1]
    total: Scores = np.add.reduce(worths)
    return total
