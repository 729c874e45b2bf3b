"""Signatures of versions, by which nearly equal articles are found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.store.database import Database, run_many
from bot.store.terms import Terms, Words, unpack_terms


@dataclass(frozen=True, slots=True)
class Signed:
    """A published article with the signature of its current version."""

    article_id: int
    title: str
    day: date
    signature: bytes


async def list_signed(db: Database) -> tuple[Signed, ...]:
    """Return the published articles whose signatures are known, by id."""
    rows = await db.fetch(
        "SELECT a.id, v.title, v.day, m.signature FROM minhash AS m"
        " JOIN article_version AS v ON v.id = m.version_id"
        " JOIN article AS a ON a.id = v.article_id AND a.version = v.number"
        " WHERE a.withdrawn_at IS NULL ORDER BY a.id"
    )
    return tuple(
        Signed(key, title, date.fromisoformat(day), sign) for key, title, day, sign in rows
    )


async def list_unsigned(db: Database, limit: int) -> dict[int, tuple[Terms, ...]]:
    """Return up to `limit` published versions without a signature, with their paragraphs' words."""
    rows = await db.fetch(
        "SELECT p.version_id, p.terms FROM paragraph AS p WHERE p.version_id IN"
        " (SELECT v.id FROM article_version AS v"
        " JOIN article AS a ON a.id = v.article_id AND a.version = v.number"
        " WHERE a.withdrawn_at IS NULL AND v.id NOT IN (SELECT version_id FROM minhash)"
        " ORDER BY v.id LIMIT ?) ORDER BY p.version_id, p.number",
        (limit,),
    )
    found: dict[int, list[Terms]] = {}
    words = Words()
    for version_id, terms in rows:
        found.setdefault(version_id, []).append(unpack_terms(terms, words))
    return {version_id: tuple(paragraphs) for version_id, paragraphs in found.items()}


async def add_signatures(db: Database, signatures: Mapping[int, bytes]) -> None:
    """Keep signatures by version."""
    async with db.write() as connection:
        await run_many(
            connection,
            "INSERT INTO minhash (version_id, signature) VALUES (?, ?)"
            " ON CONFLICT (version_id) DO NOTHING",
            signatures.items(),
        )
