"""Questions without an answer, whose askers want to be told when there is one.

The one place where a question is kept: because its asker wants it to be. It is erased when the
message that answers it has left: one that is called back or refused lets it wait on.
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
    """A question whose asker waits for an answer in a chat, or in a topic of it (0 for none).

    `is_answered` while a message answers it that has left or is on its way.
    """

    id: int
    chat_id: int
    thread_id: int
    user_id: int
    question: str
    created_at: datetime
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """A change of the corpus's words after which questions are asked again, those `after` one."""

    seq: int
    after: int


# Literals, as the index of notices by cause needs them.
_IN_HAND = (
    "EXISTS (SELECT 1 FROM notice AS n JOIN outbox AS o ON o.id = n.outbox_id"
    " WHERE n.cause = 'watch' AND n.cause_id = watch.id AND n.state = 'sent' AND o.state IN "
)

#: Of a row of `watch`: whether a message answers it that has left or is on its way.
IS_ANSWERED = f"{_IN_HAND} ('ready', 'leased', 'sent'))"
_IS_TOLD = f"{_IN_HAND} ('sent'))"

_SELECT = (
    "SELECT id, chat_id, thread_id, user_id, question, created_at,"  # noqa: S608 - literals
    f" {IS_ANSWERED} FROM watch WHERE "
)


async def add_watch(
    connection: AsyncConnection, place: tuple[int, int], user_id: int, question: str, at: datetime
) -> int:
    """Keep a question until it is answered; return its number, the same for the same question.

    Raises: UserError if the chat has as many as a chat may.
    """
    # It was answered, and is asked again: no answer any more.
    await run(
        connection,
        f"DELETE FROM watch WHERE chat_id = ? AND {_IS_TOLD}",  # noqa: S608 - literals
        (place[0],),
    )
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
    """Return questions by number; those that are gone are left out."""
    rows = await db.fetch(f"{_SELECT}id IN ({marks(ids)})", ids)
    return {row[0]: _watch(row) for row in rows}


async def list_watches_after(db: Database, after: int, limit: int) -> list[Watch]:
    """Return the questions with a number above `after`, in order, at most `limit`."""
    rows = await db.fetch(f"{_SELECT}id > ? ORDER BY id LIMIT ?", (after, limit))
    return list(map(_watch, rows))


async def list_watches(db: Database, chat_id: int, thread_id: int) -> list[Watch]:
    """Return the questions that still wait in a place, the latest first."""
    rows = await db.fetch(
        f"{_SELECT}chat_id = ? AND thread_id = ? AND NOT {IS_ANSWERED} ORDER BY id DESC",
        (chat_id, thread_id),
    )
    return list(map(_watch, rows))


async def delete_watch(connection: AsyncConnection, watch_id: int) -> None:
    """Wait for an answer no more."""
    await run(connection, "DELETE FROM watch WHERE id = ?", (watch_id,))


async def find_round(db: Database) -> Round | None:
    """Return the round of questions to be asked again, None if none is to be.

    It is that of the last change of words: one that came meanwhile begins it anew.
    """
    rows = await db.fetch(
        "SELECT (SELECT max(seq) FROM index_change WHERE op = 'words'), coalesce(r.seq, 0),"
        " r.watch_cursor FROM (SELECT 1) LEFT JOIN watch_round AS r"
    )
    last, seq, after = rows[0]
    if last is not None and last > seq:
        return Round(last, 0)
    return None if after is None else Round(seq, after)


async def note_round(connection: AsyncConnection, seq: int, after: int | None) -> None:
    """Note up to which question a round came, None if it is over."""
    await run(
        connection,
        "INSERT INTO watch_round (id, seq, watch_cursor) VALUES (1, ?, ?) ON CONFLICT (id)"
        " DO UPDATE SET seq = excluded.seq, watch_cursor = excluded.watch_cursor",
        (seq, after),
    )


def _watch(row: Row) -> Watch:
    key, chat_id, thread_id, user_id, question, created_at, is_answered = row
    moment = from_micros(created_at)
    return Watch(key, chat_id, thread_id, user_id, question, moment, bool(is_answered))
