"""A way out of anything that waits for words."""

from telegram import Update

from bot.chat.places import reply_target
from bot.context import Command, Context
from bot.replies.layout import escape
from bot.replies.outcome import Body, Outcome, Send


async def cancel(update: Update, context: Context) -> Outcome:
    """Reply that nothing is waiting: no feature asks and waits yet."""
    text = context.locale.text("There is nothing to cancel. Just ask a question.")
    return Outcome(out=(Send(reply_target(update), Body(escape(text))),))


COMMANDS = (Command("cancel", cancel, "Stop what was begun"),)
