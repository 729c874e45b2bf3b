"""By which of a corpus's own words the facts of its articles were read, and which are out of date.

An article that none of these words is in has no stamp: most of them, whatever editors add.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, run
from bot.store.tables import own_reading
from index.lexicon import Lexicon, OwnAlias
from index.people.posts import read_role
from index.sectors import OwnPattern, beginnings

#: By version, which of its own words an article has.
Entries = dict[int, list[OwnAlias | OwnPattern]]

_CURRENT = (
    " JOIN article_version AS v ON v.id = n.version_id"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A quote whose author would be another one: who it is now and who it would be."""

    version_id: int
    words: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a change does to facts: the quotes that get another author, of how many articles.

    `left` are articles that it touches and that were not tried.
    """

    moved: tuple[Moved, ...]
    articles: int
    left: int


async def list_stamps(db: Database, lexicon: Lexicon) -> dict[int, str]:
    """Return the stamp that each article's present version should have; those without left out."""
    found = await _find_by_words(db, lexicon)
    for version_id, entries in (await _find_by_titles(db, lexicon)).items():
        found[version_id] += entries
    stamps = {}
    for version_id, entries in found.items():
        aliases = tuple(each for each in entries if isinstance(each, OwnAlias))
        patterns = tuple(each for each in entries if isinstance(each, OwnPattern))
        stamps[version_id] = Lexicon(aliases, patterns).stamp
    return stamps


async def list_unread(db: Database, lexicon: Lexicon) -> list[tuple[int, str]]:
    """Return the versions whose facts were read by other words, with the stamp due to each."""
    due = await list_stamps(db, lexicon)
    rows = await db.fetch(
        f"SELECT n.version_id, n.stamp FROM own_reading AS n{_CURRENT}"  # noqa: S608 - ours
    )
    known: dict[int, str] = {row[0]: row[1] for row in rows}
    keys = due.keys() | known.keys()
    return sorted((key, due.get(key, "")) for key in keys if due.get(key) != known.get(key))


async def mark_read(connection: AsyncConnection, version_id: int, stamp: str) -> None:
    """Take note of the words by which the facts of a version are read now."""
    await connection.execute(delete(own_reading).where(own_reading.c.version_id == version_id))
    if stamp:
        await connection.execute(insert(own_reading).values(version_id=version_id, stamp=stamp))


async def list_authors(connection: AsyncConnection, version_id: int) -> dict[str, str | None]:
    """Return who said each quote of a version as readers see it, by its place."""
    rows = await run(
        connection,
        "SELECT q.spans, coalesce(k.name, q.speaker) FROM quote AS q"
        " LEFT JOIN person AS k ON k.id = q.person_id WHERE q.version_id = ? ORDER BY q.id",
        (version_id,),
    )
    return {spans: name for spans, name in rows}  # noqa: C416 - rows of SQLAlchemy are no pairs


def words_at(text: str, spans: str) -> str:
    """Return the words of a quote by its place, as `list_authors` gives it."""
    return " … ".join(text[start:stop] for start, stop in json.loads(spans))


async def _find_by_words(db: Database, lexicon: Lexicon) -> Entries:
    """Return which names and which words of sectors stand in which articles, or may."""
    wanted: list[tuple[OwnAlias | OwnPattern, Sequence[str]]] = [
        *((each, (each.needle,)) for each in lexicon.aliases if each.needle),
        *((each, beginnings(each.words)) for each in lexicon.patterns),
    ]
    found: Entries = defaultdict(list)
    needles = sorted({needle for _, needles in wanted for needle in needles})
    if not needles:
        return found
    held = " OR ".join(["instr(n.terms, ?) > 0"] * len(needles))
    rows = await db.fetch(
        f"SELECT n.version_id, n.terms FROM paragraph AS n{_CURRENT} WHERE {held}",  # noqa: S608 - literals
        needles,
    )
    seen: dict[int, set[int]] = defaultdict(set)
    for version_id, terms in rows:
        for number, (_, needles_of) in enumerate(wanted):
            if any(needle in terms for needle in needles_of):
                seen[version_id].add(number)
    for version_id, numbers in seen.items():
        found[version_id] = [wanted[number][0] for number in sorted(numbers)]
    return found


async def _find_by_titles(db: Database, lexicon: Lexicon) -> Entries:
    """Return which titles are those of somebody who is quoted, by article."""
    titles = [each for each in lexicon.aliases if not each.is_name]
    found: Entries = defaultdict(list)
    if not titles:
        return found
    table = lexicon.people
    posts = {each: each.post or read_role(each.words, table).post for each in titles}
    rows = await db.fetch(
        f"SELECT DISTINCT n.version_id, n.mention FROM quote AS n{_CURRENT}"  # noqa: S608 - ours
        " WHERE n.mention IS NOT NULL"
    )
    for version_id, mention in rows:
        post = read_role(mention, table).post
        found[version_id] += [
            each for each in titles if posts[each] == post and each not in found[version_id]
        ]
    return {key: entries for key, entries in found.items() if entries}


async def list_holding(db: Database, pattern: OwnPattern) -> list[int]:
    """Return the paragraphs that words of a sector stand in, or may, the newest articles first."""
    needles = beginnings(pattern.words)
    if not needles:
        return []
    held = " OR ".join(["instr(n.terms, ?) > 0"] * len(needles))
    rows = await db.fetch(
        f"SELECT n.id FROM paragraph AS n{_CURRENT} WHERE {held}"  # noqa: S608 - marks
        " ORDER BY v.day DESC, v.id DESC, n.number",
        needles,
    )
    return [key for (key,) in rows]
