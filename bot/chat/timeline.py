"""A timeline: dated events about a topic, a person or a sector, in a period."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import Update

from bot.chat.banners import with_banner
from bot.chat.context import show_passage
from bot.chat.corpus import empty_body
from bot.chat.events import (
    MOST_EVENTS,
    MOST_TAKEN,
    Found,
    find_events,
    ids_to_keep,
    nothing_body,
    title_of,
    title_of_nearest,
)
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
from bot.chat.requests import TIMELINES, Request, read_request, read_wish
from bot.chat.topics import with_meant
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.chart import DARK, LIGHT, picture_file
from bot.replies.chronology import event_body, event_card, in_order, page_near
from bot.replies.exports import Format, export
from bot.replies.exports.entries import Feed
from bot.replies.layout import escape
from bot.replies.outcome import Body, Card, Edit, Outcome, Send, SendFile, Target
from bot.replies.passage import View
from bot.replies.timeline import (
    Narrowing,
    Shown,
    export_body,
    people_body,
    picture_caption,
    picture_of,
    sectors_body,
    timeline_body,
    timeline_card,
    title_words,
)
from bot.store.answers import mint_answer_id
from bot.store.database import Transaction
from bot.store.listings import Listing, ListingKind, add_listing, get_listing
from bot.store.timeline import find_event_paragraph, load_events
from index.types import TimelineItem

#: Inline cards of one query: some pages of them.
MOST_CARDS = 49

#: How a file that is taken away is called, and the most of its list's title behind that.
FILE_NAME, MOST_NAME = "paragraf-timeline", 60


async def timeline(update: Update, context: Context) -> Outcome:
    """Reply with the dated events about a topic, oldest first, opened near today."""
    if not context.search.paragraph_count:
        return Outcome(out=(Send(reply_target(update), empty_body(context)),))
    return await list_timeline(update, context, " ".join(context.args or ()))


async def list_timeline(update: Update, context: Context, words: str) -> Outcome:
    """Return the reply with the events that `words` ask for, kept for its buttons."""
    return await reply_with_events(update, context, read_request(words, view_of(context).today))


async def reply_with_events(update: Update, context: Context, request: Request) -> Outcome:
    """Return the reply with the events of a request, or what there is instead."""
    found = await find_events(context, request)
    if not found.items:
        return await _nothing(update, context, request, found)
    return await _listed(update, context, request, found)


async def find_timeline(update: Update, context: Context, text: str) -> Outcome | None:
    """Return the reply to «хроника порт» among questions, None for others and without events."""
    what, words = read_wish(text)
    if what not in TIMELINES:
        return None
    request = read_request(words, view_of(context).today)
    found = await find_events(context, request)
    return await _listed(update, context, request, found) if found.items else None


async def _listed(update: Update, context: Context, request: Request, found: Found) -> Outcome:
    view = view_of(context)
    listing = await _listing_of(update, context, request, found)

    async def write(connection: Transaction) -> None:
        await add_listing(connection, listing)

    page = page_near(found.items, view, request.until, request.since)
    title = title_of_nearest(listing.title, len(listing.items), context.locale)
    shown = Shown(listing.id, title, found.items, page)
    body = await asyncio.to_thread(timeline_body, shown, view)
    body = with_meant(body, found.topic, context.locale)
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def _nothing(update: Update, context: Context, request: Request, found: Found) -> Outcome:
    """Return that there is no such event; those of other times are kept, to be a tap away."""
    anytime = replace(request, period=None)
    others = await find_events(context, anytime) if request.period else None
    if others is None or not others.items:
        return Outcome(out=(Send(reply_target(update), await nothing_body(context, found)),))
    listing = await _listing_of(update, context, anytime, others)

    async def write(connection: Transaction) -> None:
        await add_listing(connection, listing)

    body = await nothing_body(context, found, Shown(listing.id, listing.title, others.items, 0))
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def _listing_of(update: Update, context: Context, request: Request, found: Found) -> Listing:
    ids = await ids_to_keep(context, request, found)
    if len(ids) < MOST_TAKEN:
        found = replace(found, total=None)  # a file has all of them
    return Listing(
        id=mint_answer_id(),
        kind=ListingKind.TIMELINE,
        chat_id=message_of(update).chat.id,
        asker_id=user_of(update).id,
        title=title_of(request, found, view_of(context)),
        items=ids,
        created_at=context.services.now(),
    )


async def event_cards(context: Context, words: str) -> list[Card]:
    """Return the events that `words` ask for as inline cards: a page of them, then each."""
    view = view_of(context)
    request = read_request(words, view.today)
    found = await find_events(context, request)
    if not found.items:
        return []
    items = found.items
    number = page_near(items, view, request.until, request.since)
    shown = Shown(0, title_of(request, found, view), items, number)
    page = await asyncio.to_thread(timeline_card, shown, context.search.version, view)
    events = items[shown.places.start : shown.places.start + MOST_CARDS]
    return [page, *(event_card(item, context.search.version, view) for item in events)]


async def show_event(update: Update, context: Context, event_id: int) -> Outcome:
    """Show an event with its passage, to whoever has its link.

    Of one of a former version, with what became of its passage; of one that is gone, say why.
    """
    found = await load_events(context.db, [event_id])
    if not found:
        paragraph_id = await find_event_paragraph(context.db, event_id)
        if paragraph_id is None:
            await refuse_taken(update, context, "event", event_id)
        return await show_passage(update, context, paragraph_id or 0)
    target = reply_target(update)
    place = Target(target.chat_id, target.thread_id)
    body = event_body(found[0], view_of(context))
    return Outcome(out=(Send(place, await with_banner(context, body, found[0].passage)),))


async def on_event(update: Update, context: Context) -> Outcome:
    """Show the passage of an event, in a new message."""
    (event_id,) = numbers_of(update, 1)
    found = await load_events(context.db, [event_id])
    if not found:
        await refuse_taken(update, context, "event", event_id)
        raise UserError("This passage is not to be had any more.")
    return Outcome(out=(Send(reply_target(update), event_body(found[0], view_of(context))),))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another page, or narrow the list, in place."""
    return await _redrawn(update, context, timeline_body)


