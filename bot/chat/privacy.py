"""What is stored about a reader, why, and for how long."""

from telegram import Update
from telegram.helpers import create_deep_linked_url

from bot.chat.places import is_private, reply_target
from bot.context import Command, Context
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Outcome, Send
from bot.store.roles import Role, list_roles

#: What the link of a group's button opens.
PRIVACY_LINK = "hprivacy"


async def privacy(update: Update, context: Context) -> Outcome:
    """Reply with what is kept and who runs the bot; in a group with a button that opens it."""
    text = context.locale.text
    if not is_private(update):
        link = create_deep_linked_url(context.services.username, PRIVACY_LINK)
        words = text("What is stored about you is shown in the private chat.")
        body = Body(escape(words), ((Button(text("About data"), url=link),),))
        return Outcome(out=(Send(reply_target(update), body),))
    lines = [
        text("What is stored about you:"),
        text("1. Your numeric id and the language you chose, so that replies reach you."),
        text("2. For 30 days, which passages an answer showed, so that its buttons work."),
        text("3. A message until it is answered, then it is erased; replies for 7 days."),
        text(
            "4. What you say of an answer, with your words if you write some: editors read it."
            " Who you are is forgotten after 30 days; until then they can answer you."
        ),
        text(
            "5. Of a question that no article answers, its words in alphabetical order, counted"
            " without your id; after 30 days the count is gone."
        ),
        text(
            "6. What you follow, your time zone and quiet hours, until you end it; what you were"
            " told of, for 30 days; a question that you want to be told of, until it is answered."
        ),
        text(
            "Your other questions are not kept, unless you send one to the editors; without your"
            " id, until they have dealt with it. Nothing is passed on."
        ),
        text("/mydata gives you all of it as a file, /forget erases it."),
        text("What is erased is gone from the backups after four weeks."),
    ]
    owners = [grant for grant in await list_roles(context.db) if grant.role is Role.OWNER]
    ids = ", ".join(str(grant.user_id) for grant in owners)
    if ids:
        lines.append(text("Run by the Telegram user with the id {ids}.", ids=ids))
    return Outcome(out=(Send(reply_target(update), Body(escape("\n".join(lines)))),))


COMMANDS = (Command("privacy", privacy, "What is stored about you"),)
