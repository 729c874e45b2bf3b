"""A timeline: dated events about a topic, a person or a sector, in a period."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from telegram import Update

from bot.chat.ask import empty_body
from bot.chat.places import message_of, numbers_of, pressed_row, reply_target, user_of, view_of
from bot.chat.requests import Request, find_person, read_request
from bot.chat.topics import Topic, about, find_topic, missing_line, with_meant
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.chart import DARK, LIGHT, picture_file
from bot.replies.chronology import event_body, event_card, in_order, page_near
from bot.replies.dates import date_words, frame_of
from bot.replies.exports import Format, export
from bot.replies.exports.entries import Feed
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Card, Edit, Outcome, Send, SendFile, Target
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
)
from bot.store.answers import mint_answer_id
from bot.store.database import Transaction
from bot.store.listings import Listing, ListingKind, add_listing, get_listing
from bot.store.timeline import list_events, list_people, load_events
from index.types import TimelineItem

#: Events of one list: more than anybody pages through, and few enough to be read at once.
MOST_EVENTS = 500

#: Inline cards of one query: some pages of them.
MOST_CARDS = 49

#: How a file that is taken away is called.
FILE_NAME = "paragraf-timeline"


@dataclass(frozen=True, slots=True)
class _Found:
    """Events in order, the person whose they are, "" for nobody's, and the topic they are about."""

    items: tuple[TimelineItem, ...]
    name: str
    topic: Topic | None


async def timeline(update: Update, context: Context) -> Outcome:
    """Reply with the dated events about a topic, oldest first, opened near today."""
    if not context.search.paragraph_count:
        return Outcome(out=(Send(reply_target(update), empty_body(context)),))
    return await list_timeline(update, context, " ".join(context.args or ()))


async def list_timeline(update: Update, context: Context, words: str) -> Outcome:
    """Return the reply with the events that `words` ask for, kept for its buttons."""
    view = view_of(context)
    request = read_request(words, view.today)
    found = await _find(context, request)
    if not found.items:
        nothing = await _nothing(context, request, found)
        return Outcome(out=(Send(reply_target(update), nothing),))
    listing = Listing(
        id=mint_answer_id(),
        kind=ListingKind.TIMELINE,
        chat_id=message_of(update).chat.id,
        asker_id=user_of(update).id,
        title=_title(request, found.name, view),
        items=tuple(item.id for item in found.items),
        created_at=context.services.now(),
    )

    async def write(connection: Transaction) -> None:
        await add_listing(connection, listing)

    shown = Shown(listing.id, listing.title, found.items, page_near(found.items, view))
    body = await asyncio.to_thread(timeline_body, shown, view)
    body = with_meant(body, found.topic, context.locale)
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def event_cards(context: Context, words: str) -> list[Card]:
    """Return the events that `words` ask for as inline cards: a page of them, then each."""
    view = view_of(context)
    request = read_request(words, view.today)
    found = await _find(context, request)
    if not found.items:
        return []
    items = found.items
    shown = Shown(0, _title(request, found.name, view), items, page_near(items, view))
    page = await asyncio.to_thread(timeline_card, shown, context.search.version, view)
    events = items[shown.places.start : shown.places.start + MOST_CARDS]
    return [page, *(event_card(item, context.search.version, view) for item in events)]


async def show_event(update: Update, context: Context, event_id: int) -> Outcome:
    """Show an event with its passage, to whoever has its link."""
    found = await load_events(context.db, [event_id])
    if not found:
        raise UserError("This passage is not to be had any more.")
    target = reply_target(update)
    place = Target(target.chat_id, target.thread_id)
    return Outcome(out=(Send(place, event_body(found[0], view_of(context))),))


