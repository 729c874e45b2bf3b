"""The index of topics finds what a look at each topic finds."""

from hypothesis import given
from hypothesis import strategies as st

from index.percolation import Percolator, TopicQuery

WORDS = st.sampled_from([f"w{number}" for number in range(8)])
PHRASE = st.lists(WORDS, min_size=1, max_size=2, unique=True).map(tuple)
NEED = st.lists(PHRASE, min_size=1, max_size=3).map(tuple)
QUERY = st.builds(
    TopicQuery,
    st.lists(NEED, max_size=3).map(tuple),
    st.lists(NEED, max_size=2).map(tuple),
)
PASSAGES = st.lists(st.frozensets(WORDS, max_size=5), max_size=4)


@given(st.lists(st.tuples(st.integers(1, 9), QUERY, st.booleans()), max_size=20), PASSAGES)
def test_the_same_as_looking_at_each(
    changes: list[tuple[int, TopicQuery, bool]], passages: list[frozenset[str]]
) -> None:
    """After any additions, replacements and removals."""
    percolator, known = Percolator(), dict[int, TopicQuery]()
    for topic_id, query, is_added in changes:
        if is_added:
            percolator.add(topic_id, query)
            known[topic_id] = query
        else:
            percolator.remove(topic_id)
            known.pop(topic_id, None)
    expected = [key for key, query in known.items() if any(map(query.matches, passages))]
    assert list(percolator.find(passages)) == sorted(expected)
