"""Quotes: who said what, when, about what; newest first."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.chat.banners import with_banner
from bot.chat.context import show_passage
from bot.chat.corpus import empty_body
from bot.chat.gone import refuse_taken
from bot.chat.places import (
    message_of,
    numbers_of,
    pressed_row,
    reply_target,
    require_asker,
    user_of,
    view_of,
)
from bot.chat.quotations import MOST_QUOTES, elsewhere_lines, find_quotes, select_quotes
from bot.chat.requests import Request, find_person, read_request
from bot.chat.topics import Topic, missing_line, with_meant
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.answer import silent_line
from bot.replies.filters import NO_FILTERS, Filters, filter_lines
from bot.replies.layout import escape
from bot.replies.outcome import Card, Edit, Outcome, Send, Target
from bot.replies.quotation import copied_body, quote_body
from bot.replies.quotes import (
    Understood,
    lines_above,
    no_quotes_body,
    no_words_line,
    quote_card,
    quote_page,
    speakers_body,
    speakers_page,
    understood_line,
)
from bot.replies.timeline import key_of
from bot.store.answers import mint_answer_id
from bot.store.database import Transaction
from bot.store.listings import Listing, ListingKind, add_listing, get_listing
from bot.store.people import list_persons
from bot.store.quotes import find_quote_paragraph, list_speakers, load_quotes
from index.types import QuotedWords

#: What stands between who is quoted and about what.
_ABOUT = re.compile(r"(?:^|\s)(?:об?|обо|про|about|on|haqqında)\s+", re.IGNORECASE)

#: Inline cards of one query: some pages of them.
MOST_CARDS = 50


async def quote(update: Update, context: Context) -> Outcome:
    """Reply with quotes, newest first; without words with a recent one and all speakers."""
    if not context.search.paragraph_count:
        return Outcome(out=(Send(reply_target(update), empty_body(context)),))
    words = " ".join(context.args or ())
    if words:
        return await list_quoted(update, context, words)
    speakers = await list_speakers(context.db)
    recent = (await find_quotes(context, Request(""))).quotes
    view = view_of(context)
    if not recent:
        return Outcome(out=(Send(reply_target(update), no_quotes_body(speakers, (), view)),))
    body = speakers_body(recent[0], speakers, view)
    return Outcome(out=(Send(reply_target(update), body),))


async def list_quoted(update: Update, context: Context, words: str) -> Outcome:
    """Return the reply with the quotes that `words` ask for, kept for its buttons."""
    view = view_of(context)
    request = read_request(words, view.today)
    found = await find_quotes(context, request)
    understood = found.understood
    newest = MOST_QUOTES if len(found.quotes) >= MOST_QUOTES else 0
    meant = understood_line(understood, context.locale, newest)
    if not found.quotes:
        lines = [meant] if understood != Understood(about=understood.about) else []
        why = [escape(line) for line in (*lines, *await elsewhere_lines(context, request))]
        if missing := missing_line(found.topic, context.locale):
            why.insert(0, missing)
        body = no_quotes_body(await list_speakers(context.db), why, view)
        return Outcome(out=(Send(reply_target(update), body),))
    above = [meant] if meant else []
    if silent := await _find_silent(context, request.words):
        has_topic = bool(_ABOUT.search(request.words))
        above.append(
            silent_line(silent, context.locale)
            if has_topic
            else no_words_line(silent, context.locale)
        )
    return _list_in_chat(update, context, found.quotes, found.topic, above)


async def _find_silent(context: Context, words: str) -> str:
    """Return the person whose words are asked for and not quoted anywhere, "" for nobody.

    «Шумов о маяке» finds what others say of both; whoever is asked about («о Шумове») is not meant.
    """
    who = _ABOUT.split(words, maxsplit=1)[0]
    if not who:
        return ""
    speakers = [name for name, _ in await list_speakers(context.db)]
    persons = [each.name for each in await list_persons(context.db)]
    name, _ = await asyncio.to_thread(
        find_person, who, (*speakers, *persons), context.search.lexicon.people
    )
    return "" if name in speakers else name


async def quote_cards(context: Context, words: str) -> list[Card]:
    """Return the quotes that `words` ask for as inline cards."""
    view = view_of(context)
    found = await find_quotes(context, read_request(words, view.today))
    return cards_of(context, found.quotes)


def cards_of(context: Context, quotes: Sequence[QuotedWords]) -> list[Card]:
    """Return quotes as inline cards, as many as one pages through."""
    view = view_of(context)
    return [quote_card(each, context.search.version, view) for each in quotes[:MOST_CARDS]]


async def show_quote(update: Update, context: Context, quote_id: int) -> Outcome:
    """Show a quote, to whoever has its link.

    Of one of a former version, with what became of its passage; of one that is gone, say why.
    """
    target = reply_target(update)
    found = await load_quotes(context.db, [quote_id])
    if not found:
        paragraph_id = await find_quote_paragraph(context.db, quote_id)
        if paragraph_id is None:
            await refuse_taken(update, context, "quote", quote_id)
        return await show_passage(update, context, paragraph_id or 0)
    body = quote_body(found[0], view_of(context))
    body = await with_banner(context, body, found[0].passages[0])
    return Outcome(out=(Send(Target(target.chat_id, target.thread_id), body),))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another quote, in place."""
    listing_id, page = numbers_of(update, 2)
    listing = await get_listing(context.db, listing_id, ListingKind.QUOTES)
    require_asker(update, listing.asker_id)
    page = max(1, min(page, len(listing.items)))
    shown = await _get(update, context, listing.items[page - 1])
    chat_id, row = await pressed_row(update, context)
    body = quote_page(shown, listing.id, page, len(listing.items), view_of(context))
    # What was asked for stands in the message alone, and goes on standing there.
    above = lines_above(message_of(update).text or "", page, len(listing.items), context.locale)
    body = replace(body, html="\n".join((*map(escape, above), body.html)))
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_speaker(update: Update, context: Context) -> Outcome:
    """Show the quotes of a speaker, in a new message."""
    (key,) = numbers_of(update, 1)
    speakers = await list_speakers(context.db)
    name = next((name for name, _ in speakers if key_of(name) == key), None)
    found, _ = await select_quotes(context, Request(""), name, "") if name else ([], None)
    if not found:
        raise UserError("This button is out of date.")
    newest = MOST_QUOTES if len(found) >= MOST_QUOTES else 0
    meant = understood_line(Understood(who=name or ""), context.locale, newest)
    return _list_in_chat(update, context, found, None, [meant])


