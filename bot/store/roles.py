"""Who may do what, by numeric user id. Asked at the moment of acting, never remembered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, run
from bot.store.moments import to_micros
from bot.store.tables import role as role_table
from index.types import Language


class Role(StrEnum):
    """What a user may do, each all that those after it may."""

    OWNER = "owner"
    EDITOR = "editor"
    READER = "reader"

    def covers(self, needed: "Role") -> bool:
        """Return whether who has this role may do what needs the role `needed`."""
        ranks = tuple(Role)
        return ranks.index(self) <= ranks.index(needed)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that a user was given; by nobody, if by a link that the operator printed."""

    user_id: int
    role: Role
    since: datetime
    given_by: int | None


async def get_role(db: Database, user_id: int) -> Role:
    """Return the role of a user; who was given none is a reader."""
    async with db.read() as connection:
        return await get_role_on(connection, user_id)


async def get_standing(
    db: Database, chat_id: int | None, user_id: int | None
) -> tuple[Language | None, Role]:
    """Return the language chosen in a chat, None if none was, and the role of a user.

    Both in one statement, since every update asks.
    """
    rows = await db.fetch(
        "SELECT (SELECT language FROM chat WHERE id = ?),"
        " (SELECT role FROM role WHERE user_id = ?)",
        (chat_id, user_id),
    )
    language, role = rows[0]
    return language and Language(language), Role(role or Role.READER)


async def get_role_on(connection: AsyncConnection, user_id: int) -> Role:
    """Return the role of a user as the transaction of `connection` sees it."""
    found = await connection.scalar(
        select(role_table.c.role).where(role_table.c.user_id == user_id)
    )
    return Role.READER if found is None else Role(found)


async def set_role(
    connection: AsyncConnection, user_id: int, role: Role, at: datetime, given_by: int | None
) -> None:
    """Give a user a role in place of what he had; to be a reader is to have none."""
    if role is Role.READER:
        await connection.execute(delete(role_table).where(role_table.c.user_id == user_id))
        return
    await run(
        connection,
        "INSERT INTO role (user_id, role, since, given_by) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (user_id) DO UPDATE SET role = excluded.role, since = excluded.since,"
        " given_by = excluded.given_by",
        (user_id, role.value, to_micros(at), given_by),
    )


async def list_roles(db: Database) -> tuple[Grant, ...]:
    """Return who was given a role, owners first, then by user id."""
    query = select(role_table).order_by(role_table.c.role.desc(), role_table.c.user_id)
    async with db.read() as connection:
        return tuple(
            Grant(row.user_id, Role(row.role), row.since, row.given_by)
            for row in await connection.execute(query)
        )
