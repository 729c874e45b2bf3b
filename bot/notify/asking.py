"""Questions that wait are asked again when words come to mean the same, or people are called so.

An article that was there all along may answer them then. In batches, each a transaction with how
far it came, so that a kill goes on where it was; other words meanwhile begin a new round.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.errors import BusyError, DiskFullError
from bot.notify.due import schedule_of_chat, when_due
from bot.search import Search
from bot.store.database import Database
from bot.store.followers import load_followers
from bot.store.notices import Cause, NewNotice, add_notices
from bot.store.watches import Round, Watch, find_round, list_watches_after, note_round
from index.types import Answer, Language, Verdict

#: Answers a question as its asker was: from where its words say to look.
Find = Callable[[str], Awaitable[Answer]]

log = structlog.get_logger(__name__)

#: Questions asked between two other works of the notifier: some tens of milliseconds.
BATCH = 20


class Asker:
    """Asks the questions that wait again, one batch at a time."""

    def __init__(self, db: Database, search: Search, find: Find, language: Language) -> None:
        self._db, self._search, self._find, self._language = db, search, find, language

    async def ask(self, at: datetime) -> bool:
        """Ask the next questions of a round; return False if there is none."""
        asking = await find_round(self._db)
        if asking is None:
            return False
        await self._search.refresh()
        watches = await list_watches_after(self._db, asking.after, BATCH)
        answered = [watch for watch in watches if await has_answer(watch, self._find)]
        notices = await self._notices(asking, answered, at)
        async with self._db.write() as connection:
            await add_notices(connection, notices, at)
            is_over = len(watches) < BATCH
            await note_round(connection, asking.seq, None if is_over else watches[-1].id)
        return True

    async def _notices(self, asking: Round, watches: list[Watch], at: datetime) -> list[NewNotice]:
        chats = {watch.chat_id for watch in watches}
        followers = await load_followers(self._db, chats, self._language)
        notices = []
        for watch in watches:
            due, reason = when_due(schedule_of_chat(followers[watch.chat_id]), at)
            place = (watch.chat_id, watch.thread_id)
            # No article is new: what it tells of is the round, below all announcements.
            notices.append(NewNotice(Cause.WATCH, watch.id, -asking.seq, *place, due, reason))
        return notices


async def has_answer(watch: Watch, find: Find) -> bool:
    """Return whether a question that waits has an answer now; not if one is on its way."""
    await asyncio.sleep(0)  # others have their turn between two of them
    if watch.is_answered:
        return False  # if that message is called back, what came meanwhile is looked at then
    try:
        return (await find(watch.question)).verdict is Verdict.ANSWER
    except (BusyError, DiskFullError, MemoryError):
        raise  # it concerns all
    except Exception:  # one that cannot be asked keeps no other waiting
        log.exception("a question that waits cannot be asked", id=watch.id)
        return False
