"""Text of a message: parse mode, limits after parsing, entities given and found."""

from collections.abc import Callable

from bot.simulator.entities import find_entities
from bot.simulator.errors import bad_request
from bot.simulator.markup import Formatted, parse_html
from bot.simulator.utf16 import utf16_length
from bot.simulator.wire import Json

TEXT_LIMIT = 4096  # Source: Bot API, sendMessage
CAPTION_LIMIT = 1024  # Source: Bot API, sendPhoto
ENTITY_LIMIT = 100  # not documented; the rest is dropped in silence

Tell = Callable[[str], None]


def compose_text(
    params: Json, tell: Tell, *, text: str = "text", entities: str = "entities"
) -> Json:
    """Return `text` and `entities` of the message to be stored.

    Raises: ApiError 400 if the text is empty, too long or badly formatted.
    """
    formatted = _formatted(params, params.get(text, ""), params.get(entities), tell)
    if not formatted.text:
        raise bad_request("message text is empty")
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return _content("text", "entities", formatted, TEXT_LIMIT, tell)


def compose_caption(params: Json, tell: Tell) -> Json:
    """Return `caption` and `caption_entities`; nothing for an empty caption.

    Raises: ApiError 400.
    """
    formatted = _formatted(params, params.get("caption", ""), params.get("caption_entities"), tell)
    if not formatted.text:
        return {}
    if len(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return _content("caption", "caption_entities", formatted, CAPTION_LIMIT, tell)


def parse(mode: str, source: str, tell: Tell) -> Formatted:
    """Return the text and entities of `source`; without a mode it is taken as it stands.

    Raises: ApiError 400.
    """
    if not mode:
        return Formatted(source)
    if mode.lower() != "html":
        tell(f"parse mode {mode}: the simulator knows HTML only")
        raise bad_request("unsupported parse_mode")
    formatted = parse_html(source)
    for note in formatted.notes:
        tell(note)
    return formatted


def _formatted(params: Json, source: str, given: list[Json] | None, tell: Tell) -> Formatted:
    mode = params.get("parse_mode", "")
    source = source.replace("\r", "")
    formatted = parse(mode, source, tell)
    if given and not mode:
        formatted = Formatted(source, tuple(given))
    return _trimmed(formatted)


def _trimmed(formatted: Formatted) -> Formatted:
    """Return the same without white space at both ends, entities moved and cut to match."""
    source = formatted.text
    kept = source.strip()
    if kept == formatted.text:
        return formatted
    shift = utf16_length(source[: len(source) - len(source.lstrip())])
    size = utf16_length(kept)
    entities = []
    for entity in formatted.entities:
        start = min(max(entity["offset"] - shift, 0), size)
        stop = min(max(entity["offset"] + entity["length"] - shift, 0), size)
        if stop > start:
            entities.append(entity | {"offset": start, "length": stop - start})
    return Formatted(kept, tuple(entities), formatted.notes)


def _content(name: str, entities_name: str, formatted: Formatted, limit: int, tell: Tell) -> Json:
    if utf16_length(formatted.text) > limit:
        tell(f"{name} is longer than {limit} UTF-16 units, though not in characters")
    found = find_entities(formatted.text, formatted.entities)
    entities = sorted((*formatted.entities, *found), key=lambda e: (e["offset"], -e["length"]))
    if len(entities) > ENTITY_LIMIT:
        tell(f"{len(entities)} entities, those after the first {ENTITY_LIMIT} are dropped")
        entities = entities[:ENTITY_LIMIT]
    content: Json = {name: formatted.text}
    if entities:
        content[entities_name] = entities
    return content