async def on_speakers(update: Update, context: Context) -> Outcome:
    """Turn to another page of the speakers, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    body = speakers_page(await list_speakers(context.db), page, view_of(context))
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_copy(update: Update, context: Context) -> Outcome:
    """Send a quote that is too long for the button as a message to be copied."""
    (quote_id,) = numbers_of(update, 1)
    body = copied_body(await _get(update, context, quote_id), view_of(context))
    return Outcome(out=(Send(reply_target(update), body),))


def list_in_chat(
    update: Update,
    context: Context,
    quotes: Sequence[QuotedWords],
    topic: Topic | None = None,
    filters: Filters = NO_FILTERS,
) -> Outcome:
    """Return the reply with the first of the quotes that answer a question.

    It says what they were narrowed to; the list is kept for its buttons.
    """
    return _list_in_chat(update, context, quotes, topic, filter_lines(filters, context.locale))


def _list_in_chat(
    update: Update,
    context: Context,
    quotes: Sequence[QuotedWords],
    topic: Topic | None,
    above: Sequence[str],
) -> Outcome:
    listing = Listing(
        id=mint_answer_id(),
        kind=ListingKind.QUOTES,
        chat_id=message_of(update).chat.id,
        asker_id=user_of(update).id,
        title="",
        items=tuple(each.id for each in quotes),
        created_at=context.services.now(),
    )

    async def write(connection: Transaction) -> None:
        await add_listing(connection, listing)

    body = quote_page(quotes[0], listing.id, 1, len(quotes), view_of(context))
    body = replace(body, html="\n".join((*map(escape, above), body.html)))
    body = with_meant(body, topic, context.locale)
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def _get(update: Update, context: Context, quote_id: int) -> QuotedWords:
    """Return a quote. Raises: UserError if it is not there (any more)."""
    found = await load_quotes(context.db, [quote_id])
    if not found:
        await refuse_taken(update, context, "quote", quote_id)
        raise UserError("This passage is not to be had any more.")
    return found[0]


COMMANDS = (Command("quote", quote, "Who said what"),)
BUTTONS = (
    ButtonHandler("qt", on_page),
    ButtonHandler("qwho", on_speaker),
    ButtonHandler("qlist", on_speakers),
    ButtonHandler("qcopy", on_copy),
)
