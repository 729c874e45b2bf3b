"""Feeds: their list, adding one, pausing and removing."""

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.ingest.fetch import require_link
from bot.replies.feeds import feeds_body
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.store.database import Transaction
from bot.store.feeds import FeedMode, FeedState, add_feed, list_feeds, set_feed
from bot.store.roles import Role, require_role

#: Feeds of one instance: more are a job for a reader of feeds.
MOST_FEEDS = 50


async def feeds(update: Update, context: Context) -> Outcome:
    """Reply with the feeds, or add the one of `/feeds add URL [auto|ask]`.

    Raises:
        UserError: the words after the command are no address, or no way of taking items.

    """
    words = list(context.args or ())
    if not words:
        return Outcome(out=(Send(reply_target(update), await _list(context)),))
    verb, *rest = words
    if verb != "add" or not 1 <= len(rest) <= 2:
        raise UserError("Write it like this: /feeds add https://example.org/feed ask")
    mode = rest[1] if len(rest) == 2 else FeedMode.ASK.value
    if mode not in set(FeedMode):
        raise UserError("Write it like this: /feeds add https://example.org/feed ask")
    return await _add(update, context, require_link(rest[0]), FeedMode(mode))


async def on_feed(update: Update, context: Context) -> Outcome:
    """Pause a feed, let it go on, or remove it; show the list anew."""
    feed_id, number = numbers_of(update, 2)
    states = (FeedState.PAUSED, FeedState.ACTIVE, FeedState.REMOVED)
    if number >= len(states):
        raise UserError("This button is out of date.")
    user_id, at = user_of(update).id, context.services.now()
    chat_id, row = await pressed_row(update, context)
    shown = await list_feeds(context.db)
    state = states[number]

    async def write(connection: Transaction) -> tuple[Edit, ...]:
        await require_role(connection, user_id, Role.EDITOR)
        await set_feed(connection, feed_id, state, user_id, at)
        after = [(feed, state if feed.id == feed_id else feed.state) for feed in shown]
        return (Edit(chat_id, row, feeds_body(after, context.locale)),)

    return Outcome(write=write)


async def _add(update: Update, context: Context, url: str, mode: FeedMode) -> Outcome:
    user_id, at = user_of(update).id, context.services.now()
    target = reply_target(update)
    if len(await list_feeds(context.db)) >= MOST_FEEDS:
        raise UserError("There are {n} feeds already. Remove one first.", n=MOST_FEEDS)

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        await add_feed(connection, url, mode, user_id, target.chat_id, at)
        context.services.wake_feeds()

    words = context.locale.text("I look at the feed and tell you what is there.")
    return Outcome(out=(Send(target, Body(escape(words))),), write=write)


async def _list(context: Context) -> Body:
    found = await list_feeds(context.db)
    return feeds_body([(feed, feed.state) for feed in found], context.locale)


COMMANDS = (
    Command("feeds", feeds, "Feeds that bring articles", role=Role.EDITOR, in_groups=False),
)
BUTTONS = (ButtonHandler("feed", on_feed, role=Role.EDITOR),)
