"""People of an article: persons, organisations, roles, aliases, and whom a query names."""

from index.people.aliases import Aliases, region
from index.people.bodies import match_body
from index.people.matching import match_person
from index.people.names import find_names
from index.people.organisations import find_organisations
from index.people.persons import Cast, gather
from index.types import People

__all__ = [
    "Aliases",
    "Cast",
    "find_cast",
    "find_organisations",
    "find_people",
    "match_body",
    "match_person",
    "region",
]


def find_people(text: str, aliases: Aliases | None = None) -> People:
    """Return the persons and organisations that `text` names, in the order of first mention.

    Linear in the length of `text`; any text is valid. `aliases` lets a lone surname of the table
    count as a person; without it the table of the region is used.
    """
    cast = find_cast(text, aliases)
    return People(cast.persons, find_organisations(text, cast.places))


def find_cast(text: str, aliases: Aliases | None = None) -> Cast:
    """Return the persons of `text` with the person each mention is of."""
    return gather(text, find_names(text), aliases or region())
