"""What was asked of a person, whose next message in that chat is the reply to it.

A row, so that it outlives a restart. A command ends it, and so does time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, run
from bot.store.moments import from_micros, to_micros

#: After this whoever has not replied has other things in mind. Source: issue of editors, 2.
PROMPT_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to a person that his next message in a chat replies to.

    `kind` names what takes the reply, `subject` what it is about, in the words of who asked.
    """

    chat_id: int
    user_id: int
    kind: str
    subject: str
    expires_at: datetime


async def set_prompt(connection: AsyncConnection, prompt: Prompt) -> None:
    """Wait for a reply, in place of whatever was waited for from that person in that chat."""
    await run(
        connection,
        "INSERT INTO prompt (chat_id, user_id, kind, subject, expires_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (chat_id, user_id) DO UPDATE SET kind = excluded.kind,"
        " subject = excluded.subject, expires_at = excluded.expires_at",
        (
            prompt.chat_id,
            prompt.user_id,
            prompt.kind,
            prompt.subject,
            to_micros(prompt.expires_at),
        ),
    )


async def find_prompt(db: Database, chat_id: int, user_id: int, at: datetime) -> Prompt | None:
    """Return what a person's next message in a chat replies to, None for nothing."""
    rows = await db.fetch(
        "SELECT chat_id, user_id, kind, subject, expires_at FROM prompt"
        " WHERE chat_id = ? AND user_id = ? AND expires_at > ?",
        (chat_id, user_id, to_micros(at)),
    )
    if not rows:
        return None
    _, _, kind, subject, expires_at = rows[0]
    return Prompt(chat_id, user_id, kind, subject, from_micros(expires_at))


async def end_prompt(connection: AsyncConnection, chat_id: int, user_id: int) -> None:
    """Wait for nothing more from a person in a chat."""
    await run(
        connection, "DELETE FROM prompt WHERE chat_id = ? AND user_id = ?", (chat_id, user_id)
    )
