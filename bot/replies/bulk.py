"""What came of many articles at once."""

from collections.abc import Sequence

from bot.locales import Locale
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button

#: Refused items that are named; with their reasons they fill two screens of a phone.
MOST_NAMED = 20


def bulk_body(
    job_id: int, drafts: int, undated: int, problems: Sequence[Sequence[str]], locale: Locale
) -> Body:
    """Return how many drafts were made, what was refused and why, and buttons to publish."""
    lines = [locale.count("{n} draft is ready: /drafts", "{n} drafts are ready: /drafts", drafts)]
    if undated:
        lines.append(locale.count("{n} of them has no date", "{n} of them have no date", undated))
    if problems:
        refused = len(problems)
        lines.append(locale.count("{n} file was refused:", "{n} files were refused:", refused))
    named = [f"{shorten(name, MOST_LINE // 2)} — {reason}" for name, reason in problems]
    lines += named[:MOST_NAMED]
    if len(named) > MOST_NAMED:
        lines.append("…")
    rows: tuple[tuple[Button, ...], ...] = ()
    if drafts > undated:
        rows = (
            (
                Button(
                    locale.text("Publish all ({n})", n=drafts - undated), data=f"drall:{job_id}:1"
                ),
                Button(locale.text("Without notice"), data=f"drall:{job_id}:0"),
            ),
        )
    return Body(escape("\n".join(lines)), rows)


def published_body(published: int, passed: int, locale: Locale) -> Body:
    """Return how many drafts were published, and how many were passed over."""
    words = locale.count("{n} article is published.", "{n} articles are published.", published)
    if passed:
        words += " " + locale.count(
            "{n} draft was passed over: decided already, or without a date.",
            "{n} drafts were passed over: decided already, or without a date.",
            passed,
        )
    return Body(escape(words))


def stopped_body(job_id: int, lines: Sequence[str], locale: Locale, *, may_go_on: bool) -> Body:
    """Return that nothing was published and why; an owner has a button to go on."""
    drafts = locale.text("Nothing is published; the drafts wait: /drafts")
    said = [*lines, drafts]
    if not may_go_on:
        said.append(locale.text("Only an owner can go on with it."))
        return Body(escape("\n".join(said)))
    go_on = Button(locale.text("Do it all the same"), data=f"drforce:{job_id}")
    return Body(escape("\n".join(said)), ((go_on,),))


def offered_body(job_id: int, count: int, locale: Locale) -> Body:
    """Return the question whether files that were sent together are articles."""
    words = locale.count("Add as an article: {n} file?", "Add as articles: {n} files?", count)
    add_all = Button(locale.text("Add all"), data=f"addall:{job_id}")
    return Body(escape(words), ((add_all,),))
