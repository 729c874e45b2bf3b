"""How well golden questions are answered, in words: figures, and questions by name."""

from collections.abc import Iterable, Sequence

from bot.locales import Locale
from bot.replies.layout import shorten
from bot.store.quality import Score

#: Questions named of those that were not answered right; the rest are counted.
MOST_NAMED = 10

#: A question in a list is cut at two lines of a phone.
MOST_QUESTION = 90


def worse_lines(before: Score, after: Score, lost: Sequence[str], locale: Locale) -> list[str]:
    """Return that a change is stopped, its figures, and the questions that it would lose."""
    return [
        locale.text("Stopped: the golden questions would be answered worse."),
        *score_lines(after, before, locale),
        *named_lines(locale.text("Would be lost:"), lost, locale),
    ]


def score_lines(found: Score, last: Score | None, locale: Locale) -> Iterable[str]:
    """Yield the figures of a run, each against the last one's if that was another."""
    for name, count, total, before in (
        (
            locale.text("Right paragraph first"),
            found.hits_at_1,
            found.answerable,
            last and last.hits_at_1,
        ),
        (
            locale.text("Right paragraph among the first three"),
            found.hits_at_3,
            found.answerable,
            last and last.hits_at_3,
        ),
        (
            locale.text("Refused though there is an answer"),
            found.wrongly_refused,
            found.answerable,
            last and last.wrongly_refused,
        ),
        (
            locale.text("Refusals right"),
            found.refusals_right,
            found.unanswerable,
            last and last.refusals_right,
        ),
    ):
        words = locale.text("{n} of {total}", n=count, total=total)
        line = f"{name}: {words}"
        if before is not None and before != count:
            line += ", " + locale.text("before: {n}", n=before)
        yield line


def named_lines(head: str, questions: Sequence[str], locale: Locale) -> list[str]:
    """Return a heading and questions under it, as many as are named; nothing for none."""
    if not questions:
        return []
    lines = [head]
    lines += [
        f"{number}. {shorten(text, MOST_QUESTION)}"
        for number, text in enumerate(questions[:MOST_NAMED], start=1)
    ]
    if len(questions) > MOST_NAMED:
        lines.append(locale.text("and {n} more", n=len(questions) - MOST_NAMED))
    return lines
