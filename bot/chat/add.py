"""An article from a message: its text after the command, or the message replied to."""

import asyncio

from telegram import Update

from bot.chat.places import message_of, reply_target, user_of
from bot.context import Command, Context
from bot.ingest.drafts import Draft, Overrides, make_draft
from bot.ingest.header import parse_header
from bot.replies.layout import escape
from bot.replies.outcome import Body, Outcome, Send
from bot.store.database import Transaction
from bot.store.health import require_space
from bot.store.publishing import Added, insert_article
from bot.store.roles import Role, require_role
from index.paragraphs import ANALYSIS


async def add(update: Update, context: Context) -> Outcome:
    """Publish the text of the message, or of the one it replies to.

    Raises:
        UserError: not an editor, no text, or a text that is no article.

    """
    text = _article_text(update)
    if not text:
        hint = context.locale.text("Send the text after the command, or reply /add to a text.")
        return Outcome(out=(Send(reply_target(update), Body(escape(hint))),))
    require_space(context.db.path)
    today = message_of(update).date.date()
    is_dated = parse_header(text).day is not None
    overrides = Overrides(day=None if is_dated else today)
    draft = await asyncio.to_thread(make_draft, text, overrides)
    user_id, at = user_of(update).id, context.services.now()

    async def write(connection: Transaction) -> tuple[Send, ...]:
        await require_role(connection, user_id, Role.EDITOR)
        added = await insert_article(
            connection,
            draft.article,
            draft.paragraphs,
            analysis=ANALYSIS,
            at=at,
            facts=draft.facts,
            by=user_id,
        )
        words = _confirmation(context, draft, added, is_dated=is_dated)
        return (Send(reply_target(update), Body(escape(words))),)

    return Outcome(write=write, changes_index=True)


def _article_text(update: Update) -> str:
    """Return the text to publish, empty when there is none."""
    if update.callback_query:
        return ""  # the message is the bot's own, the one with the button
    message = message_of(update)
    _, _, rest = (message.text or "").partition(" ")
    command, newline, below = (message.text or "").partition("\n")
    if newline and " " not in command.strip():
        rest = below
    if rest.strip():
        return rest.strip()
    replied = message.reply_to_message
    return ((replied.text or replied.caption or "") if replied else "").strip()


def _confirmation(context: Context, draft: Draft, added: Added, *, is_dated: bool) -> str:
    """Return what was published and as which number, and that the date was assumed if it was."""
    locale, day = context.locale, draft.article.day
    if not added.is_new:
        return locale.text("Article {id} has this very text already.", id=added.article_id)
    paragraphs = locale.count("{n} paragraph", "{n} paragraphs", len(draft.paragraphs))
    said = locale.text(
        "Article {id} is published: “{title}”, {day}",
        id=added.article_id,
        title=draft.article.title,
        day=locale.day(day),
    )
    if is_dated:
        return f"{said}, {paragraphs}."
    assumed = locale.text("No date was given, so it is the day of your message.")
    return f"{said}, {paragraphs}. {assumed}"


COMMANDS = (Command("add", add, "Add an article", role=Role.EDITOR, in_groups=False),)
