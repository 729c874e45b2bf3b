"""Texts within Telegram's units: lengths, cuts, parts."""

import pytest

from bot.replies.layout import MOST_BOLD, escape_link, fit, shorten, split, utf16_length, with_bold
from index.types import Span


@pytest.mark.parametrize(("text", "units"), [("", 0), ("порт", 4), ("🙂", 2), ("a🙂б", 4)])
def test_length_is_in_utf16_units(text: str, units: int) -> None:
    """An emoji outside the basic plane counts two on the wire."""
    assert utf16_length(text) == units


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        ("", 10, []),
        ("  \n ", 10, []),
        ("Порт открыт.", 20, ["Порт открыт."]),
        ("Порт открыт. Док закрыт.", 14, ["Порт открыт.", "Док закрыт."]),
        ("Порт открыт. Док закрыт. Суд ушло.", 26, ["Порт открыт. Док закрыт.", "Суд ушло."]),
        ("  Порт открыт.\n Док закрыт. ", 14, ["Порт открыт.", "Док закрыт."]),
        ("один два три четыре", 8, ["один два", "три", "четыре"]),
        ("абвгдежзик", 4, ["абвг", "дежз", "ик"]),
        ("🙂🙂🙂", 2, ["🙂", "🙂", "🙂"]),
    ],
)
def test_a_text_is_split_at_sentences_then_words_then_letters(
    text: str, most: int, parts: list[str]
) -> None:
    """Only the white space between parts is left out."""
    assert [part.of(text) for part in split(text, most)] == parts


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Порт", 10, "Порт"),
        ("Порт открыли вчера", 12, "Порт…"),
        ("Порт, который", 8, "Порт…"),
        ("Длинноеслово", 6, "Длинно…"),
    ],
)
def test_a_line_is_shortened_at_a_word(text: str, most: int, shown: str) -> None:
    """With the sign of a cut and no punctuation before it."""
    assert shorten(text, most) == shown


def test_a_part_that_fits_is_left_alone() -> None:
    """Its place in the text too."""
    assert fit("Морской порт", Span(8, 12), 4) == Span(8, 12)


def test_a_cut_leaves_no_half_of_a_letter() -> None:
    """An emoji that does not fit whole is left out."""
    part = fit("🙂" * 50, Span(0, 50), 21)
    assert 0 < utf16_length(part.of("🙂" * 50)) <= 21


def test_bold_words_are_escaped_like_the_others() -> None:
    """Markup in an article is text, inside and outside of bold."""
    assert with_bold("a<b> & c", [Span(1, 4)]) == "a<b>&lt;b&gt;</b> &amp; c"


def test_no_more_words_are_bold_than_telegram_keeps() -> None:
    """The first ones; the rest stands there plainly."""
    text = "а " * (MOST_BOLD + 5)
    shown = with_bold(text, [Span(n, n + 1) for n in range(0, len(text), 2)])
    assert shown.count("<b>") == MOST_BOLD
    assert shown.replace("<b>", "").replace("</b>", "") == text


def test_a_link_cannot_end_its_attribute() -> None:
    """Whatever stands in the address of a source."""
    assert escape_link('https://example.org/?a="><b>&c') == (
        "https://example.org/?a=&quot;&gt;&lt;b&gt;&amp;c"
    )
