"""Whatever an article says, what stands between the quotation marks is a slice of it."""

import html
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.locales import get_locale
from bot.replies.layout import MOST_TEXT, utf16_length
from bot.replies.passage import View, passage_body
from index.types import Excerpt, Language, Passage, Quotation, Span

VIEW = View(get_locale(Language.RU), date(2026, 2, 11), "paragraf_bot")
WORDS = st.sampled_from(["порт", "<b>", "&amp;", "</blockquote>", "🙂", "«да»", "1 < 2", "дата."])
TEXTS = st.one_of(
    st.text(min_size=1).filter(str.strip),
    st.lists(WORDS, min_size=1, max_size=1500).map(" ".join),
)


@given(text=TEXTS, title=st.text(max_size=300), data=st.data())
def test_a_quotation_is_the_stored_slice(text: str, title: str, data: st.DataObject) -> None:
    """Unescaped, to the letter, within the limits of a message, whatever is bold in it."""
    text = text.strip()
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    bold = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    stored = "Начало.\n" + text
    start = len(stored) - len(text)
    passage = Passage(
        paragraph_id=1,
        article_id=1,
        version_id=7,
        version=1,
        number=2,
        title=title,
        day=date(2026, 2, 11),
        url=None,
        source=None,
        span=Span(start, len(stored)),
        text=text,
    )
    body = passage_body(Quotation(passage, Excerpt(Span(0, len(text)), bold), 1.0), VIEW)
    (quote,) = re.findall("<blockquote>(.*?)</blockquote>", body.html, re.DOTALL)
    (cite,) = body.cites
    assert html.unescape(re.sub("</?b>", "", quote)) == stored[cite.start : cite.stop]
    shown = html.unescape(re.sub("<[^>]+>", "", body.html))
    assert utf16_length(shown) <= MOST_TEXT
