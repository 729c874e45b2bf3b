"""A timeline as a calendar of all-day events. Source: RFC 5545.

Written here and not by a library: the one there is takes milliseconds an event, and takes a
backslash with an N in a text for the end of a line.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.replies.exports.entries import Entry, Feed
from index.types import Modality

_DAY = timedelta(days=1)

#: Bytes of a line; a longer one goes on in the next, after a space. Source: RFC 5545, 3.1.
MOST_BYTES = 75

#: What has a meaning in a text. Source: RFC 5545, 3.3.11.
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})

_END = b"\r\n"


def as_ics(entries: Sequence[Entry], feed: Feed) -> bytes:
    """Return the events as a calendar; a date coarser than a day spans all its days.

    Of a date with an open end the known end is there, and the summary says that it is open. What is
    not certain is tentative. Nobody is shown as busy.
    """
    return b"".join(_folded(line.encode()) for line in _lines(entries, feed))


def _lines(entries: Sequence[Entry], feed: Feed) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//Paragraf//{_text(feed.username or 'paragraf')}//{feed.language.upper()}"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_text(feed.title)}"
    for entry in entries:
        yield from _event(entry, feed)
    yield "END:VCALENDAR"


def _event(entry: Entry, feed: Feed) -> Iterator[str]:
    item = entry.item
    yield "BEGIN:VEVENT"
    yield f"UID:t{item.id}@{feed.username or 'paragraf'}"
    # The moment of the statement, not of the export: the same events give the same file.
    yield f"DTSTAMP:{_digits(item.passage.day)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_digits(entry.frame.first)}"
    if entry.frame.last < date.max:  # up to the first day after it; without it, one day
        yield f"DTEND;VALUE=DATE:{_digits(entry.frame.last + _DAY)}"
    yield f"SUMMARY:{_text(f'{entry.label} ({entry.when})')}"
    citation = f"{entry.text}\n\n{entry.citation}"
    yield f"DESCRIPTION:{_text(citation)}"
    is_certain = item.event.modality is Modality.HAPPENED
    yield f"STATUS:{'CONFIRMED' if is_certain else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    if link := entry.link or entry.url:
        yield f"URL:{link}"
    if entry.sectors:
        yield f"CATEGORIES:{','.join(map(_text, entry.sectors))}"
    yield "END:VEVENT"


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _folded(line: bytes) -> bytes:
    """Return a line in pieces that are short enough, cut between characters."""
    pieces, start, most = [], 0, MOST_BYTES
    while len(line) - start > most:
        stop = start + most
        while line[stop] & 0xC0 == 0x80:  # a byte within a character
            stop -= 1
        pieces.append(line[start:stop])
        start, most = stop, MOST_BYTES - 1
    pieces.append(line[start:])
    return b"\r\n ".join(pieces) + _END
