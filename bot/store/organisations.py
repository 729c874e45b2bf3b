"""Reads which bodies are in the corpus: ministries, companies, media. Writing is in `facts`."""

from dataclasses import dataclass

from bot.store.database import Database
from bot.store.passages import load_passages
from index.types import OrganisationKind, Passage

#: Of a withdrawn article nothing is shown, of a corrected one what it says now.
_IS_CURRENT = (
    " JOIN article_version AS v ON v.id = n.version_id"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class OrganisationCount:
    """A body by its name in the articles, and how many of them name it.

    `kind`, `abbreviation` and `role` are those of the newest article that has one.
    """

    name: str
    kind: OrganisationKind | None
    abbreviation: str | None
    role: str | None
    articles: int


async def list_organisations(db: Database) -> list[OrganisationCount]:
    """Return the bodies that published articles name, those in most of them first."""
    rows = await db.fetch(
        "SELECT n.name, n.kind, n.abbreviation, n.role"  # noqa: S608 - ours
        f" FROM version_organisation AS n{_IS_CURRENT} ORDER BY v.day DESC, v.id DESC"
    )
    found: dict[str, OrganisationCount] = {}
    for name, kind, abbreviation, role in rows:
        before = found.get(name, OrganisationCount(name, None, None, None, 0))
        found[name] = OrganisationCount(
            name=name,
            kind=before.kind or (OrganisationKind(kind) if kind else None),
            abbreviation=before.abbreviation or abbreviation,
            role=before.role or role,
            articles=before.articles + 1,
        )
    return sorted(found.values(), key=lambda each: (-each.articles, each.name))


async def count_organisations(db: Database) -> int:
    """Return how many bodies published articles name."""
    rows = await db.fetch(
        f"SELECT count(DISTINCT n.name) FROM version_organisation AS n{_IS_CURRENT}"  # noqa: S608 - ours
    )
    count: int = rows[0][0]
    return count


async def list_organisation_passages(
    db: Database, name: str, most: int, start: int = 0
) -> list[Passage]:
    """Return the first passage that names a body in each article, the newest article first.

    At most `most`, from the place `start` on.
    """
    rows = await db.fetch(
        "SELECT n.paragraph_id FROM version_organisation AS n"  # noqa: S608 - ours
        f"{_IS_CURRENT} WHERE n.name = ? ORDER BY v.day DESC, v.id DESC LIMIT ? OFFSET ?",
        (name, most, start),
    )
    places = [place for (place,) in rows]
    passages = await load_passages(db, places)
    return [passages[place] for place in places if place in passages]
