"""What readers say of answers, quotes and events. It goes to people; no ranking reads it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import audit
from bot.store.database import Database, Row, run
from bot.store.moments import from_micros, to_micros


class Kind(StrEnum):
    """What the feedback is about."""

    ANSWER = "answer"
    QUOTE = "quote"
    EVENT = "event"


class Vote(StrEnum):
    """What a reader says: only that it is wrong waits for an editor."""

    HELPFUL = "helpful"
    WRONG = "wrong"


class Reason(StrEnum):
    """Why it is wrong; which of them fit an answer, a quote or an event the buttons say."""

    OFF_TOPIC = "off_topic"
    OUTDATED = "outdated"
    MISQUOTED = "misquoted"
    SPEAKER = "speaker"
    DATE = "date"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader says of an answer, a quote or an event, and the paragraph he saw.

    `verdict` is that of the answer. `question` is there only if its asker sent it. `voter_id` is
    forgotten after 30 days: until then he can be answered.
    """

    kind: Kind
    subject_id: int
    paragraph_id: int
    vote: Vote
    index_version: int
    created_at: datetime
    voter_id: int | None
    verdict: str | None = None
    reason: Reason | None = None
    words: str | None = None
    question: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many readers found a paragraph helpful, and how many wrong, in whatever answers."""

    helpful: int
    wrong: int


_COLUMNS = (
    "id, kind, subject_id, paragraph_id, vote, index_version, created_at, voter_id, verdict,"
    " reason, words, question"
)


async def set_vote(connection: AsyncConnection, vote: Feedback) -> None:
    """Keep a reader's vote in the place of the one he gave before on the same thing.

    Another vote forgets what he wrote of the first, and waits for an editor again.
    """
    await run(
        connection,
        "INSERT INTO feedback (kind, subject_id, paragraph_id, vote, index_version, created_at,"
        " voter_id, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (kind, subject_id, voter_id) DO UPDATE SET vote = excluded.vote,"
        " paragraph_id = excluded.paragraph_id, index_version = excluded.index_version,"
        " created_at = excluded.created_at, verdict = excluded.verdict, reason = NULL,"
        " words = NULL, question = NULL, resolved_at = NULL"
        " WHERE feedback.vote != excluded.vote OR feedback.paragraph_id != excluded.paragraph_id",
        (
            vote.kind.value,
            vote.subject_id,
            vote.paragraph_id,
            vote.vote.value,
            vote.index_version,
            to_micros(vote.created_at),
            vote.voter_id,
            vote.verdict,
        ),
    )


async def set_details(
    connection: AsyncConnection,
    kind: Kind,
    subject_id: int,
    voter_id: int,
    *,
    reason: Reason | None = None,
    words: str | None = None,
    question: str | None = None,
) -> bool:
    """Add to the vote by which a reader calls something wrong; return whether there is one.

    What is None stays as it was.
    """
    rows = await run(
        connection,
        "UPDATE feedback SET reason = coalesce(?, reason), words = coalesce(?, words),"
        " question = coalesce(?, question)"
        " WHERE kind = ? AND subject_id = ? AND voter_id = ? AND vote = 'wrong' RETURNING id",
        (reason and reason.value, words, question, kind.value, subject_id, voter_id),
    )
    return bool(rows)


async def list_feedback(db: Database) -> tuple[int, ...]:
    """Return what is wrong and waits for an editor: paragraphs that most complain of first.

    Of one paragraph the oldest first.
    """
    rows = await db.fetch(
        "SELECT f.id FROM feedback AS f WHERE f.vote = 'wrong' AND f.resolved_at IS NULL"
        " ORDER BY (SELECT count(*) FROM feedback AS o WHERE o.paragraph_id = f.paragraph_id"
        " AND o.vote = 'wrong' AND o.resolved_at IS NULL) DESC, f.paragraph_id, f.id"
    )
    return tuple(key for (key,) in rows)


async def load_feedback(db: Database, feedback_id: int) -> Feedback | None:
    """Return an entry, whether it waits or not; None if there is none."""
    rows = await db.fetch(f"SELECT {_COLUMNS} FROM feedback WHERE id = ?", (feedback_id,))  # noqa: S608 - ours
    return _feedback(rows[0]) if rows else None


async def count_votes(db: Database, paragraph_id: int) -> Tally:
    """Return the votes on a paragraph."""
    rows = await db.fetch(
        "SELECT vote, count(*) FROM feedback WHERE paragraph_id = ? GROUP BY vote", (paragraph_id,)
    )
    counts: dict[str, int] = dict(rows)
    return Tally(counts.get("helpful", 0), counts.get("wrong", 0))


async def get_feedback_state(connection: AsyncConnection, subject: str) -> audit.State:
    """Return whether an entry is resolved; None for one that is gone."""
    rows = await run(
        connection, "SELECT resolved_at IS NOT NULL FROM feedback WHERE id = ?", (int(subject),)
    )
    return {"is_resolved": bool(rows[0][0])} if rows else None


async def set_feedback_state(
    connection: AsyncConnection, subject: str, state: audit.State, at: datetime
) -> None:
    """Take an entry out of the queue, or put it back."""
    is_resolved = bool(state and state["is_resolved"])
    await run(
        connection,
        "UPDATE feedback SET resolved_at = ? WHERE id = ?",
        (to_micros(at) if is_resolved else None, int(subject)),
    )


async def resolve_feedback(
    connection: AsyncConnection, feedback_id: int, by: int, at: datetime
) -> bool:
    """Take an entry out of the queue, and note who did; return whether it still waited."""
    subject, before = str(feedback_id), {"is_resolved": False}
    if await get_feedback_state(connection, subject) != before:
        return False
    await set_feedback_state(connection, subject, {"is_resolved": True}, at)
    after = {"is_resolved": True}
    await audit.note_act(connection, audit.Kind.FEEDBACK, subject, before, after, by=by, at=at)
    return True


def _feedback(row: Row) -> Feedback:
    key, kind, subject_id, paragraph_id, vote, version, created_at, voter_id, *rest = row
    verdict, reason, words, question = rest
    return Feedback(
        kind=Kind(kind),
        subject_id=subject_id,
        paragraph_id=paragraph_id,
        vote=Vote(vote),
        index_version=version,
        created_at=from_micros(created_at),
        voter_id=voter_id,
        verdict=verdict,
        reason=Reason(reason) if reason else None,
        words=words,
        question=question,
        id=key,
    )
