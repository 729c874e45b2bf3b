"""A quote, line by line."""

import re

import pytest

from bot.replies.layout import MOST_TEXT, utf16_length
from bot.replies.quotation import MOST_COPIED, copied_body, copied_text, quote_body
from index.types import Certainty, QuoteKind, Speaker, SpeakerKind
from tests.unit.bot.replies.samples import OFFSET, SPEAKER, VIEW, a_quote

LINK = '<a href="https://t.me/paragraf_bot?start=p1012">абзац 12</a>'


def test_a_quote_is_words_speaker_day_occasion_and_source() -> None:
    """Word for word, without the marks of the article."""
    quote = a_quote(occasion="в интервью газете «Вестник»")
    assert quote_body(quote, VIEW).html.splitlines() == [
        "<blockquote>Порт готов</blockquote>",
        "— Игорь Лисовец, министр транспорта Тарвии",
        "20 января 2026, в интервью газете «Вестник»",
        f"📄 <b>Тарвия и её порты</b> · 22 января 2026 · {LINK}",
    ]


def test_each_span_is_a_block_quote_with_its_slice() -> None:
    """The author's words in between are left out."""
    text = "«Порт готов, — сказал министр. — Мы ждём суда»."
    body = quote_body(a_quote(text, "Порт готов", "Мы ждём суда"), VIEW)
    assert re.findall("<blockquote>(.*)</blockquote>", body.html) == ["Порт готов", "Мы ждём суда"]
    assert [text[cite.start - OFFSET : cite.stop - OFFSET] for cite in body.cites] == [
        "Порт готов",
        "Мы ждём суда",
    ]


@pytest.mark.parametrize(
    ("speaker", "mention", "expected"),
    [
        (None, None, "— говорящий не установлен"),
        (
            None,
            "источник в порту",
            "— говорящий не установлен (в тексте: «источник в порту»)",
        ),
        (
            Speaker("Лисовец", SpeakerKind.PERSON, Certainty.CONTEXT, role="министр"),
            "он",
            "— Лисовец, министр (по контексту)",
        ),
        (
            Speaker("министр", SpeakerKind.PERSON, Certainty.CONTEXT, identity="Игорь Лисовец"),
            None,
            "— министр (по контексту: Игорь Лисовец)",
        ),
        (
            Speaker("заявление", SpeakerKind.DOCUMENT, Certainty.STATED),
            None,
            "— заявление",
        ),
    ],
)
def test_a_speaker_is_never_more_certain_than_the_text(
    speaker: Speaker | None, mention: str | None, expected: str
) -> None:
    """What is not established says so, with the words that stand for him."""
    body = quote_body(a_quote(speaker=speaker, mention=mention), VIEW)
    assert body.html.splitlines()[1] == expected


def test_a_day_that_only_the_context_tells_says_so() -> None:
    """In words."""
    body = quote_body(a_quote(is_day_stated=False), VIEW)
    assert "20 января 2026 (по контексту)" in body.html.splitlines()


def test_a_part_of_a_sentence_says_so() -> None:
    """Such quotes are hidden unless asked for."""
    assert "часть фразы" in quote_body(a_quote(kind=QuoteKind.FRAGMENT), VIEW).html


def test_a_short_quote_is_copied_by_its_button_with_its_attribution() -> None:
    """In one line."""
    copied = quote_body(a_quote(), VIEW).keyboard[1][0].copied
    assert copied == (
        "«Порт готов» — Игорь Лисовец, министр транспорта Тарвии, 20 января 2026. "
        "«Тарвия и её порты» https://t.me/paragraf_bot?start=q3"
    )


def test_a_long_quote_is_copied_from_a_message() -> None:
    """Telegram copies 256 characters; the message has all the words."""
    quote = a_quote("Он сказал: «" + "Порт готов. " * 30 + "Да».")
    button = quote_body(quote, VIEW).keyboard[1][0]
    assert utf16_length(copied_text(quote, VIEW)) > MOST_COPIED
    assert (button.copied, button.data) == (None, "qcopy:3")
    body = copied_body(quote, VIEW)
    assert body.html.splitlines()[-1].startswith("— Игорь Лисовец, министр")
    assert len(body.cites) == 1


def test_the_longest_quote_fits_a_message() -> None:
    """What does not fit is left out, and says so."""
    sentences = [f"Порт номер {n} готов." for n in range(800)]
    quote = a_quote("Он сказал: «" + " ".join(sentences) + "».", *sentences[:400])
    body = quote_body(quote, VIEW)
    assert utf16_length(body.html) <= MOST_TEXT
    whole = a_quote("Он сказал: «" + " ".join(sentences) + "».", speaker=SPEAKER)
    body = quote_body(whole, VIEW)
    assert utf16_length(body.html) <= MOST_TEXT
    assert body.html.splitlines()[0].endswith("</blockquote> …")
