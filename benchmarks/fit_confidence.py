"""Fit what each signal of `index.answering` says about an answer.

    python -m benchmarks.fit_confidence [FOLDER…]

The folders are as `benchmarks.question_sets` reads them; the demo's golden questions always take
part. A logistic regression learns on the half of the questions that is not held out to tell
questions as they are from those whose paragraph or article is missing, and from those that nothing
answers. `make bench-quality` then shows what the weights do on the other half.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.question_sets import demo_set, is_held_out, read_set
from benchmarks.refusals import Asked, ask_all
from index.answering import SIGNAL_WEIGHTS
from index.evaluation import Result

#: Share of the answerable questions, on which is fitted, that the bar lets through.
COVERAGE = 0.9

#: Keeps weights of signals that say the same from growing against each other.
RIDGE = 1e-4

Rows = NDArray[np.float64]


def main() -> None:
    """Print the weights and the bar."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args()
    asked = [ask_all(each) for each in (demo_set(), *map(read_set, options.folders))]
    answers = _rows(result for each in asked for result in each.whole)
    weights = _fit(answers, _rows(result for each in asked for result in _others(each)))
    print("SIGNAL_WEIGHTS =", tuple(round(float(weight), 2) for weight in weights[:-1]))
    print("BASE_LOG_ODDS =", round(float(weights[-1]), 2))
    for each in asked:
        sure = 1 / (1 + np.exp(-_with_base(_rows(each.whole)) @ weights))
        print(f"{each.name}: {np.quantile(sure, 1 - COVERAGE):.2f} lets {COVERAGE:.0%} through")


def _others(asked: Asked) -> Iterable[Result]:
    """Return the results that should be refused."""
    return [*(result for found in asked.without.values() for result in found), *asked.refused]


def _rows(results: Iterable[Result]) -> Rows:
    """Return the signals of the results to fit on; of one that found nothing, none speaks."""
    nothing = (0.0,) * len(SIGNAL_WEIGHTS)
    return np.array([r.signals or nothing for r in results if not is_held_out(r.question)])


def _fit(answers: Rows, others: Rows) -> Rows:
    """Return the weights of a logistic regression, both classes counting alike, the base last."""
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


def _with_base(rows: Rows) -> Rows:
    return np.hstack([rows, np.ones((len(rows), 1))])


if __name__ == "__main__":
    main()
