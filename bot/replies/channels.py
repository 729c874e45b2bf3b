"""Channels as messages: those that somebody manages, and what one of them is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button

#: A label longer than this is cut on a phone.
_MOST_LABEL = 24


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """A channel: how many subscriptions it has, and whether the bot may post there."""

    id: int
    title: str
    followed: int
    may_post: bool


def channels_body(
    channels: Sequence[tuple[int, str]], link: str, locale: Locale, *, has_more: bool
) -> Body:
    """Return a button for each channel, and how to add one; `link` adds the bot to another."""
    add = Button(locale.text("Add me to a channel"), url=link)
    if not channels:
        words = locale.text(
            "I see no channel that you manage. Add me to one as an administrator who may post."
        )
        return Body(escape(words), ((add,),))
    lines = [locale.text("Whose subscriptions shall we look at?")]
    lines += [f"{number}. {title}" for number, (_, title) in enumerate(channels, start=1)]
    if has_more:
        lines.append(locale.text("There are more. A part of the name finds it: /channels news"))
    rows = [
        (Button(shorten(f"{number}. {title}", _MOST_LABEL - 1), data=f"channel:{-key}"),)
        for number, (key, title) in enumerate(channels, start=1)
    ]
    return Body(escape("\n".join(lines)), (*rows, (add,)))


def channel_body(card: ChannelCard, locale: Locale) -> Body:
    """Return what a channel is told, and buttons to change it."""
    head = locale.text("Channel “{title}”", title=card.title)
    lines = [f"<b>{escape(head)}</b>"]
    count = locale.count("{n} subscription", "{n} subscriptions", card.followed)
    lines.append(escape(count if card.followed else locale.text("It follows nothing yet.")))
    if not card.may_post:
        words = locale.text("I may not post there. Make me an administrator who may post messages.")
        lines.append(escape(words))
    place = f"@{-card.id}"
    rows = (
        (
            Button(locale.text("Subscribe"), data=f"submore{place}"),
            Button(locale.text("Subscriptions"), data=f"subs:1{place}"),
        ),
        (
            Button(locale.text("Hours"), data=f"hours{place}"),
            Button(locale.text("What was sent"), data=f"told:1{place}"),
        ),
        (
            Button(locale.text("Language"), data=f"lang{place}"),
            Button(locale.text("Channels"), data="channels"),
        ),
    )
    return Body("\n".join(lines), rows)
