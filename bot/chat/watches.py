"""«Сообщить, когда появится»: a refused question that waits for an answer; the list of them."""

from telegram import Update

from bot.chat.answers import asked_in
from bot.chat.following import data_of, keep_language, number_at, place_of
from bot.chat.managers import require_manager
from bot.chat.places import is_private, numbers_of, pressed_row, require_asker, user_of, view_of
from bot.context import ButtonHandler, Context
from bot.errors import UserError
from bot.replies.outcome import Edit, Outcome, Toast
from bot.replies.watches import watches_body
from bot.store.answers import get_answer
from bot.store.database import Transaction
from bot.store.notices import Cause, drop_of_cause
from bot.store.watches import Watch, add_watch, delete_watch, list_watches, load_watches


async def on_watch(update: Update, context: Context) -> Outcome:
    """Keep a refused question until an article answers it, by its asker's tap."""
    (answer_id,) = numbers_of(update, 1)
    stored = await get_answer(context.db, answer_id)
    require_asker(update, stored.asker_id)
    asked = asked_in(update, context)
    if asked is None:
        raise UserError("This button is out of date.")
    place, user_id, at = place_of(update, context), user_of(update).id, context.services.now()

    async def write(connection: Transaction) -> None:
        await add_watch(connection, place, user_id, asked.text, at)
        await keep_language(connection, update, context)

    words = context.locale.text("I will tell you here when an article answers this, once.")
    return Outcome(now=Toast(words, is_alert=True), write=write)


async def on_watches(update: Update, context: Context) -> Outcome:
    """Show a page of the questions that wait here, in place."""
    await require_manager(update, context)
    page = number_at(data_of(update), 0)
    chat_id, row = await pressed_row(update, context)
    found = await list_watches(context.db, *place_of(update, context))
    return Outcome(out=(Edit(chat_id, row, watches_body(found, page, view_of(context))),))


async def on_delete(update: Update, context: Context) -> Outcome:
    """Let a question wait no more, in place."""
    parts = data_of(update)
    watch_id, page = number_at(parts, 0), number_at(parts, 1)
    chat_id, row = await pressed_row(update, context)
    found = (await load_watches(context.db, [watch_id])).get(watch_id)
    await _require_own(update, context, found)

    async def write(connection: Transaction) -> None:
        await delete_watch(connection, watch_id)
        await drop_of_cause(connection, Cause.WATCH, watch_id, "unsubscribed")

    left = await list_watches(context.db, *place_of(update, context))
    body = watches_body([each for each in left if each.id != watch_id], page, view_of(context))
    return Outcome(out=(Edit(chat_id, row, body),), write=write)


async def _require_own(update: Update, context: Context, found: Watch | None) -> None:
    """Let pass whoever asked, and in a group who manages it. Raises: UserError for others."""
    if found is None:
        raise UserError("This button is out of date.")
    if found.chat_id != place_of(update, context)[0]:
        raise UserError("This button is for someone else.")
    if not is_private(update) and found.user_id != user_of(update).id:
        await require_manager(update, context)


BUTTONS = (
    ButtonHandler("watch", on_watch),
    ButtonHandler("watches", on_watches),
    ButtonHandler("watchdel", on_delete),
)
