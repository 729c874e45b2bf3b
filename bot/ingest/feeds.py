"""Feeds looked at when they are due: what is new in them becomes jobs of whoever added them.

What a feed has when it is added is only noted: an editor who wants an old item sends its link.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import structlog

from bot.delivery.messages import as_message
from bot.errors import StoreError, UserError
from bot.ingest.documents import FeedItem, ReadFeed
from bot.ingest.fetch import FEEDS, Validators, fetch, require_link, site_of
from bot.ingest.limited import read_feed
from bot.ingest.progress import Tools
from bot.ingest.taking import Sent
from bot.locales import Locale, get_locale
from bot.replies.layout import escape
from bot.replies.outcome import Body, Send, Target
from bot.store.database import Transaction
from bot.store.drafts import Origin
from bot.store.feeds import (
    INTERVAL_S,
    Feed,
    FeedMode,
    FeedState,
    list_due,
    list_seen,
    note_failure,
    note_look,
    set_feed,
)
from bot.store.jobs import JobKind, NewJob, add_job
from bot.store.outbox import Prio, add_messages
from bot.store.roles import Role, get_standing
from index.types import Language

log = structlog.get_logger(__name__)

#: Between two looks for feeds that are due.
LOOK_S = 30.0

#: New items that one look takes; a feed that brings more is a dump, and its rest is only noted.
MOST_NEW = 20

#: A feed that says how often it changes is believed within these.
SHORTEST_S, LONGEST_S = 900, 86_400

#: Failures in a row after which editors are told once, and after which the feed is paused: with
#: the growing gaps between them, after half a day and after a week.
TELL_AFTER, PAUSE_AFTER = 3, 10


class Feeds:
    """Looks at feeds that are due; `wake_jobs` is told of new jobs, `on_message` of messages."""

    def __init__(
        self,
        tools: Tools,
        *,
        wake_jobs: Callable[[], None],
        on_message: Callable[[], None],
        language: Language,
    ) -> None:
        self._tools, self._wake_jobs = tools, wake_jobs
        self._on_message, self._language = on_message, language
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Say that a transaction under way adds a feed."""
        self._woken.set()

    async def run(self) -> None:
        """Look at feeds until cancelled."""
        while True:
            self._woken.clear()
            try:
                await self.look()
            except StoreError:
                log.exception("feeds cannot be looked at")
            try:
                async with asyncio.timeout(LOOK_S):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Look at each feed that is due."""
        async with self._tools.db.write():
            pass  # what a transaction under way adds is there now
        for feed in await list_due(self._tools.db, self._tools.now()):
            standing = await get_standing(self._tools.db, feed.chat_id, feed.user_id)
            locale = get_locale(standing.language or self._language)
            if not standing.role.covers(Role.EDITOR):
                # Nobody is there who would decide on what it brings; another editor may resume it.
                async with self._tools.db.write() as connection:
                    await set_feed(connection, feed.id, FeedState.PAUSED, None, self._tools.now())
                continue
            try:
                await self._read(feed, locale)
            except UserError as error:
                reason = locale.text(error.message_id, **error.values)
                await self._fail(feed, reason, locale)

    async def _read(self, feed: Feed, locale: Locale) -> None:
        """Take what is new in a feed. Raises: UserError if it cannot be fetched or read."""
        page = await fetch(feed.url, FEEDS, Validators(feed.etag, feed.modified))
        found = ReadFeed(feed.title, ()) if page.content is None else await read_feed(page.content)
        title = found.title or site_of(feed.url)
        seen = await list_seen(self._tools.db, feed.id)
        fresh = [item for item in found.items if item.key not in seen]
        said = replace(feed, etag=page.validators.etag, modified=page.validators.modified)
        at = self._tools.now()
        async with self._tools.db.write() as connection:
            await note_look(
                connection,
                said,
                [item.key for item in fresh],
                title=title,
                interval_s=_interval(found, feed),
                at=at,
            )
            if feed.state is FeedState.NEW:
                await self._say(connection, feed, _welcome(feed, title, len(fresh), locale))
            else:
                for item in reversed(fresh[:MOST_NEW]):
                    await self._take(connection, feed, title, item)
        self._wake_jobs()
        self._on_message()

    async def _take(self, connection: Transaction, feed: Feed, title: str, item: FeedItem) -> None:
        try:
            url = require_link(item.url)
        except UserError:
            log.info("an item of a feed has no address that may be opened", feed=feed.id)
            return
        sent = Sent(
            Origin.FEED,
            url=url,
            day=date.fromisoformat(item.day) if item.day else None,
            feed=title,
            is_auto=feed.mode is FeedMode.AUTO,
        )
        job = NewJob(JobKind.TAKE, sent.to_payload(), feed.user_id, feed.chat_id)
        await add_job(connection, job, self._tools.now())

    async def _fail(self, feed: Feed, reason: str, locale: Locale) -> None:
        """Note a failure; the gaps between looks grow, and in the end there are none."""
        at, failures = self._tools.now(), feed.failures + 1
        gap_s = min(feed.interval_s * 2**failures, LONGEST_S)
        async with self._tools.db.write() as connection:
            await note_failure(connection, feed.id, at + timedelta(seconds=gap_s))
            values = {"title": feed.title, "reason": reason}
            if feed.state is FeedState.NEW:
                await set_feed(connection, feed.id, FeedState.REMOVED, None, at)
                words = locale.text("The feed {title} was not added. {reason}", **values)
                await self._say(connection, feed, words)
            elif failures == PAUSE_AFTER:
                await set_feed(connection, feed.id, FeedState.PAUSED, None, at)
                words = locale.text("The feed “{title}” is paused. {reason} All: /feeds", **values)
                await self._say(connection, feed, words)
            elif failures == TELL_AFTER:
                words = locale.text(
                    "The feed “{title}” cannot be read. {reason} I keep trying.", **values
                )
                await self._say(connection, feed, words)
        self._on_message()

    async def _say(self, connection: Transaction, feed: Feed, words: str) -> None:
        at = self._tools.now()
        message = as_message(Send(Target(feed.chat_id), Body(escape(words)), prio=Prio.ADMIN))
        await add_messages(connection, f"f:{feed.id}:{at.timestamp()}", [message], at)


def _welcome(feed: Feed, title: str, count: int, locale: Locale) -> str:
    added = locale.count(
        "The feed “{title}” is added. It has {n} item now; new ones",
        "The feed “{title}” is added. It has {n} items now; new ones",
        count,
        title=title,
    )
    if feed.mode is FeedMode.AUTO:
        return f"{added} " + locale.text("are published, and you are told.")
    return f"{added} " + locale.text("come to you as drafts.")


def _interval(found: ReadFeed, feed: Feed) -> int:
    """Return how often a feed is to be looked at: as it says, within bounds."""
    if found.minutes is None:
        return feed.interval_s or INTERVAL_S
    return max(SHORTEST_S, min(found.minutes * 60, LONGEST_S))
