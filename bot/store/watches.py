"""Questions without an answer, whose askers want to be told when there is one.

The one place where a question is kept: because its asker wants it to be.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.database import Database, Row, marks, run
from bot.store.moments import from_micros, to_micros

#: More of one chat are refused: each is looked at with every article.
MOST_WATCHES = 50


@dataclass(frozen=True, slots=True)
class Watch:
    """A question whose asker waits for an answer in a chat, or in a topic of it (0 for none)."""

    id: int
    chat_id: int
    thread_id: int
    user_id: int
    question: str
    created_at: datetime


_SELECT = "SELECT id, chat_id, thread_id, user_id, question, created_at FROM watch WHERE "


async def add_watch(
    connection: AsyncConnection, place: tuple[int, int], user_id: int, question: str, at: datetime
) -> int:
    """Keep a question until it is answered; return its number, the same for the same question.

    Raises: UserError if the chat has as many as a chat may.
    """
    known = await run(
        connection,
        "SELECT id FROM watch WHERE chat_id = ? AND thread_id = ? AND user_id = ? AND question = ?",
        (*place, user_id, question),
    )
    if known:
        return int(known[0][0])
    ((count,),) = await run(connection, "SELECT count(*) FROM watch WHERE chat_id = ?", (place[0],))
    if count >= MOST_WATCHES:
        raise UserError("{n} questions wait for an answer already. Delete one first.", n=count)
    rows = await run(
        connection,
        "INSERT INTO watch (chat_id, thread_id, user_id, question, created_at)"
        " VALUES (?, ?, ?, ?, ?) RETURNING id",
        (*place, user_id, question, to_micros(at)),
    )
    return int(rows[0][0])


async def load_watches(db: Database, ids: list[int]) -> dict[int, Watch]:
    """Return questions by number; those that wait no more are left out."""
    rows = await db.fetch(f"{_SELECT}id IN ({marks(ids)})", ids)
    return {row[0]: _watch(row) for row in rows}


async def list_watches_after(db: Database, after: int, limit: int) -> list[Watch]:
    """Return the questions with a number above `after`, in order, at most `limit`."""
    rows = await db.fetch(f"{_SELECT}id > ? ORDER BY id LIMIT ?", (after, limit))
    return list(map(_watch, rows))


async def list_watches(db: Database, chat_id: int, thread_id: int) -> list[Watch]:
    """Return the questions that wait in a place, the latest first."""
    rows = await db.fetch(
        f"{_SELECT}chat_id = ? AND thread_id = ? ORDER BY id DESC",
        (chat_id, thread_id),
    )
    return list(map(_watch, rows))


async def delete_watch(connection: AsyncConnection, watch_id: int) -> None:
    """Wait for an answer no more."""
    await run(connection, "DELETE FROM watch WHERE id = ?", (watch_id,))


def _watch(row: Row) -> Watch:
    key, chat_id, thread_id, user_id, question, created_at = row
    return Watch(key, chat_id, thread_id, user_id, question, from_micros(created_at))
