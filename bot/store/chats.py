"""The chats that the bot has met: their language, and whether they take messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, later, run
from bot.store.moments import to_micros
from bot.store.notices import miss_notices
from bot.store.tables import answer, chat, listing, nonce, pause
from index.types import Language

#: `last_seen_at` is right to this, so that not every update writes it.
SEEN_AGAIN = timedelta(hours=1)


class ChatState(StrEnum):
    """Whether a chat takes messages."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


#: What a chat follows and is told, and what tells two rows of one chat apart.
_FOLLOWING = {
    "subscription": ("thread_id", "topic_id"),
    "notice": ("cause", "cause_id", "item", "thread_id"),
    "watch": ("thread_id", "user_id", "question"),
    "follower": (),
}


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that the bot has met; `language` is None until someone chose one there.

    `kind` is Telegram's type of chat; `reason` says why it is suspended.
    """

    id: int
    kind: str
    title: str | None
    language: Language | None
    state: ChatState
    reason: str | None
    last_seen_at: datetime


async def get_chat(db: Database, chat_id: int) -> Chat | None:
    """Return a chat, or None if the bot has not met it."""
    async with db.read() as connection:
        row = (await connection.execute(select(chat).where(chat.c.id == chat_id))).one_or_none()
    if row is None:
        return None
    return Chat(
        id=row.id,
        kind=row.kind,
        title=row.title,
        language=None if row.language is None else Language(row.language),
        state=ChatState(row.state),
        reason=row.reason,
        last_seen_at=row.last_seen_at,
    )


async def list_channels(db: Database) -> list[tuple[int, str]]:
    """Return the channels that the bot is in, with their titles, in alphabetical order."""
    rows = await db.fetch(
        "SELECT id, title FROM chat WHERE kind = 'channel'"
        " AND NOT (state = 'suspended' AND reason IN ('left', 'kicked'))"
    )
    found = [(int(chat_id), str(title or "")) for chat_id, title in rows]
    return sorted(found, key=lambda each: each[1].casefold())


async def see_chat(
    connection: AsyncConnection, chat_id: int, kind: str, title: str | None, at: datetime
) -> None:
    """Note that a chat spoke to the bot: it is met, and takes messages (again).

    Writes nothing where that is known of the last hour.
    """
    await later(
        connection,
        "INSERT INTO chat (id, kind, title, state, last_seen_at) VALUES (?, ?, ?, 'active', ?)"
        " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title,"
        " state = 'active', reason = NULL, suspended_at = NULL,"
        " last_seen_at = excluded.last_seen_at"
        " WHERE kind <> excluded.kind OR title IS NOT excluded.title OR state <> 'active'"
        " OR last_seen_at <= ?",
        (chat_id, kind, title, to_micros(at), to_micros(at - SEEN_AGAIN)),
    )


async def set_language(connection: AsyncConnection, chat_id: int, language: Language) -> None:
    """Let the bot speak `language` in a chat that it has met."""
    await connection.execute(
        update(chat).where(chat.c.id == chat_id).values(language=language.value)
    )


async def set_first_language(connection: AsyncConnection, chat_id: int, language: Language) -> None:
    """Let the bot speak `language` in a chat, unless somebody chose one there."""
    await connection.execute(
        update(chat)
        .where(chat.c.id == chat_id, chat.c.language.is_(None))
        .values(language=language.value)
    )


async def suspend_chat(
    connection: AsyncConnection, chat_id: int, reason: str, at: datetime
) -> None:
    """Note that a chat takes no messages, why, and since when; its settings stay.

    What it was to be told comes as one digest when it is back.
    """
    await run(
        connection,
        "UPDATE chat SET state = 'suspended', reason = ?, suspended_at = coalesce(suspended_at, ?)"
        " WHERE id = ?",
        (reason, to_micros(at), chat_id),
    )
    await miss_notices(connection, chat_id)


async def resume_chat(connection: AsyncConnection, chat_id: int) -> None:
    """Note that a chat takes messages again."""
    await connection.execute(
        update(chat)
        .where(chat.c.id == chat_id)
        .values(state=ChatState.ACTIVE.value, reason=None, suspended_at=None)
    )


async def rename_chat(connection: AsyncConnection, old_id: int, new_id: int, at: datetime) -> int:
    """Give a chat its new number everywhere, as when a group becomes a supergroup.

    Its unsent messages go to the new number, ready to be sent; unsent edits are cancelled, since
    the messages they change stayed behind. Doing it again changes nothing. Returns how many
    messages wait under the new number because of this.
    """
    moment = to_micros(at)
    for state in ("ready", "leased"):
        await run(
            connection,
            "UPDATE outbox SET state = 'cancelled', owner = NULL, ended_at = ?,"  # noqa: S608 - ours
            " error = 'the chat became another' WHERE chat_id = ?"
            f" AND state = '{state}' AND edits IN"
            " (SELECT id FROM outbox AS target WHERE target.message_id IS NOT NULL"
            " AND target.chat_id = ?)",
            (moment, old_id, old_id),
        )
    moved = 0
    for state in ("ready", "leased"):
        moved += len(
            await run(
                connection,
                "UPDATE outbox SET chat_id = ?, state = 'ready', owner = NULL"  # noqa: S608 - ours
                f" WHERE chat_id = ? AND state = '{state}' RETURNING id",
                (new_id, old_id),
            )
        )
    await _rename_row(connection, old_id, new_id)
    await connection.execute(delete(pause).where(pause.c.chat_id == old_id))
    for table in (answer, listing, nonce):
        await connection.execute(
            update(table).where(table.c.chat_id == old_id).values(chat_id=new_id)
        )
    for table_name, key in _FOLLOWING.items():
        await _move_rows(connection, table_name, key, old_id, new_id)
    return moved


async def _move_rows(
    connection: AsyncConnection, name: str, key: tuple[str, ...], old_id: int, new_id: int
) -> None:
    """Move rows to the new number of a chat; those that it has already stand as they are there."""
    same = "".join(f" AND other.{column} = {name}.{column}" for column in key)
    await run(
        connection,
        f"UPDATE {name} SET chat_id = ? WHERE chat_id = ? AND NOT EXISTS"  # noqa: S608 - ours
        f" (SELECT 1 FROM {name} AS other WHERE other.chat_id = ?{same})",
        (new_id, old_id, new_id),
    )
    await run(connection, f"DELETE FROM {name} WHERE chat_id = ?", (old_id,))  # noqa: S608 - ours


async def _rename_row(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Move the settings of a chat; where the new one has a row already, its own language stands."""
    await later(
        connection,
        "INSERT INTO chat (id, kind, title, language, state, reason, last_seen_at)"
        " SELECT ?, 'supergroup', title, language, 'active', NULL, last_seen_at"
        " FROM chat WHERE id = ?"
        " ON CONFLICT (id) DO UPDATE SET language = coalesce(chat.language, excluded.language)",
        (new_id, old_id),
    )
    await connection.execute(delete(chat).where(chat.c.id == old_id))
