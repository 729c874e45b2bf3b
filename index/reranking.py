"""The first of the paragraphs found, put in order by what costs more than adding up words.

Numbers only: which words a question has, and which a paragraph, is decided in `index.ranking`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Numbers, Snapshot
from index.languages import STOP_WORDS
from index.ranking import PREFIX_LETTERS, PREFIX_SHARE, PREFIX_WEIGHT
from index.types import Question

#: How many are put in order anew. Of 612 questions one had its paragraph further down.
DEPTH = 100

#: The telling words that stand close together: about a sentence of them.
WINDOW_WORDS = 12

#: How far apart, in telling words, neighbours of the question may stand in a paragraph.
PAIR_WORDS = 2

#: Paragraphs of an article that speak for one another.
BEST_OF_ARTICLE = 3

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature weighs beside the words themselves, which weigh 1.

    Source: docs/benchmarks.md, Ranking; around each of them is a plateau.
    """

    prefixes: float = 1.0
    window: float = 0.75
    article: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """A document found, with its score and what it has of the question.

    `shares`: by word of the question, 1 when the document has it, `PREFIX_SHARE` when it has a
    word with the same first letters only, else 0. `window` is the weight of those that stand close
    together, `article` what the best of its article score together, as a mean.
    """

    document: int
    score: float
    shares: tuple[float, ...]
    window: float
    article: float


def pack_sequence(terms: Sequence[Sequence[str]], prefixes: Snapshot) -> bytes:
    """Return the telling words of a paragraph in order, as the numbers of their first letters.

    Where the lemmas of one word begin differently, those after the first are complemented: they
    stand at the same place.
    """
    numbers: list[int] = []
    for lemmas in terms:
        if STOP_WORDS.isdisjoint(lemmas[:1]):
            starts = dict.fromkeys(map(_start, lemmas))
            known = [n for n in map(prefixes.vocabulary.find, starts) if n is not None]
            numbers += [~number if place else number for place, number in enumerate(known)]
    return np.array(numbers, np.int32).tobytes()


def rerank(
    question: Question,
    documents: Numbers,
    fields: tuple[Snapshot, Snapshot],
    sequences: Sequence[bytes],
    articles: Sequence[int],
    weights: Weights = Weights(),
    depth: int = DEPTH,
    most: int = DEPTH,
) -> list[Match]:
    """Return the `depth` best of documents with final scores, best first, ties by article, number.

    Which are the best is decided by the scores of `find_candidates`; no more than `most` are
    returned. `fields` are the words and
    their first letters; `sequences` has what `pack_sequence` gave and `articles` the article, by
    document number.
    """
    words, prefixes = fields
    by_term = words.scores_by_token(question.terms, documents)
    by_start = prefixes.scores_by_token([_start(word.lemma) for word in question.words], documents)
    of_starts = by_start[_first_of_each(question)].sum(axis=0)
    first = by_term.sum(axis=0) + PREFIX_WEIGHT * of_starts
    kept = np.lexsort((documents, -first))[:depth]
    kept = kept[first[kept] > 0]
    if not len(kept):
        return []
    numbers = documents[kept]
    by_word = _word_scores(question, by_term.take(kept, axis=1))
    by_start = by_start.take(kept, axis=1)
    shares = np.where(by_word > 0, 1.0, np.where(by_start > 0, PREFIX_SHARE, 0.0))
    window = _window_weights(question, shares, prefixes, [sequences[n] for n in numbers.tolist()])
    scores = by_word.sum(axis=0)
    scores += weights.prefixes * of_starts[kept]
    scores += weights.window * (words.parameters.k1 + 1) * window
    of_articles = np.array([articles[n] for n in numbers.tolist()])
    article = _article_scores(scores, of_articles)
    scores += weights.article * article
    # By article first: an article that left and came back stands where it would have stood.
    order = np.lexsort((numbers, of_articles, -scores))[:most]
    columns = (each[order].tolist() for each in (numbers, scores, shares.T, window, article))
    return [
        Match(number, score, tuple(share), near, together)
        for number, score, share, near, together in zip(*columns, strict=True)
    ]


