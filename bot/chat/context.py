"""«Контекст»: a passage among its neighbours."""

from telegram import Update

from bot.chat.banners import with_banner, with_taken
from bot.chat.gone import require_published
from bot.chat.places import message_of, numbers_of, pressed_row, reply_target, view_of
from bot.context import ButtonHandler, Context
from bot.replies.article import WIDEST, context_body
from bot.replies.outcome import Body, Edit, Outcome, Send, Target
from bot.store.passages import list_neighbours


async def on_context(update: Update, context: Context) -> Outcome:
    """Widen the passage by a paragraph each way, in place."""
    paragraph_id, width, answer_id, place = numbers_of(update, 4)
    chat_id, row = await pressed_row(update, context)
    body = await _body(update, context, paragraph_id, min(width, WIDEST), (answer_id, place))
    return Outcome(out=(Edit(chat_id, row, body),))


async def show_passage(update: Update, context: Context, paragraph_id: int) -> Outcome:
    """Open a passage in its context, for whoever has its link."""
    body = await _body(update, context, paragraph_id, 1)
    target = reply_target(update)
    place = Target(message_of(update).chat.id, target.thread_id)
    return Outcome(out=(Send(place, body),))


async def on_see(update: Update, context: Context) -> Outcome:
    """Open a passage in its context, in a new message, so that the list it is from stays."""
    (paragraph_id,) = numbers_of(update, 1)
    return await open_context(update, context, paragraph_id)


async def open_context(update: Update, context: Context, paragraph_id: int) -> Outcome:
    """Return a passage in its context as a reply."""
    body = await _body(update, context, paragraph_id, 1)
    return Outcome(out=(Send(reply_target(update), body),))


async def _body(
    update: Update,
    context: Context,
    paragraph_id: int,
    width: int,
    origin: tuple[int, int] = (0, 0),
) -> Body:
    await require_published(update, context, paragraph_id)
    passages = await list_neighbours(context.db, paragraph_id, before=width, after=width)
    body = context_body(passages, paragraph_id, width, view_of(context), origin)
    centre = next(each for each in passages if each.paragraph_id == paragraph_id)
    return await with_banner(context, await with_taken(context, body, centre), centre)


BUTTONS = (ButtonHandler("ctx", on_context), ButtonHandler("see", on_see))
