"""The bot is blocked, unblocked, added, removed; a group becomes a supergroup."""

from telegram import ChatMember, Update

from bot.context import Context
from bot.replies.layout import escape
from bot.replies.outcome import Body, Outcome, Send, Target
from bot.store.chats import rename_chat, resume_chat, suspend_chat
from bot.store.database import Transaction

_GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})


async def on_my_member(update: Update, context: Context) -> Outcome:
    """Suspend a chat that the bot cannot reach any more, with everything kept; resume one again."""
    change = update.my_chat_member
    if change is None:
        return Outcome()
    chat, new, old = change.chat, change.new_chat_member.status, change.old_chat_member.status

    async def write(connection: Transaction) -> None:
        if new in _GONE:
            await suspend_chat(connection, chat.id, new)
        else:
            await resume_chat(connection, chat.id)

    # In a channel nobody could ask: its posts have no author.
    if chat.type not in {chat.GROUP, chat.SUPERGROUP} or new in _GONE or old not in _GONE:
        return Outcome(write=write)
    name = context.services.username
    text = context.locale.text("Ask me here: /ask@{name} and your question.", name=name)
    return Outcome(out=(Send(Target(chat.id), Body(escape(text))),), write=write)


async def on_migration(update: Update, context: Context) -> Outcome:
    """Carry a group over to its new number, wherever it stands."""
    message = update.effective_message
    if message is None:
        return Outcome()
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    at = context.services.now()

    async def write(connection: Transaction) -> None:
        await rename_chat(connection, old, new, at)

    return Outcome(write=write)
