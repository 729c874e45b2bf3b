"""What is stored about whoever asks: given as a file, or erased."""

import json

from telegram import Update

from bot.chat.confirming import confirmed_by, keeping, permission
from bot.chat.places import in_private, is_private, reply_target, user_of
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Outcome, Send, SendFile
from bot.store.attachments import Attachment
from bot.store.database import Transaction
from bot.store.personal import erase_person, export_person
from bot.store.roles import Role
from bot.store.unanswered import forget_asker

FORGETTING = "forget"

#: What the links of a group's buttons open.
MY_DATA_LINK = "hmydata"
FORGET_LINK = "hforget"


async def mydata(update: Update, context: Context) -> Outcome:
    """Reply with a file of all that is stored about the sender."""
    if not is_private(update):
        return in_private(update, context, MY_DATA_LINK)
    user_id, at = user_of(update).id, context.services.now()
    found = await export_person(context.db, user_id)
    content = {"id": user_id, "at": at.isoformat(), "stored": found}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    file = Attachment(f"mydata-{at:%Y-%m-%d}.json", "application/json", text.encode())
    rows = sum(map(len, found.values()))
    caption = context.locale.count(
        "All that is stored about you: {n} entry.",
        "All that is stored about you: {n} entries.",
        rows,
    )
    erase = context.locale.text("To erase it: /forget")
    return Outcome(out=(SendFile(reply_target(update), file, Body(escape(f"{caption} {erase}"))),))


async def forget(update: Update, context: Context) -> Outcome:
    """Ask whether all that is stored about the sender is to be erased."""
    if not is_private(update):
        return in_private(update, context, FORGET_LINK)
    text = context.locale.text
    user_id = user_of(update).id
    nonce = permission(update, context, FORGETTING, user_id)
    found = await export_person(context.db, user_id)
    followed = len(found.get("subscription", ())) + len(found.get("watch", ()))
    lines = [
        text("Erase all that is stored about you?"),
        text("Your language, subscriptions, answers and messages that wait will be gone for ever."),
    ]
    if followed:
        lines.append(
            context.locale.count("{n} subscription ends.", "{n} subscriptions end.", followed)
        )
    if context.role.covers(Role.EDITOR):
        lines.append(text("Your role and the log of your acts stay."))
    button = Button(text("Erase all"), data=f"forget:{user_id}:{nonce.token}")
    body = Body(escape("\n".join(lines)), ((button,),))
    return Outcome(out=(Send(reply_target(update), body),), write=keeping(nonce))


async def on_forget(update: Update, context: Context) -> Outcome:
    """Erase it, and say so in the last message that he gets."""
    confirmed = confirmed_by(update, FORGETTING)
    user_id = confirmed.user_id
    if confirmed.subject_id != user_id:
        raise UserError("This button is for someone else.")

    async def write(connection: Transaction) -> None:
        await confirmed.use(connection, context)
        await erase_person(connection, user_id)
        await forget_asker(connection, user_id, context.services.salt)

    words = context.locale.text(
        "All that was stored about you is erased. This message too will be forgotten within an "
        "hour. Backups forget within four weeks."
    )
    return Outcome(out=(Send(reply_target(update), Body(escape(words))),), write=write)


COMMANDS = (
    Command("mydata", mydata, "A file of what is stored about you"),
    Command("forget", forget, "Erase what is stored about you"),
)
BUTTONS = (ButtonHandler("forget", on_forget),)
