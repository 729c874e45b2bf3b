"""Questions that the articles did not answer, as sets of lemmas: for editors, without ids.

Askers are counted by a salted hash of their own for each set, so that nobody can be followed from
one to another; the salt is not in the database. The text of a question is here only if its asker
sent it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audit import Kind, State, note_act
from bot.store.database import Database, run, run_many
from bot.store.moments import to_micros

#: A set is shown from so many askers up, or when somebody sent his question. Source: privacy rules
#: in docs/reliability.md.
LEAST_ASKERS = 3

#: An asker counts for so long.
COUNTED_FOR = timedelta(days=30)

#: Sets shown: more than an editor goes through.
MOST_SETS = 200

#: Sent questions of one set that are kept: the others say the same.
MOST_TEXTS = 5


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that was refused: the lemmas of its telling words, and who asked."""

    lemmas: tuple[str, ...]
    asker_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A set of lemmas that the articles did not answer, how many asked, and what they sent."""

    id: int
    lemmas: tuple[str, ...]
    askers: int
    texts: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the questions to try: those that were sent, else the words of the set."""
        return self.texts or (" ".join(self.lemmas),)


async def count_refusal(connection: AsyncConnection, refused: Refused, salt: bytes) -> None:
    """Count a refusal as part of the transaction of its reply; one of an asker counts once."""
    key = await _key_of(connection, refused.lemmas)
    await run(
        connection,
        "INSERT INTO unanswered_asker (unanswered_id, asker, at) VALUES (?, ?, ?)"
        " ON CONFLICT (unanswered_id, asker) DO UPDATE SET at = excluded.at",
        (key, _hash(refused.asker_id, _stored(refused.lemmas), salt), to_micros(refused.at)),
    )


async def send_question(
    connection: AsyncConnection, refused: Refused, text: str, salt: bytes
) -> None:
    """Keep the text of a refused question that its asker sends; the set waits again if hidden."""
    await count_refusal(connection, refused, salt)
    key = await _key_of(connection, refused.lemmas)
    await run(
        connection,
        "INSERT INTO unanswered_text (unanswered_id, text, at) SELECT ?, ?, ? WHERE"
        " (SELECT count(*) FROM unanswered_text WHERE unanswered_id = ?) < ?"
        " ON CONFLICT (unanswered_id, text) DO NOTHING",
        (key, text, to_micros(refused.at), key, MOST_TEXTS),
    )
    await run(connection, "UPDATE unanswered SET hidden_at = NULL WHERE id = ?", (key,))


async def list_unanswered(db: Database, at: datetime) -> list[Unanswered]:
    """Return what waits for an editor: sent questions first, then what most ask for."""
    rows = await db.fetch(
        "WITH counted AS (SELECT unanswered_id AS id, count(*) AS askers FROM unanswered_asker"
        " WHERE at > ? GROUP BY unanswered_id),"
        " sent AS (SELECT unanswered_id AS id, count(*) AS texts FROM unanswered_text"
        " GROUP BY unanswered_id)"
        " SELECT u.id, u.lemmas, coalesce(c.askers, 0), coalesce(s.texts, 0)"
        " FROM (SELECT id FROM counted WHERE askers >= ? UNION SELECT id FROM sent) AS shown"
        " JOIN unanswered AS u ON u.id = shown.id"
        " LEFT JOIN counted AS c ON c.id = u.id LEFT JOIN sent AS s ON s.id = u.id"
        " WHERE u.hidden_at IS NULL"
        " ORDER BY s.texts IS NULL, coalesce(c.askers, 0) DESC, u.id LIMIT ?",
        (to_micros(at - COUNTED_FOR), LEAST_ASKERS, MOST_SETS),
    )
    return [
        Unanswered(key, tuple(lemmas.split()), askers, await _texts(db, key) if sent else ())
        for key, lemmas, askers, sent in rows
    ]


async def forget_asker(connection: AsyncConnection, asker_id: int, salt: bytes) -> int:
    """Count a person no more, in as many sets as he asked for; return how many those were.

    His hash is another one in each set, so each is tried: a millisecond for some hundreds.
    """
    sets = await run(connection, "SELECT id, lemmas FROM unanswered")
    return await run_many(
        connection,
        "DELETE FROM unanswered_asker WHERE unanswered_id = ? AND asker = ?",
        [(key, _hash(asker_id, lemmas, salt)) for key, lemmas in sets],
    )


async def get_unanswered_state(connection: AsyncConnection, subject: str) -> State:
    """Return whether a set is hidden; None for one that is gone."""
    rows = await run(
        connection, "SELECT hidden_at IS NOT NULL FROM unanswered WHERE id = ?", (int(subject),)
    )
    return {"is_hidden": bool(rows[0][0])} if rows else None


async def set_unanswered_state(
    connection: AsyncConnection, subject: str, state: State, at: datetime
) -> None:
    """Hide a set from the board, or show it again."""
    is_hidden = bool(state and state["is_hidden"])
    await run(
        connection,
        "UPDATE unanswered SET hidden_at = ? WHERE id = ?",
        (to_micros(at) if is_hidden else None, int(subject)),
    )


async def hide_unanswered(connection: AsyncConnection, key: int, by: int, at: datetime) -> None:
    """Take a set off the board, and note who did."""
    subject, before, after = str(key), {"is_hidden": False}, {"is_hidden": True}
    if await get_unanswered_state(connection, subject) == before:
        await set_unanswered_state(connection, subject, after, at)
        await note_act(connection, Kind.UNANSWERED, subject, before, after, by=by, at=at)


async def _texts(db: Database, key: int) -> tuple[str, ...]:
    rows = await db.fetch(
        "SELECT text FROM unanswered_text WHERE unanswered_id = ? ORDER BY at, text", (key,)
    )
    return tuple(text for (text,) in rows)


async def _key_of(connection: AsyncConnection, lemmas: Sequence[str]) -> int:
    """Return the id of a set, which is stored when it is new."""
    words = _stored(lemmas)
    await run(
        connection,
        "INSERT INTO unanswered (lemmas) VALUES (?) ON CONFLICT (lemmas) DO NOTHING",
        (words,),
    )
    rows = await run(connection, "SELECT id FROM unanswered WHERE lemmas = ?", (words,))
    key: int = rows[0][0]
    return key


def _stored(lemmas: Sequence[str]) -> str:
    return " ".join(sorted(lemmas))


def _hash(asker_id: int, lemmas: str, salt: bytes) -> str:
    """Return what stands for an asker of a set, whose lemmas are as they are stored."""
    return hashlib.blake2b(f"{asker_id} {lemmas}".encode(), digest_size=16, key=salt).hexdigest()
