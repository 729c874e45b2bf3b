"""A logistic regression of a handful of signals: what each says about an answer."""

from collections.abc import Iterable

import numpy as np

from benchmarks.figures import Rows
from index.evaluation import Result

#: Keeps weights of signals that say the same from growing against each other.
RIDGE = 1e-4


def read_rows(results: Iterable[Result], count: int) -> Rows:
    """Return the signals of results, `count` of them; of one that found nothing, none speaks.

    What was found across languages has signals of its own, and is left out.
    """
    return np.array([r.signals or (0.0,) * count for r in results if len(r.signals) in (0, count)])


def fit(answers: Rows, others: Rows) -> Rows:
    """Return the weights of the signals, both classes counting alike, the base last."""
    rows = _with_base(np.concatenate([answers, others]))
    is_answer = np.r_[np.ones(len(answers)), np.zeros(len(others))]
    balance = np.where(is_answer == 1, 0.5 / len(answers), 0.5 / len(others))
    weights = np.zeros(rows.shape[1])
    for _ in range(50):  # Newton's method; ten steps settle it
        sure = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (balance * (sure - is_answer)) + RIDGE * weights
        scaled = rows * (balance * sure * (1 - sure))[:, None]
        bend = scaled.T @ rows + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def how_sure(rows: Rows, weights: Rows) -> Rows:
    """Return the confidence that the weights make of signals."""
    sure: Rows = 1 / (1 + np.exp(-_with_base(rows) @ weights))
    return sure


def _with_base(rows: Rows) -> Rows:
    return np.hstack([rows, np.ones((len(rows), 1))])
