"""A row of the outbox as a call of python-telegram-bot."""

import json
from typing import Any

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)

from bot.store.attachments import get_attachment
from bot.store.database import Database
from bot.store.outbox import Leased

#: PTB's five seconds make a slow success look like a failure, and then a double.
SEND_TIMEOUT_S = 30.0


async def call(bot: Bot, db: Database, message: Leased) -> int | None:
    """Send a message by the method of its row; return the number it has in the chat.

    Raises: telegram.error.TelegramError when it was refused, or nobody knows.
    """
    parameters = _parameters(bot, message)
    no_preview = LinkPreviewOptions(is_disabled=True)
    if message.method == "editMessageText":
        number = message.edits_message_id
        await bot.edit_message_text(
            **parameters, message_id=number, link_preview_options=no_preview
        )
        return number
    parameters["message_thread_id"] = message.thread_id
    if message.method == "sendMessage":
        sent = await bot.send_message(**parameters, link_preview_options=no_preview)
        return sent.message_id
    attachment = await get_attachment(db, message.attachment or "")
    file = InputFile(attachment.content, filename=attachment.name)
    if message.method == "sendPhoto":
        return (await bot.send_photo(photo=file, **parameters)).message_id
    return (await bot.send_document(document=file, **parameters)).message_id


def _markup(markup: dict[str, Any], bot: Bot) -> InlineKeyboardMarkup | ForceReply:
    if "force_reply" in markup:
        return ForceReply(
            selective=markup["selective"],
            input_field_placeholder=markup["input_field_placeholder"],
        )
    return InlineKeyboardMarkup.de_json(markup, bot)


def _parameters(bot: Bot, message: Leased) -> dict[str, Any]:
    """Return what the row says, in the library's types."""
    parameters: dict[str, Any] = json.loads(message.payload)
    markup = parameters.get("reply_markup")
    if markup:
        parameters["reply_markup"] = _markup(markup, bot)
    reply = parameters.get("reply_parameters")
    if reply:
        parameters["reply_parameters"] = ReplyParameters.de_json(reply, bot)
    return {**parameters, "chat_id": message.chat_id, "read_timeout": SEND_TIMEOUT_S}
