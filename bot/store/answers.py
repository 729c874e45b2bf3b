"""Which passages an answer showed, so that its buttons work; never the question."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.database import Database, later
from bot.store.moments import to_micros
from bot.store.tables import answer as answer_table
from index.types import Span

# Ids stand in permalinks, so they tell nothing of how much the bot is asked. 53 bits are exact in
# JSON and in JavaScript.
ID_BITS = 53


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage of an answer: its paragraph, how well it matched, and what of it to show.

    `span` is its best sentence, `highlights` the words that match, both within the paragraph.
    """

    paragraph_id: int
    span: Span
    score: float
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What an answer showed; `outbox_id` is its message, None for one that was not a message.

    `question_message_id` is the number of the message that asked, in its chat.
    """

    id: int
    chat_id: int
    asker_id: int | None
    passages: tuple[Shown, ...]
    index_version: int
    verdict: str
    created_at: datetime
    outbox_id: int | None = None
    question_message_id: int | None = None


def mint_answer_id() -> int:
    """Return a fresh id for an answer, to be put on its buttons before it is stored."""
    return secrets.randbits(ID_BITS) + 1


async def add_answer(connection: AsyncConnection, answer: StoredAnswer) -> None:
    """Keep what an answer showed. Hot road: text SQL."""
    passages = [
        [
            *(each.paragraph_id, each.span.start, each.span.stop, each.score),
            [[span.start, span.stop] for span in each.highlights],
        ]
        for each in answer.passages
    ]
    await later(
        connection,
        "INSERT INTO answer (id, chat_id, outbox_id, asker_id, passages, index_version, verdict,"
        " created_at, question_message_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            answer.id,
            answer.chat_id,
            answer.outbox_id,
            answer.asker_id,
            json.dumps(passages),
            answer.index_version,
            answer.verdict,
            to_micros(answer.created_at),
            answer.question_message_id,
        ),
    )


async def get_answer(db: Database, answer_id: int) -> StoredAnswer:
    """Return what an answer showed. Raises: UserError if it is not kept (any more)."""
    async with db.read() as connection:
        row = (
            await connection.execute(select(answer_table).where(answer_table.c.id == answer_id))
        ).one_or_none()
    if row is None:
        raise UserError("This button is out of date.")
    return _stored(row)


async def find_answer(db: Database, chat_id: int, question_message_id: int) -> StoredAnswer | None:
    """Return the latest answer to a message of a chat, None if there is none."""
    query = (
        select(answer_table)
        .where(
            answer_table.c.chat_id == chat_id,
            answer_table.c.question_message_id == question_message_id,
        )
        .order_by(answer_table.c.created_at.desc())
        .limit(1)
    )
    async with db.read() as connection:
        row = (await connection.execute(query)).one_or_none()
    return _stored(row) if row is not None else None


async def count_shown(db: Database, article_id: int) -> int:
    """Return how many of the kept answers showed a paragraph of an article, of any version."""
    rows = await db.fetch(
        "SELECT count(*) FROM answer WHERE EXISTS (SELECT 1 FROM json_each(answer.passages) AS each"
        " WHERE json_extract(each.value, '$[0]') IN (SELECT p.id FROM paragraph AS p"
        " JOIN article_version AS v ON v.id = p.version_id WHERE v.article_id = ?))",
        (article_id,),
    )
    return int(rows[0][0])


def _stored(row: Row[Any]) -> StoredAnswer:
    return StoredAnswer(
        id=row.id,
        chat_id=row.chat_id,
        asker_id=row.asker_id,
        passages=tuple(map(_shown, json.loads(row.passages))),
        index_version=row.index_version,
        verdict=row.verdict,
        created_at=row.created_at,
        outbox_id=row.outbox_id,
        question_message_id=row.question_message_id,
    )


def _shown(values: list[Any]) -> Shown:
    # Rows of earlier versions, kept for 30 days, have no highlights.
    paragraph_id, start, stop, score, *rest = values
    spans = tuple(Span(*span) for span in (rest[0] if rest else ()))
    return Shown(paragraph_id, Span(start, stop), score, spans)
