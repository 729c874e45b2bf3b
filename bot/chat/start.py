"""The first screen, and what links of the form t.me/<bot>?start=… open."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.chat.answers import show_answer
from bot.chat.ask import answer_question
from bot.chat.context import show_passage
from bot.chat.corpus import empty_body
from bot.chat.editors import accept
from bot.chat.mydata import FORGET_LINK, MY_DATA_LINK, forget, mydata
from bot.chat.people import show_person
from bot.chat.places import as_number, is_private, numbers_of, reply_target, user_of
from bot.chat.privacy import PRIVACY_LINK, privacy
from bot.chat.quote import show_quote
from bot.chat.sectors import show_sector
from bot.chat.subscribe import show_offer
from bot.chat.timeline import show_event
from bot.context import ButtonHandler, Command, Context, Handler
from bot.errors import UserError
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button, Outcome, Send
from bot.store.articles import list_articles
from bot.store.golden import list_golden_examples
from bot.store.roles import Role

#: Questions to try, as buttons.
MOST_EXAMPLES = 3

#: A longer question is no example: as long as the longest title, two lines on a phone.
MOST_EXAMPLE = 90

#: A label longer than this is cut on a phone, so the question stands in the text as well.
MOST_LABEL = 24


#: What a link with a number opens, by its first letter.
OPENERS: dict[str, Callable[[Update, Context, int], Coroutine[Any, Any, Outcome]]] = {
    "p": show_passage,
    "a": show_answer,
    "t": show_event,
    "q": show_quote,
    "n": show_person,
    "s": show_offer,
}


#: What the buttons of groups open in private, by the whole link.
HELPERS: dict[str, Handler] = {PRIVACY_LINK: privacy, MY_DATA_LINK: mydata, FORGET_LINK: forget}


#: What is said of a button, and of a passage that never was, is said otherwise of a link.
_STALE = {"This button is out of date.", "This passage is not to be had any more."}


async def start(update: Update, context: Context) -> Outcome:
    """Reply with what the bot is, or with what the link names."""
    payload = (context.args or [""])[0]
    if not payload:
        # A role given before its holder opened the bot has no menu yet.
        is_known = context.role is not Role.READER and is_private(update)
        return Outcome(
            out=(Send(reply_target(update), await _welcome(context)),),
            menu_for=user_of(update).id if is_known else None,
        )
    kind, rest = payload[0], payload[1:]
    number = as_number(rest)
    note = context.locale.text("This link is out of date.")
    try:
        if kind == "i" and is_private(update):
            return await accept(update, context, rest)
        if payload in HELPERS:
            return await HELPERS[payload](update, context)
        if kind == "k":
            return await show_sector(update, context, rest)
        if kind in OPENERS and number is not None:
            return await OPENERS[kind](update, context, number)
    except UserError as error:
        # A stale link leads to the first screen, with a line that says what became of it.
        if error.message_id not in _STALE:
            note = context.locale.text(error.message_id, **error.values)
    welcome = await _welcome(context)
    body = Body(f"{escape(note)}\n\n{welcome.html}", welcome.keyboard)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_example(update: Update, context: Context) -> Outcome:
    """Answer one of the questions to try."""
    (number,) = numbers_of(update, 1)
    examples = await _examples(context)
    if number >= len(examples):
        raise UserError("This button is out of date.")
    return await answer_question(update, context, examples[number], is_example=True)


async def _welcome(context: Context) -> Body:
    locale = context.locale
    lines = [
        escape(locale.text("I answer with the very paragraph of an article that says so.")),
    ]
    rows: list[tuple[Button, ...]] = []
    if not context.search.paragraph_count:
        lines.append(empty_body(context).html)
    else:
        lines.append(escape(locale.text("Ask in everyday words. For example:")))
        for number, example in enumerate(await _examples(context)):
            lines.append(f"{number + 1}. {escape(example)}")
            # The number keeps apart examples that begin alike.
            label = shorten(f"{number + 1}. {example}", MOST_LABEL - 1)
            rows.append((Button(label, data=f"try:{number}"),))
    lines.append(escape(locale.text("All commands: /help. What is stored about you: /privacy")))
    about_data = Button(locale.text("About data"), data="cmd:privacy")
    rows.append((about_data, Button(locale.text("Language"), data="lang")))
    return Body("\n".join(lines), tuple(rows))


async def _examples(context: Context) -> tuple[str, ...]:
    """Return questions to try: those of the instance, else golden ones, then newest headings."""
    if context.services.examples:
        return context.services.examples[:MOST_EXAMPLES]
    golden = await list_golden_examples(context.db, MOST_EXAMPLES, MOST_EXAMPLE)
    headings = [listed.title for listed in await list_articles(context.db, MOST_EXAMPLES)]
    return tuple(dict.fromkeys((*golden, *headings)))[:MOST_EXAMPLES]


COMMANDS = (Command("start", start, "What this bot does"),)
BUTTONS = (ButtonHandler("try", on_example),)
