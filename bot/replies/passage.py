"""The passage card: where it is from, its words, and how to see more. An answer begins with one."""

from dataclasses import dataclass
from datetime import date

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
from bot.replies.outcome import Body, Button, Keyboard
from bot.store.outbox import Cite
from index.sentences import find_sentences
from index.types import CitedAnswer, Excerpt, Passage, Quotation, Span, Verdict

#: A passage older than this says so. Source: what readers of news take for old.
OLD_DAYS = 365

#: Headings shown when there is no answer.
MOST_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class View:
    """What a card needs to know of its reader: language, day, and the bot's name for links."""

    locale: Locale
    today: date
    username: str


def answer_body(cited: CitedAnswer, view: View, answer_id: int, total: int) -> Body:
    """Return the reply to a question: a cited passage of `total`, a near miss, or an honest no."""
    if cited.answer.verdict is Verdict.NONE or not cited.quotations:
        return _refusal(cited, view)
    lines = []
    if cited.answer.suggestion:
        words = f"<b>{escape(shorten(cited.answer.suggestion, MOST_LINE))}</b>"
        lines.append(view.locale.text("Searching for: {text}", text=words))
    if cited.answer.verdict is Verdict.NEAR:
        lines.append(escape(view.locale.text("Close, but I am not sure that this is the answer.")))
    body = passage_body(cited.quotations[0], view)
    keyboard = answer_keyboard(cited.quotations[0].passage, view, answer_id, 0, total)
    return Body("\n".join((*lines, body.html)), keyboard, body.cites)


def passage_body(quotation: Quotation, view: View) -> Body:
    """Return a passage with its citation: title and day, the words, the paragraph as a link."""
    passage = quotation.passage
    shown = shown_part(passage.text, quotation.excerpt)
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


def cite(passage: Passage, shown: Span) -> Cite:
    """Return the slice of the stored version that a block quote shows."""
    start = passage.span.start
    return Cite(passage.version_id, start + shown.start, start + shown.stop)


def shown_part(text: str, excerpt: Excerpt) -> Span:
    """Return what of a passage fits: all of it, else its best sentence with its neighbours."""
    if utf16_length(text) <= MOST_QUOTED:
        return Span(0, len(text))
    sentences = find_sentences(text)
    place = next((n for n, span in enumerate(sentences) if span.overlaps(excerpt.sentence)), 0)
    near = sentences[max(place - 1, 0) : place + 2] or (Span(0, len(text)),)
    around = _trimmed(text, Span(near[0].start, near[-1].stop))
    if utf16_length(around.of(text)) <= MOST_QUOTED:
        return around
    return fit(text, _trimmed(text, excerpt.sentence), MOST_QUOTED)


def answer_keyboard(
    passage: Passage, view: View, answer_id: int, place: int, total: int
) -> Keyboard:
    """Return the buttons under the passage at `place` among the `total` of an answer."""
    locale = view.locale
    first = [
        Button(locale.text("Context"), data=f"ctx:{passage.paragraph_id}:1"),
        Button(locale.text("Article"), data=f"art:{passage.paragraph_id}"),
    ]
    if passage.url:
        first.append(Button(locale.text("Source"), url=passage.url))
    rows = [tuple(first)]
    others = total - 1
    if others > 0:
        label = locale.count("{n} more passage", "{n} more passages", others)
        rows.append((Button(label, data=f"more:{answer_id}:{place + 1}"),))
    return tuple(rows)


def _refusal(cited: CitedAnswer, view: View) -> Body:
    """Return the honest no: which words are missing, and the nearest headings."""
    locale, question = view.locale, cited.answer.question
    lines = [f"<b>{escape(locale.text('No article has the answer.'))}</b>"]
    if question.missing_words:
        words = ", ".join(f"«{word}»" for word in question.missing_words)
        lines.append(escape(locale.text("These words are in no article: {words}.", words=words)))
    elif question.words:
        lines.append(escape(locale.text("No paragraph has these words together.")))
    else:
        lines.append(escape(locale.text("There is no word in the question to look for.")))
    nearest = {q.passage.article_id: q.passage for q in reversed(cited.quotations)}
    passages = sorted(nearest.values(), key=lambda p: _place(cited, p))[:MOST_HEADINGS]
    if passages:
        lines.append(escape(locale.text("Nearest by subject:")))
    for number, passage in enumerate(passages, start=1):
        title = escape(shorten(passage.title, MOST_LINE))
        lines.append(f"{number}. {title} · {escape(locale.day(passage.day))}")
    row = tuple(
        Button(str(number), data=f"art:{passage.paragraph_id}")
        for number, passage in enumerate(passages, start=1)
    )
    return Body("\n".join(lines), (row,) if row else ())


def _place(cited: CitedAnswer, passage: Passage) -> int:
    ids = [quotation.passage.paragraph_id for quotation in cited.quotations]
    return ids.index(passage.paragraph_id)


def _trimmed(text: str, span: Span) -> Span:
    part = span.of(text)
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.stop - len(part) + len(part.rstrip())))
