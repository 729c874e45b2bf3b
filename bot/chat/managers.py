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
    if is_private(update):
        return
    known = context.services.managers
    key = (message_of(update).chat.id, user_of(update).id)
    moment = time.monotonic()
    is_manager, until = known.get(key, (False, 0.0))
    if until < moment:
        member = await context.bot.get_chat_member(*key)
        is_manager = member.status in _MANAGERS
        if len(known) >= MOST_BELIEVED:
            known.clear()
        known[key] = (is_manager, moment + BELIEVED_S)
    if not is_manager:
        raise UserError("Only the administrators of this group may change that.")
