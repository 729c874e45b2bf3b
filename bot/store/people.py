"""Reads who is in the corpus, in which roles, in which articles. Writing is in `persons`."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.database import Database
from bot.store.passages import load_passages
from index.types import Passage

#: Of a withdrawn article nothing is shown, of a corrected one what it says now.
_IS_CURRENT = (
    " JOIN article_version AS v ON v.id = n.version_id"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)
_EVENTS = (
    "SELECT count(*) FROM event AS n{current} WHERE n.paragraph_id IN"
    " (SELECT paragraph_id FROM paragraph_person WHERE name = ?)"
)
#: A fragment is no quote that one would look for.
_QUOTES = "SELECT count(*) FROM quote AS n{current} WHERE n.person_id = ? AND n.kind != 'fragment'"


@dataclass(frozen=True, slots=True)
class PersonCount:
    """A person by the name the corpus knows him by, and how many articles name him."""

    id: int
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What the corpus has of a person.

    `names` are the other names articles give him, `roles` those they show him in with the newest
    article's first, `passages` the first that names him in each article, the newest first.
    """

    person: PersonCount
    names: tuple[str, ...]
    roles: tuple[str, ...]
    passages: tuple[Passage, ...]
    events: int
    quotes: int


async def list_persons(db: Database) -> list[PersonCount]:
    """Return who is in published articles: those in most of them, in most paragraphs first."""
    rows = await db.fetch(
        "SELECT p.id, p.name, count(*) FROM version_person AS n"  # noqa: S608 - ours
        f"{_IS_CURRENT} JOIN person AS p ON p.id = n.person_id"
        " GROUP BY p.id ORDER BY count(*) DESC,"
        " (SELECT count(*) FROM paragraph_person AS m WHERE m.name = p.name) DESC, p.name"
    )
    return [PersonCount(*row) for row in rows]


async def list_roles(db: Database) -> list[tuple[int, str]]:
    """Return the ids of persons in published articles with each role they are shown in."""
    rows = await db.fetch(
        f"SELECT DISTINCT n.person_id, n.role FROM version_person AS n{_IS_CURRENT}"  # noqa: S608 - ours
        " WHERE n.role IS NOT NULL ORDER BY 1, 2"
    )
    return [(person_id, role) for person_id, role in rows]


async def load_profile(
    db: Database, person_id: int, most_passages: int, start: int = 0
) -> Profile | None:
    """Return what the corpus has of a person, None if no published article names him.

    Of his passages there are at most `most_passages`, from the place `start` on.
    """
    rows = await db.fetch(
        "SELECT p.name, n.paragraph_id, n.role FROM version_person AS n"  # noqa: S608 - ours
        f"{_IS_CURRENT} JOIN person AS p ON p.id = n.person_id"
        " WHERE p.id = ? ORDER BY v.day DESC, v.id DESC",
        (person_id,),
    )
    if not rows:
        return None
    name = rows[0][0]
    places = [place for _, place, _ in rows[start : start + most_passages]]
    passages = await load_passages(db, places)
    names = await db.fetch(
        "SELECT name FROM person_alias WHERE person_id = ? AND name != ? ORDER BY name",
        (person_id, name),
    )
    return Profile(
        person=PersonCount(person_id, name, len(rows)),
        names=tuple(alias for (alias,) in names),
        roles=_distinct([role for *_, role in rows if role]),
        passages=tuple(passages[place] for place in places if place in passages),
        events=await _count(db, _EVENTS, name),
        quotes=await _count(db, _QUOTES, person_id),
    )


async def is_gone(db: Database, person_id: int) -> bool:
    """Return whether somebody had this id whom no published article names any more."""
    rows = await db.fetch(
        "SELECT 1 FROM sqlite_sequence WHERE name = 'person' AND ? BETWEEN 1 AND seq"  # noqa: S608 - ours
        f" AND NOT EXISTS (SELECT 1 FROM version_person AS n{_IS_CURRENT} WHERE n.person_id = ?)",
        (person_id, person_id),
    )
    return bool(rows)


async def list_names(db: Database, person_id: int) -> tuple[str, ...]:
    """Return the names that articles give a person besides."""
    rows = await db.fetch(
        "SELECT a.name FROM person_alias AS a JOIN person AS p ON p.id = a.person_id"
        " WHERE p.id = ? AND a.name != p.name ORDER BY a.name",
        (person_id,),
    )
    return tuple(name for (name,) in rows)


async def _count(db: Database, sql: str, value: object) -> int:
    rows = await db.fetch(sql.format(current=_IS_CURRENT), (value,))
    count: int = rows[0][0]
    return count


def _distinct(roles: Sequence[str]) -> tuple[str, ...]:
    """Return roles in order, once each, however they are capitalised."""
    return tuple({role.casefold(): role for role in reversed(roles)}.values())[::-1]
