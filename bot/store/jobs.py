"""Long work that editors ask for: a row that outlives a restart, until it is done or stopped.

    waiting ──► done | failed | stopped

Which one is under way only the running bot knows; after a crash all that wait begin anew.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, Row, marks, run
from bot.store.moments import to_micros


class JobKind(StrEnum):
    """What is to be done."""

    TAKE = "take"
    TAKE_ALL = "take_all"
    OFFER_ALL = "offer_all"
    SHOW = "show"
    PUBLISH = "publish"
    PUBLISH_ALL = "publish_all"
    REVISE = "revise"
    PUBLISH_REVISION = "publish_revision"


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is to be done, for whom, and the message that asked for it."""

    kind: JobKind
    payload: Mapping[str, object]
    user_id: int
    chat_id: int
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job that waits; `outbox_id` is the message that tells how far it is, once there is one.

    `attempts` is how many runs have begun with it.
    """

    id: int
    kind: JobKind
    payload: Mapping[str, object]
    user_id: int
    chat_id: int
    reply_to: int | None
    attempts: int
    outbox_id: int | None


async def add_job(connection: AsyncConnection, new: NewJob, at: datetime) -> int:
    """Keep a job in the transaction that asks for it; return its id."""
    rows = await run(
        connection,
        "INSERT INTO job (kind, payload, user_id, chat_id, reply_to, state, attempts, created_at)"
        " VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?) RETURNING id",
        (
            new.kind.value,
            json.dumps(new.payload, ensure_ascii=False),
            new.user_id,
            new.chat_id,
            new.reply_to,
            to_micros(at),
        ),
    )
    return int(rows[0][0])


async def begin_jobs(db: Database, limit: int, skip: Collection[int]) -> tuple[Job, ...]:
    """Count an attempt for the oldest waiting jobs and return them; `skip` are under way.

    A write, so that it sees the job of a transaction that ends at this very moment.
    """
    rows = await db.change(
        "UPDATE job SET attempts = attempts + 1 WHERE id IN"  # noqa: S608 - only marks
        f" (SELECT id FROM job WHERE state = 'waiting' AND id NOT IN ({marks(skip)})"
        " ORDER BY id LIMIT ?) AND state = 'waiting'"
        " RETURNING id, kind, payload, user_id, chat_id, reply_to, attempts, outbox_id",
        (*skip, limit),
    )
    return tuple(sorted(map(_job, rows), key=lambda job: job.id))


async def set_job_message(connection: AsyncConnection, job_id: int, outbox_id: int) -> None:
    """Note which message tells how far a job is."""
    await run(connection, "UPDATE job SET outbox_id = ? WHERE id = ?", (outbox_id, job_id))


async def save_job(
    connection: AsyncConnection, job_id: int, done: Mapping[str, object]
) -> Mapping[str, object] | None:
    """Note how far a waiting job is; return what is known of it now, None if it was ended before.

    Its attempts begin anew: it gets on.
    """
    rows = await run(
        connection,
        "UPDATE job SET payload = json_set(payload, '$.bulk', json(?)), attempts = 1"
        " WHERE id = ? AND state = 'waiting' RETURNING payload",
        (json.dumps(done, ensure_ascii=False), job_id),
    )
    return json.loads(rows[0][0]) if rows else None


async def add_to_album(
    connection: AsyncConnection,
    kind: JobKind,
    user_id: int,
    album: str,
    file: Mapping[str, object],
) -> bool:
    """Add a file to the waiting job of an album; return False if there is none (any more)."""
    rows = await run(
        connection,
        "UPDATE job SET payload = json_insert(payload, '$.files[#]', json(?))"
        " WHERE state = 'waiting' AND kind = ? AND user_id = ?"
        " AND json_extract(payload, '$.album') = ? RETURNING id",
        (json.dumps(file, ensure_ascii=False), kind.value, user_id, album),
    )
    return bool(rows)


async def accept_offer(connection: AsyncConnection, job_id: int, user_id: int) -> bool:
    """Note that somebody wants what was offered to him; return False if it is not, or not again."""
    rows = await run(
        connection,
        "UPDATE job SET payload = json_set(payload, '$.is_accepted', json('true'))"
        " WHERE id = ? AND user_id = ? AND kind = 'offer_all' AND state = 'done'"
        " AND json_extract(payload, '$.is_accepted') IS NULL RETURNING id",
        (job_id, user_id),
    )
    return bool(rows)


async def count_files(connection: AsyncConnection, job_id: int) -> int:
    """Return how many files of an album a job has got."""
    rows = await run(
        connection, "SELECT json_array_length(payload, '$.files') FROM job WHERE id = ?", (job_id,)
    )
    return int(rows[0][0] or 0)


async def get_payload(db: Database, job_id: int) -> Mapping[str, object]:
    """Return what is known of a job, done or not; empty if there is none."""
    rows = await db.fetch("SELECT payload FROM job WHERE id = ?", (job_id,))
    return json.loads(rows[0][0]) if rows else {}


async def end_job(connection: AsyncConnection, job_id: int, state: JobState, at: datetime) -> bool:
    """End a waiting job; return False if it was ended before, and then change nothing."""
    rows = await run(
        connection,
        "UPDATE job SET state = ?, ended_at = ? WHERE id = ? AND state = 'waiting' RETURNING id",
        (state.value, to_micros(at), job_id),
    )
    return bool(rows)


async def count_jobs(connection: AsyncConnection, user_id: int) -> int:
    """Return how many jobs of a person wait."""
    rows = await run(
        connection,
        "SELECT count(*) FROM job WHERE state = 'waiting' AND user_id = ?",
        (user_id,),
    )
    return int(rows[0][0])


async def is_waiting(connection: AsyncConnection, new: NewJob, name: str) -> bool:
    """Return whether a job of this kind waits, or is under way, for the same of this name."""
    path = f"$.{name}"
    rows = await run(
        connection,
        "SELECT 1 FROM job WHERE state = 'waiting' AND kind = ?"
        " AND json_extract(payload, ?) = json_extract(?, ?) LIMIT 1",
        (new.kind.value, path, json.dumps(new.payload), path),
    )
    return bool(rows)


def _job(row: Row) -> Job:
    key, kind, payload, user_id, chat_id, reply_to, attempts, outbox_id = row
    return Job(
        key,
        JobKind(kind),
        json.loads(payload),
        user_id,
        chat_id,
        reply_to,
        attempts,
        outbox_id,
    )
