"""Whatever an article says, its pages are whole, exact, and within Telegram's limits."""

import re
from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.locales import get_locale
from bot.replies.article import WIDEST, article_body, context_body, find_page
from bot.replies.layout import MOST_QUOTED, MOST_TEXT, split, utf16_length
from bot.replies.outcome import Body
from bot.replies.passage import View
from bot.simulator.markup import parse_html
from index.paragraphs import find_paragraphs
from index.types import Language, Passage
from tests.accessibility import find_faults

#: Entities in a message that Telegram is sure to keep, with some to spare.
MOST_ENTITIES = 90

WORDS = st.sampled_from(["порт", "<b>", "&amp;", "</blockquote>", "🙂", "«да»", "1 < 2", "дата."])
LINES = st.one_of(
    st.text(max_size=40),
    st.lists(WORDS, min_size=1, max_size=20).map(" ".join),
    st.tuples(WORDS, st.integers(1, 3000)).map(lambda drawn: " ".join([drawn[0]] * drawn[1])),
    st.tuples(WORDS, st.integers(1, 3000)).map(lambda drawn: drawn[0] * drawn[1]),
)
ARTICLES = st.lists(LINES, min_size=1, max_size=60).map("\n".join)
LANGUAGES = st.sampled_from(Language)


def passages_of(text: str, title: str) -> tuple[Passage, ...]:
    """Return the paragraphs of an article as they come from the store."""
    return tuple(
        Passage(
            paragraph_id=100 + paragraph.number,
            article_id=1,
            version_id=7,
            version=1,
            number=paragraph.number,
            title=title,
            day=date(2024, 2, 11),
            url="https://example.org/?a=1&b=%22",
            source=None,
            span=paragraph.span,
            text=paragraph.span.of(text),
        )
        for paragraph in find_paragraphs(text)
    )


def quotes_of(body: Body, text: str) -> list[str]:
    """Return what a body quotes, after everything that must hold for any message was checked."""
    shown = parse_html(body.html)  # raises for what Telegram would refuse
    assert utf16_length(shown.text) <= MOST_TEXT
    assert len(shown.entities) <= MOST_ENTITIES
    assert find_faults([[button.label for button in row] for row in body.keyboard]) == []
    quotes = [
        shown.text.encode("utf-16-le")[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode(
            "utf-16-le"
        )
        for e in shown.entities
        if e["type"] in {"blockquote", "expandable_blockquote"}
    ]
    assert quotes == [text[cite.start : cite.stop] for cite in body.cites]
    return quotes


def without_space(parts: Sequence[str]) -> str:
    return re.sub(r"\s", "", "".join(parts))


@given(text=ARTICLES, title=st.text(max_size=300), language=LANGUAGES)
def test_the_pages_of_an_article_hold_all_of_it(text: str, title: str, language: Language) -> None:
    """Every paragraph to its end, in order, each quotation the stored slice."""
    passages = passages_of(text, title)
    if not passages:
        return
    view = View(get_locale(language), date(2026, 2, 11), "paragraf_bot")
    quotes: list[str] = []
    total = find_page(passages, number=1).total
    for number in range(1, total + 1):
        quotes += quotes_of(article_body(find_page(passages, number=number), view), text)
    assert without_space(quotes) == without_space([passage.text for passage in passages])


@given(text=ARTICLES, data=st.data(), width=st.integers(1, WIDEST), language=LANGUAGES)
def test_a_context_has_its_passage(
    text: str, data: st.DataObject, width: int, language: Language
) -> None:
    """With what neighbours fit, in order; the passage is cut only if it is longer than a page."""
    passages = passages_of(text, "Порт")
    if not passages:
        return
    place = data.draw(st.integers(0, len(passages) - 1))
    centre = passages[place]
    near = passages[max(0, place - width) : place + width + 1]
    view = View(get_locale(language), date(2026, 2, 11), "paragraf_bot")
    body = context_body(near, centre.paragraph_id, width, view)
    quotes_of(body, text)
    starts = [cite.start for cite in body.cites]
    assert starts == sorted(starts)
    (whole,) = [cite for cite in body.cites if cite.start == centre.span.start]
    if utf16_length(centre.text) <= MOST_QUOTED:
        assert whole.stop == centre.span.stop


@given(text=st.one_of(st.text(), LINES), most=st.integers(2, 50))
def test_parts_are_in_order_and_leave_out_white_space_only(text: str, most: int) -> None:
    """None is too long or empty."""
    parts = split(text, most)
    assert all(0 < utf16_length(part.of(text)) <= most for part in parts)
    stops = [0, *(part.stop for part in parts)]
    gaps = [text[stop : part.start] for stop, part in zip(stops, parts, strict=False)]
    assert not "".join((*gaps, text[stops[-1] :])).strip()
