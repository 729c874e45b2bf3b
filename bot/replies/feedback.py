"""The editors' queue: what a reader found wrong, and the passage he saw."""

from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.layout import MOST_LINE, MOST_QUOTED, escape, shorten
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View, heading, paragraph_link, passage_body
from bot.replies.turning import turning
from bot.replies.votes import reason_words
from bot.store.feedback import Feedback, Kind, Tally
from index.types import Excerpt, Passage, Quotation, Span, Verdict

#: The passage leaves room for what the reader wrote and asked.
_MOST_PASSAGE = MOST_QUOTED // 2


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the queue at `page` of `total`, with the votes on its paragraph.

    `shown` is the quote or event that was reported as readers see it, None for an answer or where
    it is gone; `passage` is None where its article is withdrawn.
    """

    feedback: Feedback
    tally: Tally
    passage: Passage | None
    shown: Body | None
    page: int
    total: int


def feedback_body(entry: Entry, view: View) -> Body:
    """Return an entry of the queue with its buttons."""
    locale, feedback = view.locale, entry.feedback
    lines = [escape(_head(entry, locale))]
    if feedback.words:
        lines.append(escape(locale.text("The reader: {words}", words=feedback.words)))
    if feedback.question:
        question = shorten(feedback.question, MOST_QUOTED // 3)
        lines.append(escape(locale.text("Question: {text}", text=question)))
    shown = _shown(entry, view)
    lines.append(shown.html)
    lines.append(escape(_state(feedback, locale)))
    counts = locale.text(
        "On this paragraph: helpful {helpful}, not it {wrong}",
        helpful=entry.tally.helpful,
        wrong=entry.tally.wrong,
    )
    lines.append(escape(counts))
    return Body("\n".join(lines), _keyboard(entry, view), shown.cites)


def no_feedback_body(locale: Locale) -> Body:
    """Return that nothing waits."""
    none = locale.text("No remarks are waiting.")
    which = locale.text("What readers say by “Not it” and “Report an error” comes here.")
    return Body(escape(f"{none} {which}"))


def editors_answer_body(text: str, feedback: Feedback, passage: Passage | None, view: View) -> Body:
    """Return what an editor answers a reader, and to which remark: he may have made several."""
    locale = view.locale
    head = locale.text("An editor answers your remark:")
    lines = [f"<b>{escape(head)}</b>", escape(text)]
    if feedback.question:
        question = shorten(feedback.question, MOST_LINE)
        lines.append(escape(locale.text("Question: {text}", text=question)))
    if passage is not None:
        lines.append(f"{heading(passage, view)} · {paragraph_link(passage, view)}")
    return Body("\n".join(lines))


def _head(entry: Entry, locale: Locale) -> str:
    feedback = entry.feedback
    parts = [locale.text("remark {n} of {total}", n=entry.page, total=entry.total)]
    parts.append(
        {
            Kind.ANSWER: locale.text("an answer"),
            Kind.QUOTE: locale.text("a quote"),
            Kind.EVENT: locale.text("an event"),
        }[feedback.kind]
    )
    if feedback.reason:
        parts.append(reason_words(feedback.reason, locale))
    parts.append(locale.day(feedback.created_at.date()))
    return " · ".join(parts)


def _shown(entry: Entry, view: View) -> Body:
    if entry.shown is not None:
        return entry.shown
    if entry.passage is None:
        return Body(escape(view.locale.text("This passage is not to be had any more.")))
    quotation = Quotation(entry.passage, Excerpt(Span(0, 0), ()), 0.0)
    return passage_body(quotation, view, _MOST_PASSAGE)


def _state(feedback: Feedback, locale: Locale) -> str:
    state = locale.text("State of the index: {version}.", version=feedback.index_version)
    if feedback.verdict == Verdict.NEAR:
        near = locale.text("It was shown as close, not as sure.")
        return f"{state} {near}"
    return state


def _keyboard(entry: Entry, view: View) -> Keyboard:
    locale, feedback = view.locale, entry.feedback
    acts = [Button(locale.text("Resolved"), data=f"fbok:{feedback.id}:{entry.page}")]
    if feedback.voter_id is not None:
        acts.append(Button(locale.text("Answer the reader"), data=f"fbsay:{feedback.id}"))
    rows = [tuple(acts)]
    if entry.passage is not None:
        key = entry.passage.paragraph_id
        rows.append(
            (
                Button(locale.text("Context"), data=f"see:{key}"),
                Button(locale.text("Article"), data=f"art:{key}"),
            )
        )
    turn = turning("fb", entry.page, entry.total, locale)
    return (*rows, turn) if turn else tuple(rows)
