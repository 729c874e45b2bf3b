"""How well refusals tell what the articles hold from what they do not.

Each question is asked three times: as it is, with its paragraph taken out of the index, and with
its whole article taken out; a refusal is right in the latter two. The questions that nothing
answers are asked once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import auroc, let_through
from benchmarks.question_sets import QuestionSet, is_held_out
from benchmarks.report import cells, share
from index.evaluation import Evaluation, GoldQuestion, Result, Without
from index.semantic import Encoder
from index.types import Verdict

#: The shares of answerable questions answered at which the curve is read.
COVERAGES = (0.5, 0.7, 0.8, 0.9, 0.95)

Choose = Callable[[GoldQuestion], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the index made of the questions of a set; `without` is empty for a single article."""

    name: str
    whole: list[Result]
    without: dict[Without, list[Result]]
    refused: list[Result]


def ask_all(asked: QuestionSet, encoder: Encoder | None = None) -> Asked:
    """Return the results of every question of a set, whole and with something taken out."""
    evaluation = Evaluation(asked.passages, encoder)
    articles = len({passage.article for passage in asked.passages})
    return Asked(
        asked.name,
        [evaluation.ask(question) for question in asked.questions],
        {
            what: [evaluation.ask(question, what) for question in asked.questions]
            for what in Without
            if articles > 1
        },
        [evaluation.ask(question) for question in asked.refused],
    )


def refusal_table(asked: Asked) -> str:
    """Return AUROC and the curve of the held-out half as Markdown, and the verdicts of all."""
    sure = confidences(asked.whole, is_held_out)
    head = ["held out, missing is", "AUROC", *(f"false at {c:.0%} answered" for c in COVERAGES)]
    lines = [cells(head), "|---|" + "---:|" * (len(head) - 1)]
    for name, results in {**asked.without, "the answer, ever": asked.refused}.items():
        unsure = confidences(results, is_held_out)
        if len(unsure):
            curve = [f"{let_through(sure, unsure, at):.1%}" for at in COVERAGES]
            title = f"the {name.value}" if isinstance(name, Without) else name
            lines.append(cells([title, share(auroc(sure, unsure)), *curve]))
    lines += ["", _verdicts(asked)]
    return "\n".join(lines) + "\n"


def confidences(results: Sequence[Result], chosen: Choose) -> NDArray[np.float64]:
    """Return the confidence of the results whose questions are chosen."""
    return np.array([result.confidence for result in results if chosen(result.question)])


def _verdicts(asked: Asked) -> str:
    """Return how many are answered at the bar that is shipped, of all questions."""
    parts = [f"answerable {answered(asked.whole)}"]
    parts += [f"{what.value} missing {answered(found)}" for what, found in asked.without.items()]
    if asked.refused:
        parts.append(f"never answerable {answered(asked.refused)}")
    return f"Answered at the shipped bar, of all questions: {'; '.join(parts)}."


def answered(results: Sequence[Result]) -> str:
    """Return how many of the questions are answered at the bar that is shipped."""
    count = sum(result.verdict is Verdict.ANSWER for result in results)
    return f"{count} of {len(results)}"
