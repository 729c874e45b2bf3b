"""The first screen, and what links of the form t.me/<bot>?start=… open."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.chat.answers import show_answer
from bot.chat.ask import answer_question
from bot.chat.bodies import show_body
from bot.chat.channels import CHANNELS_LINK, channels, show_channel
from bot.chat.context import show_passage
from bot.chat.editors import accept
from bot.chat.inline import ASK_LINK, QUOTES_LINK, TIMELINE_LINK
from bot.chat.mydata import FORGET_LINK, MY_DATA_LINK, forget, mydata
from bot.chat.people import show_person
from bot.chat.places import as_number, is_private, numbers_of, reply_target, user_of
from bot.chat.privacy import PRIVACY_LINK, privacy
from bot.chat.quote import quote, show_quote
from bot.chat.sectors import show_sector
from bot.chat.subscribe import show_offer
from bot.chat.timeline import show_event, timeline
from bot.chat.welcome import list_examples, welcome_body
from bot.context import ButtonHandler, Command, Context, Handler
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Outcome, Send
from bot.store.roles import Role

#: What a link with a number opens, by its first letter.
OPENERS: dict[str, Callable[[Update, Context, int], Coroutine[Any, Any, Outcome]]] = {
    "p": show_passage,
    "a": show_answer,
    "t": show_event,
    "q": show_quote,
    "n": show_person,
    "o": show_body,
    "s": show_offer,
    "c": show_channel,
}


#: What the buttons of groups and above inline cards open in private, by the whole link.
HELPERS: dict[str, Handler] = {
    PRIVACY_LINK: privacy,
    MY_DATA_LINK: mydata,
    FORGET_LINK: forget,
    CHANNELS_LINK: channels,
    QUOTES_LINK: quote,
    TIMELINE_LINK: timeline,
}


#: What is said of a button, and of a passage that never was, is said otherwise of a link.
_STALE = {"This button is out of date.", "This passage is not to be had any more."}


async def start(update: Update, context: Context) -> Outcome:
    """Reply with what the bot is, or with what the link names."""
    payload = (context.args or [""])[0]
    if payload in {"", ASK_LINK}:
        # A role given before its holder opened the bot has no menu yet.
        is_known = context.role is not Role.READER and is_private(update)
        return Outcome(
            out=(Send(reply_target(update), await welcome_body(context)),),
            menu_for=user_of(update).id if is_known else None,
        )
    kind, rest = payload[0], payload[1:]
    number = as_number(rest)
    note = context.locale.text("This link is out of date.")
    try:
        if payload in HELPERS:
            context.args = []  # the link is the command, and has no words
            return await HELPERS[payload](update, context)
        if kind == "i" and is_private(update):
            return await accept(update, context, rest)
        if kind == "k":
            return await show_sector(update, context, rest)
        if kind in OPENERS and number is not None:
            return await OPENERS[kind](update, context, number)
    except UserError as error:
        # A stale link leads to the first screen, with a line that says what became of it.
        if error.message_id not in _STALE:
            note = context.locale.text(error.message_id, **error.values)
    welcome = await welcome_body(context)
    body = Body(f"{escape(note)}\n\n{welcome.html}", welcome.keyboard)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_example(update: Update, context: Context) -> Outcome:
    """Answer one of the questions to try."""
    (number,) = numbers_of(update, 1)
    examples = await list_examples(context)
    if number >= len(examples):
        raise UserError("This button is out of date.")
    return await answer_question(update, context, examples[number], is_example=True)


COMMANDS = (Command("start", start, "What this bot does"),)
BUTTONS = (ButtonHandler("try", on_example),)
