"""The passage card: where it is from, its words, its number. Other replies are made of it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from telegram.helpers import create_deep_linked_url

from bot.locales import Locale
from bot.replies.layout import (
    MOST_LINE,
    MOST_QUOTED,
    escape,
    escape_link,
    fit,
    shorten,
    utf16_length,
    with_bold,
)
from bot.replies.outcome import Body, Button
from bot.store.outbox import Cite
from index.sentences import find_sentences
from index.types import Excerpt, Passage, Quotation, Span

#: A passage older than this says so. Source: what readers of news take for old.
OLD_DAYS = 365

#: A longer passage fills more than a phone's screen: of it the best sentence with one more on each
#: side is shown, which holds the answer in 85 of 100 cases, and «Контекст» has the rest.
LONG_PASSAGE = 1_000


#: Words at each end of a quotation by which a browser finds it on its page.
FRAGMENT_WORDS = 5


@dataclass(frozen=True, slots=True)
class View:
    """What a card needs to know of its reader: language, day, and the bot's name for links."""

    locale: Locale
    today: date
    username: str


def passage_body(quotation: Quotation, view: View, most: int = MOST_QUOTED) -> Body:
    """Return a passage with its citation: title and day, the words, the paragraph as a link.

    At most `most` units of a passage are shown.
    """
    passage = quotation.passage
    shown = shown_part(passage.text, quotation.excerpt, most)
    inside = [
        span.shifted(-shown.start)
        for span in quotation.excerpt.highlights
        if shown.start <= span.start and span.stop <= shown.stop
    ]
    lines = (
        heading(passage, view),
        ("… " if shown.start else "")
        + f"<blockquote>{with_bold(shown.of(passage.text), inside)}</blockquote>"
        + (" …" if shown.stop < len(passage.text) else ""),
        paragraph_link(passage, view),
    )
    return Body("\n".join(lines), cites=(cite(passage, shown),))


def heading(passage: Passage, view: View) -> str:
    """Return the first line of a card: title, day, and a word when it is old."""
    day = view.locale.day(passage.day)
    line = f"📄 <b>{escape(shorten(passage.title, MOST_LINE))}</b> · {escape(day)}"
    if (view.today - passage.day).days > OLD_DAYS:
        line += " · " + escape(view.locale.text("more than a year old"))
    return line


def paragraph_link(passage: Passage, view: View) -> str:
    """Return «абзац 2» as a link that opens the passage in its context."""
    words = escape(view.locale.text("paragraph {n}", n=passage.number))
    if not view.username:
        return words
    link = create_deep_linked_url(view.username, f"p{passage.paragraph_id}")
    return f'<a href="{escape_link(link)}">{words}</a>'


def source_buttons(passage: Passage, quoted: str, view: View) -> tuple[Button, ...]:
    """Return the button that opens the source at the quoted words; none without an address."""
    if not passage.url:
        return ()
    return (Button(view.locale.text("Source"), url=source_link(passage.url, quoted)),)


def source_link(url: str, quoted: str) -> str:
    """Return the address of a source that opens it at the quoted words, where browsers can.

    Source: the text fragments of WICG, `#:~:text=first words,last words`.
    """
    words = quoted.split()
    if "#" in url or not words:
        return url
    ends = [words] if len(words) <= 2 * FRAGMENT_WORDS else [words[:5], words[-FRAGMENT_WORDS:]]
    marks = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}#:~:text={marks}"


def cite(passage: Passage, shown: Span) -> Cite:
    """Return the slice of the stored version that a block quote shows."""
    start = passage.span.start
    return Cite(passage.version_id, start + shown.start, start + shown.stop)


def shown_part(text: str, excerpt: Excerpt, most: int = MOST_QUOTED) -> Span:
    """Return what of a passage to show: all of it, of a long one its best sentence ± 1."""
    if utf16_length(text) <= min(LONG_PASSAGE, most):
        return Span(0, len(text))
    sentences = find_sentences(text)
    place = next((n for n, span in enumerate(sentences) if span.overlaps(excerpt.sentence)), 0)
    near = sentences[max(place - 1, 0) : place + 2] or (Span(0, len(text)),)
    around = _trimmed(text, Span(near[0].start, near[-1].stop))
    if utf16_length(around.of(text)) <= most:
        return around
    return fit(text, _trimmed(text, excerpt.sentence), most)


def _trimmed(text: str, span: Span) -> Span:
    part = span.of(text)
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.stop - len(part) + len(part.rstrip())))
