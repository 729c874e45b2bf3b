"""Feeds: RSS and Atom of all ages, as lists of items."""

import calendar
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from bot.errors import UserError
from bot.ingest.documents import FeedItem, ReadFeed

#: A feed with more is cut: the newest stand first.
MOST_ITEMS = 200


def read(content: bytes) -> ReadFeed:
    """Return the items of a feed that have a link, as it lists them.

    Raises:
        UserError: it is no feed.

    """
    found = feedparser.parse(content)
    if not found.version:
        raise UserError("There is no feed at this address.")
    return ReadFeed(
        title=_line(found.feed.get("title")),
        items=tuple(_item(each) for each in found.entries[:MOST_ITEMS] if each.get("link")),
        minutes=_minutes(found.feed.get("ttl")),
    )


def _item(entry: Any) -> FeedItem:  # noqa: ANN401 - the library has no types
    link = str(entry["link"])
    return FeedItem(
        key=str(entry.get("id") or link),
        url=link,
        title=_line(entry.get("title")),
        day=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
    )


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _day(moment: struct_time | None) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(calendar.timegm(moment), UTC).date().isoformat()


def _minutes(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else None
