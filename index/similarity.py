"""What likeness in meaning adds to words: the order of the first paragraphs, and how sure one is.

Numbers only: where they come from is `index.semantic`, which is optional.
"""

from collections.abc import Callable, Sequence

from index.reranking import Match

#: Gives the likeness of a question with paragraphs, by their ids: a cosine, or None where a
#: paragraph has no vector yet.
Similar = Callable[[str, Sequence[int]], Sequence[float | None]]

#: How many of the first are put in order anew.
LIFTED = 8

#: What a cosine weighs beside the score as a share of the best one's. The cosines of this model
#: lie close together, between 0.75 and 0.9. Source: docs/benchmarks.md, Likeness in meaning.
LIKENESS_WEIGHT = 8.0


def lift(
    ranked: Sequence[Match], similarities: Sequence[float | None]
) -> tuple[list[Match], list[float | None]]:
    """Return the matches with those that have a similarity in their new order, and theirs.

    `similarities` are those of the first matches. One that is not known counts as the mean of the
    others: among them it keeps the place that its words give it.
    """
    known = [value for value in similarities if value is not None]
    if not known or not ranked[0].score:
        return list(ranked), list(similarities)
    mean = sum(known) / len(known)
    top = ranked[0].score
    worth = [
        match.score / top + LIKENESS_WEIGHT * (mean if value is None else value)
        for match, value in zip(ranked, similarities, strict=False)
    ]
    order = sorted(range(len(worth)), key=lambda place: (-worth[place], place))
    lifted = [ranked[place] for place in order]
    return [*lifted, *ranked[len(order) :]], [similarities[place] for place in order]
