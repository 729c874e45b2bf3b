"""The telling words of documents, in arrays that grow beside their readers."""

import numpy as np

from index.sequences import Sequences


def test_who_holds_an_older_state_goes_on_reading_it() -> None:
    """However much is added."""
    first = Sequences.of([[1, 2], [], [3]])
    more = first
    for number in range(100):
        more = more.extended([[number] * 5])
    assert [len(first), first[0], first[1], first[2]] == [3, [1, 2], [], [3]]
    assert [len(more), more[2], more[3], more[102]] == [103, [3], [0] * 5, [99] * 5]


def test_a_copy_goes_its_own_way() -> None:
    """What is added to one is not in the other."""
    first = Sequences.of([[1], [2]]).extended([[3]])
    copied = first.copy()
    mine, other = first.extended([[4], [5]]), copied.extended([[6], [7]])
    assert [mine[n] for n in range(5)] == [[1], [2], [3], [4], [5]]
    assert [other[n] for n in range(5)] == [[1], [2], [3], [6], [7]]


def test_those_kept_and_later_ones_are_taken_together() -> None:
    """In the order asked for, one after another."""
    kept = Sequences.from_arrays(Sequences.of([[1, ~2], [3]]).to_arrays())
    sequences = kept.extended([[4, 5, 6], [7]])
    for documents in ([0, 1], [0, 2, 3], [2, 3], [1, 3], []):
        entries, lengths = sequences.take(np.array(documents, np.int64))
        told = [entry for document in documents for entry in sequences[document]]
        assert entries.tolist() == told
        assert lengths.tolist() == [len(sequences[document]) for document in documents]
