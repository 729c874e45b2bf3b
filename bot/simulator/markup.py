"""HTML parse mode: text and entities out of Telegram's subset, errors in Telegram's words.

Tags that Telegram does not know are errors. What Telegram silently repairs (formatting inside
`code`, block quotes in block quotes, unknown character references) is repaired here as well and
told in `notes`, so that a test can insist on there being none.

Source: Bot API, "HTML style" and the nesting rules above it.
"""

import re
from dataclasses import dataclass, field

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.utf16 import utf16_length
from bot.simulator.wire import Json

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z][a-zA-Z0-9]*));?")
_TAG_NAME = re.compile(r"[^\s>/]*")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>"']+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<bare>[a-zA-Z0-9.\-]+)))?"""
)
_MONOSPACE = frozenset({"code", "pre"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_LARGEST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text without tags, its entities in UTF-16 units, and what was repaired on the way."""

    text: str
    entities: tuple[Json, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    entity: Json
    start: int  # in code points of the text so far
    offset: int  # the same in UTF-16 units
    order: int  # how many tags were opened before


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    parts: list[str] = field(default_factory=list)
    size: int = 0
    units: int = 0
    open: list[_Open] = field(default_factory=list)
    tags: int = 0
    entities: list[tuple[int, int, int, Json]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def run(self) -> Formatted:
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "&":
                self._reference()
            elif character != "<":
                stop = min(
                    (i for i in (self.source.find(c, self.at) for c in "<&") if i >= 0),
                    default=len(self.source),
                )
                self._write(self.source[self.at : stop])
                self.at = stop
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        # No two have the same order, so that entities themselves are never compared.
        entities = tuple(entity for *_, entity in sorted(self.entities))
        return Formatted("".join(self.parts), entities, tuple(self.notes))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)
        self.units += utf16_length(text)

    def _reference(self) -> None:
        found = _REFERENCE.match(self.source, self.at)
        decoded = found and _decode(found)
        if not found or not decoded:
            self.notes.append(f"not a known character reference: {self.source[self.at :][:12]!r}")
            self._write("&")
            self.at += 1
            return
        self._write(decoded)
        self.at = found.end()

    def _start_tag(self) -> None:
        begin = self.at
        name = _name_at(self.source, begin + 1)
        tag = name.lower()
        if tag not in _TYPES:
            raise _broken(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        self.at = begin + 1 + len(name)
        attributes = self._attributes(begin, tag)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            where = self._bytes(begin)
            raise _broken(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        entity = _entity_of(tag, attributes)
        self.open.append(_Open(tag, entity, self.size, self.units, self.tags))
        self.tags += 1

    def _attributes(self, begin: int, tag: str) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            rest = self.source[self.at :].lstrip()
            if not rest:
                raise _broken(f"Unclosed start tag at byte offset {self._bytes(begin)}")
            self.at = len(self.source) - len(rest)
            if rest[0] == ">":
                self.at += 1
                return attributes
            found = _ATTRIBUTE.match(self.source, self.at)
            if found is None or rest[0] == "/":
                where = self._bytes(begin)
                raise _broken(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            value = found["double"] or found["single"] or found["bare"] or ""
            attributes[found["name"].lower()] = _REFERENCE.sub(
                lambda match: _decode(match) or match[0], value
            )
            self.at = found.end()

    def _end_tag(self) -> None:
        begin = self.at
        name = _name_at(self.source, begin + 2)
        stop = self.source.find(">", begin)
        if stop < 0:
            raise _broken(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        if not self.open:
            raise _broken(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        opened = self.open.pop()
        if name and name.lower() != opened.tag:
            raise _broken(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.tag}>", found "</{name.lower()}>"'
            )
        self.at = stop + 1
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self.units - opened.offset
        if length == 0:
            return
        entity = {**opened.entity, "offset": opened.offset, "length": length}
        if opened.tag == "a" and not entity.get("url"):
            entity["url"] = "".join(self.parts)[opened.start :]
        around = [other.entity["type"] for other in self.open]
        if entity["type"] in _QUOTES and _QUOTES.intersection(around):
            self.notes.append("a block quote inside a block quote")
        elif entity["type"] == "code" and around[-1:] == ["pre"]:
            language = str(entity.get("language", ""))
            if language:
                self.open[-1].entity["language"] = language
        elif _MONOSPACE.intersection(around):
            self.notes.append(f"{entity['type']} inside code or pre")
        elif entity["type"] == "text_link" and not is_link(str(entity["url"])):
            self.notes.append(f"not a link: {entity['url']!r}")
        else:
            self._keep(entity, around, opened.order)

    def _keep(self, entity: Json, around: list[str], order: int) -> None:
        if entity["type"] in _MONOSPACE and not _QUOTES.issuperset(around):
            self.notes.append(f"{entity['type']} inside {', '.join(around)}")
        if entity["type"] != "pre":
            entity.pop("language", None)
        self.entities.append((entity["offset"], -entity["length"], order, entity))

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def parse_html(source: str) -> Formatted:
    """Return the text of `source` and its entities, outer ones first.

    Raises: ApiError "can't parse entities: …" with the byte offset of the tag.
    """
    return _Parser(source).run()


def is_link(url: str) -> bool:
    """Return whether Telegram would make a link of `url`."""
    if re.fullmatch(r"(?:tg|ton|tonsite|mailto|tel):\S+", url):
        return True
    host = re.fullmatch(r"(?:https?://)?([^\s/?#:@]+)(?::\d+)?(?:[/?#]\S*)?", url)
    return bool(host and re.fullmatch(r"(?:[\w-]+\.)+[\w-]{2,}\.?|(?:\d+\.){3}\d+", host[1]))


def _name_at(source: str, start: int) -> str:
    found = _TAG_NAME.match(source, start)
    return found[0] if found else ""


def _decode(found: re.Match[str]) -> str:
    """Return the character that a reference means, or "" if Telegram knows no such."""
    decimal, hexadecimal, name = found.groups()
    if name:
        return _REFERENCES.get(name, "")
    point = int(decimal) if decimal else int(hexadecimal, 16)
    if not 0 < point <= _LARGEST_CODE_POINT or point in _SURROGATES:
        return ""
    return chr(point)


def _entity_of(tag: str, attributes: dict[str, str]) -> Json:
    """Return the entity that a start tag begins, without its place."""
    entity: Json = {"type": _TYPES[tag]}
    if tag == "a":
        entity["url"] = attributes.get("href", "")
    elif tag == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif tag == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    elif tag == "code" and attributes.get("class", "").startswith("language-"):
        entity["language"] = attributes["class"].removeprefix("language-")
    return entity


def _broken(words: str) -> ApiError:
    return bad_request(f"can't parse entities: {words}")
