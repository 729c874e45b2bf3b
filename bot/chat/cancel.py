"""A way out of whatever waits for words."""

from telegram import Update

from bot.chat.places import message_of, reply_target, user_of
from bot.context import Command, Context
from bot.replies.layout import escape
from bot.replies.outcome import Body, Outcome, Send
from bot.store.prompts import find_prompt


async def cancel(update: Update, context: Context) -> Outcome:
    """Reply that nothing is waited for any more; as any command does, it ends what was."""
    chat_id, user_id = message_of(update).chat.id, user_of(update).id
    prompt = await find_prompt(context.db, chat_id, user_id, context.services.now())
    text = (
        context.locale.text("Stopped. I wait for nothing more.")
        if prompt
        else context.locale.text("There is nothing to cancel. Just ask a question.")
    )
    return Outcome(out=(Send(reply_target(update), Body(escape(text))),))


COMMANDS = (Command("cancel", cancel, "Stop what was begun"),)
