"""No word one edit away is missed."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from index.bm25 import BM25
from index.neighbours import Neighbours

words = st.text(st.sampled_from("абв"), min_size=1, max_size=10)


@given(vocabulary=st.sets(words, max_size=60), typed=words.filter(lambda word: len(word) > 2))
def test_no_neighbour_is_missed(vocabulary: set[str], typed: str) -> None:
    """Of all the words of live documents, whenever they came."""
    listed = sorted(vocabulary)
    model, neighbours = BM25([[word] for word in listed[::2]]), Neighbours()
    neighbours.find(typed, model.snapshot)
    model.add([[word] for word in listed[1::2]])
    if listed:
        model.remove([0])
        listed.remove(listed[0])
    found = neighbours.find(typed, model.snapshot)
    assert found <= vocabulary
    assert {word for word in listed if OSA.distance(word, typed) <= 1} <= found
