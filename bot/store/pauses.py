"""Until when nothing is sent to a chat, or by the bot at all. Rows, so that a restart knows too."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, run
from bot.store.moments import from_micros, to_micros

# Telegram gives no chat the number 0; here it stands for the bot as a whole.
BOT = 0


async def set_pause(
    connection: AsyncConnection, chat_id: int, until: datetime, reason: str
) -> None:
    """Send nothing to a chat (or, with `BOT`, to any) before `until`; a longer pause stands."""
    await run(
        connection,
        "INSERT INTO pause (chat_id, until, reason) VALUES (?, ?, ?)"
        " ON CONFLICT (chat_id) DO UPDATE SET until = excluded.until, reason = excluded.reason"
        " WHERE excluded.until > pause.until",
        (chat_id, to_micros(until), reason),
    )


async def delete_pause(connection: AsyncConnection, chat_id: int) -> None:
    """End a pause before its time."""
    await run(connection, "DELETE FROM pause WHERE chat_id = ?", (chat_id,))


async def list_pauses(db: Database, at: datetime) -> dict[int, datetime]:
    """Return until when chats (and, as `BOT`, the bot) are paused, if it is later than `at`."""
    async with db.read() as connection:
        rows = await run(
            connection,
            "SELECT chat_id, until FROM pause WHERE until > ? ORDER BY chat_id",
            (to_micros(at),),
        )
    return {chat_id: from_micros(until) for chat_id, until in rows}
