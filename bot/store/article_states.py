"""The state of an article: which version is current, whether it is published, or erased for ever.

All versions that somebody has seen are kept, so to take an act back is to point to another one.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError, UserError
from bot.store.audit import State
from bot.store.changed_passages import note_return
from bot.store.changes import ChangeOp, add_change
from bot.store.database import run
from bot.store.hashes import hash_text
from bot.store.tables import article as article_table
from bot.store.unpublishing import bring_back, take_away


async def get_article_state(connection: AsyncConnection, subject: str) -> State:
    """Return which version of an article is current and whether it is published; None for none.

    `is_erased` is there only if it was erased for ever.
    """
    columns = (article_table.c.version, article_table.c.withdrawn_at, article_table.c.erased_at)
    row = (
        await connection.execute(select(*columns).where(article_table.c.id == int(subject)))
    ).one_or_none()
    if row is None:
        return None
    state = {"version": row.version, "is_published": row.withdrawn_at is None}
    return state if row.erased_at is None else {**state, "is_erased": True}


async def set_article_state(
    connection: AsyncConnection, subject: str, state: State, at: datetime
) -> State:
    """Bring an article to a state that it had; what publishing made is taken away or brought back.

    Return what the act of doing so begins with, None for nothing but the state before it.

    Raises: UserError if it was erased, its very text has been published as another article, or what
    it said then is not there any more.
    """
    article_id, present = int(subject), await get_article_state(connection, subject)
    if state is None:
        raise StoreError("An article that was published cannot be one that never was.")
    if present is not None and present.get("is_erased"):
        raise UserError("What was erased for ever cannot be brought back.")
    if "rows" in state:
        return await _bring_back(connection, article_id, present, state, at)
    if present is None:
        raise UserError("The article is a draft again. Publish it from there: /drafts")
    if "taken" in state:  # its rows are kept no more
        raise _not_there(article_id)
    if state["is_published"]:
        await _require_publishable(connection, article_id, state["version"])
    made = state.get("made")
    taken = None
    if isinstance(made, Mapping):
        taken = await take_away(connection, article_id, present["version"], made)
    if taken is not None and not state["is_published"]:
        await add_change(connection, article_id, ChangeOp.REMOVE, at)
        return taken.kept
    is_seen = taken is None or taken.is_shown
    if is_seen and state["version"] != present["version"]:
        await note_return(connection, article_id, present["version"], state["version"], at)
    await point_to(connection, article_id, state, at)
    return taken.kept if taken is not None else None


async def _bring_back(
    connection: AsyncConnection,
    article_id: int,
    present: State,
    state: Mapping[str, object],
    at: datetime,
) -> State:
    """Put back what an act of taking back has taken away."""
    begins_with = await bring_back(connection, state)
    await _require_publishable(connection, article_id, state["version"])
    if present is not None and state.get("is_shown"):
        await note_return(connection, article_id, present["version"], state["version"], at)
    await point_to(connection, article_id, state, at)
    return begins_with


async def _require_publishable(
    connection: AsyncConnection, article_id: int, number: object
) -> None:
    """Refuse a version that is not there, or says what another article says. Raises: UserError."""
    rows = await run(
        connection,
        "SELECT text FROM article_version WHERE article_id = ? AND number = ?",
        (article_id, number),
    )
    if not rows:
        raise _not_there(article_id)
    await require_unique(connection, article_id, rows[0][0])


def _not_there(article_id: int) -> UserError:
    return UserError(
        "That version is not there any more. Correct the article anew: /edit {id}", id=article_id
    )


async def point_to(
    connection: AsyncConnection, article_id: int, state: Mapping[str, object], at: datetime
) -> int:
    """Write another state and announce it to the index; return the number of the change."""
    is_published = bool(state["is_published"])
    await connection.execute(
        update(article_table)
        .where(article_table.c.id == article_id)
        .values(version=state["version"], withdrawn_at=None if is_published else at)
    )
    op = ChangeOp.ADD if is_published else ChangeOp.REMOVE
    return await add_change(connection, article_id, op, at)


async def require_unique(connection: AsyncConnection, article_id: int, text: str) -> None:
    """Refuse a text that another published article has. Raises: UserError."""
    rows = await run(
        connection,
        "SELECT a.id FROM article AS a"
        " JOIN article_version AS v ON v.article_id = a.id AND v.number = a.version"
        " WHERE v.sha256 = ? AND a.withdrawn_at IS NULL AND a.id != ? ORDER BY a.id LIMIT 1",
        (hash_text(text), article_id),
    )
    if rows:
        raise UserError("Article {id} has this very text already.", id=rows[0][0])
