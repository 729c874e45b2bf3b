"""What BM25 is held against: rank_bm25's own Okapi with our idf, built anew each time."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi


class Oracle(BM25Okapi):
    """rank_bm25.BM25Okapi with idf ln(1 + (N - n + .5) / (n + .5)), k1 = 1.2, b = 0.5."""

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        super().__init__(corpus, k1=1.2, b=0.5)

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        for word, df in nd.items():
            self.idf[word] = math.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5))


def oracle_scores(
    documents: Mapping[int, Sequence[str]], numbers: int, query: Sequence[str]
) -> NDArray[np.float64]:
    """Return the scores of `numbers` documents, of which the live ones are given, by the oracle."""
    scores = np.zeros(numbers)
    live = sorted(documents)
    # rank_bm25 divides by zero for no documents and for documents without words: both score 0.
    if any(documents.values()):
        scores[live] = Oracle([documents[number] for number in live]).get_scores(query)
    return scores


def best(scores: NDArray[np.float64], n: int) -> list[tuple[int, float]]:
    """Return the `n` best (number, score) above 0, ties by number: a plain sort of all scores."""
    ranked = sorted(enumerate(scores.tolist()), key=lambda pair: (-pair[1], pair[0]))
    return [pair for pair in ranked if pair[1] > 0][:n]
