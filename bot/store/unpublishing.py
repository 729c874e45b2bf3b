"""Taking away what an act of publishing made, and bringing it back with the ids that links have.

Readers keep what they were sent; its links find the act that took the rows away, and say so. Only
of a new version what readers were shown stays: they are told that it says otherwise again, and by
which words.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.database import marks, run
from bot.store.draft_states import get_draft_state
from bot.store.hanging import find_hanging, take_hanging, take_persons
from bot.store.hashes import hash_text
from bot.store.packing import Rows, list_ranges, pack, put_rows, read_rows, unpack
from bot.store.tables import article, article_version
from bot.store.traces import find_names, short_hash

#: What hangs on an article and goes with it. Whatever else does, as a golden question, is another
#: act of somebody, which would point at nothing.
_OWN = {
    *("article_version", "paragraph", "paragraph_vector", "minhash", "source_page"),
    *("event", "quote", "quote_paragraph", "fact_correction"),
    *("paragraph_person", "paragraph_sector", "version_person", "version_organisation"),
    *("announcement", "changed_passage", "draft", "own_reading", "revision"),
}

#: What links, lists and the notice of a correction name of a version that was shown.
_SHOWN = {
    *("article_version", "paragraph", "event", "quote", "quote_paragraph"),
    *("announcement", "changed_passage"),
}

#: Found again when they are needed.
_MADE_ANEW = {"minhash", "paragraph_vector"}

#: The tables whose ids are in links and buttons.
_LINKED = ("article_version", "paragraph", "event", "quote", "person")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken away, as the act of taking it back keeps it.

    `is_shown`: of a version its passages stay, since readers were shown them.
    """

    kept: Mapping[str, object]
    is_shown: bool


async def take_away(
    connection: AsyncConnection, article_id: int, version: object, made: Mapping[str, Any]
) -> Taken | None:
    """Take out what an act of publishing made, and let wait again what it was made of.

    Return None, with nothing done, where there is nothing to go back to, or another act needs it.
    """
    found = await run(
        connection,
        "SELECT id, created_at FROM article_version WHERE article_id = ? AND number = ?",
        (article_id, version),
    )
    version_id, created_at = found[0]
    if "draft_id" not in made:
        is_shown = await _is_shown(connection, version_id, created_at)
        rows = await _take_version(connection, version_id, made, is_shown=is_shown)
        return Taken(await _keep(rows, made, is_shown=is_shown), is_shown)
    if not await _can_be_draft(connection, made["draft_id"], article_id):
        return None
    draft = "SELECT article_id, decided_at FROM draft WHERE id = ?"
    (decided,) = await run(connection, draft, (made["draft_id"],))
    rows = await _take_article(connection, article_id, version_id, made)
    digest = await _digest(connection, made["draft_id"])
    return Taken({**await _keep(rows, made), "draft": [digest, *decided]}, is_shown=False)


async def bring_back(connection: AsyncConnection, state: Mapping[str, Any]) -> dict[str, object]:
    """Put back what an act has taken away; return what the act of bringing back begins with.

    Raises: UserError if what waits instead of it was changed, decided or taken meanwhile.
    """
    made, rows = state["made"], await unpack(state["rows"])
    persons = [row[1] for row in rows.get("person", ((), []))[1]]
    is_whole = "draft_id" in made
    digest, *decided = state.get("draft", [None])
    is_same = is_whole and await _digest(connection, made["draft_id"]) == digest
    names = f"SELECT 1 FROM person WHERE name IN ({marks(persons)})"  # noqa: S608 - marks
    is_taken = bool(await run(connection, names, persons))
    if is_whole and (is_taken or not is_same):
        raise UserError("The article is a draft again. Publish it from there: /drafts")
    waiting = () if is_whole else await _end_revision(connection, made["revision_id"])
    if not is_whole and (is_taken or not waiting):
        raise UserError("The new version waits again. Publish it from there, or begin anew: /edit")
    await put_rows(connection, rows)
    if not is_whole:
        return {"version": made["of"], "is_published": True, "made": made}
    await run(
        connection,
        "UPDATE draft SET state = 'published', article_id = ?, decided_at = ? WHERE id = ?",
        (*decided, made["draft_id"]),
    )
    return {"version": state["version"], "is_published": False, "made": made}


