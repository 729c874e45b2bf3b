"""The questions that wait for an answer, as a list."""

from collections.abc import Sequence

from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button
from bot.replies.passage import View
from bot.store.watches import Watch

#: Questions on a page, each with a button below.
ON_A_PAGE = 6


def watches_body(watches: Sequence[Watch], page: int, view: View) -> Body:
    """Return a page of the questions that wait, from 1, with a button that ends each."""
    locale = view.locale
    back = (Button(locale.text("Subscriptions"), data="subs:1"),)
    if not watches:
        return Body(escape(locale.text("No question waits for an answer.")), (back,))
    pages = -(-len(watches) // ON_A_PAGE)
    page = max(1, min(page, pages))
    start = (page - 1) * ON_A_PAGE
    shown = watches[start : start + ON_A_PAGE]
    lines = [escape(locale.text("I will tell you when an article answers:"))]
    rows: list[tuple[Button, ...]] = []
    for number, watch in enumerate(shown, start=start + 1):
        lines.append(f"{number}. {escape(shorten(watch.question, MOST_LINE))}")
        label = locale.text("{n}. Wait no more", n=number)
        rows.append((Button(label, data=f"watchdel:{watch.id}:{page}"),))
    if pages > 1:
        lines.append(escape(locale.text("page {n} of {total}", n=page, total=pages)))
        rows.append((Button(locale.text("More"), data=f"watches:{page % pages + 1}"),))
    rows.append(back)
    return Body("\n".join(lines), tuple(rows))
