"""For any corpus, changes and query BM25 agrees with rank_bm25 built anew on the live documents."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.bm25 import BM25, Field, top_n
from tests.bm25_oracle import best, oracle_scores

WORDS = st.sampled_from(["порт", "море", "газ", "школа", "хартия", "труба", "закон"])
DOCUMENT = st.lists(WORDS, max_size=12)
QUERY = st.lists(st.one_of(WORDS, st.just("луна")), max_size=6)
# A change adds documents, or removes those at these places among the live ones.
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(DOCUMENT, max_size=6)),
        st.tuples(st.just("remove"), st.lists(st.integers(0, 50), max_size=4)),
    ),
    max_size=8,
)


def changed(
    corpus: list[list[str]], changes: list[tuple[str, list]]
) -> tuple[BM25, dict[int, list[str]]]:
    """Return the index after the changes, and what must be live in it."""
    index, live = BM25(corpus), dict(enumerate(corpus))
    for kind, values in changes:
        if kind == "add":
            live |= dict(zip(index.add(values), values, strict=True))
        elif live:
            numbers = sorted(live)
            gone = {numbers[place % len(numbers)] for place in values}
            index.remove(gone)
            live = {number: live[number] for number in numbers if number not in gone}
    return index, live


@given(st.lists(DOCUMENT, max_size=10), CHANGES, QUERY, st.integers(1, 20))
def test_scores_and_best_documents_are_the_oracle_s(
    corpus: list[list[str]], changes: list[tuple[str, list]], query: list[str], n: int
) -> None:
    index, live = changed(corpus, changes)
    expected = oracle_scores(live, len(index.doc_len), query)
    np.testing.assert_array_equal(index.get_scores(query), expected)
    np.testing.assert_array_equal(index.scores_of(query, range(len(expected))), expected)
    assert index.top_n(query, n) == best(expected, n)


@given(st.lists(DOCUMENT, max_size=10), CHANGES, QUERY)
def test_arrays_carry_every_state(
    corpus: list[list[str]], changes: list[tuple[str, list]], query: list[str]
) -> None:
    index, _ = changed(corpus, changes)
    copy = BM25.from_arrays(index.to_arrays())
    np.testing.assert_array_equal(copy.get_scores(query), index.get_scores(query))
    assert copy.add([["порт"]]) == index.add([["порт"]])
    assert copy.top_n(["порт", *query], 5) == index.top_n(["порт", *query], 5)


@given(st.lists(DOCUMENT, max_size=20), QUERY, QUERY, st.floats(0.01, 100), st.integers(1, 20))
def test_fields_add_up(
    corpus: list[list[str]], query: list[str], other: list[str], weight: float, n: int
) -> None:
    words, letters = BM25(corpus), BM25([[word[:1] for word in words] for words in corpus])
    initials = [word[:1] for word in other]
    expected = words.get_scores(query) + letters.get_scores(initials) * weight
    fields = [Field(words.snapshot, query), Field(letters.snapshot, initials, weight)]
    assert top_n(fields, n) == best(expected, n)
