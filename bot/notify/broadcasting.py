"""Broadcasts: a notice for each chat of the audience, and a report that shows how it goes."""

from datetime import datetime, timedelta

from bot.delivery.messages import as_message
from bot.failpoints import reach
from bot.locales import Locale, get_locale
from bot.notify.due import schedule_of_chat, when_due
from bot.replies.broadcast import ended_body, progress_body
from bot.replies.outcome import Edit, Send, Target
from bot.store.broadcasts import (
    Broadcast,
    Figures,
    count_figures,
    end_broadcast,
    give_up_unreachable,
    list_audience,
    list_going,
    note_expanded,
)
from bot.store.database import Database
from bot.store.followers import load_followers
from bot.store.notices import Cause, NewNotice, add_notices
from bot.store.outbox import Prio, add_messages
from index.types import Language

#: Notices made in one transaction. Source: RELIABILITY, 4.
BATCH = 1000

#: A report is edited at most so often. Source: TELEGRAM, 9: three seconds; ten suffice here.
REPORT_EVERY = timedelta(seconds=10)


class Broadcaster:
    """Makes the notices of broadcasts and reports on them."""

    def __init__(self, db: Database, language: Language) -> None:
        self._db, self._language = db, language
        self._reported: dict[int, tuple[datetime, Figures]] = {}

    async def expand(self, at: datetime) -> bool:
        """Make the next batch of notices of a broadcast; return False if there is none to make."""
        for each in await list_going(self._db):
            if not (each.is_expanded or each.is_stopped):
                await self._expand(each, at)
                return True
        return False

    async def report(self, at: datetime) -> bool:
        """Show how broadcasts go, and end those that are over; return whether there is to send."""
        is_told = False
        for each in await list_going(self._db):
            known, shown = self._reported.get(each.id, (at - REPORT_EVERY, None))
            if abs(at - known) < REPORT_EVERY:  # the clock may have been set back
                continue
            if not each.is_stopped:
                async with self._db.write() as connection:
                    await give_up_unreachable(connection, each.id)
            figures = await count_figures(self._db, each.id)
            is_over = each.is_expanded and not figures.waiting
            if is_over:
                await self._end(each, figures, at)
            elif figures != shown:
                await self._show(each, figures, at)
            is_told = is_told or is_over or figures != shown
            self._reported[each.id] = (at, figures)
        return is_told

    async def _expand(self, broadcast: Broadcast, at: datetime) -> None:
        chats = await list_audience(
            self._db, broadcast.audience, self._language.value, broadcast.cursor, BATCH
        )
        followers = await load_followers(self._db, chats, self._language)
        notices = []
        for chat_id in chats:
            due, reason = when_due(schedule_of_chat(followers[chat_id]), at)
            notices.append(
                NewNotice(Cause.BROADCAST, broadcast.id, broadcast.id, chat_id, 0, due, reason)
            )
        is_last = len(chats) < BATCH
        async with self._db.write() as connection:
            await add_notices(connection, notices, at)
            cursor = chats[-1] if chats else None
            await note_expanded(connection, broadcast.id, cursor, at if is_last else None)
            reach("broadcast.before_commit")
        reach("broadcast.after_commit")

    async def _show(self, broadcast: Broadcast, figures: Figures, at: datetime) -> None:
        if broadcast.report_id is None:
            return
        locale = await self._locale(broadcast.by)
        edit = Edit(broadcast.by, broadcast.report_id, progress_body(broadcast, figures, locale))
        async with self._db.write() as connection:
            key = f"b:{broadcast.id}:{at:%Y%m%d%H%M%S}"
            await add_messages(connection, key, [as_message(edit)], at)

    async def _end(self, broadcast: Broadcast, figures: Figures, at: datetime) -> None:
        """Say the final figures, once."""
        body = ended_body(figures, await self._locale(broadcast.by))
        async with self._db.write() as connection:
            if not await end_broadcast(connection, broadcast.id, at) or not broadcast.by:
                return  # told already, or its owner wanted to be forgotten
            send = Send(Target(broadcast.by), body, Prio.ADMIN)
            messages = [as_message(send)]
            if broadcast.report_id is not None:
                messages.append(as_message(Edit(broadcast.by, broadcast.report_id, body)))
            await add_messages(connection, f"b:{broadcast.id}:end", messages, at)

    async def _locale(self, chat_id: int) -> Locale:
        """Return the language of an owner's chat."""
        followers = await load_followers(self._db, [chat_id], self._language)
        return get_locale(followers[chat_id].language or self._language)
