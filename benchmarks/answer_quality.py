"""How good the answers are: every idea of the ranking, and rivals, on the same questions.

    python -m benchmarks.answer_quality [FOLDER…]

The demo's questions always take part; a folder holds `passages.jsonl` and `questions.jsonl`. The
tables are printed, and written into docs/benchmarks.md between the marks of each set.
"""

import argparse
from pathlib import Path

import numpy as np

from benchmarks.figures import Ranks, difference, find_place
from benchmarks.ideas import IDEAS
from benchmarks.question_sets import QuestionSet, demo_set, is_held_out, read_set
from benchmarks.report import cells, write_part
from benchmarks.rivals import RIVALS, Ranking

#: What the differences are taken from: the strongest of what rank_bm25 gives without more code.
REFERENCE = "rank_bm25, lemmas, no stop words"
HEAD = ["ranking", "R@1", "R@3", "MRR@10", "R@1 tuning", "R@1 held out", "difference held out"]


def main() -> None:
    """Measure each set and write its tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args()
    for questions in (demo_set(), *map(read_set, options.folders)):
        text = ranking_table(questions)
        print(text, flush=True)
        write_part(Path("docs/benchmarks.md"), f"quality:{questions.name}", text)


def ranking_table(asked: QuestionSet) -> str:
    """Return the rivals and the ideas on one set as Markdown."""
    texts = [f"{passage.title}\n{passage.text}" for passage in asked.passages]
    ranked = {name: find_ranks(asked, make(texts)) for name, make in RIVALS.items()}
    ranked |= {name: find_ranks(asked, make(asked.passages)) for name, make in IDEAS.items()}
    held = np.array([is_held_out(question) for question in asked.questions])
    lines = [
        f"### {asked.name}: {len(asked.questions)} questions on {len(asked.passages)} paragraphs",
        "",
        cells(HEAD),
        "|---|" + "---:|" * (len(HEAD) - 1),
    ]
    reference = ranked[REFERENCE].of(held)
    lines += [cells([name, *_figures(ranks, held, reference)]) for name, ranks in ranked.items()]
    lines += ["", f"Tuning: {np.sum(~held)} questions; held out: {np.sum(held)}."]
    return "\n".join(lines) + "\n"


def find_ranks(asked: QuestionSet, ranking: Ranking) -> Ranks:
    """Return where a ranking has the right passages."""
    keys = [passage.id for passage in asked.passages]
    return Ranks(
        np.array(
            [
                find_place(question, [keys[number] for number in ranking(question.text)])
                for question in asked.questions
            ]
        )
    )


def _figures(ranks: Ranks, held: np.ndarray, reference: Ranks) -> list[str]:
    """Return the cells of a row."""
    shares = [ranks.at(1), ranks.at(3)]
    halves = [ranks.of(~held).at(1), ranks.of(held).at(1)]
    points = [100 * value for value in difference(ranks.of(held), reference)]
    return [
        *(share(found.mean()) for found in shares),
        share(ranks.mrr),
        *(share(found.mean()) for found in halves),
        "{:+.1f} [{:+.1f}, {:+.1f}]".format(*points),
    ]


def share(value: float) -> str:
    """Return a share as «.918»."""
    return f"{value:.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
