"""Positions in UTF-16 code units, in which Telegram counts entities, and back."""

from itertools import accumulate

# The first code point that takes two units.
_ASTRAL = 0x10000


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units `text` takes."""
    return len(text) + sum(ord(character) >= _ASTRAL for character in text)


def utf16_positions(text: str) -> list[int]:
    """Return the UTF-16 position of each character, and of the end."""
    return list(accumulate((1 + (ord(c) >= _ASTRAL) for c in text), initial=0))


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Return the part of `text` that an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
