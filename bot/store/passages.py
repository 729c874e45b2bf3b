"""Passages: paragraphs with their words, checked against the hash of the text they are cut from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DamagedTextError, StoreError
from bot.store.database import Database
from bot.store.hashes import hash_text
from bot.store.outbox import Cite
from bot.store.tables import article as article_table
from bot.store.tables import article_version, paragraph
from index.types import Passage, Span


async def load_passages(db: Database, paragraph_ids: Iterable[int]) -> dict[int, Passage]:
    """Return the passages of these paragraphs by id, of whichever version they belong to.

    Unknown ones and those of withdrawn articles are left out.

    Raises: DamagedTextError if a stored text differs from its SHA-256.
    """
    wanted = paragraph.c.id.in_(sorted(set(paragraph_ids)))
    published = article_table.c.withdrawn_at.is_(None)
    async with db.read() as connection:
        passages = await _select_passages(connection, wanted & published)
    return {passage.paragraph_id: passage for passage in passages}


@dataclass(frozen=True, slots=True)
class Slice:
    """The words that a citation names, and whether their article is still published."""

    text: str
    article_id: int
    is_published: bool


async def load_slices(db: Database, cites: Iterable[Cite]) -> tuple[Slice, ...]:
    """Return the words of each citation, in order, for the check before a send.

    Raises: DamagedTextError if a stored text differs from its SHA-256; StoreError if a version is
    unknown.
    """
    wanted = tuple(cites)
    version_ids = {cite.version_id for cite in wanted}
    async with db.read() as connection:
        texts = await _load_texts(connection, version_ids)
        articles = await _load_articles(connection, version_ids)
    unknown = version_ids - texts.keys()
    if unknown:
        raise StoreError(f"There is no article version {min(unknown)} to quote.")
    return tuple(
        Slice(texts[cite.version_id][cite.start : cite.stop], *articles[cite.version_id])
        for cite in wanted
    )


async def list_neighbours(
    db: Database, paragraph_id: int, *, before: int = 1, after: int = 1
) -> tuple[Passage, ...]:
    """Return a paragraph among up to `before` earlier and `after` later ones of its version.

    In order, itself included; empty if it is unknown or its article withdrawn.

    Raises: DamagedTextError if the stored text differs from its SHA-256.
    """
    centre = paragraph.alias("centre")
    numbers = paragraph.c.number.between(centre.c.number - before, centre.c.number + after)
    near = (
        select(centre.c.id)
        .where(centre.c.id == paragraph_id, centre.c.version_id == paragraph.c.version_id, numbers)
        .exists()
    )
    async with db.read() as connection:
        return await _select_passages(connection, near & article_table.c.withdrawn_at.is_(None))


async def list_paragraphs(
    db: Database,
    article_id: int,
    *,
    version: int | None = None,
    first: int = 1,
    limit: int | None = None,
) -> tuple[Passage, ...]:
    """Return the paragraphs of an article from number `first` on, in order, at most `limit`.

    Of the current version, or of the one asked for; withdrawn articles are read as well.

    Raises: DamagedTextError if the stored text differs from its SHA-256.
    """
    number = article_table.c.version if version is None else version
    wanted = (
        (article_table.c.id == article_id)
        & (article_version.c.number == number)
        & (paragraph.c.number >= first)
    )
    if limit is not None:
        wanted &= paragraph.c.number < first + limit
    async with db.read() as connection:
        return await _select_passages(connection, wanted)


async def _select_passages(
    connection: AsyncConnection, wanted: ColumnElement[bool]
) -> tuple[Passage, ...]:
    """Return the passages for which `wanted` holds, by version and number, each text read once."""
    rows = (
        await connection.execute(
            select(
                paragraph,
                article_version.c.article_id,
                article_version.c.number.label("version"),
                article_version.c.title,
                article_version.c.day,
                article_version.c.url,
                article_version.c.source,
            )
            .join_from(paragraph, article_version, article_version.c.id == paragraph.c.version_id)
            .join(article_table, article_table.c.id == article_version.c.article_id)
            .where(wanted)
            .order_by(paragraph.c.version_id, paragraph.c.number)
        )
    ).all()
    texts = await _load_texts(connection, {row.version_id for row in rows})
    return tuple(_passage(row, texts[row.version_id]) for row in rows)


async def _load_articles(
    connection: AsyncConnection, version_ids: set[int]
) -> dict[int, tuple[int, bool]]:
    """Return the article of each version, and whether it is published."""
    rows = await connection.execute(
        select(article_version.c.id, article_table.c.id, article_table.c.withdrawn_at)
        .join_from(article_version, article_table)
        .where(article_version.c.id.in_(sorted(version_ids)))
    )
    return {version: (article_id, at is None) for version, article_id, at in rows}


async def _load_texts(connection: AsyncConnection, version_ids: set[int]) -> dict[int, str]:
    rows = await connection.execute(
        select(article_version.c.id, article_version.c.text, article_version.c.sha256).where(
            article_version.c.id.in_(sorted(version_ids))
        )
    )
    texts: dict[int, str] = {}
    for version_id, text, digest in rows:
        if hash_text(text) != digest:
            raise DamagedTextError(version_id)
        texts[version_id] = text
    return texts


def _passage(row: Row[Any], text: str) -> Passage:
    span = Span(row.start, row.stop)
    return Passage(
        paragraph_id=row.id,
        article_id=row.article_id,
        version_id=row.version_id,
        version=row.version,
        title=row.title,
        day=row.day,
        url=row.url,
        source=row.source,
        number=row.number,
        span=span,
        text=span.of(text),
    )
