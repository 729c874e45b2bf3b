"""What editors did, and taking it back."""

from collections.abc import Iterable

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.acts import log_body, log_page, undone_body
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.store.articles import list_titles
from bot.store.audit import Act, Kind, count_acts, find_last_act, get_act, list_acts
from bot.store.database import Transaction
from bot.store.roles import Role
from bot.store.traces import find_again, list_former_titles
from bot.store.undoing import may_undo, undo_act

#: Acts on a page: with their two lines each they fill a phone's screen.
PAGE = 8


async def log(update: Update, context: Context) -> Outcome:
    """Reply with the latest acts."""
    return Outcome(out=(Send(reply_target(update), await _page(update, context, 1)),))


async def on_log(update: Update, context: Context) -> Outcome:
    """Turn to another page, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _page(update, context, page)),))


async def undo(update: Update, context: Context) -> Outcome:
    """Take back the last act of whoever asks. Taking back is an act, so once more brings it back.

    Raises:
        UserError: he has done nothing, or it has been changed since.

    """
    act = await find_last_act(context.db, user_of(update).id)
    if act is None:
        raise UserError("You have done nothing that could be undone.")
    return await _undone(update, context, act)


async def on_undo(update: Update, context: Context) -> Outcome:
    """Take back the act of the pressed button."""
    (act_id,) = numbers_of(update, 1)
    act = await get_act(context.db, act_id)
    if act is None:
        raise UserError("This button is out of date.")
    return await _undone(update, context, act)


async def _undone(update: Update, context: Context, act: Act) -> Outcome:
    user_id, at = user_of(update).id, context.services.now()
    titles = await _titles(context, (act,))

    async def write(connection: Transaction) -> tuple[Send, ...]:
        await undo_act(connection, act.id, by=user_id, at=at)
        again = await find_again(connection, act)
        return (Send(reply_target(update), undone_body(act, titles, context.locale, again)),)

    return Outcome(
        write=write,
        changes_index=act.kind in {Kind.ARTICLE, Kind.SYNONYM},
        menu_for=int(act.subject) if act.kind is Kind.ROLE else None,
    )


async def _page(update: Update, context: Context, page: int) -> Body:
    total = await count_acts(context.db)
    if not total:
        return Body(escape(context.locale.text("Nothing has been done yet.")))
    pages = -(-total // PAGE)
    page = max(1, min(page, pages))
    acts = await list_acts(context.db, PAGE, (page - 1) * PAGE)
    undoable = {act.id for act in acts if may_undo(act, context.role)}
    lines, buttons = log_page(
        acts, await _titles(context, acts), user_of(update).id, undoable, context.locale
    )
    return log_body(lines, buttons, page, pages, context.locale)


async def _titles(context: Context, acts: Iterable[Act]) -> dict[int, str]:
    """Return the titles of the articles that acts are about."""
    ids = {int(act.subject) for act in acts if act.kind is Kind.ARTICLE}
    titles = await list_titles(context.db, ids)
    return await list_former_titles(context.db, ids - titles.keys()) | titles


COMMANDS = (
    Command("log", log, "What editors did", role=Role.EDITOR, in_groups=False),
    Command("undo", undo, "Take back your last act", role=Role.EDITOR, in_groups=False),
)
BUTTONS = (
    ButtonHandler("log", on_log, role=Role.EDITOR),
    ButtonHandler("undo", on_undo, role=Role.EDITOR),
)
