"""A timeline as a calendar of all-day events. Source: RFC 5545."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from bot.replies.exports.entries import Entry, Feed
from index.types import Modality

_DAY = timedelta(days=1)


def as_ics(entries: Sequence[Entry], feed: Feed) -> bytes:
    """Return the events as a calendar; a date coarser than a day spans all its days.

    Of a date with an open end the known end is there, and the summary says that it is open. What is
    not certain is tentative. Nobody is shown as busy.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Paragraf//{feed.username or 'paragraf'}//{feed.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", feed.title)
    for entry in entries:
        calendar.add_component(_event(entry, feed))
    return bytes(calendar.to_ical())


def _event(entry: Entry, feed: Feed) -> Event:
    item = entry.item
    event = Event()
    event.add("uid", f"t{item.id}@{feed.username or 'paragraf'}")
    # The moment of the statement, not of the export: the same events give the same file.
    event.add("dtstamp", datetime.combine(item.passage.day, time(), UTC))
    event.add("dtstart", entry.frame.first)
    event.add("dtend", _after(entry.frame.last))  # the first day that is no longer of it
    event.add("summary", f"{entry.label} ({entry.when})")
    event.add("description", f"{entry.text}\n\n{entry.citation}")
    event.add("status", "CONFIRMED" if _is_certain(entry) else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if entry.link or entry.url:
        event.add("url", entry.link or entry.url)
    if entry.sectors:
        event.add("categories", list(entry.sectors))
    return event


def _is_certain(entry: Entry) -> bool:
    return entry.item.event.modality is Modality.HAPPENED


def _after(day: date) -> date:
    return day if day == date.max else day + _DAY