async def on_export(update: Update, context: Context) -> Outcome:
    """Offer the formats in place of the buttons."""
    return await _redrawn(update, context, export_body)


async def on_sectors(update: Update, context: Context) -> Outcome:
    """Offer the sectors of the list, in place."""
    return await _chosen(update, context, sectors_body)


async def on_people(update: Update, context: Context) -> Outcome:
    """Offer the people of the list, in place."""
    return await _chosen(update, context, people_body)


async def on_file(update: Update, context: Context) -> Outcome:
    """Send the whole list as a file; another format is a tap away."""
    *numbers, number = numbers_of(update, 5)
    shown, _ = await _shown(update, context, numbers, is_whole=True)
    formats = tuple(Format)
    if number >= len(formats):
        raise UserError("This button is out of date.")
    view = view_of(context)
    title, words = context.locale.text("Timeline"), title_words(shown, view)
    feed = Feed(
        title=f"{title}: {words}" if words else title,
        name=file_name(words),
        username=view.username,
        language=context.locale.language.value,
    )
    file = await asyncio.to_thread(export, shown.items, formats[number], feed, view)
    count = context.locale.count("{n} event", "{n} events", len(shown.items))
    caption = Body(escape(f"{feed.title} · {count}"))
    return Outcome(out=(SendFile(reply_target(update), file, caption),))


def file_name(title: str) -> str:
    """Return the name of a file without its ending: of another list another one."""
    words = "-".join("".join(c if c.isalnum() else " " for c in title).split())
    return f"{FILE_NAME}-{words[:MOST_NAME]}".strip("-")


async def on_picture(update: Update, context: Context) -> Outcome:
    """Send the page as a picture, light or dark."""
    *numbers, is_dark = numbers_of(update, 5)
    shown, _ = await _shown(update, context, numbers)
    view = view_of(context)
    file = await picture_file(picture_of(shown, view), view, DARK if is_dark else LIGHT)
    caption = picture_caption(shown, view, is_dark=bool(is_dark))
    return Outcome(out=(SendFile(reply_target(update), file, caption, is_photo=True),))


async def _redrawn(
    update: Update, context: Context, make: Callable[[Shown, View], Body]
) -> Outcome:
    """Return the message of a list with another content."""
    shown, _ = await _shown(update, context, numbers_of(update, 4), is_own=True)
    chat_id, row = await pressed_row(update, context)
    body = await asyncio.to_thread(make, shown, view_of(context))
    return Outcome(out=(Edit(chat_id, row, body),))


async def _chosen(
    update: Update,
    context: Context,
    make: Callable[[Shown, Sequence[TimelineItem], View, int], Body],
) -> Outcome:
    """Return the message of a list with names to choose from in its place."""
    *numbers, page = numbers_of(update, 5)
    shown, everything = await _shown(update, context, numbers, is_own=True)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, make(shown, everything, view_of(context), page)),))


async def _shown(
    update: Update,
    context: Context,
    numbers: Sequence[int],
    *,
    is_own: bool = False,
    is_whole: bool = False,
) -> tuple[Shown, Sequence[TimelineItem]]:
    """Return the page that callback data names, and all events of its list before narrowing.

    `is_whole`: with those that only a file has.

    Raises:
        UserError: the list is not kept any more, or is another's and is to be changed.

    """
    listing_id, page, sector, person = numbers
    listing = await get_listing(context.db, listing_id, ListingKind.TIMELINE)
    if is_own:
        require_asker(update, listing.asker_id)
    ids = listing.items if is_whole else listing.items[:MOST_EVENTS]
    everything = in_order(await load_events(context.db, ids))
    narrowing = Narrowing(sector, person)
    items = tuple(filter(narrowing.holds, everything))
    if not items:
        raise UserError("This button is out of date.")
    title = listing.title
    if not is_whole:
        title = title_of_nearest(title, len(listing.items), context.locale)
    shown = Shown(listing.id, title, items, 1, narrowing)
    page = min(page, shown.pages) or page_near(items, view_of(context))
    return shown.turned(page), everything


COMMANDS = (Command("timeline", timeline, "Dated events about a topic"),)
BUTTONS = (
    ButtonHandler("tl", on_page),
    ButtonHandler("tlev", on_event),
    ButtonHandler("tlsec", on_sectors),
    ButtonHandler("tlwho", on_people),
    ButtonHandler("tlout", on_export),
    ButtonHandler("tlfile", on_file),
    ButtonHandler("tlpic", on_picture),
)
