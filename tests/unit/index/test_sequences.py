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


def test_those_kept_and_later_ones_are_looked_through_together() -> None:
    """In their order; an entry that is complemented stands where the one before it does."""
    kept = Sequences.from_arrays(Sequences.of([[1, ~2], [3]]).to_arrays())
    sequences = kept.extended([[4, 2, 6], [2]])
    assert _found(sequences, [0, 1, 2, 3], [2, 6]) == [(0, 2, 0), (2, 2, 0), (2, 6, 1), (3, 2, 0)]
    assert _found(sequences, [0, 1], [1, 2]) == [(0, 1, 0), (0, 2, 0)]
    assert _found(sequences, [1, 3], [3, 4]) == [(0, 3, 0)]
    assert _found(sequences, [2, 3], [4, 6]) == [(0, 4, 0), (0, 6, 2)]
    assert _found(sequences, [], [1]) == []


def test_words_that_came_late_are_told_apart() -> None:
    """Their numbers are two units, the second of which others share."""
    late = [1 << 15, 1 << 16, (1 << 16) + (1 << 13), 5_000_000, (1 << 26) - 1]
    entries = [0, late[0], late[1], ~late[2], late[3], ~late[4], 7, ~0]
    sequences = Sequences.of([entries, [8, ~8, 8], entries[::-1]])
    assert [sequences[n] for n in range(3)] == [entries, [8, ~8, 8], entries[::-1]]
    places = [(0, 0), (late[0], 1), (late[1], 2), (late[2], 2), (late[3], 3), (late[4], 3)]
    for wanted in ([late[2]], late[1:3], late[3:], late):
        told = [(number, place) for number, place in places if number in wanted]
        first = told[0][1]
        assert _found(sequences, [0, 1], wanted) == [(0, n, place - first) for n, place in told]


def _found(
    sequences: Sequences, documents: list[int], numbers: list[int]
) -> list[tuple[int, int, int]]:
    """Return (which document, number, place after that of the first of the document)."""
    found = sequences.find(np.array(documents, np.int64), numbers)
    firsts: dict[int, int] = {}
    rows = zip(found.sequences.tolist(), found.places.tolist(), found.which.tolist(), strict=True)
    return [
        (document, numbers[which], place - firsts.setdefault(document, place))
        for document, place, which in rows
    ]
