"""How good the answers are: every idea of the ranking, and rivals, on the same questions.

    python -m benchmarks.answer_quality [FOLDER…]

The demo's questions always take part; a folder holds `passages.jsonl` and `questions.jsonl`. The
tables are printed, and written into docs/benchmarks.md between the marks of each set.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.figures import Ranks, difference, find_place
from benchmarks.ideas import IDEAS
from benchmarks.meaning import across_report, encoder
from benchmarks.question_sets import QuestionSet, demo_set, is_held_out, read_set
from benchmarks.refusals import Asked, ask_all, refusal_table
from benchmarks.report import cells, share, write_part
from benchmarks.rivals import RIVALS, Ranking
from benchmarks.slips import mistyped
from index.evaluation import Result
from index.sentences import find_sentences

#: What the differences are taken from: the strongest of what rank_bm25 gives without more code.
REFERENCE = "rank_bm25, lemmas, no stop words"
OURS = "paragraf"
HEAD = ["ranking", "R@1", "R@3", "MRR@10", "R@1 tuning", "R@1 held out", "difference held out"]


def main() -> None:
    """Measure each set and write its tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args()
    for questions in (demo_set(), *map(read_set, options.folders)):
        text = report(questions)
        print(text, flush=True)
        write_part(Path("docs/benchmarks.md"), f"quality:{questions.name}", text)
    text = across_report()
    print(text, flush=True)
    write_part(Path("docs/benchmarks.md"), "meaning:across", text)


def report(questions: QuestionSet) -> str:
    """Return all that is measured on one set as Markdown."""
    asked = ask_all(questions)
    texts = {passage.id: passage.text for passage in questions.passages}
    lines = [sentence_line(asked, texts), slip_line(questions)]
    with_meanings = ask_all(questions, encoder())
    parts = [
        ranking_table(questions),
        "\n".join(filter(None, lines)),
        refusal_table(asked),
        "With `[semantic]`:\n",
        refusal_table(with_meanings),
    ]
    return "\n".join(parts)


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


def sentence_line(asked: Asked, texts: dict[str, str]) -> str:
    """Return how often the words that answer are in what is shown of the first paragraph."""
    known = [result for result in asked.whole if result.question.answers]
    if not known:
        return ""
    found = np.mean([_found_in(result, texts) for result in known], axis=0)
    return (
        f"The words that answer are in the first paragraph in {found[0]:.1%} of all questions, in "
        f"its best sentence in {found[1]:.1%}, there or one sentence away in {found[2]:.1%}."
    )


def _found_in(result: Result, texts: dict[str, str]) -> tuple[bool, bool, bool]:
    """Return whether the paragraph, its best sentence, that with its neighbours has an answer."""
    if not result.passages or result.sentence is None:
        return False, False, False
    text = texts[result.passages[0][0]]
    sentences = find_sentences(text)
    at = sentences.index(result.sentence) if result.sentence in sentences else 0
    near = sentences[max(at - 1, 0) : at + 2] or (result.sentence,)
    shown = (text, result.sentence.of(text), text[near[0].start : near[-1].stop])
    has = [any(answer in part for answer in result.question.answers) for part in shown]
    return has[0], has[1], has[2]


def slip_line(asked: QuestionSet) -> str:
    """Return what one typing slip a question costs."""
    ranking = IDEAS[OURS](asked.passages)
    slipped = [replace(question, text=mistyped(question)) for question in asked.questions]
    clean = find_ranks(asked, ranking)
    ranks = find_ranks(replace(asked, questions=tuple(slipped)), ranking)
    costs = [100 * (clean.at(n).mean() - ranks.at(n).mean()) for n in (1, 3)]
    return (
        f"One typing slip in each question costs {costs[0]:.1f} points of R@1 and {costs[1]:.1f} "
        "of R@3."
    )


if __name__ == "__main__":
    main()
