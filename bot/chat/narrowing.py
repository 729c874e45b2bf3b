"""«Сузить»: the same question again, of one source, year, sector or person of a passage."""

from dataclasses import replace
from urllib.parse import urlsplit

from telegram import Update

from bot.chat.answers import asked_in, load_card, redraw
from bot.chat.ask import answer_in_place
from bot.chat.places import numbers_of
from bot.context import ButtonHandler, Context
from bot.errors import UserError
from bot.replies.filters import Narrower, narrow_keyboard
from bot.replies.outcome import Edit, Outcome
from bot.store.answers import get_answer
from bot.store.scopes import list_persons_in
from bot.store.timeline import load_sectors
from index.sectors import list_sectors
from index.types import Passage

#: Of each kind, so that all fit a phone's screen.
MOST_SECTORS = 2
MOST_PERSONS = 3


async def on_narrow(update: Update, context: Context) -> Outcome:
    """Offer what the question can be narrowed to, in place of the buttons."""
    answer_id, place = numbers_of(update, 2)
    choices = await _choices(context, await _passage(update, context, answer_id, place))
    outcome = await redraw(update, context, answer_id, place)
    keyboard = narrow_keyboard(answer_id, place, choices, context.locale)
    edits = (each for each in outcome.out if isinstance(each, Edit))
    return Outcome(out=tuple(replace(e, body=replace(e.body, keyboard=keyboard)) for e in edits))


async def on_narrow_to(update: Update, context: Context) -> Outcome:
    """Answer the question again, narrowed, in place; the answer shows what was asked."""
    answer_id, place, number = numbers_of(update, 3)
    choices = await _choices(context, await _passage(update, context, answer_id, place))
    asked = asked_in(update, context)
    if asked is None or number >= len(choices):
        raise UserError("This button is out of date.")
    text = f"{asked.text.rstrip(' ?.')}, {choices[number].words}"
    return await answer_in_place(update, context, answer_id, text)


async def _passage(update: Update, context: Context, answer_id: int, place: int) -> Passage:
    """Return the passage at a place of an answer. Raises: UserError if it is gone."""
    card = await load_card(update, context, await get_answer(context.db, answer_id), None)
    return card.groups[place % len(card.groups)].quotation.passage


async def _choices(context: Context, passage: Passage) -> list[Narrower]:
    """Return what a passage can be narrowed by, in the words that a question would have."""
    locale, key = context.locale, passage.paragraph_id
    choices = []
    source = passage.source or (urlsplit(passage.url).netloc if passage.url else "")
    if source:
        choices.append(Narrower(source, locale.text("source: {name}", name=source)))
    year = str(passage.day.year)
    choices.append(Narrower(year, locale.text("only {year}", year=year)))
    names = {sector.id: sector.name(locale.language) for sector in list_sectors()}
    sectors = (await load_sectors(context.db, [key])).get(key, ())[:MOST_SECTORS]
    choices += [
        Narrower(names[each], locale.text("sector: {name}", name=names[each]))
        for each in sectors
        if each in names
    ]
    persons = (await list_persons_in(context.db, key))[:MOST_PERSONS]
    choices += [Narrower(each, locale.text("person: {name}", name=each)) for each in persons]
    return choices


BUTTONS = (ButtonHandler("nar", on_narrow), ButtonHandler("narto", on_narrow_to))
