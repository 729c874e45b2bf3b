"""Feeds: their addresses, when each is due, what was seen in it.

new ──first look──► active ◄──► paused      any ──► removed ──undo or adding──► any
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.audit import Kind, State, note_act
from bot.store.database import Database, Row, run, run_many
from bot.store.moments import from_micros, to_micros

#: How often a feed is looked at that does not say.
INTERVAL_S = 1_800


class FeedMode(StrEnum):
    """What becomes of new items: drafts that an editor is asked about, or articles at once."""

    ASK = "ask"
    AUTO = "auto"


class FeedState(StrEnum):
    """Whether a feed is looked at; a new one has not been yet."""

    NEW = "new"
    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; `failures` in a row were the last looks, `user_id` is who added it."""

    id: int
    url: str
    title: str
    mode: FeedMode
    state: FeedState
    user_id: int
    chat_id: int
    etag: str | None
    modified: str | None
    interval_s: int
    due_at: datetime
    failures: int


_COLUMNS = (
    "id, url, title, mode, state, user_id, chat_id, etag, modified, interval_s, due_at, failures"
)


async def add_feed(
    connection: AsyncConnection, url: str, mode: FeedMode, user_id: int, chat_id: int, at: datetime
) -> None:
    """Keep a feed, to be looked at now; one that was removed comes back.

    Raises: UserError if it is there already.
    """
    before = await get_feed_state(connection, url)
    if before is not None and before["state"] != FeedState.REMOVED:
        raise UserError("This feed is there already: /feeds")
    moment = to_micros(at)
    await run(
        connection,
        "INSERT INTO feed (url, title, mode, state, user_id, chat_id, interval_s, due_at, failures,"
        " created_at) VALUES (?, ?, ?, 'new', ?, ?, ?, ?, 0, ?) ON CONFLICT (url) DO UPDATE SET"
        " mode = excluded.mode, state = 'new', user_id = excluded.user_id,"
        " chat_id = excluded.chat_id, due_at = excluded.due_at, failures = 0",
        (url, url, mode.value, user_id, chat_id, INTERVAL_S, moment, moment),
    )
    after = await get_feed_state(connection, url)
    await note_act(connection, Kind.FEED, url, before, after, by=user_id, at=at)


async def set_feed(
    connection: AsyncConnection, feed_id: int, state: FeedState, by: int | None, at: datetime
) -> str:
    """Pause a feed, let it go on, or remove it; return its title.

    It is noted as an act of `by`, and not at all where the bot itself does it, for None. Whoever
    lets it go on gets what it brings.

    Raises: UserError if there is no such feed.
    """
    found = await run(connection, "SELECT url, title FROM feed WHERE id = ?", (feed_id,))
    if not found:
        raise UserError("This button is out of date.")
    url, title = found[0]
    before = await get_feed_state(connection, url)
    await run(
        connection,
        "UPDATE feed SET state = ?, failures = 0 WHERE id = ?",
        (state.value, feed_id),
    )
    if by is not None and state is FeedState.ACTIVE:
        await run(
            connection,
            "UPDATE feed SET user_id = ?, chat_id = ? WHERE id = ?",
            (by, by, feed_id),
        )
    if by is not None:
        after = await get_feed_state(connection, url)
        await note_act(connection, Kind.FEED, url, before, after, by=by, at=at)
    return str(title)


async def get_feed_state(connection: AsyncConnection, subject: str) -> State:
    """Return how a feed is looked at, None if it never was there."""
    rows = await run(
        connection, "SELECT mode, state, user_id, chat_id FROM feed WHERE url = ?", (subject,)
    )
    if not rows:
        return None
    mode, state, user_id, chat_id = rows[0]
    # That a feed was looked at for the first time is nobody's act.
    shown = "active" if state == "new" else state
    return {"mode": mode, "state": shown, "user_id": user_id, "chat_id": chat_id}


async def set_feed_state(
    connection: AsyncConnection, subject: str, state: State, at: datetime
) -> None:
    """Let a feed be looked at as it was; one that was not there before is there no more."""
    if state is None:
        await run(
            connection,
            "DELETE FROM feed_item WHERE feed_id IN (SELECT id FROM feed WHERE url = ?)",
            (subject,),
        )
        await run(connection, "DELETE FROM feed WHERE url = ?", (subject,))
        return
    moment = to_micros(at)
    await run(
        connection,
        "INSERT INTO feed (url, title, mode, state, user_id, chat_id, interval_s, due_at, failures,"
        " created_at) VALUES (?, ?, ?, 'new', ?, ?, ?, ?, 0, ?) ON CONFLICT (url) DO UPDATE SET"
        " mode = excluded.mode, state = ?, user_id = excluded.user_id, chat_id = excluded.chat_id",
        (
            *(subject, subject, state["mode"], state["user_id"], state["chat_id"], INTERVAL_S),
            *(moment, moment, state["state"]),
        ),
    )


async def list_feeds(db: Database) -> tuple[Feed, ...]:
    """Return the feeds that were not removed, by title."""
    # Names of columns, from this module.
    rows = await db.fetch(
        f"SELECT {_COLUMNS} FROM feed WHERE state <> 'removed' ORDER BY title, id"  # noqa: S608
    )
    return tuple(map(_feed, rows))


#: No feed rests longer; one that would was put off by a clock that has been set back since.
MOST_REST = timedelta(days=1, hours=1)


async def list_due(db: Database, at: datetime) -> tuple[Feed, ...]:
    """Return the feeds that are due, the longest first."""
    rows = await db.fetch(
        f"SELECT {_COLUMNS} FROM feed"  # noqa: S608 - a literal of this module
        " WHERE state IN ('new', 'active') AND (due_at <= ? OR due_at > ?)"
        " ORDER BY due_at, id",
        (to_micros(at), to_micros(at + MOST_REST)),
    )
    return tuple(map(_feed, rows))


async def list_seen(db: Database, feed_id: int) -> frozenset[str]:
    """Return the keys of the items that were seen in a feed."""
    rows = await db.fetch("SELECT key FROM feed_item WHERE feed_id = ?", (feed_id,))
    return frozenset(key for (key,) in rows)


async def note_look(
    connection: AsyncConnection,
    feed: Feed,
    keys: Iterable[str],
    *,
    title: str,
    interval_s: int,
    at: datetime,
) -> None:
    """Note that a feed was looked at and what was seen; `feed` has what its server said of it."""
    await run(
        connection,
        "UPDATE feed SET state = 'active', title = ?, etag = ?, modified = ?, interval_s = ?,"
        " due_at = ?, failures = 0 WHERE id = ? AND state IN ('new', 'active')",
        (
            title,
            feed.etag,
            feed.modified,
            interval_s,
            to_micros(at + timedelta(seconds=interval_s)),
            feed.id,
        ),
    )
    await run_many(
        connection,
        "INSERT INTO feed_item (feed_id, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(feed.id, key) for key in keys],
    )


async def note_failure(connection: AsyncConnection, feed_id: int, due_at: datetime) -> None:
    """Note that a look at a feed failed, and when the next is."""
    await run(
        connection,
        "UPDATE feed SET failures = failures + 1, due_at = ? WHERE id = ?",
        (to_micros(due_at), feed_id),
    )


def _feed(row: Row) -> Feed:
    key, url, title, mode, state, user_id, chat_id, etag, modified, interval_s, due_at, fails = row
    return Feed(
        key,
        url,
        title,
        FeedMode(mode),
        FeedState(state),
        *(user_id, chat_id, etag, modified, interval_s, from_micros(due_at), fails),
    )
