"""Which handler of the features takes what comes from Telegram."""

from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.chat import add, ask, inline, members
from bot.chat.elsewhere import for_channels
from bot.chat.guarding import guarded
from bot.chat.places import is_addressed, is_person, message_of, user_of
from bot.commands import BUTTONS, COMMANDS, PROMPTS, unknown
from bot.context import Context, Handler
from bot.replies.outcome import Edit, Outcome, Send, Toast, Write
from bot.store.database import Transaction
from bot.store.prompts import Prompt, end_prompt, find_prompt
from bot.store.roles import Role

type_of_application = Application[Any, Any, Any, Any, Any, Any]


def add_handlers(app: type_of_application) -> None:
    """Add the handlers in the order in which they are asked."""
    new = filters.UpdateType.MESSAGE
    app.add_handler(InlineQueryHandler(inline.inline))
    # First of those for messages: the others would write into a chat that the bot is not in.
    app.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, inline.guest))
    for button in for_channels(BUTTONS):
        handler = guarded(button.handler, button.role)
        app.add_handler(CallbackQueryHandler(handler, f"^{button.verb}([:@]|$)"))
    app.add_handler(CallbackQueryHandler(_stale))
    app.add_handler(ChatMemberHandler(members.on_my_member, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, members.on_migration))
    reopened = filters.StatusUpdate.FORUM_TOPIC_REOPENED
    app.add_handler(MessageHandler(reopened, members.on_reopened))
    for command in COMMANDS:
        app.add_handler(CommandHandler(command.name, guarded(command.handler, command.role), new))
    # Whoever edits a command has seen its effect already; only questions in plain words are mended.
    edited = filters.UpdateType.EDITED_MESSAGE & filters.TEXT & ~filters.COMMAND
    app.add_handler(MessageHandler(edited, ask.on_edited))
    app.add_handler(MessageHandler(new & filters.COMMAND, unknown))
    for kind, handler in ((filters.TEXT, ask.on_text), (~filters.StatusUpdate.ALL, ask.on_other)):
        taking = _unless_prompted(add.unless_offered(handler))
        app.add_handler(MessageHandler(new & kind, taking))


def _unless_prompted(handler: Handler) -> Handler:
    """Return the handler for messages that reply to no prompt; replies go to what takes them."""

    async def unless_prompted(update: Update, context: Context) -> Outcome:
        prompt = None
        if context.is_prompted and is_person(update) and is_addressed(update, context):
            chat_id, user_id = message_of(update).chat.id, user_of(update).id
            prompt = await find_prompt(context.db, chat_id, user_id, context.services.now())
        taker = next((each for each in PROMPTS if prompt and each.kind == prompt.kind), None)
        if prompt is None or taker is None:
            return await handler(update, context)
        context.prompt = prompt
        # What editors were asked for may be thirty posts in a row, and none of them may be lost.
        is_counted = not (taker.role.covers(Role.EDITOR) and context.role.covers(taker.role))
        take = guarded(taker.handler, taker.role, is_counted=is_counted)
        outcome = await take(update, context)
        return replace(outcome, write=_ending(prompt, outcome.write))

    return unless_prompted


def _ending(prompt: Prompt, write: Write | None) -> Write:
    """Return the write of a reply, with the prompt over before it."""

    async def ending(connection: Transaction) -> tuple[Send | Edit, ...] | None:
        await end_prompt(connection, prompt.chat_id, prompt.user_id)
        return await write(connection) if write else None

    return ending


async def _stale(_update: Update, context: Context) -> Outcome:
    """Answer a button that nothing knows any more."""
    return Outcome(now=Toast(context.locale.text("This button is out of date."), is_alert=True))
