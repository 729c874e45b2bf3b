"""Which paragraphs another version of an article says otherwise, for whoever was shown them.

The rows of a change are made with its announcement, at the same moment; who saw a paragraph is in
the rows of answers.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcements import AnnouncementKind, announce
from bot.store.database import Database, Row, marks, run
from bot.store.tables import changed_passage
from index.revisions import match_paragraphs

_PARAGRAPHS = (
    "SELECT p.id, substr(v.text, p.start + 1, p.stop - p.start), v.id FROM paragraph AS p"
    " JOIN article_version AS v ON v.id = p.version_id"
    " WHERE v.article_id = ? AND v.number = ? ORDER BY p.number"
)


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """A paragraph and what took its place in the version of that id, None for nothing."""

    article_id: int
    version_id: int
    paragraph_id: int
    new_paragraph_id: int | None


async def list_changed(db: Database, version_id: int) -> tuple[ChangedPassage, ...]:
    """Return the paragraphs that a version changed when it took the place of another."""
    rows = await db.fetch(
        "SELECT DISTINCT article_id, version_id, paragraph_id, new_paragraph_id"
        " FROM changed_passage WHERE version_id = ? ORDER BY id",
        (version_id,),
    )
    return tuple(ChangedPassage(*row) for row in rows)


async def list_shown_in(
    db: Database, paragraph_ids: Sequence[int]
) -> tuple[tuple[int, int, int], ...]:
    """Return which of these paragraphs were shown where: (paragraph, chat, thread), in order.

    By answers of the last 30 days (a refusal shows headings only), and by the quotations of any
    message of the last days, as long as its content is kept.
    """
    ids = marks(paragraph_ids)
    rows = await db.fetch(
        "SELECT json_extract(j.value, '$[0]') AS paragraph, a.chat_id, coalesce(o.thread_id, 0)"  # noqa: S608 - marks
        " FROM answer AS a JOIN json_each(a.passages) AS j"
        " LEFT JOIN outbox AS o ON o.id = a.outbox_id"
        f" WHERE a.verdict != 'none' AND paragraph IN ({ids})"
        " UNION SELECT p.id, o.chat_id, coalesce(o.thread_id, 0)"
        " FROM outbox AS o JOIN json_each(o.cites) AS j JOIN paragraph AS p"
        f" ON p.id IN ({ids}) AND p.version_id = json_extract(j.value, '$[0]')"
        " AND p.start < json_extract(j.value, '$[2]') AND p.stop > json_extract(j.value, '$[1]')"
        " WHERE o.payload IS NOT NULL AND o.ended_at IS NOT NULL AND o.state = 'sent'"
        " ORDER BY 1, 2, 3",
        (*paragraph_ids, *paragraph_ids),
    )
    return tuple((paragraph, chat_id, thread_id) for paragraph, chat_id, thread_id in rows)


async def find_changer(db: Database, article_id: int) -> int | None:
    """Return who last acted upon an article, None for the command line."""
    rows = await db.fetch(
        "SELECT by FROM audit WHERE kind = 'article' AND subject = ? ORDER BY id DESC LIMIT 1",
        (str(article_id),),
    )
    return rows[0][0] if rows else None


async def note_changes(
    connection: AsyncConnection, article_id: int, old: object, new: object, at: datetime
) -> int:
    """Note what the version numbered `new` changes of `old`; return the id of the new one."""
    before = await run(connection, _PARAGRAPHS, (article_id, old))
    after = await run(connection, _PARAGRAPHS, (article_id, new))
    found = await asyncio.to_thread(match_paragraphs, _texts(before), _texts(after))
    version_id = int(after[0][2])
    rows = [
        {
            "article_id": article_id,
            "version_id": version_id,
            "paragraph_id": paragraph_id,
            "new_paragraph_id": None if place is None else after[place][0],
            "at": at,
        }
        for (paragraph_id, text, _), place in zip(before, found, strict=True)
        if place is None or after[place][1] != text
    ]
    if rows:
        await connection.execute(insert(changed_passage), rows)
    return version_id


async def note_return(
    connection: AsyncConnection, article_id: int, old: object, new: object, at: datetime
) -> None:
    """Note that an article says again what it said before.

    If nobody has been told yet that it said otherwise, nobody is to be; else it is a change again.
    """
    pending = await run(
        connection,
        "DELETE FROM announcement WHERE kind = 'changed' AND expanded_at IS NULL"
        " AND topic_cursor = 0 AND subscription_cursor = 0 AND version_id ="
        " (SELECT id FROM article_version WHERE article_id = ? AND number = ?)"
        " RETURNING version_id, created_at",
        (article_id, old),
    )
    for version_id, created_at in pending:
        await run(
            connection,
            "DELETE FROM changed_passage WHERE version_id = ? AND at = ?",
            (version_id, created_at),
        )
    if not pending:
        version_id = await note_changes(connection, article_id, old, new, at)
        await announce(connection, article_id, version_id, AnnouncementKind.CHANGED, at)


def _texts(rows: list[Row]) -> list[str]:
    return [text for _, text, _ in rows]
