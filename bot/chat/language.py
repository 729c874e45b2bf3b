"""In which language the bot speaks to a chat."""

from telegram import Update

from bot.chat.following import data_of, place_of
from bot.chat.managers import require_manager
from bot.chat.places import reply_target
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.locales import get_locale
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Outcome, Send
from bot.store.chats import set_language
from bot.store.database import Transaction
from index.types import Language

#: Each language by its own name, so that whoever needs it can read it.
NAMES = {Language.RU: "Русский", Language.EN: "English", Language.AZ: "Azərbaycanca"}


async def language(update: Update, context: Context) -> Outcome:
    """Reply with a button for each language; in a group to its administrators.

    Raises:
        UserError: somebody else asks.

    """
    await require_manager(update, context)
    text = context.locale.text("Which language shall I speak?")
    row = tuple(Button(name, data=f"lang:{code.value}") for code, name in NAMES.items())
    return Outcome(out=(Send(reply_target(update), Body(escape(text), (row,))),))


async def on_language(update: Update, context: Context) -> Outcome:
    """Ask which language, or speak the chosen one from now on."""
    (code, *_) = data_of(update) or [""]
    if not code:
        return await language(update, context)
    try:
        chosen = Language(code)
    except ValueError as error:
        raise UserError("This button is out of date.") from error
    await require_manager(update, context)
    chat_id = place_of(update, context)[0]

    async def write(connection: Transaction) -> None:
        await set_language(connection, chat_id, chosen)

    text = get_locale(chosen).text("I speak English now.")
    return Outcome(out=(Send(reply_target(update), Body(escape(text))),), write=write)


COMMANDS = (Command("language", language, "Choose the language"),)
BUTTONS = (ButtonHandler("lang", on_language),)
