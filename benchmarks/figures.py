"""The figures of rankings: shares, differences with their intervals, areas under curves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.evaluation import DEPTH, GoldQuestion

Rows = NDArray[np.float64]
Keys = NDArray[np.str_]

#: Times the questions are drawn anew for an interval; its ends then move by less than 0.1 points.
RESAMPLES = 10_000
SEED = 20_260_122


@dataclass(frozen=True, slots=True)
class Ranks:
    """The place of the first right passage of each question, from 1; 0 beyond the first ten."""

    places: NDArray[np.int64]

    def at(self, n: int) -> NDArray[np.bool_]:
        """Return of each question whether a right passage is among the first `n`."""
        return (self.places > 0) & (self.places <= n)

    @property
    def mrr(self) -> float:
        """Return the mean reciprocal rank within the first ten."""
        return float(np.where(self.places > 0, 1 / np.maximum(self.places, 1), 0).mean())

    def of(self, chosen: NDArray[np.bool_]) -> "Ranks":
        """Return the places of the chosen questions."""
        return Ranks(self.places[chosen])


def find_place(question: GoldQuestion, keys: Sequence[str]) -> int:
    """Return the place of the first right passage among `keys`, from 1; 0 when there is none."""
    places = (n for n, key in enumerate(keys[:DEPTH], 1) if key in question.passages)
    return next(places, 0)


def difference(ours: Ranks, theirs: Ranks) -> tuple[float, float, float]:
    """Return ours minus theirs in R@1 with the ends of its 95 % interval, by paired bootstrap.

    Source: Efron, Tibshirani 1993, the percentile interval.
    """
    pairs = ours.at(1).astype(float) - theirs.at(1)
    source = np.random.default_rng(SEED)
    drawn = pairs[source.integers(0, len(pairs), (RESAMPLES, len(pairs)))].mean(axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(pairs.mean()), float(low), float(high)


def auroc(answers: Rows, others: Rows) -> float:
    """Return how often an answer is surer than another, ties counting half."""
    ranked = np.sort(others)
    less, not_more = (ranked.searchsorted(answers, side) for side in ("left", "right"))
    return float((less + not_more).mean() / 2 / len(others))


def auroc_interval(
    answers: Rows, others: Rows, answers_of: Keys, others_of: Keys
) -> tuple[float, float]:
    """Return the 95 % interval of `auroc`, by bootstrap over articles; they are given by row.

    Questions on one article are hard together: drawn by themselves they would seem to say more.
    """
    articles = np.union1d(answers_of, others_of)
    rows = [(answers[answers_of == key], others[others_of == key]) for key in articles]
    source = np.random.default_rng(SEED)
    found = []
    for drawn in source.integers(0, len(rows), (RESAMPLES // 5, len(rows))):
        sure, unsure = (np.concatenate([rows[n][side] for n in drawn]) for side in (0, 1))
        if len(sure) and len(unsure):
            found.append(auroc(sure, unsure))
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def let_through(answers: Rows, others: Rows, coverage: float) -> float:
    """Return the share of others at or above the bar that lets `coverage` of answers through."""
    return float((others >= np.quantile(answers, 1 - coverage)).mean())
