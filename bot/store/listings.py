"""Which events or quotes a list showed, so that its buttons work; never the words that asked."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.database import Database
from bot.store.tables import listing as listing_table


class ListingKind(StrEnum):
    """What is listed."""

    TIMELINE = "timeline"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that was shown: the ids of its items in order, and a title without the asker's words.

    `id` is minted as that of an answer is.
    """

    id: int
    kind: ListingKind
    chat_id: int
    asker_id: int
    title: str
    items: tuple[int, ...]
    created_at: datetime


async def add_listing(connection: AsyncConnection, listing: Listing) -> None:
    """Keep what a list shows."""
    await connection.execute(
        insert(listing_table).values(
            id=listing.id,
            kind=listing.kind.value,
            chat_id=listing.chat_id,
            asker_id=listing.asker_id,
            title=listing.title,
            items=json.dumps(listing.items, separators=(",", ":")),
            created_at=listing.created_at,
        )
    )


async def get_listing(db: Database, listing_id: int, kind: ListingKind) -> Listing:
    """Return what a list showed. Raises: UserError if it is not kept, or is of another kind."""
    columns = listing_table.c
    wanted = (columns.id == listing_id, columns.kind == kind.value)
    async with db.read() as connection:
        row = (await connection.execute(select(listing_table).where(*wanted))).one_or_none()
    if row is None:
        raise UserError("This button is out of date.")
    return Listing(
        id=row.id,
        kind=kind,
        chat_id=row.chat_id,
        asker_id=row.asker_id,
        title=row.title,
        items=tuple(json.loads(row.items)),
        created_at=row.created_at,
    )
