"""What is said of an article that is not to be had: to readers the day, to editors who and when."""

from telegram import Update

from bot.chat.places import is_private, numbers_of, pressed_row, user_of
from bot.context import ButtonHandler, Context
from bot.errors import UserError
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button, Edit, Outcome
from bot.replies.turning import turning
from bot.store.gone import Gone, Withdrawn, count_withdrawn, find_gone, find_taken, list_withdrawn
from bot.store.passages import find_article
from bot.store.roles import Role

#: Articles on a page, each with a button of its own.
PAGE = 6

#: A title in the list is cut at two lines of a phone.
MOST_TITLE = 80


async def require_published(update: Update, context: Context, paragraph_id: int) -> None:
    """Refuse in words a paragraph that is not to be had any more.

    Raises: UserError, which says whether its article was withdrawn or erased, or there is none.
    """
    article_id = await find_article(context.db, paragraph_id)
    if article_id is None:
        await refuse_taken(update, context, "paragraph", paragraph_id)
        raise UserError("This passage is not to be had any more.")
    await require_there(update, context, article_id)


async def refuse_taken(update: Update, context: Context, table: str, key: int) -> None:
    """Refuse in words what is gone with an article that is a draft again. Raises: UserError."""
    gone = await find_taken(context.db, table, key)
    if gone is not None:
        raise _refusal(gone, update, context)


async def require_there(update: Update, context: Context, article_id: int) -> None:
    """Refuse in words an article that was withdrawn or erased. Raises: UserError."""
    gone = await find_gone(context.db, article_id)
    if gone is not None:
        raise _refusal(gone, update, context)


def _refusal(gone: Gone, update: Update, context: Context) -> UserError:
    locale = context.locale
    if gone.is_erased:
        return UserError("The article has been erased for ever.")
    if not _is_shown_to_editor(update, context):
        return UserError("The article was withdrawn on {day}.", day=locale.day(gone.at.date()))
    values = {
        "id": gone.article_id,
        "when": locale.moment(gone.at),
        "who": _who(gone, update, context),
    }
    if gone.is_draft:
        return UserError("Publishing article {id} was undone: {when}, {who}. /drafts", **values)
    return UserError("Article {id} was withdrawn: {when}, {who}. All that are: /articles", **values)


async def withdrawn_row(update: Update, context: Context) -> tuple[Button, ...]:
    """Return the button to the withdrawn articles, for an editor in private, if there are any."""
    if not _is_shown_to_editor(update, context):
        return ()
    count = await count_withdrawn(context.db)
    label = context.locale.text("Withdrawn: {n}", n=count)
    return (Button(label, data="gone:1"),) if count else ()


async def on_withdrawn(update: Update, context: Context) -> Outcome:
    """Show a page of the withdrawn articles in place of the list: when, by whom, and the way back.

    Raises:
        UserError: none is withdrawn any more.

    """
    (page,) = numbers_of(update, 1)
    locale, total = context.locale, await count_withdrawn(context.db)
    if not total or not is_private(update):
        raise UserError("No article is withdrawn.")
    pages = -(-total // PAGE)
    page = max(1, min(page, pages))
    listed = await list_withdrawn(context.db, PAGE, (page - 1) * PAGE)
    head = locale.text("Withdrawn articles")
    lines = [f"<b>{escape(head)}</b>", *(_line(each, update, context) for each in listed)]
    back = [
        Button(locale.text("Bring {id} back", id=each.gone.article_id), data=f"undo:{each.act_id}")
        for each in listed
        if each.act_id is not None
    ]
    rows = [tuple(back[n : n + 3]) for n in range(0, len(back), 3)]
    all_of_them = (Button(locale.text("All articles"), data="list:1"),)
    rows += [turning("gone", page, pages, locale), all_of_them]
    chat_id, row = await pressed_row(update, context)
    body = Body("\n".join(lines), tuple(each for each in rows if each))
    return Outcome(out=(Edit(chat_id, row, body),))


def _line(listed: Withdrawn, update: Update, context: Context) -> str:
    title, locale = shorten(listed.title, MOST_TITLE), context.locale
    when, who = locale.moment(listed.gone.at), _who(listed.gone, update, context)
    return escape(f"{listed.gone.article_id}. {title} · {when} · {who}")


def _who(gone: Gone, update: Update, context: Context) -> str:
    if gone.by is None:
        return context.locale.text("command line")
    return context.locale.text("you") if gone.by == user_of(update).id else str(gone.by)


def _is_shown_to_editor(update: Update, context: Context) -> bool:
    """Return whether an editor looks where nobody else does: in a group all read it."""
    return is_private(update) and context.role.covers(Role.EDITOR)


BUTTONS = (ButtonHandler("gone", on_withdrawn, role=Role.EDITOR),)
