"""What paragraphs mean, as vectors of the model that made them: an optional companion of words.

They are made after an article is published, a few at a time; what has none is found by its words.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.store.database import Database, Row, marks, run, run_many
from index.types import IndexedVector, Language

#: Articles whose vectors are asked for at once: values bound to a statement are few.
_ARTICLES_A_QUERY = 500

#: SQLite has no id beyond it.
MOST_ID = (1 << 63) - 1

# Of the current version of a published article; an older one's are left where they are, and go
# with their paragraph.
_CURRENT = (
    "FROM article AS a"
    " JOIN article_version AS v ON v.article_id = a.id AND v.number = a.version"
    " JOIN paragraph AS p ON p.version_id = v.id"
)


@dataclass(frozen=True, slots=True)
class Unembedded:
    """A paragraph of a published article that has no vector yet, with its words."""

    paragraph_id: int
    article_id: int
    text: str


async def list_unembedded(
    db: Database,
    model: str,
    limit: int,
    *,
    below: int | None = None,
    article_ids: Collection[int] | None = None,
) -> tuple[Unembedded, ...]:
    """Return paragraphs without a vector of this model, at most `limit`, the newest first.

    Of those with an id `below` one, to go on where the last ones ended; of some articles only, if
    they are named, since a look at all paragraphs keeps other readers waiting.
    """
    ids = None if article_ids is None else sorted(article_ids)
    among = "" if ids is None else f" AND a.id IN ({marks(ids)})"
    rows = await db.fetch(
        "SELECT p.id, a.id, substr(v.text, p.start + 1, p.stop - p.start)"
        f" {_CURRENT} LEFT JOIN paragraph_vector AS m ON m.paragraph_id = p.id AND m.model = ?"
        f" WHERE a.withdrawn_at IS NULL AND m.paragraph_id IS NULL AND p.id < ?{among}"
        " ORDER BY p.id DESC LIMIT ?",
        (model, MOST_ID if below is None else below, *(ids or ()), limit),
    )
    return tuple(Unembedded(*row) for row in rows)


async def add_vectors(db: Database, model: str, vectors: Iterable[tuple[int, bytes]]) -> None:
    """Store the vectors of paragraphs, by id; one that has left meanwhile is passed over.

    What is erased for ever must not come back by half.
    """
    async with db.write() as connection:
        await run_many(
            connection,
            "INSERT OR REPLACE INTO paragraph_vector (paragraph_id, model, vector)"
            f" SELECT p.id, ?, ? {_CURRENT} WHERE p.id = ? AND a.withdrawn_at IS NULL",
            [(model, vector, paragraph_id) for paragraph_id, vector in vectors],
        )


async def load_vectors(
    db: Database, model: str, article_ids: Iterable[int]
) -> tuple[IndexedVector, ...]:
    """Return the vectors of the published ones of these articles, of their current versions."""
    found: list[IndexedVector] = []
    ids = sorted(article_ids)
    for start in range(0, len(ids), _ARTICLES_A_QUERY):
        some = ids[start : start + _ARTICLES_A_QUERY]
        rows = await db.fetch(
            f"SELECT p.id, a.id, p.number, v.day, v.language, m.vector {_CURRENT}"
            " JOIN paragraph_vector AS m ON m.paragraph_id = p.id AND m.model = ?"
            f" WHERE a.withdrawn_at IS NULL AND a.id IN ({marks(some)})",
            (model, *some),
        )
        found += map(_vector, rows)
    return tuple(found)


async def drop_other_models(db: Database, model: str) -> int:
    """Delete the vectors of every model but this one; return how many there were."""
    async with db.write() as connection:
        sql = "DELETE FROM paragraph_vector WHERE model <> ? RETURNING paragraph_id"
        return len(await run(connection, sql, (model,)))


def _vector(row: Row) -> IndexedVector:
    paragraph_id, article_id, number, day, language, vector = row
    return IndexedVector(
        paragraph_id, article_id, number, date.fromisoformat(day), Language(language), vector
    )
