"""Sectors of a paragraph: energy, transport, …, by the table `sectors.toml`.

The table says what a sector is called and which words speak for it; nothing about one sector is
written here. Editors extend the table without touching code.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import log2
from typing import Any

from index.languages import tokenize
from index.types import Language, SectorHit

#: What one pattern is worth. Several words in a row say more than one; a word that many sectors
#: use, or a brand, speaks for a sector only beside another.
_WORD_WORTH = 1.0
_SEQUENCE_WORTH = 1.5
_WEAK_WORTH = 0.5

#: A paragraph must reach this much to be of a sector, unless the sector asks for more.
_LEAST = 1.0

#: Prefixes shorter than this would match by chance («газ» is not «газета»).
_SHORTEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """Lemmas in a row that speak for a sector; a lemma ending in * stands for all it begins."""

    sector: str
    words: tuple[str, ...]
    worth: float


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector: its names by language, and how much of its worth tells it from the others."""

    id: str
    names: tuple[tuple[Language, str], ...]
    telling: float
    least: float

    def name(self, language: Language) -> str:
        """Return what the sector is called in a language."""
        return dict(self.names)[language]


@dataclass(frozen=True, slots=True, eq=False)
class Sectors:
    """A table of sectors, ready to be matched: patterns by their first lemma, prefix or token."""

    sectors: dict[str, Sector]
    by_lemma: dict[str, tuple[Pattern, ...]]
    by_prefix: dict[str, tuple[Pattern, ...]]
    by_token: dict[str, tuple[Pattern, ...]]
    longest_prefix: int


def find_sectors(text: str, table: Sectors | None = None) -> tuple[SectorHit, ...]:
    """Return the sectors that a paragraph is about, the most telling first.

    Its weight grows with the number of different patterns that match, slowly with their
    repetition, and shrinks for sectors that half of a corpus names. Linear; never raises.
    """
    table = table or shipped()
    counts: dict[Pattern, list[str]] = {}
    for pattern, surface in _matches(text, table):
        counts.setdefault(pattern, []).append(surface)
    found: dict[str, list[tuple[float, str]]] = {}
    for pattern, surfaces in counts.items():
        worth = pattern.worth * (1 + log2(len(surfaces)) / 2)
        found.setdefault(pattern.sector, []).append((worth, surfaces[0]))
    hits = [_hit(table.sectors[sector], parts) for sector, parts in found.items()]
    return tuple(sorted((h for h in hits if h is not None), key=lambda h: (-h.weight, h.sector)))


def list_sectors(table: Sectors | None = None) -> tuple[Sector, ...]:
    """Return all sectors, in the order of the table."""
    return tuple((table or shipped()).sectors.values())


def _hit(sector: Sector, parts: list[tuple[float, str]]) -> SectorHit | None:
    """Return the hit of a sector, or None when what speaks for it is too little."""
    worth = sum(part for part, _ in parts)
    if worth < sector.least:
        return None
    terms = tuple(surface for _, surface in sorted(parts, key=lambda part: -part[0]))
    return SectorHit(sector.id, round(worth * sector.telling, 3), terms)


def _matches(text: str, table: Sectors) -> Iterator[tuple[Pattern, str]]:
    """Yield each pattern that matches, with the words it matches. Parts of compounds are none.

    What stands within a longer match of another sector does not count: «парниковый газ» is no fuel.
    """
    forms: list[tuple[int, int, tuple[str, ...]]] = []
    for token in tokenize(text):
        if not forms or token.span.start >= forms[-1][1]:
            forms.append((token.span.start, token.span.stop, token.lemmas))
    found = [*_placed(text, forms, table)]
    taken = {
        place: pattern.sector
        for at, pattern in found
        if len(pattern.words) > 1
        for place in range(at, at + len(pattern.words))
    }
    for at, pattern in found:
        if len(pattern.words) > 1 or taken.get(at, pattern.sector) == pattern.sector:
            yield pattern, text[forms[at][0] : forms[at + len(pattern.words) - 1][1]]


def _placed(
    text: str, forms: list[tuple[int, int, tuple[str, ...]]], table: Sectors
) -> Iterator[tuple[int, Pattern]]:
    """Yield each pattern that matches with the number of the word it begins at."""
    for at, (start, stop, found) in enumerate(forms):
        for pattern in table.by_token.get(text[start:stop], ()):
            yield at, pattern
        seen: set[Pattern] = set()
        for pattern in _beginning(found, table):
            end = at + len(pattern.words)
            if pattern in seen or end > len(forms) or not _goes_on(pattern, forms[at + 1 : end]):
                continue
            seen.add(pattern)
            yield at, pattern


def _beginning(found: tuple[str, ...], table: Sectors) -> Iterator[Pattern]:
    """Yield the patterns whose first word one of the lemmas may be."""
    for lemma in found:
        yield from table.by_lemma.get(lemma, ())
        for length in range(_SHORTEST_PREFIX, min(len(lemma), table.longest_prefix) + 1):
            yield from table.by_prefix.get(lemma[:length], ())


def _goes_on(pattern: Pattern, forms: list[tuple[int, int, tuple[str, ...]]]) -> bool:
    return all(
        any(_is_word(word, lemma) for lemma in found)
        for word, (_, _, found) in zip(pattern.words[1:], forms, strict=True)
    )


def _is_word(word: str, lemma: str) -> bool:
    return lemma.startswith(word[:-1]) if word.endswith("*") else lemma == word


def read_sectors(source: str) -> Sectors:
    """Return the table a TOML text says.

    Raises: KeyError and ValueError for a table that lacks a name or has a pattern too short.
    """
    rows = tomllib.loads(source)["sector"]
    patterns = [pattern for row in rows for pattern in _patterns(row)]
    prefixes = _grouped(p for p in patterns if p.words[0].endswith("*"))
    return Sectors(
        sectors={row["id"]: _sector(row) for row in rows},
        by_lemma=_grouped(p for p in patterns if not re.search(r"[*=]", p.words[0])),
        by_prefix={first[:-1]: found for first, found in prefixes.items()},
        by_token={
            first[1:]: found
            for first, found in _grouped(p for p in patterns if p.words[0][0] == "=").items()
        },
        longest_prefix=max((len(first) - 1 for first in prefixes), default=0),
    )


def _sector(row: dict[str, Any]) -> Sector:
    names = tuple((language, str(row[language.value])) for language in Language)
    return Sector(row["id"], names, row.get("telling", 1.0), row.get("least", _LEAST))


def _patterns(row: dict[str, Any]) -> Iterator[Pattern]:
    for key, worth in (("patterns", None), ("weak", _WEAK_WORTH)):
        for text in row.get(key, ()):
            words = tuple(text.replace("ё", "е").split())
            if words[0].endswith("*") and len(words[0]) <= _SHORTEST_PREFIX:
                raise ValueError(f"a prefix of {row['id']} is too short: {text}")
            own = _SEQUENCE_WORTH if len(words) > 1 else _WORD_WORTH
            yield Pattern(row["id"], words, own if worth is None else worth)


def _grouped(patterns: Iterator[Pattern]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, tuple[Pattern, ...]] = {}
    for pattern in patterns:
        found[pattern.words[0]] = (*found.get(pattern.words[0], ()), pattern)
    return found


@cache
def shipped() -> Sectors:
    """Return the table that ships."""
    source = resources.files("index").joinpath("sectors.toml").read_text(encoding="utf-8")
    return read_sectors(source)
