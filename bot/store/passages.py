"""Passages: paragraphs with their words, checked against the hash of the text they are cut from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import DamagedTextError, StoreError
from bot.store.database import Database, Row, marks
from bot.store.gone import find_taken
from bot.store.hashes import hash_text
from bot.store.outbox import Cite
from index.types import Passage, Span

# No article has as many: it is at most 5 MB of text.
MOST_PARAGRAPHS = 1 << 31


async def load_passages(db: Database, paragraph_ids: Iterable[int]) -> dict[int, Passage]:
    """Return the passages of these paragraphs by id, of whichever version they belong to.

    Unknown ones and those of withdrawn articles are left out.

    Raises: DamagedTextError if a stored text differs from its SHA-256.
    """
    ids = sorted(set(paragraph_ids))
    passages = await _select(db, f"p.id IN ({marks(ids)}) AND a.withdrawn_at IS NULL", ids)
    return {passage.paragraph_id: passage for passage in passages}


async def find_article(db: Database, paragraph_id: int) -> int | None:
    """Return the article of a paragraph, published or not; None if there is no such paragraph."""
    rows = await db.fetch(
        "SELECT v.article_id FROM paragraph AS p"
        " JOIN article_version AS v ON v.id = p.version_id WHERE p.id = ?",
        (paragraph_id,),
    )
    return int(rows[0][0]) if rows else None


async def get_current_version(db: Database, article_id: int) -> int:
    """Return the number of the version that an article points to; 0 if there is no such article."""
    rows = await db.fetch("SELECT version FROM article WHERE id = ?", (article_id,))
    return int(rows[0][0]) if rows else 0


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
    ids = sorted({cite.version_id for cite in wanted})
    rows = await db.fetch(
        "SELECT v.id, v.text, v.sha256, a.id, a.withdrawn_at IS NULL"  # noqa: S608 - only marks
        " FROM article_version AS v JOIN article AS a ON a.id = v.article_id"
        f" WHERE v.id IN ({marks(ids)})",
        ids,
    )
    known = {
        version_id: (_sound(version_id, text, digest), article_id, bool(is_published))
        for version_id, text, digest, article_id, is_published in rows
    }
    for version_id in set(ids) - known.keys():
        gone = await find_taken(db, "article_version", version_id)
        if gone is None:
            raise StoreError(f"There is no article version {version_id} to quote.")
        known[version_id] = ("", gone.article_id, False)
    slices = []
    for cite in wanted:
        text, article_id, is_published = known[cite.version_id]
        slices.append(Slice(text[cite.start : cite.stop], article_id, is_published))
    return tuple(slices)


async def list_places(db: Database, cites: Iterable[Cite]) -> tuple[tuple[int, int], ...]:
    """Return the article and the paragraph number of each citation that is in a paragraph."""
    found: list[tuple[int, int]] = []
    for cite in cites:
        rows = await db.fetch(
            "SELECT v.article_id, p.number FROM paragraph AS p"
            " JOIN article_version AS v ON v.id = p.version_id"
            " WHERE p.version_id = ? AND p.start <= ? AND p.stop > ?",
            (cite.version_id, cite.start, cite.start),
        )
        found += [(article_id, number) for article_id, number in rows]
    return tuple(found)


async def list_neighbours(
    db: Database, paragraph_id: int, *, before: int = 1, after: int = 1
) -> tuple[Passage, ...]:
    """Return a paragraph among up to `before` earlier and `after` later ones of its version.

    In order, itself included; empty if it is unknown or its article withdrawn.

    Raises: DamagedTextError if the stored text differs from its SHA-256.
    """
    return await _select(
        db,
        "a.withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM paragraph AS centre WHERE centre.id = ?"
        " AND centre.version_id = p.version_id"
        " AND p.number BETWEEN centre.number - ? AND centre.number + ?)",
        (paragraph_id, before, after),
    )


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
    return await _select(
        db,
        "a.id = ? AND v.number = coalesce(?, a.version) AND p.number >= ? AND p.number < ?",
        (article_id, version, first, first + (MOST_PARAGRAPHS if limit is None else limit)),
    )


async def _select(db: Database, wanted: str, values: Sequence[object]) -> tuple[Passage, ...]:
    """Return the passages for which `wanted` holds, by version and number.

    One statement, for the hot road; each version's text comes with the first of its paragraphs.
    """
    rows = await db.fetch(
        "SELECT p.id, p.version_id, p.number, p.start, p.stop, v.article_id, v.number, v.title,"  # noqa: S608 - only literals of this module
        " v.day, v.url, v.source, v.sha256,"
        " CASE WHEN p.number = min(p.number) OVER (PARTITION BY p.version_id) THEN v.text END"
        " FROM paragraph AS p JOIN article_version AS v ON v.id = p.version_id"
        f" JOIN article AS a ON a.id = v.article_id WHERE {wanted}"
        " ORDER BY p.version_id, p.number",
        values,
    )
    text = ""
    passages = []
    for row in rows:
        if row[-1] is not None:
            text = _sound(row[1], row[-1], row[-2])
        passages.append(_passage(row, text))
    return tuple(passages)


def _sound(version_id: int, text: str, digest: str) -> str:
    """Return the text of a version. Raises: DamagedTextError if it is not the one stored."""
    if hash_text(text) != digest:
        raise DamagedTextError(version_id)
    return text


def _passage(row: Row, text: str) -> Passage:
    key, version_id, number, start, stop, article_id, version, title, day, url, source, *_ = row
    span = Span(start, stop)
    return Passage(
        paragraph_id=key,
        article_id=article_id,
        version_id=version_id,
        version=version,
        title=title,
        day=date.fromisoformat(day),
        url=url,
        source=source,
        number=number,
        span=span,
        text=span.of(text),
    )
