import pytest

from bot.errors import UserError
from bot.store.database import Database
from bot.store.listings import Listing, ListingKind, add_listing, get_listing

from .samples import NOON

LISTING = Listing(2**53, ListingKind.TIMELINE, -100, 1, "2025", (5, 3, 9), NOON)


async def test_a_list_comes_back_as_it_was_kept(db: Database) -> None:
    async with db.write() as connection:
        await add_listing(connection, LISTING)
    assert await get_listing(db, LISTING.id, ListingKind.TIMELINE) == LISTING


@pytest.mark.parametrize(
    ("key", "kind"), [(404, ListingKind.TIMELINE), (LISTING.id, ListingKind.QUOTES)]
)
async def test_one_that_is_not_kept_makes_its_button_stale(
    db: Database, key: int, kind: ListingKind
) -> None:
    async with db.write() as connection:
        await add_listing(connection, LISTING)
    with pytest.raises(UserError, match="out of date"):
        await get_listing(db, key, kind)
