"""Where a question may be answered from: the articles of a source, the paragraphs of a person."""

from dataclasses import dataclass

from bot.store.database import Database

#: Of a withdrawn article nothing is shown, of a corrected one what it says now.
_CURRENT = (
    " FROM article_version AS v"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)
_HOST = "substr(rest, 1, instr(rest || '/', '/') - 1)"
_RESTS = f"SELECT a.id AS id, substr(v.url, instr(v.url, '://') + 3) AS rest{_CURRENT}"
_IN_CURRENT = f" JOIN (SELECT v.id AS version_id{_CURRENT}) AS c ON c.version_id = p.version_id"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where published articles are from: names and hosts, each in alphabetical order."""

    names: tuple[str, ...]
    sites: tuple[str, ...]


async def load_sources(db: Database) -> Sources:
    """Return where published articles are from. It reads every article's address: keep it."""
    names = await db.fetch(
        f"SELECT DISTINCT v.source{_CURRENT} WHERE v.source IS NOT NULL ORDER BY 1"
    )
    sites = await db.fetch(
        f"SELECT DISTINCT {_HOST} FROM ({_RESTS} WHERE v.url IS NOT NULL) ORDER BY 1"  # noqa: S608 - ours
    )
    return Sources(tuple(name for (name,) in names), tuple(host for (host,) in sites))


async def articles_from(db: Database, source: str) -> frozenset[int]:
    """Return the published articles of a source, by its name or its host."""
    rows = await db.fetch(
        f"SELECT a.id{_CURRENT} WHERE v.source = ?"  # noqa: S608 - ours
        f" UNION SELECT id FROM ({_RESTS} WHERE v.url IS NOT NULL) WHERE {_HOST} = ?",
        (source, source),
    )
    return frozenset(key for (key,) in rows)


async def paragraphs_naming(db: Database, person: str) -> frozenset[int]:
    """Return the paragraphs of published articles that name a person, or have his words."""
    rows = await db.fetch(
        "SELECT p.id FROM paragraph_person AS n JOIN paragraph AS p ON p.id = n.paragraph_id"  # noqa: S608 - ours
        f"{_IN_CURRENT} WHERE n.name = ?"
        " UNION SELECT p.id FROM person AS w JOIN quote AS q ON q.person_id = w.id"
        " JOIN quote_paragraph AS m ON m.quote_id = q.id"
        f" JOIN paragraph AS p ON p.id = m.paragraph_id{_IN_CURRENT} WHERE w.name = ?",
        (person, person),
    )
    return frozenset(key for (key,) in rows)


async def paragraphs_of_sector(db: Database, sector: str) -> frozenset[int]:
    """Return the paragraphs of published articles that are about a sector."""
    rows = await db.fetch(
        "SELECT p.id FROM paragraph_sector AS s JOIN paragraph AS p ON p.id = s.paragraph_id"  # noqa: S608 - ours
        f"{_IN_CURRENT} WHERE s.sector = ?",
        (sector,),
    )
    return frozenset(key for (key,) in rows)


async def list_persons_in(db: Database, paragraph_id: int) -> list[str]:
    """Return the persons that a paragraph names, in alphabetical order, lone surnames left out."""
    rows = await db.fetch(
        "SELECT n.name FROM paragraph_person AS n JOIN person AS p ON p.name = n.name"
        " WHERE n.paragraph_id = ? AND instr(n.name, ' ') ORDER BY n.name",
        (paragraph_id,),
    )
    return [name for (name,) in rows]