def pair_share(question: Question, sequence: bytes, prefixes: Snapshot) -> float:
    """Return the share, by weight, of neighbouring words that stand close in a document too: 0..1.

    `sequence` is what `pack_sequence` gave for the document; a question of one word has no pairs.
    """
    place, starts = _unpack(np.frombuffer(sequence, np.int32))
    found = [place[at] for at in _find_words(question, starts, prefixes)]
    total = close = 0.0
    for (word, places), (other, others) in pairwise(zip(question.words, found, strict=True)):
        weight = min(word.weight, other.weight)
        apart = np.abs(places[:, None] - others)
        total += weight
        close += weight * bool(((apart > 0) & (apart <= PAIR_WORDS)).any())
    return close / total if total else 0.0


def _start(lemma: str) -> str:
    return lemma[:PREFIX_LETTERS]


def _first_of_each(question: Question) -> list[int]:
    """Return the places of the words that begin like none before them."""
    places: dict[str, int] = {}
    for place, word in enumerate(question.words):
        places.setdefault(_start(word.lemma), place)
    return list(places.values())


def _word_scores(question: Question, by_term: Scores) -> Scores:
    """Return what each word (row) adds to the score of each document (column).

    Of the synonyms that a word stands for the best counts: a paragraph that explains «центр
    обработки данных (ЦОД)» has said it once.
    """
    if len(question.terms) == len(question.words) == sum(bool(w.terms) for w in question.words):
        return by_term
    scores = np.zeros((len(question.words), by_term.shape[1]))
    rows = iter(by_term)
    for row, word in enumerate(question.words):
        for _ in word.terms:
            np.maximum(scores[row], next(rows), out=scores[row])
    return scores


def _article_scores(scores: Scores, articles: NDArray[np.int64]) -> Scores:
    """Return for each document what the best of its article score together, as a mean."""
    _, place = np.unique(articles, return_inverse=True)
    order = np.lexsort((-scores, place))
    ordered = place[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    best = order[rank < BEST_OF_ARTICLE]
    sums = np.bincount(place[best], scores[best])
    of_article: Scores = (sums / BEST_OF_ARTICLE)[place]
    return of_article


def _window_weights(
    question: Question, shares: Scores, prefixes: Snapshot, sequences: Sequence[bytes]
) -> Scores:
    """Return the weight of the question's words that stand close together, the best of each."""
    lengths = np.array([len(sequence) for sequence in sequences]) // np.dtype(np.int32).itemsize
    document = np.repeat(np.arange(len(sequences)), lengths)
    packed = np.frombuffer(b"".join(sequences), np.int32)
    place, starts = _unpack(packed)
    place += document * WINDOW_WORDS  # no window spans two documents
    found = _find_words(question, starts, prefixes)
    begins = np.unique(np.concatenate(found))
    worth = np.zeros(len(begins))
    for word, share, at in zip(question.words, shares, found, strict=True):
        worth += word.weight * share[document[begins]] * _is_near(place[begins], place[at])
    best = np.zeros(len(sequences))
    np.maximum.at(best, document[begins], worth)
    return best


def _unpack(packed: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the place and the number of each entry of packed sequences."""
    return np.cumsum(packed >= 0), np.where(packed < 0, ~packed, packed)


def _find_words(
    question: Question, starts: NDArray[np.int32], prefixes: Snapshot
) -> list[NDArray[np.int64]]:
    """Return by word of the question the entries that begin like it or a synonym."""
    return [
        np.flatnonzero(_is_any(starts, word.terms or (word.lemma,), prefixes))
        for word in question.words
    ]


def _is_any(
    starts: NDArray[np.int32], words: Sequence[str], prefixes: Snapshot
) -> NDArray[np.bool_]:
    """Return where the first letters are those of one of the words."""
    found = np.zeros(len(starts), np.bool_)
    for number in {prefixes.vocabulary.find(_start(word)) for word in words}:
        if number is not None:
            found |= starts == number
    return found


def _is_near(begins: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return of each window whether one of the places, ascending, is within it."""
    near = np.zeros(len(begins), np.bool_)
    if len(places):
        following = np.searchsorted(places, begins)
        is_there = following < len(places)
        near[is_there] = places[following[is_there]] < begins[is_there] + WINDOW_WORDS
    return near
