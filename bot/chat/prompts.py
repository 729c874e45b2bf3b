"""A question to a person in words, whose next message in the chat is the answer."""

from dataclasses import replace

from telegram import Update

from bot.chat.places import CHANNEL_MARK, message_of, reply_target, user_of
from bot.context import Context
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Send, Write
from bot.store.database import Transaction
from bot.store.prompts import PROMPT_LASTS, Prompt, set_prompt


def ask_for_words(update: Update, context: Context, words: str) -> Send:
    """Return the message that asks whoever pressed a button for a line of words."""
    locale = context.locale
    way_out = locale.text("Changed your mind: /cancel")
    body = Body(escape(f"{words}\n{way_out}"), hint=locale.text("Write in one line"))
    target, message = reply_target(update), message_of(update)
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == user_of(update).id:
        # In a group the field opens only for whom the message answers.
        target = replace(target, reply_to=replied.message_id)
    return Send(target, body)


def waiting_for(update: Update, context: Context, kind: str, subject: str) -> Write:
    """Return the write by which the next message of whoever pressed a button is the reply."""
    expires_at = context.services.now() + PROMPT_LASTS
    if context.channel is not None:
        subject = f"{subject}{CHANNEL_MARK}{-context.channel}"
    prompt = Prompt(reply_target(update).chat_id, user_of(update).id, kind, subject, expires_at)

    async def write(connection: Transaction) -> None:
        await set_prompt(connection, prompt)

    return write


def subject_of(context: Context) -> str:
    """Return what the prompt that is replied to is about. Raises: UserError if there is none."""
    if context.prompt is None:
        raise UserError("This button is out of date.")
    return context.prompt.subject.partition(CHANNEL_MARK)[0]


def words_of(update: Update) -> str:
    """Return what somebody wrote. Raises: UserError for a picture or a voice."""
    words = (message_of(update).text or "").strip()
    if not words:
        raise UserError("I read only text. Write it in words, please.")
    return words
