"""A snapshot: one immutable state of the index, with its statistics and exact scores.

Readers take a snapshot once and work on it; a writer makes the next one beside it. So a reader
never waits, and never sees half of a change.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.bm25.segment import Parameters, Segment, impact
from index.bm25.vocabulary import Vocabulary, decode
from index.errors import UnknownDocumentError

#: Words that a snapshot keeps at hand: a question is read by them in several steps, and a word of a
#: mapped vocabulary takes some microseconds to find. About 400 bytes each.
MEMO = 20_000


@dataclass(frozen=True, slots=True)
class Term:
    """A word that live documents have: its number, in how many of them it is, its idf.

    `places`: by segment that has it, the number of that, the start and the stop of its postings.
    """

    number: int
    df: int
    idf: float
    places: tuple[tuple[int, int, int], ...]


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
    _memo: dict[str, Term] = field(default_factory=dict, init=False, repr=False)

    @property
    def numbers(self) -> int:
        """Return how many document numbers were ever given."""
        return len(self.lengths)

    @property
    def average(self) -> float:
        """Return the mean number of words of the live documents; 0 when there are none."""
        return self.tokens / self.count if self.count else 0.0

    def find(self, word: str) -> Term | None:
        """Return what is known of `word`, or None when no live document has it."""
        found = self._memo.get(word)
        if found is not None:
            return found
        number = self.vocabulary.find(word)
        if number is None or number >= len(self.df) or not (df := int(self.df[number])):
            return None
        lists = ((at, segment.find(number)) for at, segment in enumerate(self.segments))
        places = tuple((at, *place) for at, place in lists if place)
        found = Term(number, df, inverse_frequency(self.count, df), places)
        if len(self._memo) < MEMO:
            self._memo[word] = found
        return found

    def idf(self, word: str) -> float:
        """Return ln(1 + (N - n + .5) / (n + .5)); n of an unknown word is 0, which is the most."""
        term = self.find(word)
        return self.most_idf if term is None else term.idf

    @property
    def most_idf(self) -> float:
        """Return the idf of a word that no document has."""
        return inverse_frequency(self.count, 0)

    def document_frequency(self, word: str) -> int:
        """Return in how many live documents `word` occurs."""
        term = self.find(word)
        return 0 if term is None else term.df

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
        terms = {row: term for row, word in enumerate(tokens) if (term := self.find(word))}
        if terms and len(numbers):
            found = self._frequencies([*terms.values()], numbers)
            frequencies[list(terms)] = found * self.live[numbers]
        return frequencies

    def get_scores(
        self, tokens: Sequence[str], weights: Sequence[float] | None = None
    ) -> NDArray[np.float64]:
        """Return the score of every document number ever given; 0 for those removed."""
        scores = np.zeros(self.numbers)
        rows: dict[int, list[tuple[NDArray[np.int32], NDArray[np.float64]]]] = {}
        for term, weight in self.weighted_terms(tokens, weights):
            if term.number not in rows:
                rows[term.number] = self._row(term)
            for documents, contributions in rows[term.number]:
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
        different = {term.number: term for term, _ in terms}
        scores = np.zeros(len(numbers))
        if not different or not len(numbers):
            return scores
        contributions = self.contributions([*different.values()], numbers)
        of_term = dict(zip(different, contributions, strict=True))
        for term, weight in terms:
            scores += weighted(of_term[term.number], weight)
        scores[~self.live[numbers]] = 0.0
        return scores

    def weighted_terms(
        self, tokens: Sequence[str], weights: Sequence[float] | None
    ) -> list[tuple[Term, float | None]]:
        """Return (term, weight) of the known tokens in their order, weightless as None."""
        if weights is None:
            return [(term, None) for token in tokens if (term := self.find(token))]
        check_weights(weights)
        pairs = zip(tokens, weights, strict=True)
        return [(term, w) for token, w in pairs if w and (term := self.find(token))]

    def contributions(
        self, terms: Sequence[Term], documents: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return what each term (row) adds to the score of each document (column), removed or not.

        The terms differ; the documents must be such as were given.
        """
        frequencies = self._frequencies(terms, documents)
        scores = impact(frequencies, self.lengths.take(documents), self.average, self.parameters)
        scores *= np.array([term.idf for term in terms])[:, None]
        return scores

    def _row(self, term: Term) -> list[tuple[NDArray[np.int32], NDArray[np.float64]]]:
        """Return the documents of a term and what it adds to their scores, by segment."""
        row = []
        for at, start, stop in term.places:
            segment = self.segments[at]
            documents = segment.documents[start:stop]
            frequencies = segment.frequencies_at(np.arange(start, stop))
            lengths = self.lengths[documents].astype(np.int64)
            scores = term.idf * impact(frequencies, lengths, self.average, self.parameters)
            row.append((documents, scores))
        return row

    def _checked(self, documents: Sequence[int] | NDArray[np.integer]) -> NDArray[np.int64]:
        """Return document numbers as an array. Raises: UnknownDocumentError."""
        numbers = np.asarray(documents, np.int64).reshape(-1)
        if len(numbers) and not 0 <= int(numbers.min()) <= int(numbers.max()) < self.numbers:
            raise UnknownDocumentError(f"numbers are 0..{self.numbers - 1}, got {documents}")
        return numbers

    def _frequencies(
        self, terms: Sequence[Term], documents: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return how often each term (row) occurs in each document (column), removed or not."""
        if len(self.segments) == 1 and terms:
            (segment,) = self.segments
            places = (place for term in terms for place in term.places)
            _, begins, ends = zip(*places, strict=True)
            return segment.frequencies_of(begins, ends, documents.astype(np.int32))
        lists: list[tuple[list[int], list[int], list[int]]] = [([], [], []) for _ in self.segments]
        for row, term in enumerate(terms):
            for at, start, stop in term.places:
                for values, value in zip(lists[at], (row, start, stop), strict=True):
                    values.append(value)
        frequencies = np.zeros((len(terms), len(documents)), np.int64)
        for segment, (rows, starts, stops) in zip(self.segments, lists, strict=True):
            inside = ((documents >= segment.first) & (documents < segment.stop)).nonzero()[0]
            if not len(inside) or not rows:
                continue
            found = segment.frequencies_of(starts, stops, documents.take(inside).astype(np.int32))
            frequencies[np.array(rows)[:, None], inside] = found
        return frequencies


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
