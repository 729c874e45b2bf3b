"""What became of the paragraphs of one version of an article in another."""

import asyncio
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import run
from index.revisions import match_paragraphs


class Moved(NamedTuple):
    """What became of a paragraph in another version."""

    paragraph_id: int
    number: int
    is_changed: bool


async def find_moves(
    connection: AsyncConnection, article_id: int, old: int, new: int
) -> dict[int, Moved]:
    """Return where the paragraphs of a version of an article are in another, by number."""
    before = await _load_texts(connection, article_id, old)
    after = await _load_texts(connection, article_id, new)
    found = await asyncio.to_thread(
        match_paragraphs, [text for *_, text in before], [text for *_, text in after]
    )
    return {
        number: Moved(after[place][0], after[place][1], after[place][2] != text)
        for (_, number, text), place in zip(before, found, strict=True)
        if place is not None
    }


async def _load_texts(
    connection: AsyncConnection, article_id: int, version: int
) -> list[tuple[int, int, str]]:
    """Return the paragraphs of a version: their ids, numbers and words."""
    rows = await run(
        connection,
        "SELECT p.id, p.number, substr(v.text, p.start + 1, p.stop - p.start) FROM paragraph AS p"
        " JOIN article_version AS v ON v.id = p.version_id"
        " WHERE v.article_id = ? AND v.number = ? ORDER BY p.number",
        (article_id, version),
    )
    return [(key, number, text) for key, number, text in rows]
