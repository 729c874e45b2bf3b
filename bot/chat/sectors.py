"""Sectors: what the articles are about, and the newest passages of each."""

import asyncio

from telegram import Update

from bot.chat.corpus import empty_body
from bot.chat.places import numbers_of, pressed_row, reply_target, view_of
from bot.chat.quote import list_quoted
from bot.chat.requests import MOST_QUESTION, find_sector
from bot.chat.timeline import list_timeline
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.outcome import Body, Edit, Outcome, Send, Target
from bot.replies.sectors import MOST_PASSAGES, SectorPage, page_count, sector_body, sectors_list
from bot.replies.timeline import key_of
from bot.store.sectors import count_facts, count_sectors, list_sector_passages
from index.sectors import Sector, list_sectors


async def sectors(update: Update, context: Context) -> Outcome:
    """Reply with all sectors, or with the one that is named."""
    target = reply_target(update)
    if not context.search.paragraph_count:
        return Outcome(out=(Send(target, empty_body(context)),))
    words = " ".join(context.args or ())[:MOST_QUESTION]
    sector = find_sector(words) if words else None
    body = await _page(context, sector, 1) if sector else None
    if body is None:
        note = _missing(context, sector) if words else ""
        body = sectors_list(await count_sectors(context.db), view_of(context), note=note)
    return Outcome(out=(Send(target, body),))


def _missing(context: Context, sector: Sector | None) -> str:
    """Return that there is no such sector, or that no article is of it."""
    if sector is None:
        return context.locale.text("There is no such sector.")
    return context.locale.text("Nothing of this sector is in the articles.")


async def show_sector(update: Update, context: Context, sector_id: str) -> Outcome:
    """Show a sector, to whoever has its link."""
    sector = next((each for each in list_sectors() if each.id == sector_id), None)
    target = reply_target(update)
    body = await _known(context, sector, 1)
    return Outcome(out=(Send(Target(target.chat_id, target.thread_id), body),))


async def on_sector(update: Update, context: Context) -> Outcome:
    """Show a page of a sector, in place."""
    key, page = numbers_of(update, 2)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _known(context, _by_key(key), page)),))


async def on_sectors(update: Update, context: Context) -> Outcome:
    """Turn to a page of all sectors, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    body = sectors_list(await count_sectors(context.db), view_of(context), page)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_timeline(update: Update, context: Context) -> Outcome:
    """Show the timeline of a sector, in a new message."""
    return await list_timeline(update, context, _name_pressed(update, context))


async def on_quotes(update: Update, context: Context) -> Outcome:
    """Show the quotes of a sector, in a new message."""
    return await list_quoted(update, context, _name_pressed(update, context))


async def _page(context: Context, sector: Sector, page: int) -> Body | None:
    """Return a page of a sector, the last one if it has not as many; None without any passage."""
    paragraphs = dict(await count_sectors(context.db)).get(sector.id, 0)
    if not paragraphs:
        return None
    page = max(1, min(page, page_count(paragraphs)))
    start = (page - 1) * MOST_PASSAGES
    passages = await list_sector_passages(context.db, sector.id, MOST_PASSAGES, start)
    events, quotes = await count_facts(context.db, sector.id)
    shown = SectorPage(
        sector, passages, page, paragraphs, events, quotes, context.search.lexicon.sectors
    )
    # A paragraph may be as long as an article.
    return await asyncio.to_thread(sector_body, shown, view_of(context))


async def _known(context: Context, sector: Sector | None, page: int) -> Body:
    """Return a page of a sector. Raises: UserError if there is none such (any more)."""
    body = await _page(context, sector, page) if sector else None
    if body is None:
        raise UserError("This button is out of date.")
    return body


def _by_key(key: int) -> Sector | None:
    return next((each for each in list_sectors() if key_of(each.id) == key), None)


def _name_pressed(update: Update, context: Context) -> str:
    """Return the name of the sector in callback data. Raises: UserError if there is none such."""
    (key,) = numbers_of(update, 1)
    sector = _by_key(key)
    if sector is None:
        raise UserError("This button is out of date.")
    return sector.name(context.locale.language)


COMMANDS = (Command("sectors", sectors, "What the articles are about"),)
BUTTONS = (
    ButtonHandler("sec", on_sector),
    ButtonHandler("seclist", on_sectors),
    ButtonHandler("sectl", on_timeline),
    ButtonHandler("secqt", on_quotes),
)
