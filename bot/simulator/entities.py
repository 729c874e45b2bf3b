"""Entities that Telegram finds by itself, and formatted text written back as HTML."""

import re
from collections.abc import Iterable
from html import escape

from bot.simulator.utf16 import utf16_positions
from bot.simulator.wire import Json

# Ordered: where two rules meet, the earlier one keeps the place.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(r"https?://[^\s<>«»\"]+[^\s<>«»\".,;:!?()]")),
    ("email", re.compile(r"(?<![\w.@/])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}(?!\w)")),
    (
        "url",
        re.compile(r"(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:com|org|net|ru|az|me|info|io)(?![\w.-])"),
    ),
    ("mention", re.compile(r"(?<![\w/@])@[A-Za-z]\w{3,31}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<![\w#&])#\w*[^\W\d]\w*(?!\w)")),
)
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def find_entities(text: str, taken: Iterable[Json] = ()) -> list[Json]:
    """Return the links, mentions, commands and hashtags in `text`, in text order.

    What lies in `taken` links and monospaced text is not looked at. Offsets are UTF-16 units.
    """
    at = utf16_positions(text)
    busy = [
        (e["offset"], e["offset"] + e["length"])
        for e in taken
        if e["type"] in {"code", "pre", "text_link", "text_mention", "url", "mention"}
    ]
    found: list[Json] = []
    for kind, rule in _RULES:
        for match in rule.finditer(text):
            start, stop = at[match.start()], at[match.end()]
            if all(stop <= begin or start >= end for begin, end in busy):
                busy.append((start, stop))
                found.append({"type": kind, "offset": start, "length": stop - start})
    return sorted(found, key=lambda entity: int(entity["offset"]))


def to_html(text: str, entities: Iterable[Json]) -> str:
    """Return `text` with its entities as tags; what Telegram finds by itself stays bare."""
    at = {unit: index for index, unit in enumerate(utf16_positions(text))}
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        start, end = _tags(entity)
        if start:
            opening.setdefault(at[entity["offset"]], []).append(start)
            closing.setdefault(at[entity["offset"] + entity["length"]], []).insert(0, end)
    pieces = []
    for index in range(len(text) + 1):
        pieces += closing.get(index, [])
        pieces += opening.get(index, [])
        pieces.append(escape(text[index : index + 1], quote=False))
    return "".join(pieces)


def _tags(entity: Json) -> tuple[str, str]:
    """Return the start and the end tag of an entity, or two empty strings."""
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "pre" and entity.get("language"):
        return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
    tag = _TAGS.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
