"""Where an update came from, and so where its reply belongs."""

import re
from datetime import timedelta

from telegram import Chat, Message, MessageEntity, Update, User
from telegram.helpers import create_deep_linked_url

from bot.context import Context
from bot.errors import UserError
from bot.intake.floods import Flood
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Outcome, Send, Target
from bot.replies.passage import View
from bot.store.outbox import find_sent

#: Accounts by which Telegram speaks for channels and anonymous administrators; none is a person.
#: Source: Bot API.
SERVICE_ACCOUNTS = frozenset({1087968824, 136817688, 777000})


#: In the data of a button or the subject of a prompt: what follows is the channel that it is for.
CHANNEL_MARK = "@"


#: What begins a command; «/порт» is none, and its word is asked for.
_COMMAND = re.compile(r"\A/[a-z0-9_]+(@[a-z0-9_]+)?(?!\S)", re.IGNORECASE | re.ASCII)

#: Ids have at most 53 bits; the store holds 63, that is 18 digits of any kind.
MOST_DIGITS = 18


def message_of(update: Update) -> Message:
    """Return the message of an update whose handler takes only updates with one."""
    message = update.effective_message
    if not isinstance(message, Message):
        raise TypeError("the update has no message")
    return message


def user_of(update: Update) -> User:
    """Return the person of an update whose handler takes only updates with one."""
    if update.effective_user is None:
        raise TypeError("the update has no user")
    return update.effective_user


def require_asker(update: Update, asker_id: int | None) -> None:
    """Let only the one who asked press a button of the reply.

    Raises:
        UserError: it is somebody else.

    """
    if user_of(update).id != asker_id:
        raise UserError("This button is for someone else.")


def numbers_of(update: Update, count: int) -> list[int]:
    """Return the numbers of callback data `verb:1:2`.

    Raises:
        UserError: there are not as many; a hostile client can send anything.

    """
    data = (update.callback_query.data or "") if update.callback_query else ""
    parts = data.split(":")[1:]
    numbers = [number for part in parts if (number := as_number(part)) is not None]
    if not len(numbers) == len(parts) == count:
        raise UserError("This button is out of date.")
    return numbers


def as_number(text: str) -> int | None:
    """Return the number that a person or a client wrote, None for what can be no id or page."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


async def pressed_row(update: Update, context: Context) -> tuple[int, int]:
    """Return the chat and the outbox row of the message whose button was pressed.

    Raises:
        UserError: the message is not known any more, or was sent by way of inline mode.

    """
    message = update.effective_message
    row = message and await find_sent(context.db, message.chat.id, message.message_id)
    if not message or not row:
        raise UserError("This button is out of date.")
    return message.chat.id, row


def is_private(update: Update) -> bool:
    """Return whether the update is from a private chat."""
    chat = update.effective_chat
    return chat is not None and chat.type == Chat.PRIVATE


def is_person(update: Update) -> bool:
    """Return whether a person wrote, not a bot, a channel or an anonymous administrator."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or user.is_bot or user.id in SERVICE_ACCOUNTS:
        return False
    return not (message.sender_chat or message.is_automatic_forward or message.via_bot)


def is_addressed(update: Update, context: Context) -> bool:
    """Return whether a message speaks to the bot: any in private, a reply or mention in a group."""
    if is_private(update):
        return True
    message, username = message_of(update), context.services.username
    replied = message.reply_to_message
    if replied is not None and replied.from_user and replied.from_user.id == context.bot.id:
        return True
    mentions = message.parse_entities([MessageEntity.MENTION]).values()
    return any(mention.casefold() == f"@{username}".casefold() for mention in mentions)


def spoken_in(message: Message, username: str) -> str:
    """Return what a message says to the bot: its words without a command and without its name."""
    text = _COMMAND.sub("", message.text or "")
    name = f"@{username}".casefold()
    return " ".join(word for word in text.split() if word.casefold().rstrip(",:") != name)


def reply_target(update: Update) -> Target:
    """Return where the reply to a message goes: its chat and topic, as an answer to it."""
    message = message_of(update)
    # Replies in ordinary groups carry a thread number too, which must not be used again.
    thread = message.message_thread_id if message.is_topic_message else None
    return Target(message.chat.id, thread, message.message_id)


def in_private(update: Update, context: Context, link: str) -> Outcome:
    """Return what a group gets for a command of private chats: the button that opens it there."""
    url = create_deep_linked_url(context.services.username, link)
    words = context.locale.text("That is done in the private chat with me.")
    button = Button(context.locale.text("Open the private chat"), url=url)
    return Outcome(out=(Send(reply_target(update), Body(escape(words), ((button,),))),))


def view_of(context: Context) -> View:
    """Return what cards need to know of this reader."""
    services = context.services
    return View(context.locale, services.now().date(), services.username)


def is_too_much(update: Update, context: Context) -> bool:
    """Count a question or command; return whether it is one too many, to be left unanswered.

    Raises:
        UserError: it is the first one too many, which is said once.

    """
    message = message_of(update)
    asked_at = message.edit_date or message.date
    waited_s = max(0.0, (context.services.now() - asked_at).total_seconds())
    flood = context.services.floods.note(user_of(update).id, message.chat.id, waited_s)
    if flood is Flood.BEGUN:
        raise UserError("Too many questions in a row. Wait a minute, please.")
    return flood is Flood.GOES_ON


def is_recent(message: Message, context: Context, within: timedelta) -> bool:
    """Return whether a message was sent not longer ago than `within`."""
    return context.services.now() - message.date <= within
