"""The simulator's reading of HTML, for any nesting of formatted text."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.entities import to_html
from bot.simulator.markup import parse_html
from bot.simulator.utf16 import utf16_length, utf16_slice

TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough"}
# Source, plain text and the text under each tag, in the order in which the tags open.
Piece = tuple[str, str, list[tuple[str, str]]]

plain = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).map(
    lambda text: (escape(text), text, [])
)


def _wrapped(pair: tuple[str, Piece]) -> Piece:
    tag, (source, text, marked) = pair
    return f"<{tag}>{source}</{tag}>", text, [(TAGS[tag], text), *marked]


def _joined(pieces: list[Piece]) -> Piece:
    return (
        "".join(source for source, _, _ in pieces),
        "".join(text for _, text, _ in pieces),
        [mark for _, _, marked in pieces for mark in marked],
    )


pieces = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(sorted(TAGS)), inner).map(_wrapped),
        st.lists(inner, min_size=1, max_size=4).map(_joined),
    ),
    max_leaves=12,
)


@given(pieces)
def test_text_and_entities_are_those_that_were_written(piece: Piece) -> None:
    source, text, marked = piece
    formatted = parse_html(source)
    assert formatted.text == text
    assert [
        (e["type"], utf16_slice(text, e["offset"], e["length"])) for e in formatted.entities
    ] == marked


@given(pieces)
def test_html_written_back_reads_the_same(piece: Piece) -> None:
    formatted = parse_html(piece[0])
    again = parse_html(to_html(formatted.text, formatted.entities))
    assert (again.text, again.entities) == (formatted.text, formatted.entities)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_whole(text: str) -> None:
    formatted = parse_html(escape(text))
    assert (formatted.text, formatted.entities) == (text, ())
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
