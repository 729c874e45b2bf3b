"""Reads what the corpus is about: sectors, and the passages of each. Writing is in `facts`."""

from bot.store.database import Database
from bot.store.passages import load_passages
from index.types import Passage

_CURRENT = (
    " FROM paragraph_sector AS s JOIN paragraph AS p ON p.id = s.paragraph_id"
    " JOIN article_version AS v ON v.id = p.version_id"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)
_OF_SECTOR = "SELECT paragraph_id FROM paragraph_sector WHERE sector = ?"
_IS_SHOWN = (
    " JOIN article_version AS v ON v.id = n.version_id"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)


async def count_sectors(db: Database) -> list[tuple[str, int]]:
    """Return the sectors of published articles with their paragraphs' number, the largest first."""
    rows = await db.fetch(
        f"SELECT s.sector, count(*){_CURRENT} GROUP BY s.sector ORDER BY count(*) DESC, s.sector"
    )
    return [(sector, count) for sector, count in rows]


async def list_sector_passages(
    db: Database, sector: str, limit: int, offset: int = 0
) -> list[Passage]:
    """Return passages of a sector, those of the newest article first and of one the most telling.

    At most `limit`, from the place `offset` on.
    """
    rows = await db.fetch(
        f"SELECT p.id{_CURRENT} WHERE s.sector = ?"
        " ORDER BY v.day DESC, v.id DESC, s.weight DESC, p.number LIMIT ? OFFSET ?",
        (sector, limit, offset),
    )
    ids = [key for (key,) in rows]
    passages = await load_passages(db, ids)
    return [passages[key] for key in ids if key in passages]


async def count_facts(db: Database, sector: str) -> tuple[int, int]:
    """Return how many events and how many quotes a sector has in published articles."""
    events = await db.fetch(
        f"SELECT count(*) FROM event AS n{_IS_SHOWN}"  # noqa: S608 - only literals of this module
        f" WHERE n.paragraph_id IN ({_OF_SECTOR})",
        (sector,),
    )
    # Fragments are listed only where there is nothing more.
    quotes = await db.fetch(
        "SELECT coalesce(nullif(sum(n.kind != 'fragment'), 0), count(*))"  # noqa: S608 - literals
        f" FROM quote AS n{_IS_SHOWN} WHERE n.id IN"
        f" (SELECT quote_id FROM quote_paragraph WHERE paragraph_id IN ({_OF_SECTOR}))",
        (sector,),
    )
    return events[0][0], quotes[0][0]
