"""Reads articles: one with its text, a list without texts, how many. Writing is in `publishing`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Join, Row, Select, func, select

from bot.errors import UserError
from bot.store.database import Database
from bot.store.hashes import hash_text
from bot.store.moments import from_micros
from bot.store.tables import article as article_table
from bot.store.tables import article_version, paragraph
from index.types import Article, Language


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with the text of its current version; `withdrawn_at` is None while published."""

    id: int
    version: int
    version_id: int
    article: Article
    paragraphs: int
    created_at: datetime
    withdrawn_at: datetime | None
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as a line of a list, without its text."""

    id: int
    version: int
    title: str
    day: date
    language: Language
    url: str | None
    source: str | None
    paragraphs: int


async def get_article(db: Database, article_id: int) -> StoredArticle:
    """Return an article with its current text, withdrawn or not.

    Raises: UserError if there is no such article.
    """
    columns = (
        article_version.c.text,
        article_table.c.created_at,
        article_table.c.withdrawn_at,
        article_table.c.erased_at,
    )
    async with db.read() as connection:
        rows = await connection.execute(
            _select_articles().add_columns(*columns).where(article_table.c.id == article_id)
        )
        row = rows.one_or_none()
    if row is None:
        raise UserError("There is no article {id}.", id=article_id)
    return StoredArticle(
        id=row.id,
        version=row.version,
        version_id=row.version_id,
        article=Article(row.title, row.text, row.day, Language(row.language), row.url, row.source),
        paragraphs=row.paragraphs,
        created_at=row.created_at,
        withdrawn_at=row.withdrawn_at,
        erased_at=row.erased_at,
    )


async def list_articles(
    db: Database, limit: int, offset: int = 0, days: tuple[date, date] | None = None
) -> tuple[ListedArticle, ...]:
    """Return up to `limit` published articles, the newest day first, then the latest added.

    Of some days, from the first to the last, if they are given.
    """
    query = (
        _select_articles()
        .where(article_table.c.withdrawn_at.is_(None), *_within(days))
        .order_by(article_version.c.day.desc(), article_table.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    async with db.read() as connection:
        return tuple(map(_listed, await connection.execute(query)))


async def list_articles_of(db: Database, article_ids: Sequence[int]) -> tuple[ListedArticle, ...]:
    """Return the published ones of these articles, in the order given."""
    query = _select_articles().where(
        article_table.c.withdrawn_at.is_(None), article_table.c.id.in_(article_ids)
    )
    async with db.read() as connection:
        found = {row.id: _listed(row) for row in await connection.execute(query)}
    return tuple(found[each] for each in article_ids if each in found)


async def count_articles(db: Database, days: tuple[date, date] | None = None) -> int:
    """Return how many articles are published, of some days if they are given."""
    query = select(func.count()).where(article_table.c.withdrawn_at.is_(None))
    if days:
        query = query.select_from(_with_current()).where(*_within(days))
    async with db.read() as connection:
        return await connection.scalar(query) or 0


async def find_titled(db: Database, title: str) -> tuple[int, ...]:
    """Return the published articles that have this very title now, the oldest first."""
    return await _find(db, article_version.c.title == title)


async def find_worded(db: Database, text: str) -> tuple[int, ...]:
    """Return the published article that has this very text now; empty for none."""
    return await _find(db, article_version.c.sha256 == hash_text(text))


async def list_titles(db: Database, article_ids: Iterable[int]) -> dict[int, str]:
    """Return the titles that these articles have now, withdrawn or not."""
    ids = sorted(set(article_ids))
    query = (
        select(article_table.c.id, article_version.c.title)
        .join(
            article_version,
            (article_version.c.article_id == article_table.c.id)
            & (article_version.c.number == article_table.c.version),
        )
        .where(article_table.c.id.in_(ids))
    )
    async with db.read() as connection:
        return {row.id: row.title for row in await connection.execute(query)}


async def _find(db: Database, wanted: ColumnElement[bool]) -> tuple[int, ...]:
    query = (
        select(article_table.c.id)
        .join(
            article_version,
            (article_version.c.article_id == article_table.c.id)
            & (article_version.c.number == article_table.c.version),
        )
        .where(article_table.c.withdrawn_at.is_(None), wanted)
        .order_by(article_table.c.id)
    )
    async with db.read() as connection:
        return tuple((await connection.scalars(query)).all())


def _select_articles() -> Select[tuple[int, ...]]:
    """Return the query of articles with their current versions, texts left out."""
    paragraphs = (
        select(func.count()).where(paragraph.c.version_id == article_version.c.id).scalar_subquery()
    )
    return select(
        article_table.c.id,
        article_table.c.version,
        article_version.c.id.label("version_id"),
        article_version.c.title,
        article_version.c.day,
        article_version.c.language,
        article_version.c.url,
        article_version.c.source,
        paragraphs.label("paragraphs"),
    ).select_from(_with_current())


def _with_current() -> Join:
    """Return articles beside their current versions."""
    return article_table.join(
        article_version,
        (article_version.c.article_id == article_table.c.id)
        & (article_version.c.number == article_table.c.version),
    )


def _within(days: tuple[date, date] | None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that articles are of some days, none without days."""
    return (article_version.c.day.between(*days),) if days else ()


def _listed(row: Row[tuple[int, ...]]) -> ListedArticle:
    return ListedArticle(
        id=row.id,
        version=row.version,
        title=row.title,
        day=row.day,
        language=Language(row.language),
        url=row.url,
        source=row.source,
        paragraphs=row.paragraphs,
    )


async def get_taken_at(db: Database, version_id: int) -> datetime:
    """Return when the text of a version was read from its source, or given to the bot."""
    rows = await db.fetch(
        "SELECT coalesce(p.fetched_at, v.created_at) FROM article_version AS v"
        " LEFT JOIN source_page AS p ON p.version_id = v.id WHERE v.id = ?",
        (version_id,),
    )
    return from_micros(rows[0][0])
