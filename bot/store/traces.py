"""What publishing makes beside its rows, noted in its act, so that it can be taken away again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audit import Act, Kind
from bot.store.database import Database, Row, marks, run
from bot.store.hashes import hash_text
from index.facts import Facts

#: Names in one query, far from the 32 766 values that SQLite takes.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Before:
    """What there was before something is published: the last person, and whom names meant."""

    person_id: int
    names: Mapping[str, tuple[int, int]]


async def look_before(connection: AsyncConnection, facts: Facts | None) -> Before:
    """Return what there is before facts are stored."""
    rows = await run(connection, "SELECT coalesce(max(id), 0) FROM person")
    return Before(rows[0][0], await _find_meant(connection, facts))


async def trace(
    connection: AsyncConnection, facts: Facts | None, before: Before
) -> dict[str, object]:
    """Return what was made since, in the form an act keeps it: no names, which may be erased.

    `names` are new, and `moved` mean another person than they did: whom, and if by the corpus's own
    words.
    """
    now = await _find_meant(connection, facts)
    moved = {
        short_hash(name): list(meant)
        for name, meant in before.names.items()
        if now.get(name) != meant
    }
    new = sorted(short_hash(name) for name in now.keys() - before.names.keys())
    return {"person_id": before.person_id, "names": new, "moved": moved}


@dataclass(frozen=True, slots=True)
class Again:
    """What waits again after an act was taken back: the ids of a draft, or of a new version."""

    draft_id: int | None = None
    revision_id: int | None = None


async def find_again(connection: AsyncConnection, act: Act) -> Again | None:
    """Return what an act of publishing that was taken back has let wait again, None for nothing."""
    made = (act.before or {}).get("made")
    if act.kind is not Kind.ARTICLE or not isinstance(made, Mapping):
        return None
    if draft_id := made.get("draft_id"):
        rows = await run(
            connection, "SELECT 1 FROM draft WHERE id = ? AND state = 'open'", (draft_id,)
        )
        return Again(draft_id=draft_id) if rows else None
    revision_id = made["revision_id"]
    rows = await run(connection, "SELECT 1 FROM revision WHERE id = ?", (revision_id,))
    return Again(revision_id=revision_id) if rows else None


async def list_former_titles(db: Database, article_ids: Collection[int]) -> dict[int, str]:
    """Return the titles of articles that are drafts again, by the numbers that they had."""
    rows = await db.fetch(
        "SELECT a.subject, d.title FROM audit AS a"  # noqa: S608 - marks
        " JOIN draft AS d ON d.id = json_extract(a.before, '$.made.draft_id')"
        f" WHERE a.kind = 'article' AND a.subject IN ({marks(article_ids)})",
        tuple(map(str, article_ids)),
    )
    return {int(subject): title for subject, title in rows}


async def find_names(connection: AsyncConnection, version_id: int) -> list[Row]:
    """Return names of persons with whom they mean; none if another article came after a version."""
    return await run(
        connection,
        "SELECT name, person_id, is_own FROM person_alias WHERE NOT EXISTS"
        " (SELECT 1 FROM article_version AS v JOIN article_version AS o ON o.id > v.id"
        " AND o.article_id != v.article_id WHERE v.id = ?)",
        (version_id,),
    )


def short_hash(name: str) -> str:
    """Return by what a name is known again that is not kept itself."""
    return hash_text(name)[:16]


async def _find_meant(
    connection: AsyncConnection, facts: Facts | None
) -> dict[str, tuple[int, int]]:
    """Return whom the names of persons of some facts mean, those that are known."""
    names = [each.name for each in facts.people.persons] if facts else []
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        rows = await run(
            connection,
            f"SELECT name, person_id, is_own FROM person_alias WHERE name IN ({marks(batch)})",  # noqa: S608 - marks
            tuple(batch),
        )
        found |= {name: (person_id, is_own) for name, person_id, is_own in rows}
    return found
