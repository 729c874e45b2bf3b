"""Feeds as a list with buttons."""

from collections.abc import Sequence

from bot.locales import Locale
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button
from bot.store.feeds import Feed, FeedMode, FeedState

#: Feeds with buttons: with two each they fill what a list may have.
MOST_SHOWN = 12


def feeds_body(feeds: Sequence[tuple[Feed, FeedState]], locale: Locale) -> Body:
    """Return the feeds with the state of each, and buttons to change it."""
    shown = [(feed, state) for feed, state in feeds if state is not FeedState.REMOVED]
    how = locale.text("Add one: /feeds add https://example.org/feed ask")
    if not shown:
        none = locale.text("There are no feeds.")
        return Body(escape(f"{none} {how}"))
    lines, rows = [], []
    for number, (feed, state) in enumerate(shown, start=1):
        lines.append(
            escape(f"{number}. {shorten(feed.title, MOST_LINE)} · {_state(feed, state, locale)}")
        )
        if number > MOST_SHOWN:
            continue
        is_paused = state is FeedState.PAUSED
        label = (
            locale.text("Resume {n}", n=number) if is_paused else locale.text("Pause {n}", n=number)
        )
        rows.append(
            (
                Button(label, data=f"feed:{feed.id}:{1 if is_paused else 0}"),
                Button(locale.text("Remove {n}", n=number), data=f"feed:{feed.id}:2"),
            )
        )
    return Body("\n".join((*lines, escape(how))), tuple(rows))


def _state(feed: Feed, state: FeedState, locale: Locale) -> str:
    if state is FeedState.PAUSED:
        return locale.text("paused")
    if feed.mode is FeedMode.AUTO:
        return locale.text("published at once")
    return locale.text("drafts")
