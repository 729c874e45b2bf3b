"""A row of the outbox as a call of the Bot API."""

import json
from typing import Any

from telegram import Bot

from bot.delivery.client import File, post
from bot.store.attachments import get_attachment
from bot.store.database import Database
from bot.store.outbox import Leased

#: The library's five seconds make a slow success look like a failure, and then a double.
SEND_TIMEOUT_S = 30.0

#: The parameter that takes the file, by method.
_FILES = {"sendPhoto": "photo", "sendDocument": "document"}


async def call(bot: Bot, db: Database, message: Leased) -> int | None:
    """Send a message by the method of its row; return the number it has in the chat.

    Raises: telegram.error.TelegramError when it was refused, or nobody knows.
    """
    parameters: dict[str, Any] = {**json.loads(message.payload), "chat_id": message.chat_id}
    files: dict[str, File] = {}
    if message.method in _FILES:
        file = await get_attachment(db, message.attachment or "")
        files[_FILES[message.method]] = (file.name, file.content, file.mime)
    else:
        parameters["link_preview_options"] = {"is_disabled": True}
    if message.method == "editMessageText":
        parameters["message_id"] = message.edits_message_id
    elif message.thread_id is not None:
        parameters["message_thread_id"] = message.thread_id
    sent = await post(bot, message.method, parameters, files=files, timeout_s=SEND_TIMEOUT_S)
    return message.edits_message_id if message.method == "editMessageText" else sent["message_id"]
