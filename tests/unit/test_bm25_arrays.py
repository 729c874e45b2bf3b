"""BM25 as arrays: an index that a file holds goes on as before."""

from pathlib import Path

import numpy as np
import pytest

from index.bm25 import BM25
from index.errors import SnapshotError
from tests.bm25_documents import PORT, zipf_documents


def _read_only(array: np.ndarray) -> np.ndarray:
    """Return a copy that refuses writes, as an array mapped from a file does."""
    copy = array.copy()
    copy.flags.writeable = False
    return copy


def test_arrays_hold_the_whole_index() -> None:
    index = BM25(zipf_documents(300, seed=15))
    index.add([["порт"] * 300, ["\ud800", "", "море"]])
    index.remove([5, 6])
    copy = BM25.from_arrays({name: _read_only(a) for name, a in index.to_arrays().items()})
    again = BM25.from_arrays(copy.to_arrays())
    for query in [*zipf_documents(100, seed=16, longest=8), ["порт", "\ud800", ""], ["луна"]]:
        for other in (copy, again):
            np.testing.assert_array_equal(other.get_scores(query), index.get_scores(query))
            assert other.top_n(query, 10) == index.top_n(query, 10)


def test_arrays_may_be_mapped_from_files(tmp_path: Path) -> None:
    documents = zipf_documents(100, seed=19)
    index = BM25(documents)
    for name, array in index.to_arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {path.stem: np.load(path, mmap_mode="r") for path in tmp_path.iterdir()}
    copy = BM25.from_arrays(mapped)
    for one in (index, copy):
        one.remove([7])
        one.add(documents[:9])
    for query in zipf_documents(30, seed=20, longest=8):
        np.testing.assert_array_equal(copy.get_scores(query), index.get_scores(query))


def test_an_index_from_arrays_goes_on_growing() -> None:
    documents = zipf_documents(300, seed=17)
    index = BM25(documents[:200])
    copy = BM25.from_arrays({name: _read_only(a) for name, a in index.to_arrays().items()})
    for one in (index, copy):
        assert one.add([*documents[200:], ["новое"], ["новое", "слово1"]]) == range(200, 302)
        one.remove([0, 201])
    again = BM25.from_arrays(copy.to_arrays())
    for query in [*zipf_documents(50, seed=18, longest=8), ["новое"]]:
        np.testing.assert_array_equal(copy.get_scores(query), index.get_scores(query))
        np.testing.assert_array_equal(again.get_scores(query), index.get_scores(query))


@pytest.mark.parametrize("name", ["counts", "df", "words.blob", "segment0.impacts"])
def test_arrays_that_are_not_an_index_are_refused(name: str) -> None:
    arrays = BM25([PORT]).to_arrays()
    del arrays[name]
    with pytest.raises(SnapshotError):
        BM25.from_arrays(arrays)


def test_arrays_of_another_format_are_refused() -> None:
    arrays = BM25([PORT]).to_arrays()
    arrays["counts"] = arrays["counts"] + 1
    with pytest.raises(SnapshotError, match="format"):
        BM25.from_arrays(arrays)


def test_words_with_one_checksum_are_told_apart() -> None:
    """CRC-32 of "plumless" and of "buckeroo" is the same number."""
    index = BM25([["plumless"], ["buckeroo"], ["plumless", "море"]])
    copy = BM25.from_arrays(index.to_arrays())
    assert [number for number, _ in copy.top_n(["buckeroo"], 5)] == [1]
    assert [number for number, _ in copy.top_n(["plumless"], 5)] == [0, 2]
