"""A timeline as a feed. Source: RFC 4287."""

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET
from zlib import crc32

from bot.replies.exports.entries import Entry, Feed

_ATOM = "http://www.w3.org/2005/Atom"

#: The day of a feed that has nothing to date it: the epoch.
_NO_DAY = date(1970, 1, 1)


def as_atom(entries: Sequence[Entry], feed: Feed) -> bytes:
    """Return the events as a feed; an entry is as new as the article that tells it.

    The ids are permalinks, so they stay.
    """
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    days = [entry.item.passage.day for entry in entries]
    _add(root, "title", feed.title)
    # Of each list its own, the same whenever it is taken away.
    home = f"https://t.me/{feed.username or 'paragraf'}"
    _add(root, "id", f"{home}#{crc32(feed.title.encode()):08x}")
    _add(root, "updated", _moment(max(days, default=_NO_DAY)))
    _add(ET.SubElement(root, "author"), "name", feed.username or "Paragraf")
    for entry in entries:
        root.append(_entry(entry))
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(entry: Entry) -> ET.Element:
    item = entry.item
    node = ET.Element("entry")
    _add(node, "title", f"{entry.when} — {entry.label}")
    _add(node, "id", entry.link or f"https://t.me/paragraf#t{item.id}")
    _add(node, "updated", _moment(item.passage.day))
    _add(node, "content", f"{entry.text}\n\n{entry.citation}", type="text")
    if entry.link:
        ET.SubElement(node, "link", rel="alternate", href=entry.link)
    if entry.url:
        ET.SubElement(node, "link", rel="via", href=entry.url)
    for sector in entry.sectors:
        ET.SubElement(node, "category", term=sector)
    return node


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
