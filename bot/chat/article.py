"""The whole article, page by page."""

from dataclasses import replace

from telegram import Update

from bot.chat.banners import with_taken
from bot.chat.corpus import empty_body
from bot.chat.edit import editing_row
from bot.chat.gone import require_published, require_there
from bot.chat.places import as_number, numbers_of, pressed_row, reply_target, view_of
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.article import article_body, find_page
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.store.articles import get_article, list_titles
from bot.store.passages import list_paragraphs, load_passages


async def article(update: Update, context: Context) -> Outcome:
    """Reply to `/article 3` with its first page."""
    number = as_number((context.args or [""])[0])
    if number is None:
        text = context.locale.text("Write the article's number: /article 3. All: /articles")
        return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
    if not context.search.paragraph_count:
        return Outcome(out=(Send(reply_target(update), empty_body(context)),))
    if not await list_titles(context.db, [number]):
        raise UserError("There is no article {id}. All: /articles", id=number)
    body = await _page(update, context, number, page=1)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_article(update: Update, context: Context) -> Outcome:
    """Open the article of a passage where the passage stands, in a new message."""
    (paragraph_id,) = numbers_of(update, 1)
    return await open_article(update, context, paragraph_id)


async def open_article(update: Update, context: Context, paragraph_id: int) -> Outcome:
    """Return the page of an article on which a passage stands, as a reply.

    Raises:
        UserError: the passage is not to be had any more.

    """
    passage = (await load_passages(context.db, [paragraph_id])).get(paragraph_id)
    if passage is None:
        await require_published(update, context, paragraph_id)
        raise UserError("This passage is not to be had any more.")
    body = await _page(update, context, passage.article_id, paragraph_id=paragraph_id)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_read(update: Update, context: Context) -> Outcome:
    """Open an article as its readers see it, in a new message."""
    (article_id,) = numbers_of(update, 1)
    body = await _page(update, context, article_id, page=1)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another page, in place."""
    article_id, page = numbers_of(update, 2)
    chat_id, row = await pressed_row(update, context)
    body = await _page(update, context, article_id, page=page)
    return Outcome(out=(Edit(chat_id, row, body),))


async def _page(
    update: Update, context: Context, article_id: int, *, page: int = 0, paragraph_id: int = 0
) -> Body:
    """Return a page of a published article, with what an editor may do with it.

    Raises:
        UserError: there is no such article, or it is withdrawn.

    """
    stored = await get_article(context.db, article_id)
    if stored.withdrawn_at:
        await require_there(update, context, article_id)
    passages = await list_paragraphs(context.db, article_id)
    found = find_page(passages, number=page, paragraph_id=paragraph_id)
    body = article_body(found, view_of(context))
    body = await with_taken(context, body, passages[0])
    rows = (*body.keyboard, *editing_row(update, context, article_id))
    return replace(body, keyboard=rows)


COMMANDS = (Command("article", article, "Read an article by its number"),)
BUTTONS = (
    ButtonHandler("art", on_article),
    ButtonHandler("read", on_read),
    ButtonHandler("page", on_page),
)
