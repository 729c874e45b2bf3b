"""An article is numbered slices of its text."""

import pytest

from index.paragraphs import find_paragraphs


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", []),
        (" \n\t\n\u200b\n", []),
        ("Один.", ["Один."]),
        ("  Один.  \n\n\n Два. \n", ["Один.", "Два."]),
        ("Один.\r\nДва.\rТри.\u2029Четыре.", ["Один.", "Два.", "Три.", "Четыре."]),
        ("\ufeffС меткой.\n\u00a0С пробелом.\u00a0", ["С меткой.", "С пробелом."]),
        ("🙂 Порт\n🙂", ["🙂 Порт", "🙂"]),
    ],
)
def test_a_paragraph_is_a_line_without_outer_white_space(text: str, paragraphs: list[str]) -> None:
    """Blank lines are skipped; numbers count from 1; what is shown is a slice."""
    found = find_paragraphs(text)
    assert [paragraph.span.of(text) for paragraph in found] == paragraphs
    assert [paragraph.number for paragraph in found] == list(range(1, len(paragraphs) + 1))


def test_terms_come_in_text_order() -> None:
    """With all their plausible lemmas."""
    (paragraph,) = find_paragraphs("Нашли газ.")
    assert paragraph.terms == (("найти", "наслать"), ("газ",))
