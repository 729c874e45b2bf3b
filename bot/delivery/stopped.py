"""Telling whoever follows something in a topic that the topic takes no messages any more."""

from collections.abc import Collection
from datetime import datetime

from bot.delivery.messages import as_message
from bot.locales import Locale, get_locale
from bot.replies.layout import escape
from bot.replies.outcome import Body, Send, Target
from bot.store.chats import ChatState, get_chat
from bot.store.database import Database
from bot.store.outbox import Leased, Prio, add_messages


async def tell_stopped(
    db: Database, message: Leased, users: Collection[int], locale: Locale, at: datetime
) -> None:
    """Tell each of `users` in private, once, that a message stopped what he follows in its topic.

    Who never opened the bot is not told: /subscriptions in the topic says it.
    """
    group = await get_chat(db, message.chat_id)
    for user_id in users:
        known = await get_chat(db, user_id)
        if known is None or known.state is not ChatState.ACTIVE:
            continue
        text = (get_locale(known.language) if known.language else locale).text
        words = text(
            "A topic of “{title}” takes no messages: what it follows is stopped until it does.",
            title=(group and group.title) or "",
        )
        send = Send(Target(user_id), Body(escape(words)), Prio.ADMIN)
        async with db.write() as connection:
            await add_messages(connection, f"stop:{message.id}:{user_id}", [as_message(send)], at)
