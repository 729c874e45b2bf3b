"""What can be followed. The same thing of many followers is one row, and is compared once."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, Row, marks, run
from index.percolation import Need, TopicQuery, widen
from index.synonyms import Synonyms


class TopicKind(StrEnum):
    """What a topic is made of."""

    ALL = "all"
    WORDS = "words"
    SECTOR = "sector"
    PERSON = "person"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to follow: words (with their `query`), or a sector, person or article by its id.

    `title` is what whoever followed it first called it.
    """

    kind: TopicKind
    subject: str = ""
    query: TopicQuery | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class StoredTopic:
    """A topic with its number."""

    id: int
    topic: Topic


def words_topic(query: TopicQuery, title: str) -> Topic:
    """Return the topic of some words; the order in which they were written makes no other one."""
    ordered = TopicQuery(tuple(sorted(query.include)), tuple(sorted(query.exclude)))
    return Topic(TopicKind.WORDS, _pack(ordered), ordered, title)


async def add_topic(connection: AsyncConnection, topic: Topic) -> int:
    """Return the number of a topic; one that nobody followed before is kept now."""
    rows = await run(
        connection,
        "INSERT INTO topic (kind, subject, query) VALUES (?, ?, ?)"
        " ON CONFLICT (kind, subject) DO UPDATE SET query = coalesce(topic.query, excluded.query)"
        " RETURNING id",
        (topic.kind.value, topic.subject, topic.title),
    )
    return int(rows[0][0])


async def get_topics(db: Database, ids: Iterable[int], table: Synonyms) -> dict[int, Topic]:
    """Return topics by number, those of words with all that means the same by a table."""
    wanted = sorted(set(ids))
    rows = await db.fetch(
        f"SELECT id, kind, subject, query FROM topic WHERE id IN ({marks(wanted)})",  # noqa: S608 - marks
        wanted,
    )
    return {key: _topic(table, *rest) for key, *rest in rows}


async def list_word_topics(
    db: Database, after: int, limit: int, table: Synonyms
) -> list[StoredTopic]:
    """Return the topics of words with a number above `after`, in order, at most `limit`.

    Each with all that means the same by a table.
    """
    # By number and not by kind, whose index would have to be sorted anew for each batch.
    rows = await db.fetch(
        "SELECT id, kind, subject, query FROM topic WHERE kind || '' = 'words' AND id > ?"
        " ORDER BY id LIMIT ?",
        (after, limit),
    )
    return [StoredTopic(key, _topic(table, *rest)) for key, *rest in rows]


async def find_topics(db: Database, kind: TopicKind, subjects: Iterable[str]) -> list[int]:
    """Return the numbers of the topics of a kind that are about one of these subjects."""
    wanted = sorted(set(subjects))
    rows = await db.fetch(
        f"SELECT id FROM topic WHERE kind = ? AND subject IN ({marks(wanted)}) ORDER BY id",  # noqa: S608 - marks
        (kind.value, *wanted),
    )
    return [key for (key,) in rows]


async def list_subjects(
    db: Database, version_id: int
) -> dict[tuple[TopicKind, str], tuple[int, ...]]:
    """Return the paragraphs of each sector and person of an article's version, as topics name them.

    Those of a sector the most telling first, those of a person in text order.
    """
    rows: list[Row] = await db.fetch(
        "SELECT 'sector', s.sector, p.id, -s.weight AS place FROM paragraph_sector AS s"
        " JOIN paragraph AS p ON p.id = s.paragraph_id WHERE p.version_id = ?1"
        " UNION SELECT 'person', a.person_id, p.id, p.number FROM paragraph_person AS n"
        " JOIN paragraph AS p ON p.id = n.paragraph_id"
        " JOIN person_alias AS a ON a.name = n.name"
        " JOIN version_person AS v ON v.version_id = p.version_id AND v.person_id = a.person_id"
        " WHERE p.version_id = ?1"
        " UNION SELECT 'person', v.person_id, p.id, p.number FROM version_person AS v"
        " JOIN paragraph AS p ON p.id = v.paragraph_id WHERE v.version_id = ?1"
        " ORDER BY 1, 2, 4, 3",
        (version_id,),
    )
    found: dict[tuple[TopicKind, str], tuple[int, ...]] = {}
    for kind, subject, paragraph_id, _ in rows:
        key = TopicKind(kind), str(subject)
        found[key] = (*found.get(key, ()), paragraph_id)
    return found


def _topic(table: Synonyms, kind: str, subject: str, title: str | None) -> Topic:
    query = widen(_unpack(subject), title or "", table) if kind == TopicKind.WORDS else None
    return Topic(TopicKind(kind), subject, query, title or "")


def _pack(query: TopicQuery) -> str:
    return json.dumps([query.include, query.exclude], ensure_ascii=False, separators=(",", ":"))


def _unpack(packed: str) -> TopicQuery:
    include, exclude = json.loads(packed)
    return TopicQuery(_needs(include), _needs(exclude))


def _needs(packed: list[list[list[str]]]) -> tuple[Need, ...]:
    return tuple(tuple(tuple(phrase) for phrase in need) for need in packed)
