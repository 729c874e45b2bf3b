"""Golden questions: those whose right answer an editor has said, for measuring and as examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import cast

from sqlalchemy import Row, ScalarSelect, Select, and_, delete, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audit import Kind, State, note_act
from bot.store.database import Database
from bot.store.moves import Moved, find_moves
from bot.store.tables import article, article_version, golden_paragraph, golden_question, paragraph


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph that answers; `is_also` when it only may be shown as well.

    It is kept by the `version` of the article that it was named in, the present one if None, so
    that it is found again wherever another version has it. Read back, `number` and `paragraph_id`
    are of what it is now, None if it or its article is gone; `is_changed`: it says something else.
    """

    article_id: int
    number: int
    is_also: bool = False
    paragraph_id: int | None = None
    version: int | None = field(default=None, compare=False)
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Golden:
    """A question and the paragraphs that answer it; without any, it must be refused."""

    question: str
    places: tuple[Place, ...]

    @property
    def paragraph_ids(self) -> tuple[int, ...]:
        """Return the paragraphs that answer today."""
        return tuple(place.paragraph_id for place in self.places if place.paragraph_id is not None)


#: What a place means today: a paragraph of the current version of a published article.
_CURRENT = (
    select(paragraph.c.id, paragraph.c.number, article_version.c.article_id)
    .join(article_version, article_version.c.id == paragraph.c.version_id)
    .join(
        article,
        and_(
            article.c.id == article_version.c.article_id,
            article.c.version == article_version.c.number,
        ),
    )
    .where(article.c.withdrawn_at.is_(None))
    .subquery()
)
_IS_THERE = and_(
    _CURRENT.c.article_id == golden_paragraph.c.article_id,
    _CURRENT.c.number == golden_paragraph.c.paragraph,
)


async def list_golden(db: Database) -> tuple[Golden, ...]:
    """Return all golden questions, in the order in which they came."""
    async with db.read() as connection:
        rows = (await connection.execute(_select_places())).all()
        pairs = {(row.article_id, row.version, row.current) for row in rows}
        moves = {
            pair: await find_moves(connection, *pair)
            for pair in sorted(pair for pair in pairs if pair[2] not in {None, pair[1]})
        }
    found = []
    for (_, question), group in groupby(rows, key=lambda row: (row.id, row.question)):
        places = [_place(row, moves) for row in group if row.article_id is not None]
        ordered = sorted(places, key=lambda each: (each.is_also, each.article_id, each.number))
        found.append(Golden(question, tuple(ordered)))
    return tuple(found)


async def list_golden_examples(db: Database, limit: int, most_letters: int) -> tuple[str, ...]:
    """Return golden questions that the corpus answers today, the first that came, none too long."""
    answered = exists().where(golden_paragraph.c.question_id == golden_question.c.id, _IS_THERE)
    query = (
        select(golden_question.c.question)
        .where(func.length(golden_question.c.question) <= most_letters, answered)
        .order_by(golden_question.c.id)
        .limit(limit)
    )
    async with db.read() as connection:
        return tuple((await connection.scalars(query)).all())


async def add_golden(connection: AsyncConnection, questions: Sequence[Golden]) -> None:
    """Store golden questions; one that is known by its words is answered as it says now."""
    for golden in questions:
        key = await _id_of(connection, golden.question)
        await connection.execute(
            delete(golden_paragraph).where(golden_paragraph.c.question_id == key)
        )
        for place in golden.places:
            await connection.execute(
                insert(golden_paragraph).values(
                    question_id=key,
                    article_id=place.article_id,
                    paragraph=place.number,
                    version=place.version or _present_version(place.article_id),
                    is_also=place.is_also,
                )
            )


async def set_golden(connection: AsyncConnection, golden: Golden, *, by: int, at: datetime) -> None:
    """Store a golden question in place of the one with the same words, and note who did."""
    before = await get_golden_state(connection, golden.question)
    await add_golden(connection, (golden,))
    after = await get_golden_state(connection, golden.question)
    await note_act(connection, Kind.GOLDEN, golden.question, before, after, by=by, at=at)


async def get_golden_state(connection: AsyncConnection, subject: str) -> State:
    """Return the paragraphs that answer a question; None for one that is not golden."""
    columns = golden_question.c
    key = await connection.scalar(select(columns.id).where(columns.question == subject))
    if key is None:
        return None
    places = golden_paragraph.c
    rows = await connection.execute(
        select(places.article_id, places.paragraph, places.is_also, places.version)
        .where(places.question_id == key)
        .order_by(places.article_id, places.paragraph)
    )
    return {"places": [list(row) for row in rows]}


async def set_golden_state(
    connection: AsyncConnection, subject: str, state: State, _at: datetime
) -> None:
    """Store a golden question with its paragraphs, or forget it."""
    if state is not None:
        rows = cast("list[tuple[int, int, bool, int]]", state["places"])
        places = tuple(
            Place(article_id, number, is_also, version=version)
            for article_id, number, is_also, version in rows
        )
        await add_golden(connection, (Golden(subject, places),))
        return
    key = select(golden_question.c.id).where(golden_question.c.question == subject)
    await connection.execute(
        delete(golden_paragraph).where(golden_paragraph.c.question_id.in_(key))
    )
    await connection.execute(delete(golden_question).where(golden_question.c.question == subject))


async def delete_golden(connection: AsyncConnection) -> None:
    """Delete all golden questions."""
    await connection.execute(delete(golden_paragraph))
    await connection.execute(delete(golden_question))


async def _id_of(connection: AsyncConnection, question: str) -> int:
    """Return the id of a golden question, which is stored when it is new."""
    columns = golden_question.c
    known: int | None = await connection.scalar(
        select(columns.id).where(columns.question == question)
    )
    if known is not None:
        return known
    added = insert(golden_question).values(question=question).returning(columns.id)
    key: int = (await connection.execute(added)).scalar_one()
    return key


def _present_version(article_id: int) -> ScalarSelect[int]:
    return select(article.c.version).where(article.c.id == article_id).scalar_subquery()


def _place(
    row: Row[tuple[object, ...]], moves: Mapping[tuple[int, int, int], Mapping[int, Moved]]
) -> Place:
    """Return what a stored place is now."""
    stored = Place(row.article_id, row.paragraph, row.is_also, row.paragraph_id, row.version)
    moved = moves.get((row.article_id, row.version, row.current))
    if moved is None:
        return stored
    if stored.number not in moved:  # it was taken out, or its version is gone for ever
        return replace(stored, paragraph_id=None, is_changed=True)
    now = moved[stored.number]
    return replace(
        stored, number=now.number, paragraph_id=now.paragraph_id, is_changed=now.is_changed
    )


def _select_places() -> Select[tuple[int, ...]]:
    """Return the query of all questions with their places; one without places has a row of NULL."""
    is_published = (article.c.id == golden_paragraph.c.article_id) & article.c.withdrawn_at.is_(
        None
    )
    joined = (
        golden_question.outerjoin(golden_paragraph)
        .outerjoin(article, is_published)
        .outerjoin(_CURRENT, _IS_THERE)
    )
    return (
        select(
            golden_question.c.id,
            golden_question.c.question,
            golden_paragraph.c.article_id,
            golden_paragraph.c.paragraph,
            golden_paragraph.c.version,
            golden_paragraph.c.is_also,
            article.c.version.label("current"),
            _CURRENT.c.id.label("paragraph_id"),
        )
        .select_from(joined)
        .order_by(
            golden_question.c.id,
            golden_paragraph.c.is_also,
            golden_paragraph.c.article_id,
            golden_paragraph.c.paragraph,
        )
    )
