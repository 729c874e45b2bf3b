"""The state of a draft: what it says of itself, how its facts are corrected, what was decided.

Its text never changes by an act, so it is no part of the state.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.audit import Kind, State, note_act
from bot.store.database import marks, run

_COLUMNS = (
    *("state", "title", "day", "is_day_assumed", "language", "url", "source"),
    *("corrections", "decided_at"),
)


async def get_draft_state(connection: AsyncConnection, subject: str) -> State:
    """Return the state of a draft, None if there is none."""
    rows = await run(
        connection,
        f"SELECT {', '.join(_COLUMNS)} FROM draft WHERE id = ?",  # noqa: S608 - names of ours
        (int(subject),),
    )
    if not rows:
        return None
    state: dict[str, object] = dict(zip(_COLUMNS, rows[0], strict=True))
    return {**state, "corrections": json.loads(rows[0][_COLUMNS.index("corrections")])}


async def set_draft_state(
    connection: AsyncConnection,
    subject: str,
    state: State,
    at: datetime,  # noqa: ARG001 - as for other subjects; when it was decided is in the state
) -> None:
    """Bring a draft to a state that it had. Raises: UserError if there is no such draft."""
    if state is None:
        raise UserError("There is no such draft any more.")
    values = [
        json.dumps(state[name]) if name == "corrections" else state[name] for name in _COLUMNS
    ]
    await run(
        connection,
        f"UPDATE draft SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?",  # noqa: S608 - names of ours
        (*values, int(subject)),
    )


@asynccontextmanager
async def noting(
    connection: AsyncConnection, draft_id: int, *, by: int, at: datetime
) -> AsyncIterator[None]:
    """Note what is done to a draft within the block as an act, if it is another one after it."""
    before = await get_draft_state(connection, str(draft_id))
    yield
    after = await get_draft_state(connection, str(draft_id))
    if after != before:
        await note_act(connection, Kind.DRAFT, draft_id, before, after, by=by, at=at)


async def forget_acts(connection: AsyncConnection, draft_ids: list[int]) -> None:
    """Take the words out of what was noted of some drafts; that something was done stays."""
    erased = json.dumps({"is_erased": True})
    await run(
        connection,
        f"UPDATE audit SET before = ?, after = ? WHERE kind = 'draft'"  # noqa: S608 - marks
        f" AND subject IN ({marks(draft_ids)})",
        (erased, erased, *map(str, draft_ids)),
    )
