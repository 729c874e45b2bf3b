"""How a chat is told of things: the clock on its wall, and the hours in which it sleeps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.chats import ChatState
from bot.store.database import Database, marks, run
from index.types import Language

#: Where a language is mostly spoken, until its speaker says where he is.
ZONES = {Language.RU: "Europe/Moscow", Language.AZ: "Asia/Baku", Language.EN: "UTC"}

#: Before a stored zone that was guessed: whoever chose only his hours is told so still.
GUESSED = "?"

#: From ten in the evening until eight in the morning nobody is told, unless he wants to.
QUIET_FROM, QUIET_TO = 22 * 60, 8 * 60


@dataclass(frozen=True, slots=True)
class Follower:
    """The settings of a chat; `is_guessed` while nobody has chosen its zone.

    Quiet hours in minutes from midnight, None for none.
    """

    chat_id: int
    zone: str
    quiet_from: int | None = QUIET_FROM
    quiet_to: int | None = QUIET_TO
    takes_corrections: bool = True
    language: Language | None = None
    is_suspended: bool = False
    is_guessed: bool = False
    is_channel: bool = False


async def get_follower(db: Database, chat_id: int, language: Language) -> Follower:
    """Return the settings of a chat; guessed by its language, else by `language`, until chosen."""
    found = await load_followers(db, [chat_id], language)
    return found[chat_id]


async def load_followers(
    db: Database, chat_ids: Iterable[int], language: Language
) -> dict[int, Follower]:
    """Return the settings of chats, as `get_follower` does of one."""
    ids = sorted(set(chat_ids))
    found = {key: Follower(key, ZONES[language], is_guessed=True) for key in ids}
    for key, code, state, kind in await db.fetch(
        f"SELECT id, language, state, kind FROM chat WHERE id IN ({marks(ids)})",  # noqa: S608 - marks
        ids,
    ):
        spoken = Language(code) if code else None
        found[key] = Follower(
            key,
            ZONES[spoken or language],
            language=spoken,
            is_suspended=state == ChatState.SUSPENDED,
            is_guessed=True,
            is_channel=kind == "channel",
        )
    for key, zone, quiet_from, quiet_to, takes in await db.fetch(
        "SELECT chat_id, zone, quiet_from, quiet_to, takes_corrections FROM follower"  # noqa: S608 - marks
        f" WHERE chat_id IN ({marks(ids)})",
        ids,
    ):
        found[key] = replace(
            found[key],
            zone=zone.removeprefix(GUESSED),
            quiet_from=quiet_from,
            quiet_to=quiet_to,
            takes_corrections=bool(takes),
            is_guessed=zone.startswith(GUESSED),
        )
    return found


async def save_follower(connection: AsyncConnection, follower: Follower) -> None:
    """Keep the settings of a chat, its zone marked as long as it is a guess."""
    await run(
        connection,
        "INSERT INTO follower (chat_id, zone, quiet_from, quiet_to, takes_corrections)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (chat_id) DO UPDATE SET zone = excluded.zone,"
        " quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,"
        " takes_corrections = excluded.takes_corrections",
        (
            follower.chat_id,
            f"{GUESSED}{follower.zone}" if follower.is_guessed else follower.zone,
            follower.quiet_from,
            follower.quiet_to,
            follower.takes_corrections,
        ),
    )
