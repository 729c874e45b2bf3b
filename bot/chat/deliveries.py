"""/deliveries: what this chat was told, what is held until when, what failed and why."""

from telegram import Update

from bot.chat.following import data_of, follower_of, number_at
from bot.chat.managers import require_manager
from bot.chat.places import pressed_row, reply_target, view_of
from bot.context import ButtonHandler, Command, Context
from bot.replies.deliveries import ON_A_PAGE, deliveries_body
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.store.notices import count_deliveries, list_deliveries


async def deliveries(update: Update, context: Context) -> Outcome:
    """Reply with the latest of what was told and is to be told here."""
    await require_manager(update, context)
    return Outcome(out=(Send(reply_target(update), await _page(update, context, 1)),))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another page, in place."""
    await require_manager(update, context)
    chat_id, row = await pressed_row(update, context)
    body = await _page(update, context, number_at(data_of(update), 0))
    return Outcome(out=(Edit(chat_id, row, body),))


async def _page(update: Update, context: Context, page: int) -> Body:
    follower = await follower_of(update, context)
    total = await count_deliveries(context.db, follower.chat_id)
    pages = max(1, -(-total // ON_A_PAGE))
    page = max(1, min(page, pages))
    offset = (page - 1) * ON_A_PAGE
    found = await list_deliveries(context.db, follower.chat_id, ON_A_PAGE, offset)
    return deliveries_body(found, follower, page, pages, view_of(context))


COMMANDS = (Command("deliveries", deliveries, "What was sent to you, and what waits"),)
BUTTONS = (ButtonHandler("told", on_page),)
