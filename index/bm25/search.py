"""The best documents of a query: approximate sums for all, exact scores for the few on top.

Every posting of the query's terms adds its impact to a dense row of single-precision sums
(scatter). The n-th largest of the maxima of groups of documents bounds the n-th best sum from
below, so only groups and documents at or above that bound are looked at again (select). These, with
a margin that covers rounding, the steps in which impacts are kept and the drift of the average
length, are scored exactly (rescore). The answer is that of a full exact scoring.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.bm25.segment import Segment
from index.bm25.snapshot import Snapshot, Term, check_weights

#: Which documents may be found, by their numbers.
Mask = NDArray[np.bool_]
#: Documents by their numbers.
Numbers = NDArray[np.int64]

# Postings scattered at a time: buffers that stay in the second-level cache.
CHUNK = 1 << 14
# Groups that the sums are cut into: enough that few of the best share one and spoil the bound, few
# enough that a group is several documents. More only pay where sums are too many to look at each.
FEW_GROUPS, MANY_GROUPS = 1 << 9, 1 << 12
MANY_FROM = 1 << 18
# Half a unit in the last place of a float32: the relative error of one rounding.
ROUNDING = 2.0**-24


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a query: a snapshot, the words to look for in it, their and its weight."""

    snapshot: Snapshot
    tokens: Sequence[str]
    weight: float = 1.0
    weights: Sequence[float] | None = None

    @cached_property
    def known(self) -> list[tuple[Term, float | None]]:
        """Return the known tokens of some weight as (term, weight), in their order."""
        return self.snapshot.weighted_terms(self.tokens, self.weights)

    @cached_property
    def terms(self) -> dict[int, Term]:
        """Return the different terms of some weight, by number, in their order."""
        return {term.number: term for term, _ in self.known}

    @cached_property
    def factors(self) -> dict[int, float]:
        """Return idf times the weights of all repetitions of each of the `terms`, by number."""
        factors = dict.fromkeys(self.terms, 0.0)
        for term, weight in self.known:
            factors[term.number] += term.idf * self.weight * (1.0 if weight is None else weight)
        return factors

    def scores_by_token(self, documents: Numbers) -> NDArray[np.float64]:
        """Return what each token (row) adds to the score of each live document (column).

        Their weights and the field's do not count.
        """
        found = self.snapshot.contributions([*self.terms.values()], documents)
        if len(self.snapshot.dead):  # no others that were removed have postings
            found *= self.snapshot.live.take(documents)
        if len(self.terms) == len(self.tokens):  # all of them known, different and of some weight
            return found
        row_of = {number: row for row, number in enumerate(self.terms)}
        if len(self.known) == len(self.tokens):
            return found.take([row_of[term.number] for term, _ in self.known], axis=0)
        scores = np.zeros((len(self.tokens), len(documents)))
        for at, term in enumerate(map(self.snapshot.find, self.tokens)):
            if term and term.number in row_of:
                scores[at] = found[row_of[term.number]]
        return scores


def between(values: Numbers, first: int, last: int) -> Mask:
    """Return for which documents the value, by document number, is in `[first, last]`."""
    mask: Mask = (values >= first) & (values <= last)
    return mask


def among(values: Numbers, wanted: Collection[int]) -> Mask:
    """Return for which documents the value, by document number, is one of those wanted."""
    mask: Mask = np.isin(values, np.array(sorted(wanted), np.int64))
    return mask


#: A run of postings: documents, impacts, and what a step of these is worth.
_Piece = tuple[NDArray[np.int32], NDArray[np.uint16], float]


