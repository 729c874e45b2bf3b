"""Files that wait to be sent, kept once by their hash and erased when nothing waits for them."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.database import Database, run


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be sent."""

    name: str
    mime: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the key it is kept by: equal files of one name are one."""
        head = f"{self.name}\0{self.mime}\0".encode()
        return hashlib.sha256(head + self.content).hexdigest()


async def add_attachment(connection: AsyncConnection, attachment: Attachment) -> str:
    """Keep a file, if it is not kept already; return its key."""
    key = attachment.sha256
    await run(
        connection,
        "INSERT INTO attachment (sha256, name, mime, bytes) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO NOTHING",
        (key, attachment.name, attachment.mime, attachment.content),
    )
    return key


async def get_attachment(db: Database, key: str) -> Attachment:
    """Return a kept file. Raises: StoreError if it is not kept."""
    async with db.read() as connection:
        rows = await run(
            connection, "SELECT name, mime, bytes FROM attachment WHERE sha256 = ?", (key,)
        )
    if not rows:
        raise StoreError(f"The attachment {key} is not kept.")
    return Attachment(*rows[0])


async def release_attachments(connection: AsyncConnection) -> None:
    """Forget which files ended messages had, and erase those that no message waits with."""
    released = await run(
        connection,
        "UPDATE outbox SET attachment = NULL"
        " WHERE attachment IS NOT NULL AND state IN ('sent', 'undeliverable', 'cancelled')"
        " RETURNING id",
    )
    if released:
        await run(
            connection,
            "DELETE FROM attachment WHERE sha256 NOT IN"
            " (SELECT attachment FROM outbox WHERE attachment IS NOT NULL)",
        )
