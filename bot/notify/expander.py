"""Announcements become notices: a row for each subscription that an article concerns.

In batches, each a transaction with how far it came, so that a kill goes on where it was and the
writer is never held for long.
"""

from datetime import datetime

import structlog

from bot.delivery.alarms import raise_alarm
from bot.failpoints import reach
from bot.locales import get_locale
from bot.notify.asking import Find, has_answer
from bot.notify.due import LATE, schedule_of, schedule_of_chat, when_due
from bot.notify.followed import Followed
from bot.notify.news import News, Newsroom
from bot.search import Search
from bot.store.announcements import (
    Announcement,
    AnnouncementKind,
    end_announcement,
    next_announcement,
    note_progress,
)
from bot.store.changed_passages import find_changer, list_changed, list_shown_in
from bot.store.database import Database
from bot.store.followers import load_followers
from bot.store.notices import Cause, NewNotice, add_notices
from bot.store.subscriptions import Subscription, list_followers
from bot.store.watches import load_watches
from index.types import Language

log = structlog.get_logger(__name__)

#: Notices made in one transaction. Source: RELIABILITY, 4.
BATCH = 1000

#: Topics in one query, far from the 32 766 values that SQLite takes.
TOPICS_A_QUERY = 500


class Expander:
    """Makes the notices of announcements, one batch at a time."""

    def __init__(
        self,
        db: Database,
        search: Search,
        newsroom: Newsroom,
        followed: Followed,
        find: Find,
        language: Language,
    ) -> None:
        self._db, self._search, self._newsroom, self._language = db, search, newsroom, language
        self._followed, self._find = followed, find
        self._topics: tuple[int, list[int]] = (0, [])

    async def expand(self, at: datetime) -> bool:
        """Make the next batch of notices; return False if all are made."""
        announcement = await next_announcement(self._db)
        if announcement is None:
            return False
        await self._search.refresh()
        news = await self._newsroom.get(announcement.article_id, self._search.version)
        if news is None:
            async with self._db.write() as connection:
                await end_announcement(connection, announcement.id, at)
            return True
        topics = await self._find_topics(announcement, news)
        if not (announcement.topic_id or announcement.subscription_id):
            await self._expand_watches(announcement, news, at)
            await self._expand_corrections(announcement, at)
        await self._expand_topics(announcement, news, topics, at)
        return True

    async def give_up(self, at: datetime) -> None:
        """Tell nobody more of the announcement whose turn it is: it fails each time."""
        announcement = await next_announcement(self._db)
        if announcement is None:
            return
        log.error("an announcement is given up", id=announcement.id)
        words = get_locale(self._language).text(
            "Followers could not be told of article {id}.", id=announcement.article_id
        )
        await raise_alarm(self._db, "announcement", words, at)
        async with self._db.write() as connection:
            await end_announcement(connection, announcement.id, at)

    async def _find_topics(self, announcement: Announcement, news: News) -> list[int]:
        """Return the topics of an announcement; found once for all of its batches."""
        if self._topics[0] != announcement.id:
            await self._followed.refresh()
            found = await self._followed.find_topics(news, announcement.kind)
            self._topics = announcement.id, found
        return self._topics[1]

    async def _expand_topics(
        self, announcement: Announcement, news: News, topics: list[int], at: datetime
    ) -> None:
        left = [key for key in topics if key >= announcement.topic_id]
        ids = left[:TOPICS_A_QUERY]
        after = announcement.subscription_id if ids[:1] == [announcement.topic_id] else 0
        found = await list_followers(self._db, ids, after, announcement.created_at, BATCH, now=at)
        notices = await self._notices(announcement, news, found, at)
        async with self._db.write() as connection:
            await add_notices(connection, notices, at)
            if len(found) == BATCH:
                last = found[-1]
                await note_progress(connection, announcement.id, last.topic_id, last.id)
            elif len(left) > len(ids):
                await note_progress(connection, announcement.id, left[len(ids)], 0)
            else:
                await end_announcement(connection, announcement.id, at)
            reach("expand.before_commit")
        reach("expand.after_commit")

    async def _notices(
        self, announcement: Announcement, news: News, found: list[Subscription], at: datetime
    ) -> list[NewNotice]:
        chats = {each.chat_id for each in found}
        followers = await load_followers(self._db, chats, self._language)
        is_late = (
            announcement.kind is AnnouncementKind.NEW
            and announcement.created_at.date() - news.day > LATE
        )
        moment = _moment(announcement, at)
        notices = []
        for each in found:
            schedule = schedule_of(each, followers[each.chat_id])
            due, reason = when_due(
                schedule,
                moment,
                is_late=is_late,
                is_urgent=announcement.is_urgent,
            )
            notices.append(
                NewNotice(
                    Cause.SUBSCRIPTION,
                    each.id,
                    announcement.id,
                    each.chat_id,
                    each.thread_id,
                    due,
                    reason,
                )
            )
        return notices

    async def _expand_corrections(self, announcement: Announcement, at: datetime) -> None:
        """Make notices for those who were shown what an article does not say any more."""
        changed = await list_changed(self._db, announcement.version_id)
        if announcement.kind is not AnnouncementKind.CHANGED or not changed:
            return
        shown = await list_shown_in(self._db, sorted({each.paragraph_id for each in changed}))
        chats = {chat_id for _, chat_id, _ in shown}
        followers = await load_followers(self._db, chats, self._language)
        # Whoever changed it knows.
        changer = await find_changer(self._db, announcement.article_id)
        notices = []
        for paragraph_id, chat_id, thread_id in shown:
            follower = followers[chat_id]
            if follower.takes_corrections and chat_id != changer:
                due, reason = when_due(schedule_of_chat(follower), _moment(announcement, at))
                place = (chat_id, thread_id)
                notices.append(
                    NewNotice(Cause.CORRECTION, paragraph_id, announcement.id, *place, due, reason)
                )
        for start in range(0, len(notices), BATCH):
            async with self._db.write() as connection:
                await add_notices(connection, notices[start : start + BATCH], at)

    async def _expand_watches(self, announcement: Announcement, news: News, at: datetime) -> None:
        """Make notices for the questions that an article answers."""
        candidates = self._followed.find_watches(news)
        watches = await load_watches(self._db, candidates)
        for gone in set(candidates) - watches.keys():
            self._followed.forget_watch(gone)
        chats = {watch.chat_id for watch in watches.values()}
        followers = await load_followers(self._db, chats, self._language)
        notices = []
        for watch in watches.values():
            # Whichever article has it: what waits was answered by none before.
            if await has_answer(watch, self._find):
                schedule = schedule_of_chat(followers[watch.chat_id])
                due, reason = when_due(schedule, _moment(announcement, at))
                place = (watch.chat_id, watch.thread_id)
                notices.append(
                    NewNotice(Cause.WATCH, watch.id, announcement.id, *place, due, reason)
                )
        if notices:
            async with self._db.write() as connection:
                await add_notices(connection, notices, at)


def _moment(announcement: Announcement, at: datetime) -> datetime:
    """Return when something was published: what a bot that was off has missed is due already.

    Not later than `at`: the clock may have been ahead then.
    """
    return min(announcement.created_at, at)