class _Scratch:
    """Buffers of one search: the sums, zero between searches, and the chunk to scatter next."""

    def __init__(self) -> None:
        self.sums = np.zeros(MANY_GROUPS, np.float32)
        self.documents = np.empty(CHUNK, np.int64)
        self.values = np.empty(CHUNK, np.float32)

    def sums_for(self, numbers: int) -> NDArray[np.float32]:
        """Return the zeroed sums of so many document numbers, in a whole number of groups."""
        groups = FEW_GROUPS if numbers < MANY_FROM else MANY_GROUPS
        needed = -(-max(numbers, 1) // groups) * groups
        if len(self.sums) < needed:
            # An eighth in reserve, so that a growing index does not reallocate at each search.
            self.sums = np.zeros(needed + needed // 8, np.float32)
        # Document d is in group d % groups: maxima over all groups are taken row by row, three
        # times as fast as within runs of neighbours.
        return self.sums[:needed].reshape(-1, groups)

    def flush(self, pieces: list[_Piece], sums: NDArray[np.float32]) -> None:
        """Add the impacts in `pieces`, times what their steps are worth, and empty these."""
        if not pieces:
            return
        documents, impacts, worths = zip(*pieces, strict=True)
        sizes = [*map(len, documents)]
        filled = sum(sizes)
        values = np.concatenate(impacts, out=self.values[:filled])
        values *= np.array(worths, np.float32).repeat(sizes)
        np.add.at(sums, np.concatenate(documents, out=self.documents[:filled]), values)
        pieces.clear()


# Buffers that no search is using. A search takes one or makes one, and gives it back clean, so that
# two threads never share one; `list.pop` and `append` are atomic.
_free: list[_Scratch] = []


def top_n(fields: Sequence[Field], n: int, allowed: Mask | None = None) -> list[tuple[int, float]]:
    """Return the `n` best (document, score), best first, ties by document number.

    The score is the sum over `fields` of weight · BM25; the fields are snapshots of the same
    documents under the same numbers (a number beyond a snapshot's counts as not matching there).
    Only documents that match are returned: those with a score above 0, and of these only those for
    which `allowed`, by document number, is true.
    """
    fields = _weighty(fields)
    candidates = shortlist(fields, n, allowed)
    scores = _exact(fields, candidates)
    order = np.lexsort((candidates, -scores))[: max(n, 0)]
    found = zip(candidates[order].tolist(), scores[order].tolist(), strict=True)
    return [(document, score) for document, score in found if score > 0]


def shortlist(fields: Sequence[Field], n: int, allowed: Mask | None = None) -> Numbers:
    """Return documents, ascending, among which the `n` best of `top_n` are, and a few more.

    For whoever scores them by himself: the exact scores of `top_n` are half of what it costs.
    """
    fields = _weighty(fields)
    if n <= 0 or not fields:
        return np.zeros(0, np.int64)
    return _candidates(fields, n, allowed)


def _weighty(fields: Sequence[Field]) -> list[Field]:
    """Return the fields that weigh anything. Raises: ValueError for a weight out of range."""
    check_weights([field.weight for field in fields])
    return [field for field in fields if field.weight]


def _exact(fields: Sequence[Field], documents: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the exact scores of `documents`, fields added in their order."""
    scores = np.zeros(len(documents))
    for field in fields:
        known = documents < field.snapshot.numbers
        of_field = field.snapshot.scores_of(field.tokens, documents[known], field.weights)
        scores[known] += of_field if field.weight == 1 else of_field * field.weight
    return scores


def _candidates(fields: Sequence[Field], n: int, allowed: Mask | None) -> Numbers:
    """Return documents, in ascending order, that surely hold the `n` best of those allowed."""
    try:
        scratch = _free.pop()
    except IndexError:
        scratch = _Scratch()
    grouped = scratch.sums_for(max(field.snapshot.numbers for field in fields))
    sums = grouped.reshape(-1)
    added, low, high, slack = 0, 1.0, 1.0, 0.0
    for field in fields:
        added += len(field.terms)
        # Impacts are rounded up, each by less than a step.
        slack += sum(field.factors.values()) * field.snapshot.parameters.step
        average, segments = field.snapshot.average, field.snapshot.segments
        for segment, lists in zip(segments, _lists(field), strict=True):
            if lists:
                _scatter(segment, lists, sums, scratch)
                low, high = (
                    min(low, average / segment.average),
                    max(high, average / segment.average),
                )
    for field in fields:
        # A removed document matches nothing; in every field alike.
        sums[field.snapshot.dead] = 0.0
    if allowed is not None:
        sums[: len(allowed)][~allowed] = 0.0
    margin = low / high * (1 - 2 * (added + 3) * ROUNDING)
    candidates = _select(grouped, n, margin, slack)
    sums.fill(0.0)
    _free.append(scratch)
    return candidates


def _lists(field: Field) -> list[list[tuple[float, int, int]]]:
    """Return by segment what a step of the impacts of terms is worth, and where these lie."""
    step = field.snapshot.parameters.step
    lists: list[list[tuple[float, int, int]]] = [[] for _ in field.snapshot.segments]
    for number, term in field.terms.items():
        for at, start, stop in term.places:
            lists[at].append((field.factors[number] * step, start, stop))
    return lists


def _scatter(
    segment: Segment,
    lists: Sequence[tuple[float, int, int]],
    sums: NDArray[np.float32],
    scratch: _Scratch,
) -> None:
    """Add the impacts of terms in a segment, times what a step is worth, to `sums`."""
    pieces: list[_Piece] = []
    filled = 0
    for worth, begin, end in lists:
        for start in range(begin, end, CHUNK):
            stop = min(end, start + CHUNK)
            if filled + stop - start > CHUNK:
                scratch.flush(pieces, sums)
                filled = 0
            pieces.append((segment.documents[start:stop], segment.impacts[start:stop], worth))
            filled += stop - start
    scratch.flush(pieces, sums)


def _select(grouped: NDArray[np.float32], n: int, margin: float, slack: float) -> Numbers:
    """Return the documents, ascending, with `margin` times the n-th largest sum less `slack`."""
    maxima = grouped.max(axis=0)
    bound = _nth_largest(maxima, n) * margin - slack
    documents, values = _at_least(grouped, maxima, bound)
    return documents[values >= _nth_largest(values, n) * margin - slack]


def _at_least(
    grouped: NDArray[np.float32], maxima: NDArray[np.float32], bound: float
) -> tuple[Numbers, NDArray[np.float32]]:
    """Return the documents, ascending, whose sums are above 0 and not below a bound, and these."""
    groups = grouped.shape[1]
    if groups == FEW_GROUPS:
        sums = grouped.reshape(-1)
        documents = (sums >= bound if bound > 0 else sums > 0).nonzero()[0]
        return documents, sums.take(documents)
    at = (maxima >= bound if bound > 0 else maxima > 0).nonzero()[0]
    near = grouped.take(at, axis=1).reshape(-1)
    # Of one dimension: numpy looks for what is true in two ten times as long.
    places = (near >= bound if bound > 0 else near > 0).nonzero()[0]
    rows = places // max(len(at), 1)
    # Groups ascend within rows and rows ascend, so the numbers do.
    return rows * groups + at.take(places - rows * len(at)), near.take(places)


def _nth_largest(values: NDArray[np.float32], n: int) -> float:
    """Return the n-th largest value; 0 when there are fewer."""
    if len(values) < n:
        return 0.0
    ordered = values.copy()
    ordered.partition(len(values) - n)
    return float(ordered[len(values) - n])
