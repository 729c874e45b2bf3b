"""The events that a request asks for, or what there is instead."""

import asyncio
from dataclasses import dataclass
from datetime import date

from bot.chat.places import view_of
from bot.chat.requests import Request, find_person
from bot.chat.topics import MOST_PARAGRAPHS, Topic, about, find_topic, missing_line
from bot.context import Context
from bot.locales import Locale
from bot.replies.chronology import in_order
from bot.replies.dates import date_words, frame_of
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button
from bot.replies.passage import View
from bot.replies.timeline import Shown, ends_words, key_of
from bot.store.quotes import list_speakers
from bot.store.timeline import count_events, list_event_dates, list_events, list_people
from index.types import DateMention, TimelineItem

#: Events of one list: more than anybody pages through, and few enough to be read at once.
MOST_EVENTS = 500

#: Events of a list that is taken away as a file: those of some hundred articles. Each list keeps
#: their ids for a month, so many in 24 kB.
MOST_TAKEN = 3_000


@dataclass(frozen=True, slots=True)
class Found:
    """Events in order, the person whose they are, "" for nobody's, and the topic they are about.

    `total` is how many there are, where only the nearest to today are among the items.
    """

    items: tuple[TimelineItem, ...]
    name: str
    topic: Topic | None
    total: int | None = None


async def find_events(context: Context, request: Request) -> Found:
    """Return the events that are asked for."""
    # A lone word may be a place as well; as a topic it finds the person all the same.
    people = [name for name in await list_people(context.db) if " " in name]
    name, words = await asyncio.to_thread(
        find_person, request.words, people, context.search.lexicon.people
    )
    topic = await find_topic(context, words) if words else None
    today, days = view_of(context).today, request.days
    items = await list_events(
        context.db,
        around=_middle(today, days),
        limit=MOST_EVENTS,
        paragraph_ids=topic.paragraph_ids if topic else None,
        person=name or None,
        sector=request.sector.id if request.sector else None,
        period=days,
    )
    total = None
    if topic:
        items = about(topic, items, lambda item: (item.passage,))
    elif len(items) == MOST_EVENTS:
        sector = request.sector.id if request.sector else None
        total = await count_events(context.db, person=name or None, sector=sector, period=days)
    if days:
        items = [item for item in items if _is_in(item.event.date, days)]
    return Found(in_order(items), name, topic, total)


async def ids_to_keep(context: Context, request: Request, found: Found) -> tuple[int, ...]:
    """Return the ids of the events that are listed, then of those that only a file has."""
    listed = tuple(item.id for item in found.items)
    if not found.total or found.total <= len(listed):
        return listed
    days = request.days
    dates = await list_event_dates(
        context.db,
        around=_middle(view_of(context).today, days),
        limit=MOST_TAKEN,
        person=found.name or None,
        sector=request.sector.id if request.sector else None,
        period=days,
    )
    known = set(listed)
    others = (key for key, when in dates if not days or _is_in(when, days))
    return (*listed, *(key for key in others if key not in known))


def _middle(today: date, days: tuple[date, date] | None) -> date:
    """Return the day that the listed events are nearest to: today, or an end of the period."""
    return min(max(today, days[0]), days[1]) if days else today


def _is_in(mention: DateMention, days: tuple[date, date]) -> bool:
    """Return whether an event is between two days; one with an open end by the known end."""
    frame = frame_of(mention)
    return frame.first <= days[1] and days[0] <= frame.last


async def nothing_body(context: Context, found: Found, others: Shown | None = None) -> Body:
    """Return that there is no such event, and what there is instead.

    Events of other times, quotes of the person, or passages without dates.
    """
    locale = context.locale
    none = locale.text("There are no such events.")
    lines = [f"<b>{escape(none)}</b>"]
    if missing := missing_line(found.topic, locale):
        lines.append(missing)
    elif others is None and found.topic and found.topic.paragraph_ids:
        words = locale.text("The articles have these words, but no event with a date.")
        lines.append(escape(words))
    buttons = [Button(locale.text("All events"), data="cmd:timeline")]
    quotes = dict(await list_speakers(context.db)).get(found.name, 0)
    if quotes:
        said = locale.count("{n} quote", "{n} quotes", quotes)
        lines.append(escape(f"{found.name}: {said}."))
        buttons.insert(0, Button(locale.text("Quotes"), data=f"qwho:{key_of(found.name)}"))
    if others is not None:
        count = locale.count("{n} event", "{n} events", len(others.items))
        dates = ends_words(others.items, view_of(context))
        words = locale.text("At other times: {events}, {dates}.", events=count, dates=dates)
        lines.append(escape(words))
        buttons.insert(0, Button(locale.text("Show these"), data=others.data("tl")))
    else:
        lines.append(escape(locale.text("All events: /timeline")))
    return Body("\n".join(lines), (tuple(buttons),))


def title_of(request: Request, found: Found, view: View) -> str:
    """Return what a list is of, without the words of whoever asked: those are not kept."""
    locale = view.locale
    parts = [found.name]
    if request.sector:
        parts.append(request.sector.name(locale.language))
    if request.period:
        parts.append(date_words(request.period, locale))
    if found.total and found.total > len(found.items):
        parts.append(locale.text("the nearest of {n}", n=found.total))
    elif found.topic and len(found.topic.paragraph_ids) == MOST_PARAGRAPHS:
        parts.append(locale.text("from the {n} nearest paragraphs", n=MOST_PARAGRAPHS))
    return ", ".join(filter(None, parts))


def title_of_nearest(title: str, count: int, locale: Locale) -> str:
    """Return the title of a list of which only the nearest of `count` events are shown."""
    if not MOST_EVENTS < count < MOST_TAKEN:
        return title  # all are shown, or the title says of how many
    nearest = locale.text("the nearest of {n}", n=count)
    return f"{title}, {nearest}" if title else nearest
