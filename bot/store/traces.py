"""What publishing makes beside its rows, noted in its act; and taking all of it away again.

Only as long as nobody has seen it: messages and links that name a row must go on finding it. Then
an article is withdrawn and a version not current any more, and the rows stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audit import Act, Kind
from bot.store.database import marks, run
from bot.store.hanging import delete_hanging, delete_persons, find_hanging
from bot.store.hashes import hash_text
from bot.store.tables import article, article_version
from index.facts import Facts

#: What hangs on an article that nobody has seen: its facts, and what is made of its words. Whatever
#: else does – a remark, a golden question – is of somebody who has.
_OWN = {
    *("article_version", "paragraph", "paragraph_vector", "minhash", "source_page"),
    *("event", "quote", "quote_paragraph", "fact_correction"),
    *("paragraph_person", "paragraph_sector", "version_person", "version_organisation"),
    *("announcement", "changed_passage", "draft", "own_reading"),
}

#: Names in one query, far from the 32 766 values that SQLite takes.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Before:
    """What there was before something is published: the last person, and which names were known."""

    person_id: int
    names: frozenset[str]


async def look_before(connection: AsyncConnection, facts: Facts | None) -> Before:
    """Return what there is before facts are stored."""
    rows = await run(connection, "SELECT coalesce(max(id), 0) FROM person")
    return Before(rows[0][0], frozenset(await _find_names(connection, facts)))


async def trace(
    connection: AsyncConnection, facts: Facts | None, before: Before
) -> dict[str, object]:
    """Return what was made since, in the form an act keeps it: no names, which may be erased."""
    new = await _find_names(connection, facts) - before.names
    return {"person_id": before.person_id, "names": sorted(map(_short_hash, new))}


async def take_away(
    connection: AsyncConnection, article_id: int, version: object, made: Mapping[str, Any]
) -> bool:
    """Delete what an act of publishing made, and let wait again what it was made of.

    Return False, with nothing done, where somebody has seen it or there is nothing to go back to.
    """
    rows = await run(
        connection,
        "SELECT id, created_at FROM article_version WHERE article_id = ? AND number = ?",
        (article_id, version),
    )
    version_id, created_at = rows[0]
    is_whole = "draft_id" in made
    if is_whole and not await _can_be_draft(connection, made["draft_id"], article_id):
        return False
    if await _is_seen(connection, article_id, version_id, created_at, is_whole=is_whole):
        return False
    persons = await _list_new_persons(connection, version_id, made["person_id"])
    if await _is_followed(connection, article_id if is_whole else None, persons):
        return False
    names = await _list_new_names(connection, version_id, made["names"])
    await run(
        connection,
        "DELETE FROM notice WHERE cause IN ('subscription', 'watch', 'correction') AND item IN"
        " (SELECT id FROM announcement WHERE version_id = ?)",
        (version_id,),
    )
    if is_whole:
        await run(
            connection,
            "UPDATE draft SET state = 'open', article_id = NULL, decided_at = NULL WHERE id = ?",
            (made["draft_id"],),
        )
        await delete_hanging(connection, article, article_id, {"draft"})
        await connection.execute(delete(article).where(article.c.id == article_id))
    else:
        await _put_revision_back(connection, version_id, made)
        await delete_hanging(connection, article_version, version_id, ())
        await connection.execute(delete(article_version).where(article_version.c.id == version_id))
    await delete_persons(connection, persons)
    for name in names:
        await run(connection, "DELETE FROM person_alias WHERE name = ?", (name,))
    return True


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


async def _can_be_draft(connection: AsyncConnection, draft_id: int, article_id: int) -> bool:
    """Return whether an article is that draft alone, and never had another version."""
    rows = await run(
        connection,
        "SELECT 1 FROM draft WHERE id = ? AND article_id = ? AND state = 'published'"
        " AND (SELECT count(*) FROM draft WHERE article_id = ?) = 1"
        " AND (SELECT count(*) FROM article_version WHERE article_id = ?) = 1",
        (draft_id, article_id, article_id, article_id),
    )
    return bool(rows)


async def _is_seen(
    connection: AsyncConnection,
    article_id: int,
    version_id: int,
    created_at: int,
    *,
    is_whole: bool,
) -> bool:
    """Return whether a message, an answer or a list has anything of a version, or hangs on it."""
    root, key = (article, article_id) if is_whole else (article_version, version_id)
    if await find_hanging(connection, root, key, _OWN):
        return True
    rows = await run(
        connection,
        "SELECT EXISTS (SELECT 1 FROM answer AS a JOIN json_each(a.passages) AS j"
        " JOIN paragraph AS p ON p.id = json_extract(j.value, '$[0]')"
        " WHERE a.created_at >= ?2 AND p.version_id = ?1)"
        " OR EXISTS (SELECT 1 FROM outbox AS o JOIN json_each(o.cites) AS j"
        " WHERE o.created_at >= ?2 AND json_extract(j.value, '$[0]') = ?1)"
        " OR EXISTS (SELECT 1 FROM notice AS n JOIN announcement AS c ON c.id = n.item"
        " WHERE c.version_id = ?1 AND n.cause != 'broadcast' AND n.outbox_id IS NOT NULL)"
        " OR EXISTS (SELECT 1 FROM listing AS l JOIN json_each(l.items) AS j WHERE"
        " l.created_at >= ?2 AND (l.kind = 'timeline' AND j.value IN"
        " (SELECT id FROM event WHERE version_id = ?1) OR l.kind = 'quotes' AND j.value IN"
        " (SELECT id FROM quote WHERE version_id = ?1)))",
        (version_id, created_at),
    )
    return bool(rows[0][0])


async def _is_followed(
    connection: AsyncConnection, article_id: int | None, persons: list[int]
) -> bool:
    """Return whether somebody follows an article, or one of some persons."""
    rows = await run(
        connection,
        f"SELECT 1 FROM topic WHERE kind = 'article' AND subject = ?"  # noqa: S608 - marks
        f" OR kind = 'person' AND subject IN ({marks(persons)})",
        (str(article_id), *map(str, persons)),
    )
    return bool(rows)


async def _list_new_persons(connection: AsyncConnection, version_id: int, last: int) -> list[int]:
    """Return the persons that came with a version or later, as far as it names them."""
    rows = await run(
        connection,
        "SELECT person_id FROM version_person WHERE version_id = ?1 AND person_id > ?2"
        " UNION SELECT person_id FROM quote WHERE version_id = ?1 AND person_id > ?2"
        " UNION SELECT a.person_id FROM paragraph_person AS m"
        " JOIN paragraph AS p ON p.id = m.paragraph_id JOIN person_alias AS a ON a.name = m.name"
        " WHERE p.version_id = ?1 AND a.person_id > ?2",
        (version_id, last),
    )
    return [key for (key,) in rows]


async def _list_new_names(
    connection: AsyncConnection, version_id: int, hashes: list[str]
) -> list[str]:
    """Return the names that came with a version; none if a later one may bear them, too."""
    rows = await run(
        connection,
        "SELECT name FROM person_alias WHERE NOT EXISTS"
        " (SELECT 1 FROM article_version WHERE id > ?)",
        (version_id,),
    )
    wanted = set(hashes)
    return [name for (name,) in rows if _short_hash(name) in wanted]


async def _find_names(connection: AsyncConnection, facts: Facts | None) -> set[str]:
    """Return which names of persons of some facts are known."""
    names = [each.name for each in facts.people.persons] if facts else []
    found: set[str] = set()
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        rows = await run(
            connection,
            f"SELECT name FROM person_alias WHERE name IN ({marks(batch)})",  # noqa: S608 - marks
            tuple(batch),
        )
        found.update(name for (name,) in rows)
    return found


async def _put_revision_back(
    connection: AsyncConnection, version_id: int, made: Mapping[str, Any]
) -> None:
    """Let a new version wait for its editor again, unless another of his waits meanwhile."""
    await run(
        connection,
        "INSERT INTO revision (id, article_id, version, title, day, language, url, source, text,"
        " by, created_at) SELECT ?, article_id, ?, title, day, language, url, source, text, ?, ?"
        " FROM article_version WHERE id = ? ON CONFLICT (article_id, by) DO NOTHING",
        (made["revision_id"], made["of"], made["by"], made["waited_from"], version_id),
    )


def _short_hash(name: str) -> str:
    return hash_text(name)[:16]
