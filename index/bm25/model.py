"""The model: `rank_bm25.BM25` on postings, to which documents are added and from which they go."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Self

import numpy as np
import rank_bm25
from numpy.typing import NDArray

from index.bm25 import arrays as stored
from index.bm25.changes import (
    GROWTH,
    cleaned,
    is_settled,
    merged,
    with_documents,
    with_merged,
    without_documents,
)
from index.bm25.search import Field, top_n
from index.bm25.segment import Parameters
from index.bm25.snapshot import Snapshot
from index.bm25.vocabulary import Vocabulary

# Documents indexed at a time: the sort of one batch stays within some tens of megabytes.
BATCH = 1 << 15
# Postings that adding merges however little it adds: some five milliseconds of work.
SOON = 1 << 18
Tokenizer = Callable[[Any], Sequence[str]]


class BM25(rank_bm25.BM25):  # type: ignore[misc]  # rank_bm25 publishes no types
    """Ranks documents for words as `rank_bm25` does, on postings that follow adds and removes.

    `corpus` is an iterable of documents, each a sequence of words (or anything the `tokenizer`
    makes words of). They are numbered 0, 1, 2 … in order; numbers are never given twice. idf is
    ln(1 + (N − n + .5) / (n + .5)), and N, n and the average length are always those of the live
    documents. An empty corpus and an empty document are valid; unknown words add nothing; a word
    repeated in a query adds its score each time. `soon` is how many postings adding merges at once,
    however little it adds.

    Threads: readers never wait. Each read works on one immutable snapshot, which a writer replaces
    whole; writers wait for one another.
    """

    def __init__(
        self,
        corpus: Iterable[Any] = (),
        tokenizer: Tokenizer | None = None,
        k1: float = 1.2,
        b: float = 0.5,
        *,
        soon: int = SOON,
    ) -> None:
        # The base's constructor is not called: it would keep a dictionary per document, and
        # divides by zero for an empty corpus. What it sets are properties here.
        self.tokenizer = tokenizer
        self.k1 = k1
        self.b = b
        self._soon = soon
        self._writing = threading.Lock()
        self._in_work = 0  # of so many segments another thread is making others
        self._snapshot = Snapshot(
            parameters=Parameters(k1, b),
            vocabulary=Vocabulary(),
            segments=(),
            lengths=np.zeros(0, np.int32),
            live=np.zeros(0, np.bool_),
            dead=np.zeros(0, np.int64),
            df=np.zeros(0, np.int32),
            count=0,
            tokens=0,
        )
        self.add(corpus)

    @property
    def snapshot(self) -> Snapshot:
        """Return the present state, which never changes; take it once for several reads."""
        return self._snapshot

    @property
    def corpus_size(self) -> int:
        """Return the number of live documents."""
        return self._snapshot.count

    @property
    def avgdl(self) -> float:
        """Return the mean number of words of the live documents; 0 when there are none."""
        return self._snapshot.average

    @property
    def doc_len(self) -> NDArray[np.int32]:
        """Return the number of words of each document number ever given; 0 for those removed."""
        snapshot = self._snapshot
        return snapshot.lengths * snapshot.live

    def idf_of(self, word: str) -> float:
        """Return the idf of a word; a word that no document has gets the largest there is."""
        return self._snapshot.idf(word)

    def get_scores(
        self, tokens: Sequence[str], weights: Sequence[float] | None = None
    ) -> NDArray[np.float64]:
        """Return the score of every document number ever given; 0 for those removed.

        `weights`, one a token, multiply what the tokens add: 0, or 10⁻⁶ to 10⁶.
        """
        return self._snapshot.get_scores(tokens, weights)

    def scores_of(
        self,
        tokens: Sequence[str],
        documents: Sequence[int] | NDArray[np.integer],
        weights: Sequence[float] | None = None,
    ) -> NDArray[np.float64]:
        """Return `get_scores(tokens, weights)[documents]` without scoring the others.

        Raises: UnknownDocumentError for a number that was never given.
        """
        return self._snapshot.scores_of(tokens, documents, weights)

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Return the scores of the given documents as a list, as `rank_bm25` does."""
        scores: list[float] = self.scores_of(query, doc_ids).tolist()
        return scores

    def top_n(
        self, tokens: Sequence[str], n: int, weights: Sequence[float] | None = None
    ) -> list[tuple[int, float]]:
        """Return the `n` best (document, score) that match, best first, ties by number."""
        return top_n([Field(self._snapshot, tokens, weights=weights)], n)

    def get_top_n(self, query: Sequence[str], documents: Sequence[Any], n: int = 5) -> list[Any]:
        """Return the members of `documents` with the `n` best scores, ties in their order.

        `documents` has one member per number ever given. As in `rank_bm25`, documents that do not
        match fill up the list; removed ones do not. Raises: ValueError for a list of another size.
        """
        snapshot = self._snapshot
        if len(documents) != snapshot.numbers:
            raise ValueError(f"{snapshot.numbers} documents are indexed, got {len(documents)}")
        live = np.flatnonzero(snapshot.live)
        order = np.argsort(-snapshot.get_scores(query)[live], kind="stable")[: max(n, 0)]
        return [documents[number] for number in live[order].tolist()]

    def add(self, documents: Iterable[Any], lengths: Iterable[int] | None = None) -> range:
        """Return the numbers given to `documents`, which every later read sees.

        `lengths` are what scores count for their lengths, if that is not the number of their words.
        They go through the tokenizer, if there is one, here and not in a pool of processes, which
        `rank_bm25` starts and never closes. They become visible `BATCH` at a time, and are merged
        with older ones after that. Few documents do not wait for a large merge: that is left to
        `merge`.
        """
        with self._writing:
            first = self._snapshot.numbers
            counted = None if lengths is None else iter(lengths)
            for batch in _batches(documents):
                words = (
                    [self.tokenizer(document) for document in batch] if self.tokenizer else batch
                )
                of_batch = None if counted is None else [*islice(counted, len(batch))]
                self._snapshot = with_documents(self._snapshot, words, of_batch)
            added = sum(s.size for s in self._snapshot.segments if s.first >= first)
            most = self._soon + (1 + GROWTH) * added
            self._snapshot = merged(self._snapshot, most, self._in_work)
            return range(first, self._snapshot.numbers)

    @property
    def is_settled(self) -> bool:
        """Return whether there is nothing for `merge` to do."""
        return is_settled(self._snapshot)

    def merge(self) -> None:
        """Do the large merges that adding left, so that searches visit few segments.

        Takes seconds for a million documents; meanwhile others may read, add and remove. Only one
        thread at a time may merge.
        """
        with self._writing:
            before = self._snapshot
            self._in_work = len(before.segments)
        try:
            after = merged(before)
            with self._writing:
                self._snapshot = with_merged(self._snapshot, before, after)
        finally:
            self._in_work = 0

    def remove(self, documents: Iterable[int]) -> None:
        """Take documents out by their numbers: they match nothing and leave the statistics.

        Raises: UnknownDocumentError for a number never given or removed already; then nothing is
        removed.
        """
        with self._writing:
            self._snapshot = without_documents(self._snapshot, sorted(set(documents)))
            self._snapshot = cleaned(self._snapshot)

    def fork(self) -> Self:
        """Return a model of the same documents: what is done to one does not touch the other."""
        with self._writing:
            snapshot = replace(self._snapshot, vocabulary=self._snapshot.vocabulary.copy())
        model = type(self)((), self.tokenizer, self.k1, self.b, soon=self._soon)
        model._snapshot = snapshot
        return model

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the index as named arrays, which share memory with it: write them, do not change.

        The tokenizer is not among them.
        """
        return stored.to_arrays(self._snapshot)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Return the index that `to_arrays` gave the arrays of; they are not copied.

        They may be mapped from files and read-only. The time taken does not depend on their size.
        Raises: SnapshotError when they are not such arrays.
        """
        snapshot = stored.from_arrays(arrays)
        model = cls((), k1=snapshot.parameters.k1, b=snapshot.parameters.b)
        model._snapshot = snapshot
        return model


def _batches(documents: Iterable[Any]) -> Iterator[list[Any]]:
    """Return `documents` in lists of at most `BATCH`."""
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch
