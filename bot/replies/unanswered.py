"""The board of unanswered questions: sets of words with counts, never who asked."""

from bot.locales import Locale
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button
from bot.replies.passage import View
from bot.replies.turning import turning
from bot.store.unanswered import LEAST_ASKERS, Unanswered

#: A sent question is cut here, so that five of them fit a message.
MOST_TEXT = 300

#: The words of a set are cut here: the first tell what it is about.
MOST_WORDS = 400


def unanswered_body(entry: Unanswered, page: int, total: int, view: View) -> Body:
    """Return an entry of the board at `page` of `total`, with its buttons."""
    locale = view.locale
    head = [locale.text("unanswered {n} of {total}", n=page, total=total)]
    if entry.askers >= LEAST_ASKERS:
        head.append(locale.count("{n} person asked", "{n} people asked", entry.askers))
    words = shorten(", ".join(map(locale.quoted, entry.lemmas)), MOST_WORDS)
    lines = [" · ".join(head), locale.text("Words: {words}", words=words)]
    if entry.texts:
        lines.append(locale.text("Sent questions:"))
        lines += [f"{n}. {shorten(text, MOST_TEXT)}" for n, text in enumerate(entry.texts, start=1)]
    rows = (
        (
            Button(locale.text("Add an article"), data="cmd:add"),
            Button(locale.text("Synonym"), data="unsyn"),
        ),
        (
            Button(locale.text("Golden question"), data=f"ungold:{entry.id}"),
            Button(locale.text("Hide"), data=f"unhide:{entry.id}:{page}"),
        ),
        turning("un", page, total, locale),
    )
    return Body(escape("\n".join(lines)), tuple(row for row in rows if row))


def all_answered_body(locale: Locale) -> Body:
    """Return that nothing waits, and from how many askers up a question is shown."""
    words = locale.text(
        "No unanswered questions. A question is shown here when {n} people have asked it, or when"
        " somebody sends it to the editors.",
        n=LEAST_ASKERS,
    )
    return Body(escape(words))
