"""Positions in UTF-16 code units, in which Telegram counts entities, and back."""

from itertools import accumulate

# The first character that takes two units.
_FIRST_ASTRAL = "\U00010000"


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units `text` takes."""
    # Half a surrogate pair can come in JSON; it counts as the one unit that it is.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_positions(text: str) -> list[int]:
    """Return the UTF-16 position of each character, and of the end."""
    if max(text, default="") < _FIRST_ASTRAL:
        return list(range(len(text) + 1))
    return list(accumulate((1 + (c >= _FIRST_ASTRAL) for c in text), initial=0))


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Return the part of `text` that an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
