"""Fit what each signal of `index.answering` says about an answer, and show it on others.

    python -m benchmarks.fit_confidence [--passages P.jsonl --questions Q.jsonl]

The files have the form that `paragraf eval retrieval` reads; the demo's golden questions always
take part. Each question is asked three times: as it is, with its paragraph taken out of the index,
and with its whole article taken out. A logistic regression learns on the first half of the
questions to tell the first from the others, and from the demo's questions that no article answers;
the figures are of the second half, which is about other articles.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from bot.ingest.drafts import make_draft
from index.evaluation import Evaluation, GoldPassage, GoldQuestion, Result, Without

DEMO = Path(__file__).parents[1] / "demo"

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
    parser.add_argument("--passages", type=Path)
    parser.add_argument("--questions", type=Path)
    options = parser.parse_args()
    sets = [_demo()]
    if options.passages and options.questions:
        sets.append((_read(options.passages, GoldPassage), _read(options.questions, GoldQuestion)))
    asked = [_ask(Evaluation(passages), questions) for passages, questions in sets]
    refused = _ask_refused(sets[0][0])
    weights = _fit(
        np.concatenate([whole[: len(whole) // 2] for whole, _, _ in asked]),
        np.concatenate(
            [rows[: len(rows) // 2] for _, *without in asked for rows in without] + [refused[::2]]
        ),
    )
    print("SIGNAL_WEIGHTS =", tuple(round(float(weight), 2) for weight in weights[:-1]))
    print("BASE_LOG_ODDS =", round(float(weights[-1]), 2))
    sure, unsure = _sure(asked[0][0][1::2], weights), _sure(refused[1::2], weights)
    print(f"demo, never answered: AUROC {_auroc(sure, unsure):.3f}")
    for name, (whole, *without) in zip(("demo", "given"), asked, strict=False):
        sure = _sure(whole[len(whole) // 2 :], weights)
        bar = float(np.quantile(sure, 1 - COVERAGE))
        for kind, rows in zip(Without, without, strict=True):
            unsure = _sure(rows[len(rows) // 2 :], weights)
            print(
                f"{name}, {kind.value} missing: AUROC {_auroc(sure, unsure):.3f}, "
                f"bar {bar:.2f} lets {(unsure >= bar).mean():.3f} through"
            )


def _demo() -> tuple[list[GoldPassage], list[GoldQuestion]]:
    passages = []
    for path in sorted((DEMO / "articles").glob("*.txt")):
        draft = make_draft(path.read_text(encoding="utf-8"))
        for part in draft.paragraphs:
            text = part.span.of(draft.article.text)
            key = f"{path.name}#{part.number}"
            passages.append(GoldPassage(key, path.name, draft.article.title, part.number, text))
    return passages, [question for question in _golden() if question.passages]


def _ask_refused(passages: list[GoldPassage]) -> Rows:
    """Return the signals of the demo's questions that no article answers."""
    evaluation = Evaluation(passages)
    refused = (question for question in _golden() if not question.passages)
    return np.array([_signals(evaluation.ask(question)) for question in refused])


def _golden() -> Iterator[GoldQuestion]:
    """Yield the demo's golden questions."""
    with (DEMO / "golden.jsonl").open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            places = [[record["article"], number] for number in record["paragraphs"]]
            keys = (f"{name}#{number}" for name, number in places + record.get("also", []))
            yield GoldQuestion(record["id"], record["question"], tuple(keys))


def _read(path: Path, kind: type) -> list:  # type: ignore[type-arg]
    adapter = TypeAdapter(kind)
    with path.open(encoding="utf-8") as file:
        return [adapter.validate_json(line) for line in file]


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


def _auroc(answers: Rows, others: Rows) -> float:
    """Return how often an answer is surer than another, ties counting half."""
    more = (answers[:, None] > others).mean()
    return float(more + (answers[:, None] == others).mean() / 2)


if __name__ == "__main__":
    main()
