"""The table of aliases of a corpus: who holds which post where, from when until when.

What it says is true only within its days and is shown as «по контексту», never as stated.
Editors give a corpus a table of its own; `region()` is the one that ships.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from index.languages import fold


@dataclass(frozen=True, slots=True)
class Post:
    """A post and how lemmas of a title name it, joined by spaces."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who holds a post in a country from `since` to `until`, both days included.

    `is_own` is what the corpus says itself: of a post of no country, "", and before what ships.
    """

    name: str
    spellings: tuple[str, ...]
    gender: str
    post: str
    country: str
    since: date
    until: date
    is_own: bool = False

    def holds_on(self, day: date) -> bool:
        """Return whether the post is known to be his on that day."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True, eq=False)  # two tables are one only if they are the same object
class Aliases:
    """A table: posts in order of trial, countries by lemma, persons, and their other names."""

    posts: tuple[Post, ...]
    post_names: frozenset[str]
    countries: dict[str, str]
    persons: tuple[KnownPerson, ...]
    names: tuple[KnownPerson, ...] = ()

    def holder(self, post: str, country: str | None, day: date | None) -> KnownPerson | None:
        """Return the one who holds the post in the country that day, or None if not known."""
        if day is None:
            return None
        holders = [
            person
            for person in self.persons
            if person.post == post and person.country == (country or "") and person.holds_on(day)
        ]
        own = [person for person in holders if person.is_own]
        found = {person.name: person for person in own or holders}
        return next(iter(found.values())) if len(found) == 1 else None


def read_aliases(source: str) -> Aliases:
    """Return the table a TOML text says.

    Raises: KeyError and ValueError for a table that lacks a field or has a day that is none.
    """
    table = tomllib.loads(source)
    posts = tuple(
        Post(name, re.compile("|".join(rf"\b(?:{pattern})\b" for pattern in patterns)))
        for name, patterns in table["posts"].items()
    )
    return Aliases(
        posts=posts,
        post_names=frozenset(post.name for post in posts),
        countries={
            fold(word): code for code, words in table["countries"].items() for word in words
        },
        persons=tuple(_person(row, table["valid"]) for row in table["person"]),
    )


def _person(row: dict[str, Any], valid: dict[str, date]) -> KnownPerson:
    return KnownPerson(
        name=row["name"],
        spellings=(row["name"], *row.get("also", ())),
        gender=row["gender"],
        post=row["post"],
        country=row["country"],
        since=max(row.get("since", valid["since"]), valid["since"]),
        until=min(row.get("until", valid["until"]), valid["until"]),
    )


@cache
def region() -> Aliases:
    """Return the table that ships: the South Caucasus and its partners, 2024 to January 2026."""
    source = resources.files(__package__).joinpath("aliases.toml").read_text(encoding="utf-8")
    return read_aliases(source)
