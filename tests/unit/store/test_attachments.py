import pytest

from bot.errors import StoreError
from bot.store.attachments import (
    Attachment,
    add_attachment,
    get_attachment,
    release_attachments,
)
from bot.store.database import Database

from .samples import a_message, accept, rows

FILE = Attachment("хроника.png", "image/png", bytes(range(256)))


async def test_a_file_comes_back_as_it_was_kept(db: Database) -> None:
    async with db.write() as connection:
        key = await add_attachment(connection, FILE)
    assert await get_attachment(db, key) == FILE


async def test_equal_files_are_kept_once_and_named_ones_apart(db: Database) -> None:
    other = Attachment("другое.png", FILE.mime, FILE.content)
    async with db.write() as connection:
        keys = [await add_attachment(connection, file) for file in (FILE, FILE, other)]
    assert keys[0] == keys[1] != keys[2]
    assert (await get_attachment(db, keys[2])).name == "другое.png"
    assert await rows(db, "SELECT count(*) FROM attachment") == [(2,)]


async def test_a_file_that_a_message_waits_with_is_kept(db: Database) -> None:
    await accept(db, a_message(attachment=FILE), cause="u:1")
    async with db.write() as connection:
        await release_attachments(connection)
    assert await get_attachment(db, FILE.sha256) == FILE


async def test_an_erased_file_is_an_error(db: Database) -> None:
    with pytest.raises(StoreError, match="not kept"):
        await get_attachment(db, FILE.sha256)
