"""The optional extra `[semantic]` in the benchmarks: one model, and each passage read once."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from time import process_time

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import auroc
from benchmarks.question_sets import QuestionSet, across_set, demo_set, is_held_out
from benchmarks.refusals import answered, ask_all, confidences
from benchmarks.report import cells, share
from index.across import ACROSS, FOLLOWERS, SOUGHT, find_signals
from index.evaluation import Evaluation, GoldQuestion, Result, Without
from index.semantic import Encoder

Rows = NDArray[np.float64]


class ReadOnce(Encoder):
    """The model with every vector kept: the same passages are asked about many times."""

    def __init__(self) -> None:
        """Load the model."""
        super().__init__()
        self._known: dict[str, bytes] = {}

    def passage(self, text: str) -> bytes:
        """Return the packed vector of a passage."""
        if text not in self._known:
            self._known[text] = super().passage(text)
        return self._known[text]


@lru_cache(1)
def encoder() -> Encoder:
    """Return the model; the same each time."""
    return ReadOnce()


def ask_across(asked: QuestionSet, model: Encoder) -> tuple[Rows, Rows]:
    """Return the signals of the questions not held out: as they are, and what should be refused.

    The latter with their article taken out, and those that nothing answers.
    """
    evaluation = Evaluation(asked.passages, model)

    def signals(question: GoldQuestion, without: Without | None = None) -> tuple[float, ...]:
        near = evaluation.find_near(question, FOLLOWERS + 1, SOUGHT, without)
        return find_signals(near)

    tuned = [question for question in asked.questions if not is_held_out(question)]
    unanswered = [question for question in asked.refused if not is_held_out(question)]
    right = [signals(question) for question in tuned]
    wrong = [signals(question, Without.ARTICLE) for question in tuned]
    return np.array(right), np.array([*wrong, *map(signals, unanswered)])


def across_report() -> str:
    """Return what is found across languages, and what the model costs, as Markdown."""
    head = ["questions in", "nearest R@1", "R@1", "R@3", "R@1 held out", "AUROC held out"]
    head += ["answered", "article missing", "never answerable"]
    lines = [cells(head), "|---|" + "---:|" * (len(head) - 1)]
    lines += [_across_row(across_set(language)) for language in ACROSS]
    return "\n".join([*lines, "", _cost_line()]) + "\n"


def _across_row(asked: QuestionSet) -> str:
    found = ask_all(asked, encoder())
    evaluation = Evaluation(asked.passages, encoder())
    nearest = [evaluation.find_near(each, 1, SOUGHT) for each in asked.questions]
    pairs = zip(asked.questions, nearest, strict=True)
    right = [asked.passages[near[0].paragraph_id - 1].id in each.passages for each, near in pairs]
    missing = [*found.without[Without.ARTICLE], *found.refused]
    held = [result for result in found.whole if is_held_out(result.question)]
    sure, unsure = (confidences(results, is_held_out) for results in (found.whole, missing))
    return cells(
        [
            f"{asked.name.split()[-1]} ({len(asked.questions)})",
            share(float(np.mean(right))),
            share(_recall(found.whole, 1)),
            share(_recall(found.whole, 3)),
            f"{share(_recall(held, 1))} of {len(held)}",
            share(auroc(sure, unsure)),
            *map(answered, (found.whole, found.without[Without.ARTICLE], found.refused)),
        ]
    )


def _recall(results: Sequence[Result], n: int) -> float:
    """Return the share with a right passage among the first `n`."""
    return sum(result.rank is not None and result.rank <= n for result in results) / len(results)


def _cost_line() -> str:
    """Return what a vector costs, read anew."""
    model, demo = Encoder(), demo_set()
    asked = [_time_ms(model.question, question.text) for question in demo.questions]
    read = [_time_ms(model.passage, passage.text) for passage in demo.passages]
    return (
        f"A vector of a question takes {np.median(asked):.0f} ms of processor time, of a paragraph "
        f"{np.median(read):.0f} ms (median of the demo's, 95 in 100 within "
        f"{np.percentile(read, 95):.0f}), in one thread."
    )


def _time_ms(work: Callable[[str], object], text: str) -> float:
    """Return the processor time of a text: other programs do not lengthen it."""
    start = process_time()
    work(text)
    return 1000 * (process_time() - start)
