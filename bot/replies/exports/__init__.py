"""A timeline as a file: a table, TimelineJS, a calendar, a feed. Each format in its module."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from bot.replies.exports.atom import as_atom
from bot.replies.exports.csv_table import as_csv
from bot.replies.exports.entries import Feed, entries_of, printable
from bot.replies.exports.timelinejs import as_timelinejs
from bot.replies.passage import View
from bot.store.attachments import Attachment
from index.types import TimelineItem


class Format(StrEnum):
    """What a timeline can be taken away as, by the ending of the file."""

    CSV = "csv"
    JSON = "json"
    ICS = "ics"
    ATOM = "atom"


_MIMES = {
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
    Format.ICS: "text/calendar",
    Format.ATOM: "application/atom+xml",
}


def export(items: Sequence[TimelineItem], chosen: Format, feed: Feed, view: View) -> Attachment:
    """Return events as a file, in the order given. The same events always give the same bytes."""
    entries = entries_of(items, view)
    feed = replace(feed, title=" ".join(printable(feed.title).split()))
    match chosen:
        case Format.CSV:
            content = as_csv(entries, view.locale)
        case Format.JSON:
            content = as_timelinejs(entries, feed)
        case Format.ICS:
            from bot.replies.exports.ics import as_ics

            content = as_ics(entries, feed)
        case Format.ATOM:
            content = as_atom(entries, feed)
    return Attachment(f"{feed.name}.{chosen}", _MIMES[chosen], content)
