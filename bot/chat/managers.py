"""Who manages a chat: in a group its administrators, as Telegram says."""

import time

from telegram import Update
from telegram.constants import ChatMemberStatus

from bot.chat.places import is_private, message_of, user_of
from bot.context import Context
from bot.errors import UserError

#: How long an answer of Telegram is believed. Source: docs/reliability.md
BELIEVED_S = 300.0

#: So many answers are believed at once; then all are asked for anew.
MOST_BELIEVED = 10_000

_MANAGERS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})


async def require_manager(update: Update, context: Context) -> None:
    """Let pass who manages the chat of an update: in private anybody, in a group administrators.

    Raises:
        UserError: somebody else.

    """
    if is_private(update):  # where a channel is managed, its administrator was checked already
        return
    if not await is_manager(context, message_of(update).chat.id, user_of(update).id):
        raise UserError("Only the administrators of this group may change that.")


async def is_manager(
    context: Context, chat_id: int, user_id: int, *, is_believed: bool = True
) -> bool:
    """Return whether somebody is an administrator of a group or channel, as Telegram says.

    What it said a moment ago may be believed. Raises: telegram.error.TelegramError if the bot is
    not there any more.
    """
    known, key = context.services.managers, (chat_id, user_id)
    moment = time.monotonic()
    is_found, until = known.get(key, (False, 0.0))
    if until < moment or not is_believed:
        member = await context.bot.get_chat_member(*key)
        is_found = member.status in _MANAGERS
        if len(known) >= MOST_BELIEVED:
            known.clear()
        known[key] = (is_found, moment + BELIEVED_S)
    return is_found
