"""A timeline as a calendar of all-day events. Source: RFC 5545."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, vCategory, vText

from bot.replies.exports.entries import Entry, Feed
from index.types import Modality

_DAY = timedelta(days=1)

#: What has a meaning in a text. Source: RFC 5545, 3.3.11.
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class _Text(vText):
    """A text as it is: the library takes a backslash with an N in it for the end of a line."""

    def to_ical(self) -> bytes:
        return self.translate(_ESCAPES).encode()


def as_ics(entries: Sequence[Entry], feed: Feed) -> bytes:
    """Return the events as a calendar; a date coarser than a day spans all its days.

    Of a date with an open end the known end is there, and the summary says that it is open. What is
    not certain is tentative. Nobody is shown as busy.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Paragraf//{feed.username or 'paragraf'}//{feed.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _Text(feed.title))
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
    if entry.frame.last < date.max:  # up to the first day after it; without it, one day
        event.add("dtend", entry.frame.last + _DAY)
    event.add("summary", _Text(f"{entry.label} ({entry.when})"))
    event.add("description", _Text(f"{entry.text}\n\n{entry.citation}"))
    is_certain = item.event.modality is Modality.HAPPENED
    event.add("status", "CONFIRMED" if is_certain else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if link := entry.link or entry.url:
        event.add("url", link)
    if entry.sectors:
        event.add("categories", vCategory(list(entry.sectors)))
    return event
