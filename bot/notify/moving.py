"""After the clock was set back: what waits for a moment of a clock that was ahead comes sooner.

In batches with a stored cursor, so that a kill goes on where it was.
"""

from datetime import datetime

from bot.notify.due import schedule_of, schedule_of_chat, when_due, when_due_still
from bot.store.database import Database
from bot.store.followers import Follower, load_followers
from bot.store.jumps import find_followed, note_looked_at
from bot.store.notices import Cause, Notice, list_open_after, set_due
from bot.store.subscriptions import Subscription, load_subscriptions
from index.types import Language

#: Notices looked at in one transaction.
BATCH = 500


class Mover:
    """Lets notices come at the hour that they would have if they were made now."""

    def __init__(self, db: Database, language: Language) -> None:
        self._db, self._language = db, language

    async def move(self, at: datetime) -> bool:
        """Look at the next notices after a jump; return False if there is nothing to do."""
        followed = await find_followed(self._db)
        if followed is None or followed.due_after is None:
            return False
        waiting = await list_open_after(self._db, followed.due_after, at, BATCH)
        followers = await load_followers(
            self._db, {each.chat_id for each in waiting}, self._language
        )
        keys = [each.cause_id for each in waiting if each.cause is Cause.SUBSCRIPTION]
        subscriptions = await load_subscriptions(self._db, keys)
        async with self._db.write() as connection:
            for notice in waiting:
                due = _due(notice, subscriptions, followers[notice.chat_id], at)
                if due < notice.due_at:
                    await set_due(connection, notice.id, due, at, notice.reason)
            await note_looked_at(connection, waiting[-1].id if len(waiting) == BATCH else None)
        return True


def _due(
    notice: Notice, subscriptions: dict[int, Subscription], follower: Follower, at: datetime
) -> datetime:
    """Return when a notice would be told that is made at `at`: never before one made earlier."""
    subscription = None
    if notice.cause is Cause.SUBSCRIPTION:
        subscription = subscriptions.get(notice.cause_id)
    if subscription is None:
        return when_due(schedule_of_chat(follower), at)[0]
    return when_due_still(notice.reason, schedule_of(subscription, follower), at)[0]
