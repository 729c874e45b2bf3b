"""Words that mean the same in this corpus, beside those that come with the engine."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.audit import Kind, State, note_act
from bot.store.changes import ChangeOp, add_change
from bot.store.database import Database, run
from bot.store.lexicon import load_lexicon
from bot.store.moments import to_micros
from index.synonyms import Synonyms, with_own

#: Between the phrases of a group, as people write it.
EQUALS = " = "


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Phrases that mean the same."""

    id: int
    phrases: tuple[str, ...]


async def list_synonyms(db: Database) -> tuple[SynonymGroup, ...]:
    """Return the groups of this corpus, in the order in which they came."""
    rows = await db.fetch("SELECT id, phrases FROM synonym ORDER BY id")
    return tuple(SynonymGroup(key, tuple(text.split(EQUALS))) for key, text in rows)


async def load_synonyms(db: Database) -> Synonyms:
    """Return the table by which questions and topics are read: the shipped one and these groups.

    The names that the corpus gives a person are such words too.
    """
    groups = tuple(each.phrases for each in await list_synonyms(db))
    lexicon = await load_lexicon(db)
    return await asyncio.to_thread(with_own, (*groups, *lexicon.groups))


async def add_synonyms(
    connection: AsyncConnection, phrases: tuple[str, ...], *, by: int, at: datetime
) -> None:
    """Keep a group of phrases, and note who did. Raises: UserError if it is kept already."""
    subject = EQUALS.join(phrases)
    if await get_synonym_state(connection, subject) is not None:
        raise UserError("These words are in the table already.")
    await run(
        connection,
        "INSERT INTO synonym (phrases, by, at) VALUES (?, ?, ?)",
        (subject, by, to_micros(at)),
    )
    await add_change(connection, None, ChangeOp.WORDS, at)
    after = await get_synonym_state(connection, subject)
    await note_act(connection, Kind.SYNONYM, subject, None, after, by=by, at=at)


async def remove_synonyms(
    connection: AsyncConnection, phrases: tuple[str, ...], *, by: int, at: datetime
) -> None:
    """Forget a group of phrases, and note who did. Raises: UserError if there is none."""
    subject = EQUALS.join(phrases)
    before = await get_synonym_state(connection, subject)
    if before is None:
        raise UserError("These words are not in the table any more.")
    await set_synonym_state(connection, subject, None, at)
    await note_act(connection, Kind.SYNONYM, subject, before, None, by=by, at=at)


async def get_synonym_state(connection: AsyncConnection, subject: str) -> State:
    """Return who keeps a group and since when; None for one that is not in the table."""
    rows = await run(connection, "SELECT id, by, at FROM synonym WHERE phrases = ?", (subject,))
    return dict(zip(("id", "by", "at"), rows[0], strict=True)) if rows else None


async def set_synonym_state(
    connection: AsyncConnection, subject: str, state: State, at: datetime
) -> None:
    """Put a group into the table as it was, or take it out."""
    await add_change(connection, None, ChangeOp.WORDS, at)
    await run(connection, "DELETE FROM synonym WHERE phrases = ?", (subject,))
    if state is not None:
        await run(
            connection,
            "INSERT INTO synonym (id, phrases, by, at) VALUES (?, ?, ?, ?)",
            (state["id"], subject, state["by"], state["at"]),
        )