async def on_event(update: Update, context: Context) -> Outcome:
    """Show the passage of an event, in a new message."""
    (event_id,) = numbers_of(update, 1)
    found = await load_events(context.db, [event_id])
    if not found:
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
    """Send the list as a file; another format is a tap away."""
    *numbers, number = numbers_of(update, 5)
    shown, _ = await _shown(update, context, numbers)
    formats = tuple(Format)
    if number >= len(formats):
        raise UserError("This button is out of date.")
    view = view_of(context)
    title = context.locale.text("Timeline")
    feed = Feed(
        title=f"{title}: {shown.title}" if shown.title else title,
        name=FILE_NAME,
        username=view.username,
        language=context.locale.language.value,
    )
    file = await asyncio.to_thread(export, shown.items, formats[number], feed, view)
    count = context.locale.count("{n} event", "{n} events", len(shown.items))
    caption = Body(escape(f"{feed.title} · {count}"))
    return Outcome(out=(SendFile(reply_target(update), file, caption),))


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
    update: Update, context: Context, numbers: Sequence[int], *, is_own: bool = False
) -> tuple[Shown, Sequence[TimelineItem]]:
    """Return the page that callback data names, and all events of its list before narrowing.

    Raises:
        UserError: the list is not kept any more, or is another's and is to be changed.

    """
    listing_id, page, sector, person = numbers
    listing = await get_listing(context.db, listing_id, ListingKind.TIMELINE)
    if is_own and listing.asker_id != user_of(update).id:
        raise UserError("This button is for someone else.")
    everything = in_order(await load_events(context.db, listing.items))
    narrowing = Narrowing(sector, person)
    items = tuple(filter(narrowing.holds, everything))
    if not items:
        raise UserError("This button is out of date.")
    shown = Shown(listing.id, listing.title, items, 1, narrowing)
    page = min(page, shown.pages) or page_near(items, view_of(context))
    return shown.turned(page), everything


async def _find(context: Context, request: Request) -> _Found:
    """Return the events that are asked for."""
    # A lone word may be a place as well; as a topic it finds the person all the same.
    people = [name for name in await list_people(context.db) if " " in name]
    name, words = await asyncio.to_thread(find_person, request.words, people)
    topic = await find_topic(context, words) if words else None
    today, days = view_of(context).today, request.days
    items = await list_events(
        context.db,
        around=min(max(today, days[0]), days[1]) if days else today,
        limit=MOST_EVENTS,
        paragraph_ids=topic.paragraph_ids if topic else None,
        person=name or None,
        sector=request.sector.id if request.sector else None,
        period=days,
    )
    if topic:
        items = about(topic, items, lambda item: (item.passage,))
    if days:
        items = [item for item in items if _is_in(item, days)]
    return _Found(in_order(items), name, topic)


def _is_in(item: TimelineItem, days: tuple[date, date]) -> bool:
    """Return whether an event is between two days; one with an open end by the known end."""
    frame = frame_of(item.event.date)
    return frame.first <= days[1] and days[0] <= frame.last


async def _nothing(context: Context, request: Request, found: _Found) -> Body:
    """Return that there is no such event, and what there is instead."""
    locale = context.locale
    none = locale.text("There are no such events.")
    lines = [f"<b>{escape(none)}</b>"]
    if missing := missing_line(found.topic, locale):
        lines.append(missing)
    everywhen = replace(request, period=None)
    others = (await _find(context, everywhen)).items if request.period else ()
    if others:
        count = locale.count("{n} event", "{n} events", len(others))
        ends = [date_words(others[place].event.date, locale) for place in (0, -1)]
        words = locale.text(
            "At other times: {events}, {start} … {end}.", events=count, start=ends[0], end=ends[1]
        )
        lines.append(escape(words))
    else:
        lines.append(escape(locale.text("All events: /timeline")))
    button = Button(locale.text("All events"), data="cmd:timeline")
    return Body("\n".join(lines), ((button,),))


def _title(request: Request, name: str, view: View) -> str:
    """Return what a list is of, without the words of whoever asked: those are not kept."""
    locale = view.locale
    parts = [name]
    if request.sector:
        parts.append(request.sector.name(locale.language))
    if request.period:
        parts.append(date_words(request.period, locale))
    return ", ".join(filter(None, parts))


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
