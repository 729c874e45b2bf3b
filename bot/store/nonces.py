"""One-time permissions: a button or link that acts once, for whom it was made, in its time."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.tables import nonce as nonce_table

# 96 bits cannot be guessed; 16 characters leave room beside them in the 64 bytes of a button.
TOKEN_BYTES = 12

# A link gives a right to whoever has it, and is longer than a button. Source: TELEGRAM, deep links.
LINK_BYTES = 16


@dataclass(frozen=True, slots=True)
class Nonce:
    """A permission for one act; without a user or chat it is anybody's, or good anywhere.

    `subject` says what the act is about, in the words of who made it.
    """

    token: str
    action: str
    subject: str
    expires_at: datetime
    user_id: int | None = None
    chat_id: int | None = None


def mint_token() -> str:
    """Return a fresh token, of the letters that buttons and deep links may carry."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def mint_link_token() -> str:
    """Return a fresh token for a link that gives a right."""
    return secrets.token_urlsafe(LINK_BYTES)


async def add_nonce(connection: AsyncConnection, nonce: Nonce) -> None:
    """Keep a permission."""
    await connection.execute(
        insert(nonce_table).values(
            id=nonce.token,
            action=nonce.action,
            subject=nonce.subject,
            user_id=nonce.user_id,
            chat_id=nonce.chat_id,
            expires_at=nonce.expires_at,
        )
    )


async def use_nonce(
    connection: AsyncConnection,
    token: str,
    action: str,
    *,
    user_id: int,
    chat_id: int,
    at: datetime,
) -> str:
    """Use a permission up in the transaction of the act; return what the act is about.

    Raises: UserError if it is unknown, used, over, for another act, or another's; the transaction
    is then rolled back, and the permission of another is as good as before.
    """
    columns = nonce_table.c
    row = (
        await connection.execute(
            select(nonce_table).where(columns.id == token, columns.action == action)
        )
    ).one_or_none()
    if row is None or row.used_at is not None or row.expires_at <= at:
        raise UserError("This button is out of date.")
    if row.user_id not in {None, user_id} or row.chat_id not in {None, chat_id}:
        raise UserError("This button is for someone else.")
    await connection.execute(update(nonce_table).where(columns.id == token).values(used_at=at))
    return str(row.subject)