async def _take_article(
    connection: AsyncConnection, article_id: int, version_id: int, made: Mapping[str, Any]
) -> Rows:
    """Take out an article with all that hangs on it, and let its draft wait again."""
    all_of_it = "SELECT id FROM article_version WHERE article_id = ?"
    versions = [key for (key,) in await run(connection, all_of_it, (article_id,))]
    new = await _list_new_persons(connection, versions, made["person_id"])
    is_told = await _drop_notices(connection, "article_id", article_id)
    await run(
        connection,
        "UPDATE draft SET state = 'open', article_id = NULL, decided_at = NULL WHERE id = ?",
        (made["draft_id"],),
    )
    aliases = await _put_names_back(connection, version_id, made, new.followed)
    rows = await take_hanging(connection, article, article_id, {"draft"}, _MADE_ANEW)
    rows = _joined(rows, aliases, await take_persons(connection, new.others))
    return _told_anew(rows) if is_told else rows


async def _take_version(
    connection: AsyncConnection, version_id: int, made: Mapping[str, Any], *, is_shown: bool
) -> Rows:
    """Take out a version, all but what was shown, and let it wait for its editor again."""
    new = await _list_new_persons(connection, [version_id], made["person_id"])
    is_told = not is_shown and await _drop_notices(connection, "version_id", version_id)
    await _put_revision_back(connection, version_id, made)
    aliases = await _put_names_back(connection, version_id, made, new.followed)
    kept = _SHOWN if is_shown else set()
    rows = await take_hanging(connection, article_version, version_id, kept, _MADE_ANEW)
    rows = _joined(rows, aliases, await take_persons(connection, new.others))
    return _told_anew(rows) if is_told else rows


async def _keep(
    rows: Rows, made: Mapping[str, Any], *, is_shown: bool = False
) -> dict[str, object]:
    taken = list_ranges(rows, _LINKED)
    return {"rows": await pack(rows), "taken": taken, "made": made, "is_shown": is_shown}


async def _can_be_draft(connection: AsyncConnection, draft_id: int, article_id: int) -> bool:
    """Return whether an article is that draft alone, and no other act needs it."""
    rows = await run(
        connection,
        "SELECT 1 FROM draft WHERE id = ? AND article_id = ? AND state = 'published'"
        " AND (SELECT count(*) FROM draft WHERE article_id = ?) = 1",
        (draft_id, article_id, article_id),
    )
    return bool(rows) and not await find_hanging(connection, article, article_id, _OWN)


async def _digest(connection: AsyncConnection, draft_id: int) -> str | None:
    """Return what tells a draft as it waits from any other; None if there is none."""
    state = await get_draft_state(connection, str(draft_id))
    rows = await run(connection, "SELECT text FROM draft WHERE id = ?", (draft_id,))
    return hash_text(json.dumps([state, rows[0][0]], sort_keys=True)) if rows else None


async def _is_shown(connection: AsyncConnection, version_id: int, created_at: int) -> bool:
    """Return whether a message, an answer, a list or a golden question has some of a version."""
    if await find_hanging(connection, article_version, version_id, _OWN):
        return True
    rows = await run(
        connection,
        "SELECT EXISTS (SELECT 1 FROM answer AS a JOIN json_each(a.passages) AS j"
        " JOIN paragraph AS p ON p.id = json_extract(j.value, '$[0]')"
        " WHERE a.created_at >= ?2 AND p.version_id = ?1)"
        " OR EXISTS (SELECT 1 FROM outbox AS o JOIN json_each(o.cites) AS j"
        " WHERE o.created_at >= ?2 AND json_extract(j.value, '$[0]') = ?1)"
        " OR EXISTS (SELECT 1 FROM golden_paragraph AS g JOIN article_version AS v"
        " ON v.article_id = g.article_id AND v.number = g.version WHERE v.id = ?1)"
        " OR EXISTS (SELECT 1 FROM feedback AS f JOIN paragraph AS p ON p.id = f.paragraph_id"
        " WHERE p.version_id = ?1)"
        " OR EXISTS (SELECT 1 FROM notice AS n JOIN announcement AS c ON c.id = n.item"
        " WHERE c.version_id = ?1 AND n.cause != 'broadcast' AND n.outbox_id IS NOT NULL)"
        " OR EXISTS (SELECT 1 FROM listing AS l JOIN json_each(l.items) AS j WHERE"
        " l.created_at >= ?2 AND (l.kind = 'timeline' AND j.value IN"
        " (SELECT id FROM event WHERE version_id = ?1) OR l.kind = 'quotes' AND j.value IN"
        " (SELECT id FROM quote WHERE version_id = ?1)))",
        (version_id, created_at),
    )
    return bool(rows[0][0])


