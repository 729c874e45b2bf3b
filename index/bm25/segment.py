"""A segment: the immutable postings of a run of document numbers, term after term.

Here segments are built, merged, cleaned of removed documents and brought to a new average length.
What is global (document frequency, count, average length) belongs to `snapshot`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

# Term frequencies are kept in one byte; this and greater ones are kept in full beside them.
LARGE = 255
# Impacts are kept in two bytes, as so many steps at most: a coarse sum picks who is scored exactly.
MOST_STEPS = (1 << 16) - 1
# Postings handled at a time in passes over a whole segment: temporaries of a few megabytes.
PASS = 1 << 18


@dataclass(frozen=True, slots=True)
class Parameters:
    """The two numbers of BM25: saturation of term frequency, weight of the length."""

    k1: float
    b: float

    @property
    def step(self) -> float:
        """Return what impacts are counted in: a score without idf is less than k1 + 1."""
        return (self.k1 + 1) / MOST_STEPS


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Postings of the documents `first <= number < stop`.

    Those of term `terms[i]` (sorted) are `documents[starts[i]:starts[i + 1]]`, sorted too, with
    their term frequencies (`LARGE` stands for the one kept in `large`, by its place in `large_at`)
    and impacts: the score without idf, for the average length `average`, in steps, rounded up.
    """

    first: int
    stop: int
    average: float
    terms: NDArray[np.int32]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    frequencies: NDArray[np.uint8]
    impacts: NDArray[np.uint16]
    large_at: NDArray[np.int64]
    large: NDArray[np.int32]

    @property
    def size(self) -> int:
        """Return the number of postings."""
        return len(self.documents)

    def find(self, term: int) -> tuple[int, int] | None:
        """Return where the postings of a term start and stop, None if it has none."""
        # The needle has the array's own type: any other would convert the whole array.
        row = int(self.terms.searchsorted(np.int32(term)))
        if row == len(self.terms) or self.terms[row] != term:
            return None
        return int(self.starts[row]), int(self.starts[row + 1])

    def frequencies_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the full term frequencies of the postings at `places`."""
        frequencies = self.frequencies.take(places).astype(np.int64)
        if len(self.large) and (is_full := frequencies == LARGE).any():
            frequencies[is_full] = self.large[self.large_at.searchsorted(places[is_full])]
        return frequencies

    def frequencies_of(
        self, starts: Sequence[int], stops: Sequence[int], documents: NDArray[np.int32]
    ) -> NDArray[np.int64]:
        """Return how often terms (rows), given by their postings, are in documents (columns)."""
        # Needles of another type than the postings would convert the whole list.
        lists = [self.documents[start:stop] for start, stop in zip(starts, stops, strict=True)]
        found = np.concatenate([postings.searchsorted(documents) for postings in lists])
        places = found.reshape(len(starts), len(documents))
        bounds = np.array((starts, stops))[:, :, None]
        places += bounds[0]
        np.minimum(places, bounds[1] - 1, out=places)
        frequencies = self.frequencies_at(places)
        frequencies *= self.documents.take(places) == documents
        return frequencies

    def terms_at(self, places: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the terms whose postings lie at `places`."""
        return self.terms[self.starts.searchsorted(places, "right") - 1]

    def places_of(self, documents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of all postings of documents, which ascend; at least one is given.

        Linear in the segment: documents keep no list of their terms, which would cost half as much
        memory again for the rare removal. What is outside their range is told at 0.5 ns a posting.
        """
        first, last = documents[0], documents[-1]
        is_gone = np.zeros(last - first + 1, np.bool_)
        is_gone[documents - first] = True
        found = [np.zeros(0, np.int64)]
        for begin, end in passes(self.size):
            after = self.documents[begin:end] - np.int32(first)
            # Without a sign those before the first are beyond the last.
            at = (after.view(np.uint32) <= np.uint32(last - first)).nonzero()[0]
            found.append(at[is_gone.take(after.take(at))] + begin)
        return np.concatenate(found)


def passes(size: int) -> Iterator[tuple[int, int]]:
    """Return the borders of the runs of at most `PASS` that cover `range(size)`."""
    return ((begin, min(begin + PASS, size)) for begin in range(0, size, PASS))


def impact(
    frequencies: NDArray[np.int64],
    lengths: NDArray[np.integer],
    average: float,
    parameters: Parameters,
) -> NDArray[np.float64]:
    """Return the BM25 scores without idf of postings, given their documents' lengths.

    The operations and their order are those of `rank_bm25.BM25Okapi`, for equality to the last bit.
    """
    k1, b = parameters.k1, parameters.b
    scores: NDArray[np.float64] = np.multiply(frequencies, k1 + 1)
    scores /= frequencies + k1 * (1 - b + b * lengths / average)
    return scores


def with_average(
    segment: Segment, lengths: NDArray[np.int32], average: float, parameters: Parameters
) -> Segment:
    """Return `segment` with the impacts of another average length; other arrays are shared."""
    impacts = np.empty(segment.size, np.uint16)
    for begin, end in passes(segment.size):
        frequencies = segment.frequencies_at(np.arange(begin, end))
        of_documents = lengths[segment.documents[begin:end]].astype(np.int64)
        scores = impact(frequencies, of_documents, average, parameters)
        # Never 0: whoever has a word is to be found by it.
        impacts[begin:end] = np.clip(np.ceil(scores / parameters.step), 1, MOST_STEPS)
    return replace(segment, impacts=impacts, average=average)


def build(first: int, terms: NDArray[np.int32], sizes: NDArray[np.int32]) -> Segment:
    """Return the segment of new documents, numbered from `first`, still without impacts.

    `terms` are the term numbers of all their words, document after document; `sizes` are the
    numbers of words in each.
    """
    owners = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    # One sort groups equal (term, document) pairs, by term and then by document.
    keys = np.sort(terms.astype(np.int64) * len(sizes) + owners)
    at = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(at, append=len(keys))
    of_terms, documents = np.divmod(keys[at], max(len(sizes), 1))
    starts = np.flatnonzero(np.diff(of_terms, prepend=-1))
    return _assemble(
        (first, first + len(sizes)),
        of_terms[starts].astype(np.int32),
        np.append(starts, len(at)),
        (documents + first).astype(np.int32),
        np.minimum(counts, LARGE).astype(np.uint8),
        (np.flatnonzero(counts >= LARGE), counts[counts >= LARGE].astype(np.int32)),
    )


def without(segment: Segment, live: NDArray[np.bool_]) -> Segment:
    """Return `segment` without the postings of documents that are not live, and without impacts."""
    kept = [np.zeros(0, np.int32)]
    places = [np.zeros(0, np.int64)]
    for begin, end in passes(segment.size):
        at = np.flatnonzero(live.take(segment.documents[begin:end])) + begin
        places.append(at)
        kept.append(segment.documents[at])
    place = np.concatenate(places)
    starts = place.searchsorted(segment.starts)
    some = np.flatnonzero(np.diff(starts))
    large = live[segment.documents[segment.large_at]]
    return _assemble(
        (segment.first, segment.stop),
        segment.terms[some],
        np.append(starts[some], len(place)),
        np.concatenate(kept),
        segment.frequencies[place],
        (place.searchsorted(segment.large_at[large]), segment.large[large]),
    )


def merge(segments: Sequence[Segment]) -> Segment:
    """Return one segment with the postings of all, which come in document order; no impacts.

    Each list is copied to its place, so the work is linear in the postings.
    """
    terms = np.unique(np.concatenate([segment.terms for segment in segments]))
    rows = [terms.searchsorted(segment.terms) for segment in segments]
    counts = np.zeros(len(terms), np.int64)
    for segment, row in zip(segments, rows, strict=True):
        counts[row] += np.diff(segment.starts)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    documents = np.empty(int(starts[-1]), np.int32)
    frequencies = np.empty(int(starts[-1]), np.uint8)
    free = starts[:-1].copy()
    large: list[tuple[NDArray[np.int64], NDArray[np.int32]]] = []
    for segment, row in zip(segments, rows, strict=True):
        shift = free[row] - segment.starts[:-1]
        for begin, end in passes(segment.size):
            target = np.arange(begin, end) + _spread(segment, shift, begin, end)
            documents[target] = segment.documents[begin:end]
            frequencies[target] = segment.frequencies[begin:end]
        rows_of_large = segment.starts.searchsorted(segment.large_at, "right") - 1
        large.append((segment.large_at + shift[rows_of_large], segment.large))
        free[row] += np.diff(segment.starts)
    large_at = np.concatenate([at for at, _ in large])
    order = np.argsort(large_at)
    full = np.concatenate([values for _, values in large])
    return _assemble(
        (segments[0].first, segments[-1].stop),
        terms,
        starts,
        documents,
        frequencies,
        (large_at[order], full[order]),
    )


def _spread(
    segment: Segment, of_terms: NDArray[np.int64], begin: int, end: int
) -> NDArray[np.int64]:
    """Return, for each posting in `begin:end`, the value of its term."""
    low = int(segment.starts.searchsorted(begin, "right")) - 1
    high = int(segment.starts.searchsorted(end, "left"))
    borders = np.clip(segment.starts[low : high + 1], begin, end)
    return np.repeat(of_terms[low:high], np.diff(borders))


def _assemble(
    numbers: tuple[int, int],
    terms: NDArray[np.int32],
    starts: NDArray[np.int64],
    documents: NDArray[np.int32],
    frequencies: NDArray[np.uint8],
    large: tuple[NDArray[np.int64], NDArray[np.int32]],
) -> Segment:
    """Return a segment whose impacts are still to be computed (`with_average`)."""
    return Segment(
        first=numbers[0],
        stop=numbers[1],
        average=0.0,
        terms=terms,
        starts=starts,
        documents=documents,
        frequencies=frequencies,
        impacts=np.zeros(0, np.uint16),
        large_at=large[0],
        large=large[1],
    )
