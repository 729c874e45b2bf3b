"""A timeline as JSON that TimelineJS 3 reads.

Source: the JSON format of TimelineJS 3: `start_date` is asked for, its parts may be left out from
the finest on; `display_date` is shown instead of what would be made of the parts.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.replies.dates import Grain
from bot.replies.exports.entries import Entry, Feed
from bot.replies.layout import escape, escape_link


def as_timelinejs(entries: Sequence[Entry], feed: Feed) -> bytes:
    """Return the events as slides, after a title. Texts are HTML there, so they are escaped."""
    timeline = {
        "title": {"text": {"headline": escape(feed.title)}},
        "events": [_slide(entry) for entry in entries],
    }
    return json.dumps(timeline, ensure_ascii=False, indent=1).encode()


def _slide(entry: Entry) -> dict[str, Any]:
    first, last = entry.frame.first, entry.frame.last
    slide: dict[str, Any] = {
        "unique_id": f"t{entry.item.id}",
        "start_date": _parts(first, entry.grain),
        "display_date": entry.when,
        "text": {"headline": escape(entry.label), "text": _text(entry)},
    }
    end = _parts(last, entry.grain)
    if end != slide["start_date"]:
        slide["end_date"] = end
    if entry.sectors:
        slide["group"] = entry.sectors[0]
    return slide


def _parts(day: date, grain: Grain) -> dict[str, int]:
    """Return a day as year, month and day, without what the source does not say."""
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return dict(list(parts.items())[: int(grain)])


def _text(entry: Entry) -> str:
    """Return the passage with its citation as HTML; links open where the page decides."""
    link = entry.link or entry.url
    source = escape(entry.citation)
    if link:
        source = f'<a href="{escape_link(link)}">{source}</a>'
    return f"<p>{escape(entry.text)}</p><p>{source}</p>"
