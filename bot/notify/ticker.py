"""Notices that fall due become messages of the outbox, in the transaction that says so."""

from datetime import datetime, timedelta

import structlog

from bot.delivery.messages import as_message
from bot.errors import BusyError, DiskFullError
from bot.failpoints import reach
from bot.notify.composing import Composer, Plan
from bot.notify.letters import Letter
from bot.store.database import Database, Transaction
from bot.store.followers import Follower, load_followers
from bot.store.notices import (
    Notice,
    count_ready,
    drop_notices,
    is_any_open,
    list_due,
    list_due_places,
    mark_told,
    set_due,
)
from bot.store.outbox import add_messages
from index.types import Language

log = structlog.get_logger(__name__)

#: Places whose notices become messages in one transaction: about two seconds of sending.
PLACES = 60

#: While more messages than this wait to be sent, no more are made: an article that is changed or
#: withdrawn meanwhile is then told as it is when its turn comes. About ten seconds of sending.
MOST_READY = 300

#: Notices of one place that are told together; the rest follow in the next message.
MOST_TOGETHER = 500


#: Before notices that could not be worded are tried again.
FAULT_REST = timedelta(hours=1)


class Ticker:
    """Makes messages of the notices that are due."""

    def __init__(self, db: Database, composer: Composer, language: Language) -> None:
        self._db, self._composer, self._language = db, composer, language

    async def tick(self, at: datetime) -> int:
        """Let the notices of some places be told, those due the longest; return of how many."""
        if await count_ready(self._db, MOST_READY) >= MOST_READY:
            return 0
        places = await list_due_places(self._db, at, PLACES)
        if not places:
            return 0
        await self._composer.refresh()
        chats = {chat_id for chat_id, _ in places}
        followers = await load_followers(self._db, chats, self._language)
        plans = []
        for chat_id, thread_id in places:
            notices = await list_due(self._db, chat_id, thread_id, at, MOST_TOGETHER)
            plans.append(await self._compose(notices, followers[chat_id], at))
        async with self._db.write() as connection:
            for plan in plans:
                await _carry_out(connection, plan, at)
            reach("notify.before_commit")
        reach("notify.after_commit")
        return len(places)

    async def _compose(self, notices: list[Notice], follower: Follower, at: datetime) -> Plan:
        """Return what becomes of notices; those that cannot be worded hinder no others."""
        try:
            return await self._composer.compose(notices, follower, at)
        except (BusyError, DiskFullError, MemoryError):
            raise  # it concerns all
        except Exception:
            log.exception("notices cannot be worded", ids=[notice.id for notice in notices])
            return Plan(held=[(notice, at + FAULT_REST, notice.reason) for notice in notices])


async def _carry_out(connection: Transaction, plan: Plan, at: datetime) -> None:
    """Accept the letters of a place and note in the ledger what has become of each notice."""
    for letter in plan.letters:
        await _accept(connection, letter, at)
    for notice, reason in plan.dropped:
        await drop_notices(connection, [notice.id], reason)
    for held, due_at, why in plan.held:
        await set_due(connection, held.id, due_at, at, why)


async def _accept(connection: Transaction, letter: Letter, at: datetime) -> None:
    """Put a letter into the outbox, unless all that it tells of was given up meanwhile."""
    ids = [notice.id for notice in letter.notices]
    if not await is_any_open(connection, ids):
        return  # not even a cancelled message: its chat may have wanted to be forgotten
    (outbox_id,) = await add_messages(connection, _key(letter), [as_message(letter.send)], at)
    await mark_told(connection, ids, outbox_id)


def _key(letter: Letter) -> str:
    """Return what a letter is known by: its place, its first notice, and which try of it this is.

    A try that was refused is followed by another, which is another letter. Only the first notice's
    tries count: what else a letter tells of may be dropped meanwhile.
    """
    first = letter.notices[0]
    return f"n:{first.chat_id}:{first.thread_id}:{first.id}:{first.tries}"
