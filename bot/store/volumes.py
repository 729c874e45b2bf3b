"""How much there was of what somebody may follow: shown before he does, so that he can choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.store.database import Database, marks
from bot.store.synonyms import load_synonyms
from bot.store.terms import unpack_terms
from bot.store.topics import Topic, TopicKind
from index.paragraphs import find_terms
from index.percolation import widen

_CURRENT = (
    " FROM paragraph AS p JOIN article_version AS v ON v.id = p.version_id"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)
_OF = {
    TopicKind.ALL: "? = ''",
    TopicKind.SECTOR: "p.id IN (SELECT paragraph_id FROM paragraph_sector WHERE sector = ?)",
    TopicKind.PERSON: (
        "p.id IN (SELECT n.paragraph_id FROM paragraph_person AS n"
        " JOIN person_alias AS l ON l.name = n.name WHERE l.person_id = ?)"
    ),
    TopicKind.ARTICLE: "a.id = ?",
}


@dataclass(frozen=True, slots=True)
class Volume:
    """How many paragraphs there were since a day, and the newest of all times, if any."""

    paragraphs: int
    last_id: int | None


async def count_topic(db: Database, topic: Topic, since: date) -> Volume:
    """Return how much there was about a sector, a person or anything since a day."""
    subject = int(topic.subject) if topic.kind is TopicKind.PERSON else topic.subject
    wanted = _OF[topic.kind]
    rows = await db.fetch(
        f"SELECT count(*){_CURRENT} WHERE {wanted} AND v.day >= ?", (subject, since.isoformat())
    )
    last = await db.fetch(
        f"SELECT p.id{_CURRENT} WHERE {wanted} ORDER BY v.day DESC, v.id DESC, p.number LIMIT 1",
        (subject,),
    )
    return Volume(rows[0][0], last[0][0] if last else None)


async def count_words(
    db: Database, topic: Topic, paragraph_ids: Sequence[int], since: date
) -> Volume:
    """Return how many of some paragraphs are about a topic of words, as `count_topic` does."""
    rows = await db.fetch(
        f"SELECT p.id, p.terms, v.title, v.day{_CURRENT} WHERE p.id IN ({marks(paragraph_ids)})"
        " ORDER BY v.day DESC, v.id DESC, p.number",
        paragraph_ids,
    )
    if topic.query is None:
        return Volume(0, None)
    query = widen(topic.query, topic.title, await load_synonyms(db))
    found = []
    for key, packed, title, day in rows:
        terms = (*unpack_terms(packed), *find_terms(title))
        if query.matches({lemma for word in terms for lemma in word}):
            found.append((key, date.fromisoformat(day)))
    recent = sum(day >= since for _, day in found)
    return Volume(recent, found[0][0] if found else None)
