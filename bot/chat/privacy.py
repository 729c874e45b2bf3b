"""What is stored about a reader, why, and for how long."""

from telegram import Update

from bot.chat.places import reply_target
from bot.context import Command, Context
from bot.replies.layout import escape
from bot.replies.outcome import Body, Outcome, Send
from bot.store.roles import Role, list_roles


async def privacy(update: Update, context: Context) -> Outcome:
    """Reply with what is kept and who runs the bot."""
    text = context.locale.text
    lines = [
        text("What is stored about you:"),
        text("1. Your numeric id and the language you chose, so that replies reach you."),
        text("2. For 30 days, which passages an answer showed, so that its buttons work."),
        text("3. A message until it is answered, then it is erased; replies for 7 days."),
        text("Your questions are not kept, and nothing is passed on."),
    ]
    owners = [grant for grant in await list_roles(context.db) if grant.role is Role.OWNER]
    ids = ", ".join(str(grant.user_id) for grant in owners)
    if ids:
        lines.append(text("Run by the Telegram user with the id {ids}.", ids=ids))
    return Outcome(out=(Send(reply_target(update), Body(escape("\n".join(lines)))),))


COMMANDS = (Command("privacy", privacy, "What is stored about you"),)
