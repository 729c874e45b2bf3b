"""How well refusals tell what the articles hold from what they do not.

Each question is asked three times: as it is, with its paragraph taken out of the index, and with
its whole article taken out; a refusal is right in the latter two. The questions that nothing
answers are asked once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Keys, Rows, auroc, auroc_interval, let_through
from benchmarks.question_sets import QuestionSet, is_held_out
from benchmarks.regression import fit, how_sure, read_rows
from benchmarks.report import cells, share
from index.evaluation import Evaluation, GoldQuestion, Result, Without
from index.semantic import Encoder
from index.types import Verdict

#: The shares of answerable questions answered at which the curve is read.
COVERAGES = (0.5, 0.7, 0.8, 0.9, 0.95)

Choose = Callable[[GoldQuestion], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the index made of the questions of a set; `without` is empty for a single article.

    `articles` are those of the passages, by id.
    """

    name: str
    whole: list[Result]
    without: dict[Without, list[Result]]
    refused: list[Result]
    articles: dict[str, str]

    def keys(self, results: Sequence[Result]) -> Keys:
        """Return the article each question is on; what nothing answers is on one of its own."""
        asked = [result.question for result in results]
        return np.array([self.articles[q.passages[0]] if q.passages else q.id for q in asked])


def ask_all(asked: QuestionSet, encoder: Encoder | None = None) -> Asked:
    """Return the results of every question of a set, whole and with something taken out."""
    evaluation = Evaluation(asked.passages, encoder)
    articles = {passage.id: passage.article for passage in asked.passages}
    return Asked(
        asked.name,
        [evaluation.ask(question) for question in asked.questions],
        {
            what: [evaluation.ask(question, what) for question in asked.questions]
            for what in Without
            if len({*articles.values()}) > 1
        },
        [evaluation.ask(question) for question in asked.refused],
        articles,
    )


def refusal_table(asked: Asked) -> str:
    """Return AUROC and the curve of the held-out half as Markdown, and the verdicts of all."""
    whole = [result for result in asked.whole if is_held_out(result.question)]
    sure = confidences(whole, is_held_out)
    head = ["held out, missing is", "AUROC", *(f"false at {c:.0%} answered" for c in COVERAGES)]
    lines = [cells(head), "|---|" + "---:|" * (len(head) - 1)]
    for title, results in _missing(asked):
        others = [result for result in results if is_held_out(result.question)]
        unsure = confidences(others, is_held_out)
        if others:
            curve = [f"{let_through(sure, unsure, at):.1%}" for at in COVERAGES]
            area = _area(sure, unsure, asked.keys(whole), asked.keys(others))
            lines.append(cells([title, area, *curve]))
    lines += ["", *([_crossed(asked)] if asked.without else []), _verdicts(asked)]
    return "\n".join(lines) + "\n"


def _missing(asked: Asked) -> Iterator[tuple[str, list[Result]]]:
    """Yield what is missing, and the results of the questions so asked."""
    for what, results in asked.without.items():
        yield f"the {what.value}", results
    yield "the answer, ever", asked.refused


def _area(sure: Rows, unsure: Rows, sure_of: Keys, unsure_of: Keys) -> str:
    """Return AUROC, with its interval where there are articles to draw from."""
    area = share(auroc(sure, unsure))
    if len({*sure_of}) == 1:
        return area
    low, high = auroc_interval(sure, unsure, sure_of, unsure_of)
    return f"{area} [{share(low)}, {share(high)}]"


def _crossed(asked: Asked) -> str:
    """Return AUROC of all questions, each article read by weights fitted on the others."""
    count = max(len(result.signals) for result in asked.whole)
    rows, keys = _whole_rows(asked, asked.whole, count)
    parts = {title: _whole_rows(asked, each, count) for title, each in _missing(asked) if each}
    others, others_of = map(np.concatenate, zip(*parts.values(), strict=True))
    weights = {key: fit(rows[keys != key], others[others_of != key]) for key in {*keys, *others_of}}

    def read(rows: Rows, keys: Keys) -> Rows:
        pairs = zip(rows, keys, strict=True)
        return np.concatenate([how_sure(row[None], weights[key]) for row, key in pairs])

    sure = read(rows, keys)
    areas = [f"{name} {_area(sure, read(*each), keys, each[1])}" for name, each in parts.items()]
    return (
        "AUROC of all questions, each article read by weights fitted on the others; missing is "
        f"{'; '.join(areas)}.\n"
    )


def _whole_rows(asked: Asked, results: list[Result], count: int) -> tuple[Rows, Keys]:
    """Return the signals of results and their articles."""
    known = [result for result in results if len(result.signals) in (0, count)]
    return read_rows(known, count), asked.keys(known)


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
