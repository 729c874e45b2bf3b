"""Sectors of a paragraph: energy, transport, …, by the table `sectors.toml`.

The table says what a sector is called and which words speak for it; nothing about one sector is
written here. Editors extend the table without touching code.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, product
from math import log2
from typing import Any

from index.languages import fold, tokenize
from index.types import Language, SectorHit

#: What one pattern is worth. Several words in a row say more than one; a word that many sectors
#: use, or a brand, speaks for a sector only beside another.
_WORD_WORTH = 1.0
_SEQUENCE_WORTH = 1.5
_WEAK_WORTH = 0.5

#: What is left of a word's worth in a form that is more likely of another: «судов» is of «судно»
#: first, «стали» of «стать».
_UNLIKELY = 0.5

#: Whose patterns are phrases in which the words of sectors do not count: «дорожная карта».
_ASIDE = ""

#: A paragraph must reach this much to be of a sector, unless the sector asks for more.
_LEAST = 1.0

#: Prefixes shorter than this would match by chance («газ» is not «газета»).
_SHORTEST_PREFIX = 3

#: Between the lemmas that a word of a pattern may be: «данных» is of «данные», «дать», «данный».
_EITHER = "|"

#: Ways of reading a phrase that is taken away.
_MOST_READINGS = 64


@dataclass(frozen=True, slots=True)
class Pattern:
    """Lemmas in a row that speak for a sector; a lemma ending in * stands for all it begins.

    Of lemmas with | between them either will do.
    """

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


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """Words that a corpus gives a sector itself, or takes away from it (`is_away`)."""

    sector: str
    words: str
    is_away: bool = False


def find_sectors(text: str, table: Sectors | None = None) -> tuple[SectorHit, ...]:
    """Return the sectors that a paragraph is about, the most telling first.

    Its weight grows with the number of different patterns that match, slowly with their
    repetition, and shrinks for sectors that half of a corpus names. Linear; never raises.
    """
    table = table or shipped()
    counts: dict[Pattern, list[str]] = {}
    likely: set[Pattern] = set()
    for pattern, surface, is_likely in _matches(text, table):
        counts.setdefault(pattern, []).append(surface)
        if is_likely:
            likely.add(pattern)
    found: dict[str, list[tuple[float, str]]] = {}
    for pattern, surfaces in counts.items():
        if pattern.sector == _ASIDE:
            continue
        own = pattern.worth if pattern in likely else pattern.worth * _UNLIKELY
        worth = own * (1 + log2(len(surfaces)) / 2)
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


def _matches(text: str, table: Sectors) -> Iterator[tuple[Pattern, str, bool]]:
    """Yield each pattern that matches, the words, and whether they are likely of its lemma.

    Parts of compounds are none.

    What stands within a longer match does not count: «парниковый газ» is no fuel, «дорожная карта»,
    a phrase aside, no transport, and «железная дорога» speaks once.
    """
    forms: list[tuple[int, int, tuple[str, ...]]] = []
    for token in tokenize(text):
        if not forms or token.span.start >= forms[-1][1]:
            forms.append((token.span.start, token.span.stop, token.lemmas))
    found = [*_placed(text, forms, table)]
    taken = {
        place
        for at, pattern, _ in found
        if len(pattern.words) > 1
        for place in range(at, at + len(pattern.words))
    }
    for at, pattern, is_likely in found:
        if len(pattern.words) > 1 or at not in taken:
            words = text[forms[at][0] : forms[at + len(pattern.words) - 1][1]]
            yield pattern, words, is_likely


def _placed(
    text: str, forms: list[tuple[int, int, tuple[str, ...]]], table: Sectors
) -> Iterator[tuple[int, Pattern, bool]]:
    """Yield the number of the word a pattern begins at, the pattern, and whether it is likely."""
    for at, (start, stop, found) in enumerate(forms):
        for pattern in table.by_token.get(text[start:stop], ()):
            yield at, pattern, True
        seen: set[Pattern] = set()
        for pattern, is_likely in _beginning(found, table):
            end = at + len(pattern.words)
            if pattern in seen or end > len(forms) or not _goes_on(pattern, forms[at + 1 : end]):
                continue
            seen.add(pattern)
            yield at, pattern, is_likely


def _beginning(found: tuple[str, ...], table: Sectors) -> Iterator[tuple[Pattern, bool]]:
    """Yield the patterns whose first word a lemma may be, and whether the form is likely of it.

    The likeliest lemma comes first; words in a row tell which is meant.
    """
    for at, lemma in enumerate(found):
        for pattern in _of_lemma(lemma, table):
            yield pattern, at == 0 or len(pattern.words) > 1


def _of_lemma(lemma: str, table: Sectors) -> Iterator[Pattern]:
    yield from table.by_lemma.get(lemma, ())
    for length in range(_SHORTEST_PREFIX, min(len(lemma), table.longest_prefix) + 1):
        yield from table.by_prefix.get(lemma[:length], ())


def _goes_on(pattern: Pattern, forms: list[tuple[int, int, tuple[str, ...]]]) -> bool:
    return all(
        any(_is_word(word, lemma) for lemma in found)
        for word, (_, _, found) in zip(pattern.words[1:], forms, strict=True)
    )


def _is_word(word: str, lemma: str) -> bool:
    return lemma.startswith(word[:-1]) if word.endswith("*") else lemma in word.split(_EITHER)


def read_sectors(source: str) -> Sectors:
    """Return the table a TOML text says.

    Raises: KeyError and ValueError for a table that lacks a name or has a pattern too short.
    """
    return _table(tomllib.loads(source))


@lru_cache(4)
def extended(own: tuple[OwnPattern, ...]) -> Sectors:
    """Return the table that ships with what a corpus adds and takes away."""
    if not own:
        return shipped()
    rows = [dict(row) for row in _shipped()["sector"]]
    for row in rows:
        away = {words for each in own for words in _away(each, row)}
        for key in ("patterns", "weak"):
            row[key] = [text for text in row.get(key, ()) if text not in away]
        row["patterns"] += [
            pattern
            for each in own
            if each.sector == row["id"] and not each.is_away
            if (pattern := as_pattern(each.words))
        ]
    return _table({**_shipped(), "sector": rows})


def list_patterns(sector_id: str) -> tuple[str, ...]:
    """Return the words that ship for a sector, those that count half last."""
    row = next(each for each in _shipped()["sector"] if each["id"] == sector_id)
    return (*row["patterns"], *row.get("weak", ()))


def as_pattern(words: str) -> str:
    """Return words as a pattern: each in all the ways that its dictionary form may be read.

    A word that begins with = or ends with * stays as it is. Without any word there is none, "".
    """
    forms = [_forms(word) for word in words.split()]
    return " ".join(_EITHER.join(each) for each in forms) if all(forms) else ""


def beginnings(words: str) -> tuple[str, ...]:
    """Return what stands in the lemmas of every text that words of a sector may be in: one does."""
    first = as_pattern(words).partition(" ")[0]
    if first.startswith("="):
        tokens = tokenize(first[1:])
        return tokens[0].lemmas if tokens else ()
    return tuple(first.rstrip("*").split(_EITHER)) if first else ()


def _forms(word: str) -> tuple[str, ...]:
    """Return what a word of a pattern may be, none for marks and prefixes that are too short."""
    bare = word.strip('.,;:!?«»"()')
    if bare.startswith("=") and len(bare) > 1:
        return (bare,)
    found = fold(bare.rstrip("*"))
    if bare.endswith("*"):
        return (f"{found}*",) if len(found) >= _SHORTEST_PREFIX else ()
    tokens = tokenize(bare)
    return tokens[0].lemmas if tokens else ()


def _away(own: OwnPattern, row: dict[str, Any]) -> set[str]:
    """Return the patterns of a sector that some words may be."""
    if own.sector != row["id"] or not own.is_away:
        return set()
    readings = product(*(word.split(_EITHER) for word in as_pattern(own.words).split()))
    return {own.words, *map(" ".join, islice(readings, _MOST_READINGS))}


def _table(source: dict[str, Any]) -> Sectors:
    rows: Sequence[dict[str, Any]] = source["sector"]
    patterns = [pattern for row in rows for pattern in _patterns(row)]
    patterns += [Pattern(_ASIDE, tuple(text.split()), 0.0) for text in source.get("aside", ())]
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
        for first in pattern.words[0].split(_EITHER):
            found[first] = (*found.get(first, ()), pattern)
    return found


@cache
def shipped() -> Sectors:
    """Return the table that ships."""
    return _table(_shipped())


@cache
def _shipped() -> dict[str, Any]:
    source = resources.files("index").joinpath("sectors.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)
