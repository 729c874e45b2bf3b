"""Fit what each signal of `index.answering` says about an answer, and show it on others.

    python -m benchmarks.fit_confidence [FOLDER…]

The folders are as `benchmarks.question_sets` reads them; the demo's golden questions always
take part. Each question is asked three times: as it is, with its paragraph taken out of the index,
and with its whole article taken out. A logistic regression learns on the first half of the
questions to tell the first from the others, and from the demo's questions that no article answers;
the figures are of the second half, which is about other articles.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import auroc
from benchmarks.question_sets import QuestionSet, demo_set, read_set
from index.evaluation import Evaluation, GoldQuestion, Result, Without

#: Share of answerable questions that the reported bar lets through.
COVERAGE = 0.9

#: Keeps weights of signals that say the same from growing against each other.
RIDGE = 1e-3

#: A question that finds nothing gives no signals; it is as unsure as can be.
NOTHING = (0.0, 0.0, 0.0, 1.0)

Rows = NDArray[np.float64]


def main() -> None:
    """Print the weights and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args()
    sets = [demo_set(), *map(read_set, options.folders)]
    asked = [_ask(Evaluation(each.passages), each.questions) for each in sets]
    refused = _ask_refused(sets[0])
    weights = _fit(
        np.concatenate([whole[: len(whole) // 2] for whole, _, _ in asked]),
        np.concatenate(
            [rows[: len(rows) // 2] for _, *without in asked for rows in without] + [refused[::2]]
        ),
    )
    print("SIGNAL_WEIGHTS =", tuple(round(float(weight), 2) for weight in weights[:-1]))
    print("BASE_LOG_ODDS =", round(float(weights[-1]), 2))
    sure, unsure = _sure(asked[0][0][1::2], weights), _sure(refused[1::2], weights)
    print(f"demo, never answered: AUROC {auroc(sure, unsure):.3f}")
    for name, (whole, *without) in zip([each.name for each in sets], asked, strict=True):
        sure = _sure(whole[len(whole) // 2 :], weights)
        bar = float(np.quantile(sure, 1 - COVERAGE))
        for kind, rows in zip(Without, without, strict=True):
            unsure = _sure(rows[len(rows) // 2 :], weights)
            print(
                f"{name}, {kind.value} missing: AUROC {auroc(sure, unsure):.3f}, "
                f"bar {bar:.2f} lets {(unsure >= bar).mean():.3f} through"
            )


def _ask_refused(asked: QuestionSet) -> Rows:
    """Return the signals of the questions that no article answers."""
    evaluation = Evaluation(asked.passages)
    return np.array([_signals(evaluation.ask(question)) for question in asked.refused])


def _ask(evaluation: Evaluation, questions: Sequence[GoldQuestion]) -> tuple[Rows, Rows, Rows]:
    """Return the signals of each question: all there, its paragraph, its article missing."""
    whole, paragraph, article = (
        np.array([_signals(evaluation.ask(question, without)) for question in questions])
        for without in (None, Without.PARAGRAPH, Without.ARTICLE)
    )
    return whole, paragraph, article


def _signals(result: Result) -> tuple[float, ...]:
    return result.signals or NOTHING


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


def _sure(rows: Rows, weights: Rows) -> Rows:
    return 1 / (1 + np.exp(-_with_base(rows) @ weights))


if __name__ == "__main__":
    main()
