"""The bot is blocked, unblocked, added, removed; a group becomes a supergroup."""

from telegram import Chat, ChatMember, Update

from bot.chat.places import message_of
from bot.context import Context
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Outcome, Send, Target
from bot.store.chats import ChatState, get_chat, rename_chat, resume_chat, suspend_chat
from bot.store.database import Transaction
from bot.store.subscriptions import resume_thread

_GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})


async def on_my_member(update: Update, context: Context) -> Outcome:
    """Suspend a chat that the bot cannot reach any more, with everything kept; resume one again."""
    change = update.my_chat_member
    if change is None:
        return Outcome()
    chat, new, old = change.chat, change.new_chat_member.status, change.old_chat_member.status

    async def write(connection: Transaction) -> None:
        if new in _GONE:
            await suspend_chat(connection, chat.id, new, context.services.now())
        else:
            await resume_chat(connection, chat.id)

    if chat.type == chat.CHANNEL and new == ChatMember.ADMINISTRATOR and old in _GONE:
        return Outcome(out=await _welcome(update, context, chat), write=write)
    # In a channel nobody could ask: its posts have no author.
    if chat.type not in {chat.GROUP, chat.SUPERGROUP} or new in _GONE or old not in _GONE:
        return Outcome(write=write)
    name = context.services.username
    text = context.locale.text("Ask me here: /ask@{name} and your question.", name=name)
    return Outcome(out=(Send(Target(chat.id), Body(escape(text))),), write=write)


async def _welcome(update: Update, context: Context, chat: Chat) -> tuple[Send, ...]:
    """Return what tells whoever added the bot to a channel where it is managed."""
    user = update.effective_user
    known = await get_chat(context.db, user.id) if user else None
    if known is None or known.state is not ChatState.ACTIVE:
        return ()  # he never opened the bot, and would not take a message: /channels tells him
    text = context.locale.text
    words = text(
        "I am in the channel “{title}” now. Choose here what it is told.", title=chat.title
    )
    button = Button(text("Set it up"), data=f"channel:{-chat.id}")
    return (Send(Target(known.id), Body(escape(words), ((button,),))),)


async def on_reopened(update: Update, _context: Context) -> Outcome:
    """Let what a topic follows go on, now that the topic takes messages again."""
    message = message_of(update)

    async def write(connection: Transaction) -> None:
        await resume_thread(connection, message.chat.id, message.message_thread_id or 0)

    return Outcome(write=write)


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
