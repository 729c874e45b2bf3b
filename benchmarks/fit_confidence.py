"""Fit what each signal of `index.confidence` says about an answer.

    python -m benchmarks.fit_confidence [--semantic] [FOLDER…]

The folders are as `benchmarks.question_sets` reads them; the demo's golden questions always take
part. A logistic regression learns on the half of the questions that is not held out to tell
questions as they are from those whose paragraph or article is missing, and from those that nothing
answers. `make bench-quality` then shows what the weights do on the other half.

With `--semantic` likeness in meaning is a signal too, for `index.similarity`; and what it says
across languages, for `index.across`, is fitted on the questions in tests/data.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.figures import Rows
from benchmarks.meaning import ask_across, encoder
from benchmarks.question_sets import across_set, demo_set, is_held_out, read_set
from benchmarks.refusals import Asked, ask_all
from benchmarks.regression import fit, how_sure, read_rows
from index.across import ACROSS
from index.confidence import SIGNAL_WEIGHTS
from index.evaluation import Result
from index.similarity import WITH_LIKENESS

#: Share of the answerable questions, on which is fitted, that the bar lets through.
COVERAGE = 0.9

#: Across languages likeness alone tells less. There a bar for an answer lets no more than this
#: share through of what should be refused, and one for a near miss this share of the answers.
FALSE_ACROSS = 1 / 6
COVERAGE_ACROSS = 0.8


def main() -> None:
    """Print the weights and the bar."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--semantic", action="store_true")
    options = parser.parse_args()
    model = encoder() if options.semantic else None
    asked = [ask_all(each, model) for each in (demo_set(), *map(read_set, options.folders))]
    count = len(WITH_LIKENESS.weights if model else SIGNAL_WEIGHTS)
    answers = _rows((result for each in asked for result in each.whole), count)
    weights = fit(answers, _rows((result for each in asked for result in _others(each)), count))
    _print_weights("with likeness" if model else "by words", weights)
    for each in asked:
        _print_bar(each.name, _rows(each.whole, count), weights, COVERAGE)
    if model:
        for language in ACROSS:
            right, wrong = ask_across(across_set(language), model)
            weights = fit(right, wrong)
            _print_weights(f"across from {language}", weights)
            bar = np.quantile(how_sure(wrong, weights), 1 - FALSE_ACROSS)
            print(f"{language}: {bar:.2f} lets {FALSE_ACROSS:.0%} of the others through")
            _print_bar(language, right, weights, COVERAGE_ACROSS)


def _print_weights(name: str, weights: Rows) -> None:
    rounded = tuple(round(float(weight), 2) for weight in weights)
    print(f"{name}: weights {rounded[:-1]}, base {rounded[-1]}")


def _print_bar(name: str, answers: Rows, weights: Rows, coverage: float) -> None:
    bar = np.quantile(how_sure(answers, weights), 1 - coverage)
    print(f"{name}: {bar:.2f} lets {coverage:.0%} through")


def _others(asked: Asked) -> Iterable[Result]:
    """Return the results that should be refused."""
    return [*(result for found in asked.without.values() for result in found), *asked.refused]


def _rows(results: Iterable[Result], count: int) -> Rows:
    """Return the signals of the results to fit on."""
    return read_rows((each for each in results if not is_held_out(each.question)), count)


if __name__ == "__main__":
    main()
