"""A snapshot: one immutable state of the index, with its statistics and exact scores.

Readers take a snapshot once and work on it; a writer makes the next one beside it. So a reader
never waits, and never sees half of a change.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.bm25.segment import Parameters, Segment, impact
from index.bm25.vocabulary import Vocabulary, decode
from index.errors import UnknownDocumentError


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A consistent state of a `BM25`.

    `lengths` and `live` have one value per document number ever given; `dead` are the removed
    numbers whose postings are still in `segments`; `df` counts the live documents of each term.
    The vocabulary is shared and only grows: numbers beyond `df` came later and are unknown here.
    """

    parameters: Parameters
    vocabulary: Vocabulary
    segments: tuple[Segment, ...]
    lengths: NDArray[np.int32]
    live: NDArray[np.bool_]
    dead: NDArray[np.int64]
    df: NDArray[np.int32]
    count: int
    tokens: int

    @property
    def numbers(self) -> int:
        """Return how many document numbers were ever given."""
        return len(self.lengths)

    @property
    def average(self) -> float:
        """Return the mean number of words of the live documents; 0 when there are none."""
        return self.tokens / self.count if self.count else 0.0

    def term(self, word: str) -> int | None:
        """Return the term number of `word`, or None when no live document has it."""
        number = self.vocabulary.find(word)
        if number is None or number >= len(self.df) or not self.df[number]:
            return None
        return number

    def idf(self, word: str) -> float:
        """Return ln(1 + (N - n + .5) / (n + .5)); n of an unknown word is 0, which is the most."""
        term = self.term(word)
        return inverse_frequency(self.count, 0 if term is None else int(self.df[term]))

    @property
    def most_idf(self) -> float:
        """Return the idf of a word that no document has."""
        return inverse_frequency(self.count, 0)

    def document_frequency(self, word: str) -> int:
        """Return in how many live documents `word` occurs."""
        term = self.term(word)
        return 0 if term is None else int(self.df[term])

    @property
    def vocabulary_size(self) -> int:
        """Return how many words there ever were."""
        return len(self.df)

    def new_words(self, start: int) -> Iterator[str]:
        """Return the words that came after the first `start` ones, in their order."""
        return map(decode, self.vocabulary.words(len(self.df), start))

    def term_frequencies(
        self, tokens: Sequence[str], documents: Sequence[int] | NDArray[np.integer]
    ) -> NDArray[np.int64]:
        """Return how often each token (row) occurs in each document (column); 0 in removed ones.

        Raises: UnknownDocumentError for a number that was never given.
        """
        numbers = self._checked(documents)
        frequencies = np.zeros((len(tokens), len(numbers)), np.int64)
        terms = {
            row: term for row, word in enumerate(tokens) if (term := self.term(word)) is not None
        }
        if terms and len(numbers):
            found = self._frequencies(np.array(list(terms.values()), np.int32), numbers)
            frequencies[list(terms)] = found * self.live[numbers]
        return frequencies

    def get_scores(
        self, tokens: Sequence[str], weights: Sequence[float] | None = None
    ) -> NDArray[np.float64]:
        """Return the score of every document number ever given; 0 for those removed."""
        scores = np.zeros(self.numbers)
        rows: dict[int, list[tuple[NDArray[np.int32], NDArray[np.float64]]]] = {}
        for term, weight in self.weighted_terms(tokens, weights):
            if term not in rows:
                rows[term] = self._row(term)
            for documents, contributions in rows[term]:
                scores[documents] += weighted(contributions, weight)
        scores[self.dead] = 0.0
        return scores

    def scores_of(
        self,
        tokens: Sequence[str],
        documents: Sequence[int] | NDArray[np.integer],
        weights: Sequence[float] | None = None,
    ) -> NDArray[np.float64]:
        """Return the scores of the given documents, in the order given; 0 for those removed.

        Equal to `get_scores(tokens, weights)[documents]`, in time linear in what is asked for.
        Raises: UnknownDocumentError for a number that was never given.
        """
        numbers = self._checked(documents)
        terms = self.weighted_terms(tokens, weights)
        rows = {term: row for row, term in enumerate(sorted({term for term, _ in terms}))}
        scores = np.zeros(len(numbers))
        if not rows or not len(numbers):
            return scores
        contributions = self._contributions(np.array(list(rows), np.int32), numbers)
        for term, weight in terms:
            scores += weighted(contributions[rows[term]], weight)
        scores[~self.live[numbers]] = 0.0
        return scores

    def scores_by_token(
        self, tokens: Sequence[str], documents: Sequence[int] | NDArray[np.integer]
    ) -> NDArray[np.float64]:
        """Return what each token (row) adds to the score of each document (column).

        Raises: UnknownDocumentError for a number that was never given.
        """
        numbers = self._checked(documents)
        scores = np.zeros((len(tokens), len(numbers)))
        terms = {
            row: term for row, word in enumerate(tokens) if (term := self.term(word)) is not None
        }
        if terms and len(numbers):
            found = self._contributions(np.array(list(terms.values()), np.int32), numbers)
            scores[list(terms)] = found * self.live[numbers]
        return scores

    def weighted_terms(
        self, tokens: Sequence[str], weights: Sequence[float] | None
    ) -> list[tuple[int, float | None]]:
        """Return (term number, weight) of the known tokens in their order, weightless as None."""
        if weights is None:
            known = [(self.term(token), None) for token in tokens]
            return [(term, None) for term, _ in known if term is not None]
        check_weights(weights)
        pairs = zip(tokens, weights, strict=True)
        return [(term, w) for token, w in pairs if w and (term := self.term(token)) is not None]

    def _row(self, term: int) -> list[tuple[NDArray[np.int32], NDArray[np.float64]]]:
        """Return the documents of a term and what it adds to their scores, by segment."""
        idf = inverse_frequency(self.count, int(self.df[term]))
        row = []
        for segment in self.segments:
            for _, start, stop in segment.find(np.array([term], np.int32)):
                documents = segment.documents[start:stop]
                frequencies = segment.frequencies_at(np.arange(start, stop))
                lengths = self.lengths[documents].astype(np.int64)
                scores = idf * impact(frequencies, lengths, self.average, self.parameters)
                row.append((documents, scores))
        return row

    def _checked(self, documents: Sequence[int] | NDArray[np.integer]) -> NDArray[np.int64]:
        """Return document numbers as an array. Raises: UnknownDocumentError."""
        numbers = np.asarray(documents, np.int64).reshape(-1)
        if len(numbers) and not 0 <= int(numbers.min()) <= int(numbers.max()) < self.numbers:
            raise UnknownDocumentError(f"numbers are 0..{self.numbers - 1}, got {documents}")
        return numbers

    def _frequencies(
        self, terms: NDArray[np.int32], documents: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return how often each term (row) occurs in each document (column), removed or not."""
        frequencies = np.zeros((len(terms), len(documents)), np.int64)
        for segment in self.segments:
            inside = np.flatnonzero((documents >= segment.first) & (documents < segment.stop))
            if len(inside):
                rows, found = segment.frequencies_of(terms, documents[inside].astype(np.int32))
                frequencies[np.ix_(rows, inside)] = found
        return frequencies

    def _contributions(
        self, terms: NDArray[np.int32], documents: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return what each term (row) adds to the score of each document (column)."""
        lengths = self.lengths[documents].astype(np.int64)
        idf = [inverse_frequency(self.count, df) for df in self.df[terms].tolist()]
        frequencies = self._frequencies(terms, documents)
        scores = impact(frequencies, lengths, self.average, self.parameters)
        return np.array(idf)[:, None] * scores


def inverse_frequency(count: int, df: int) -> float:
    """Return the idf of a word in `df` of `count` documents; never negative.

    Source: the variant of Robertson and Spärck Jones' weight that Lucene uses; it needs no floor.
    """
    return math.log(1 + (count - df + 0.5) / (df + 0.5))


def weighted(contributions: NDArray[np.float64], weight: float | None) -> NDArray[np.float64]:
    """Return the contributions times the weight, untouched without one."""
    return contributions if weight is None else contributions * weight


# Outside this range single-precision sums could lose a match; no ranking needs weights like that.
WEIGHTS = (1e-6, 1e6)


def check_weights(weights: Sequence[float]) -> None:
    """Raise ValueError unless every weight is 0 or within `WEIGHTS`."""
    low, high = WEIGHTS
    if not all(weight == 0 or low <= weight <= high for weight in weights):
        raise ValueError(f"weights are 0 or {low} to {high}, got {list(weights)}")
