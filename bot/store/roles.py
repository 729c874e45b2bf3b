"""Who may do what, by numeric user id. Asked at the moment of acting, never remembered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.audit import Kind, State, note_act
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


@dataclass(frozen=True, slots=True)
class Standing:
    """What every update asks of its sender and chat.

    `language` is the one chosen in the chat, None if none was; `is_prompted` says that something
    was asked of the sender there, maybe too long ago.
    """

    language: Language | None
    role: Role
    is_prompted: bool


async def get_standing(db: Database, chat_id: int | None, user_id: int | None) -> Standing:
    """Return how a user stands in a chat: all in one statement, since every update asks."""
    rows = await db.fetch(
        "SELECT (SELECT language FROM chat WHERE id = ?1),"
        " (SELECT role FROM role WHERE user_id = ?2),"
        " EXISTS (SELECT 1 FROM prompt WHERE chat_id = ?1 AND user_id = ?2)",
        (chat_id, user_id),
    )
    language, role, is_prompted = rows[0]
    return Standing(language and Language(language), Role(role or Role.READER), bool(is_prompted))


async def get_role_on(connection: AsyncConnection, user_id: int) -> Role:
    """Return the role of a user as the transaction of `connection` sees it."""
    found = await connection.scalar(
        select(role_table.c.role).where(role_table.c.user_id == user_id)
    )
    return Role.READER if found is None else Role(found)


async def set_role(
    connection: AsyncConnection, user_id: int, role: Role, at: datetime, given_by: int | None
) -> None:
    """Give a user a role in place of what he had; to be a reader is to have none.

    Noted as an act of `given_by`; nothing happens to who has the role already.
    """
    before = await get_role_state(connection, str(user_id))
    if before and before["role"] == role.value:
        return
    after: State = {"role": role.value, "since": to_micros(at), "given_by": given_by}
    if role is Role.READER:
        after = None
    if before == after:
        return
    await _put(connection, user_id, after)
    await note_act(connection, Kind.ROLE, user_id, before, after, by=given_by, at=at)


async def require_role(connection: AsyncConnection, user_id: int, needed: Role) -> None:
    """Refuse in the acting transaction who has not (any more) the role that an act needs.

    Raises: UserError.
    """
    if not (await get_role_on(connection, user_id)).covers(needed):
        raise refusal(needed)


def refusal(needed: Role) -> UserError:
    """Return what is said to who has not the role that something needs."""
    if needed is Role.OWNER:
        return UserError("This command is for owners.")
    return UserError("This command is for editors.")


async def get_role_state(connection: AsyncConnection, subject: str) -> State:
    """Return what role a user has, since when and by whom; None for a reader."""
    rows = await run(
        connection, "SELECT role, since, given_by FROM role WHERE user_id = ?", (int(subject),)
    )
    return dict(zip(("role", "since", "given_by"), rows[0], strict=True)) if rows else None


async def set_role_state(
    connection: AsyncConnection,
    subject: str,
    state: State,
    at: datetime,  # noqa: ARG001 - a role comes back with the moment it had
) -> None:
    """Give a user back the role that he had. Raises: UserError if no owner would be left."""
    await _put(connection, int(subject), state)
    if not await run(connection, "SELECT 1 FROM role WHERE role = 'owner'"):
        raise UserError("There must be an owner. What else was done: /log")


async def _put(connection: AsyncConnection, user_id: int, state: State) -> None:
    await connection.execute(delete(role_table).where(role_table.c.user_id == user_id))
    if state is not None:
        await run(
            connection,
            "INSERT INTO role (user_id, role, since, given_by) VALUES (?, ?, ?, ?)",
            (user_id, state["role"], state["since"], state["given_by"]),
        )


async def list_roles(db: Database) -> tuple[Grant, ...]:
    """Return who was given a role, owners first, then by user id."""
    query = select(role_table).order_by(role_table.c.role.desc(), role_table.c.user_id)
    async with db.read() as connection:
        return tuple(
            Grant(row.user_id, Role(row.role), row.since, row.given_by)
            for row in await connection.execute(query)
        )
