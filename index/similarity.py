"""What likeness in meaning adds to words: the order of the first paragraphs, and how sure one is.

Numbers only: where they come from is `index.semantic`, which is optional.
"""

from collections.abc import Callable, Sequence

from index.confidence import Surety
from index.reranking import Match

#: Gives the likeness of a question with paragraphs, by their ids; None where one has no vector.
Similar = Callable[[str, Sequence[int]], Sequence[float | None]]

#: How many of the first are put in order anew.
LIFTED = 8

#: What a likeness weighs beside the score as a share of the best one's: those of the first differ
#: by a few hundredths. Source: docs/benchmarks.md, Likeness in meaning; a plateau around it.
LIKENESS_WEIGHT = 8.0

#: What makes a likeness, which moves by a few hundredths, as large as other signals of confidence.
SIGNAL_SCALE = 10.0

#: Paragraphs that have the same words of a question, and likenesses that differ by less, are copies
#: of one: no rivals. The same text gives the same; a word changed, some thousandths.
COPY_DIFFERENCE = 0.005

#: How sure an answer is when the likeness of its first paragraph is known, and its lead in it: the
#: last signals. Fitted by `make fit-confidence SEMANTIC=1 DATA="folder …"` on half of the
#: questions; at the bar nine in ten of those of the larger set are answered.
WITH_LIKENESS = Surety(
    weights=(0.98, 3.26, 1.83, 1.05, 1.03, 1.95),
    base=-11.86,
    answer_bar=0.42,
    near_bar=0.2,
)


def lift(
    ranked: Sequence[Match], likeness: Sequence[float | None]
) -> tuple[list[Match], list[float | None]]:
    """Return the matches, the first ones in their new order, and the likeness of these.

    One that is not known counts as the mean of the others: among them it has the place that its
    words give it.
    """
    worths = _worths(ranked, likeness)
    order = sorted(range(len(worths)), key=lambda place: (-worths[place], place))
    lifted = [ranked[place] for place in order]
    return [*lifted, *ranked[len(order) :]], [likeness[place] for place in order]


def likeness_signals(
    ranked: Sequence[Match], likeness: Sequence[float | None]
) -> tuple[float, ...]:
    """Return what likeness says for the first match: its own, and its lead over the likest other.

    None where its own is not known. Copies of it are no others; without any the lead is 0.
    """
    own = likeness[0] if likeness else None
    if own is None:
        return ()
    others = [
        value
        for match, value in zip(ranked[1:], likeness[1:], strict=False)
        if value is not None
        and (abs(value - own) >= COPY_DIFFERENCE or match.shares != ranked[0].shares)
    ]
    lead = own - max(others) if others else 0.0
    return own * SIGNAL_SCALE, lead * SIGNAL_SCALE


def likeness_share(
    ranked: Sequence[Match], likeness: Sequence[float | None], document: int
) -> float | None:
    """Return the share of likeness in what gives a document its place, 0..1; None without any.

    What all of the first have is no reason: it counts how much liker one is than the least like.
    """
    known = [value for value in likeness if value is not None]
    for match, value in zip(ranked, likeness, strict=False):
        if match.document == document and value is not None:
            words = match.score / _top(ranked)
            meaning = LIKENESS_WEIGHT * (value - min(known))
            return meaning / (words + meaning)
    return None


def _worths(ranked: Sequence[Match], likeness: Sequence[float | None]) -> list[float]:
    known = [value for value in likeness if value is not None]
    mean = sum(known) / len(known) if known else 0.0
    top = _top(ranked)
    return [
        match.score / top + LIKENESS_WEIGHT * (mean if value is None else value)
        for match, value in zip(ranked, likeness, strict=False)
    ]


def _top(ranked: Sequence[Match]) -> float:
    """Return the best score; scores are positive, since each match has a word of the question."""
    return max((match.score for match in ranked), default=1.0)
