"""Which stored person an article's person is. Ids are in links, so a person is never removed.

Two names are of one person only if first name and surname are the same and no patronymic speaks
against it; a lone surname or initials may be anybody's and stay a person apart.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import run
from index.languages import fold
from index.people import region
from index.people.names import surname_key
from index.people.sounds import is_latin, name_sounds
from index.types import Person

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Known(NamedTuple):
    """A stored person: his id, and the name by which the corpus knows him."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class _Key:
    """By what a person is told apart: words as they are compared, "" for what is not known."""

    first: str
    patronymic: str
    surname: str


async def identify(
    connection: AsyncConnection, persons: Sequence[Person], names: Mapping[str, str] = _NO_NAMES
) -> list[Known]:
    """Return the stored persons whom an article names, in its order; new ones are stored.

    `names` are those that the corpus gives to persons itself.
    """
    own = {fold(name): person for name, person in names.items()}
    return [await _identify(connection, person, own) for person in persons]


async def find_by_name(connection: AsyncConnection, name: str) -> Known | None:
    """Return the stored person who bears a name, None for nobody."""
    rows = await run(
        connection,
        "SELECT p.id, p.name FROM person_alias AS a JOIN person AS p ON p.id = a.person_id"
        " WHERE a.name = ?",
        (name,),
    )
    return Known(*rows[0]) if rows else None


def is_certain(person: Person, names: Container[str] = ()) -> bool:
    """Return whether a person is one to be listed: a lone word may be a town or a ship.

    With a role it is a person, and so is a surname that the table of the region has, or one of the
    corpus's own `names`.
    """
    if person.name in names:
        return True
    known = {surname_key(each.name.split()[-1]) for each in region().persons}
    return " " in person.name or bool(person.role) or surname_key(person.name) in known


async def _identify(connection: AsyncConnection, person: Person, own: Mapping[str, str]) -> Known:
    meant = own.get(fold(person.name))
    if meant and (found := await find_by_name(connection, meant)):
        await _point(connection, person.name, found, is_own=True)
        return found
    if found := await _find_by_own_name(connection, person.name):
        return found
    key = _key_of(person)
    found = (
        await _find_spelled(connection, person.name)
        or await _find_same(connection, key)
        or await _find_sounding(connection, person.name)
        or await _find_stored(connection, person.name)
    )
    if found is None:
        sound = next(iter(name_sounds(person.name)), None)
        rows = await run(
            connection,
            "INSERT INTO person (name, first, patronymic, surname, sound) VALUES (?, ?, ?, ?, ?)"
            " RETURNING id",
            (person.name, key.first, key.patronymic, key.surname, sound),
        )
        found = Known(rows[0][0], person.name)
    await _point(connection, person.name, found, is_own=False)
    return found


async def _point(connection: AsyncConnection, name: str, found: Known, *, is_own: bool) -> None:
    """Let a name mean a person from now on."""
    await run(
        connection,
        "INSERT INTO person_alias (name, person_id, is_own) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE"
        " SET person_id = excluded.person_id, is_own = excluded.is_own",
        (name, found.id, is_own),
    )


async def _find_by_own_name(connection: AsyncConnection, name: str) -> Known | None:
    """Return who bears a name, not by what the corpus once said itself and says no more."""
    rows = await run(
        connection,
        "SELECT p.id, p.name FROM person_alias AS a JOIN person AS p ON p.id = a.person_id"
        " WHERE a.name = ? AND NOT a.is_own",
        (name,),
    )
    return Known(*rows[0]) if rows else None


async def _find_stored(connection: AsyncConnection, name: str) -> Known | None:
    """Return the person who was called so before the name meant another."""
    rows = await run(connection, "SELECT id, name FROM person WHERE name = ?", (name,))
    return Known(*rows[0]) if rows else None


async def _find_spelled(connection: AsyncConnection, name: str) -> Known | None:
    """Return the person whom the table of the region knows under another spelling."""
    for person in region().persons:
        if name in person.spellings:
            for spelling in person.spellings:
                if found := await find_by_name(connection, spelling):
                    return found
    return None


async def _find_sounding(connection: AsyncConnection, name: str) -> Known | None:
    """Return the one person whose name sounds the same in another script, if there is just one."""
    heard = name_sounds(name)
    if not heard:
        return None
    marks = ", ".join("?" * len(heard))
    rows = await run(
        connection,
        f"SELECT id, name FROM person WHERE sound IN ({marks})",  # noqa: S608 - question marks
        heard,
    )
    same = [Known(*row) for row in rows if is_latin(row[1]) != is_latin(name)]
    return same[0] if len(same) == 1 else None


async def _find_same(connection: AsyncConnection, key: _Key) -> Known | None:
    """Return the one person of this name; None if there is none, or more than one."""
    if not (key.first and key.surname):
        return None
    rows = await run(
        connection,
        "SELECT id, name, patronymic FROM person WHERE surname = ? AND first = ?",
        (key.surname, key.first),
    )
    same = [
        Known(person_id, name)
        for person_id, name, patronymic in rows
        if not (patronymic and key.patronymic) or patronymic == key.patronymic
    ]
    return same[0] if len(same) == 1 else None


def _key_of(person: Person) -> _Key:
    """Return the words of a name in the nominative; without a surname or a full first name, ""."""
    words = [word for word in person.name.split() if not word.endswith(".")]
    first, patronymic, surname = person.key
    firsts = [word for word in words if first and surname_key(word) == first]
    # What stands last is the surname; «оглы» and the like belong to the patronymic.
    surnames = [word for word in words if surname and surname_key(word) == surname]
    if len(words) < 2 or not (firsts and surnames):
        return _Key("", "", "")
    return _Key(fold(firsts[0]), patronymic, fold(surnames[-1]))
