"""What holds for the sentences of any text."""

from hypothesis import given
from hypothesis import strategies as st

from index.sentences import find_sentences

PIECES = [
    "Порт",
    "открыт",
    ". ",
    "! ",
    "г. ",
    "А. ",
    "«",
    "» ",
    "— ",
    "\n",
    " ",
    "3 млрд. ",
    "…",
    "(",
    ")",
    "5",
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(TEXTS)
def test_sentences_are_ordered_slices_that_cover_the_text(text: str) -> None:
    """Ordered, apart, without outer white space; what is between them is white space."""
    at = 0
    for span in find_sentences(text):
        assert at <= span.start < span.stop <= len(text)
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        at = span.stop
    assert not text[at:].strip()
