"""What followers are told of: announced with what is published, then made into notices in batches.

An announcement is in the transaction of its article, so there is never one without the other.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, Row, marks, run
from bot.store.moments import from_micros, to_micros


class AnnouncementKind(StrEnum):
    """What has happened to an article."""

    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Announcement:
    """An article to tell of. Notices were made up to the pair of `topic_id` and `subscription_id`.

    An urgent one passes quiet hours.
    """

    id: int
    article_id: int
    version_id: int
    kind: AnnouncementKind
    is_urgent: bool
    created_at: datetime
    topic_id: int = 0
    subscription_id: int = 0


_COLUMNS = (
    "id, article_id, version_id, kind, is_urgent, created_at, topic_cursor, subscription_cursor"
)


async def announce(
    connection: AsyncConnection,
    article_id: int,
    version_id: int,
    kind: AnnouncementKind,
    at: datetime,
    *,
    is_urgent: bool = False,
) -> int:
    """Announce an article in the transaction that publishes it; return the announcement's id."""
    rows = await run(
        connection,
        "INSERT INTO announcement (article_id, version_id, kind, is_urgent, created_at)"
        " VALUES (?, ?, ?, ?, ?) RETURNING id",
        (article_id, version_id, kind.value, is_urgent, to_micros(at)),
    )
    return int(rows[0][0])


async def next_announcement(db: Database) -> Announcement | None:
    """Return the oldest announcement of which not all notices are made, None if there is none."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS} FROM announcement WHERE expanded_at IS NULL ORDER BY id LIMIT 1"  # noqa: S608 - a literal of this module
    )
    return _announcement(rows[0]) if rows else None


async def load_announcements(db: Database, ids: set[int]) -> dict[int, Announcement]:
    """Return announcements by id."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS} FROM announcement WHERE id IN ({marks(ids)})",  # noqa: S608 - marks
        sorted(ids),
    )
    return {row[0]: _announcement(row) for row in rows}


async def note_progress(
    connection: AsyncConnection, announcement_id: int, topic_id: int, subscription_id: int
) -> None:
    """Note up to where notices were made, in the transaction that made them."""
    await run(
        connection,
        "UPDATE announcement SET topic_cursor = ?, subscription_cursor = ? WHERE id = ?",
        (topic_id, subscription_id, announcement_id),
    )


async def end_announcement(connection: AsyncConnection, announcement_id: int, at: datetime) -> None:
    """Note that all notices of an announcement are made."""
    await run(
        connection,
        "UPDATE announcement SET expanded_at = ? WHERE id = ? AND expanded_at IS NULL",
        (to_micros(at), announcement_id),
    )


def _announcement(row: Row) -> Announcement:
    key, article_id, version_id, kind, is_urgent, created_at, topic_id, subscription_id = row
    return Announcement(
        key,
        article_id,
        version_id,
        AnnouncementKind(kind),
        bool(is_urgent),
        from_micros(created_at),
        topic_id,
        subscription_id,
    )
