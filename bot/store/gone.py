"""What became of an article that is not to be had any more: when that was, and whose act."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.store.database import Database
from bot.store.moments import from_micros

#: The last act upon an article that is not published is the one that took it out.
_DOER = (
    " LEFT JOIN audit AS d ON d.id = (SELECT max(id) FROM audit WHERE kind = 'article'"
    " AND subject = CAST(a.id AS TEXT))"
)


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that was withdrawn, erased for ever, or is a draft again.

    `by` is None for the command line.
    """

    article_id: int
    at: datetime
    by: int | None
    is_erased: bool = False
    is_draft: bool = False


async def find_taken(db: Database, table: str, key: int) -> Gone | None:
    """Return what became of a row that was taken away with the act that made it; None for no such.

    Of the paragraphs, events, quotes and persons of articles that are drafts again.
    """
    rows = await db.fetch(
        "SELECT d.subject, d.at, d.by FROM audit AS d, json_each(d.before, ?) AS r"
        " WHERE d.kind = 'article' AND d.undoes IS NOT NULL"
        " AND json_extract(r.value, '$[0]') <= ? AND json_extract(r.value, '$[1]') >= ?"
        " ORDER BY d.id DESC LIMIT 1",
        (f"$.taken.{table}", key, key),
    )
    if not rows:
        return None
    subject, at, by = rows[0]
    return Gone(int(subject), from_micros(at), by, is_draft=True)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawn article as a line of a list; `act_id` is the act that took it out."""

    title: str
    day: date
    gone: Gone
    act_id: int | None


async def find_gone(db: Database, article_id: int) -> Gone | None:
    """Return what became of an article, None if it is published or there is none."""
    rows = await db.fetch(
        f"SELECT a.withdrawn_at, d.by, a.erased_at FROM article AS a{_DOER}"  # noqa: S608 - ours
        " WHERE a.id = ? AND a.withdrawn_at IS NOT NULL",
        (article_id,),
    )
    if not rows:
        return None
    withdrawn_at, by, erased_at = rows[0]
    at = from_micros(erased_at or withdrawn_at)
    return Gone(article_id, at, by, is_erased=erased_at is not None)


async def list_withdrawn(db: Database, limit: int, offset: int = 0) -> tuple[Withdrawn, ...]:
    """Return up to `limit` withdrawn articles that are not erased, the latest withdrawn first."""
    rows = await db.fetch(
        "SELECT a.id, v.title, v.day, a.withdrawn_at, d.by, d.id FROM article AS a"  # noqa: S608 - ours
        f" JOIN article_version AS v ON v.article_id = a.id AND v.number = a.version{_DOER}"
        " WHERE a.withdrawn_at IS NOT NULL AND a.erased_at IS NULL"
        " ORDER BY a.withdrawn_at DESC, a.id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return tuple(
        Withdrawn(title, date.fromisoformat(day), Gone(key, from_micros(at), by), act_id)
        for key, title, day, at, by, act_id in rows
    )


async def count_withdrawn(db: Database) -> int:
    """Return how many articles are withdrawn and not erased."""
    rows = await db.fetch(
        "SELECT count(*) FROM article WHERE withdrawn_at IS NOT NULL AND erased_at IS NULL"
    )
    return int(rows[0][0])