async def _drop_notices(connection: AsyncConnection, column: str, key: int) -> bool:
    """Delete the notices of announcements that no message tells yet; return whether there were any.

    They are not kept: they name people, who may want to be forgotten.
    """
    theirs = f"item IN (SELECT id FROM announcement WHERE {column} = ?)"  # noqa: S608 - a name of ours
    where = f"cause IN ('subscription', 'watch', 'correction') AND outbox_id IS NULL AND {theirs}"
    return bool(await run(connection, f"DELETE FROM notice WHERE {where} RETURNING id", (key,)))  # noqa: S608 - ours


def _told_anew(rows: Rows) -> Rows:
    """Return rows whose announcements make all notices anew; who was told is not told again."""
    columns, found = rows["announcement"]
    fresh = {"expanded_at": None, "topic_cursor": 0, "subscription_cursor": 0}
    announcements = [
        tuple(fresh.get(name, value) for name, value in zip(columns, row, strict=True))
        for row in found
    ]
    return {**rows, "announcement": (columns, announcements)}


@dataclass(frozen=True, slots=True)
class _New:
    """The persons that came with a version: those whom somebody follows stay."""

    followed: frozenset[int]
    others: tuple[int, ...]


async def _list_new_persons(
    connection: AsyncConnection, versions: Collection[int], last: int
) -> _New:
    """Return the persons that came with versions or later, as far as these name them."""
    theirs = f"IN ({marks(versions)})"
    rows = await run(
        connection,
        f"SELECT person_id FROM version_person WHERE version_id {theirs} AND person_id > ?"  # noqa: S608 - marks
        f" UNION SELECT person_id FROM quote WHERE version_id {theirs} AND person_id > ?"
        " UNION SELECT a.person_id FROM paragraph_person AS m"
        " JOIN paragraph AS p ON p.id = m.paragraph_id JOIN person_alias AS a ON a.name = m.name"
        f" WHERE p.version_id {theirs} AND a.person_id > ?",
        (*versions, last) * 3,
    )
    keys = [key for (key,) in rows]
    wanted = f"SELECT subject FROM topic WHERE kind = 'person' AND subject IN ({marks(keys)})"  # noqa: S608 - marks
    followed = {int(key) for (key,) in await run(connection, wanted, tuple(map(str, keys)))}
    return _New(frozenset(followed), tuple(key for key in keys if key not in followed))


async def _put_names_back(
    connection: AsyncConnection,
    version_id: int,
    made: Mapping[str, Any],
    followed: Collection[int],
) -> Rows:
    """Let names mean what they meant before a version; return their rows as they were till now.

    Not if a later version may bear them, too.
    """
    present = await find_names(connection, version_id)
    new, moved = set(made["names"]), made.get("moved", {})
    changed = []
    for name, person_id, _ in present:
        key = short_hash(name)
        if person_id in followed or not (key in new or key in moved):
            continue
        changed.append(name)
    rows = await read_rows(connection, "person_alias", f"name IN ({marks(changed)})", changed)
    for name in changed:
        if short_hash(name) in new:
            await run(connection, "DELETE FROM person_alias WHERE name = ?", (name,))
        else:
            await run(
                connection,
                "UPDATE person_alias SET person_id = ?, is_own = ? WHERE name = ?",
                (*moved[short_hash(name)], name),
            )
    return rows


async def _end_revision(connection: AsyncConnection, revision_id: int) -> list[Any]:
    return await run(connection, "DELETE FROM revision WHERE id = ? RETURNING id", (revision_id,))


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


def _joined(*taken: Rows) -> Rows:
    """Return all rows; a name that was read twice is there once."""
    rows: Rows = {}
    for each in taken:
        for table, (columns, found) in each.items():
            before = rows.get(table, (columns, []))[1]
            rows[table] = columns, list(dict.fromkeys((*before, *found)))
    return rows
