"""The part of the bot that tells: what is announced, to whom, when it is due, until stopped."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.errors import BotError
from bot.notify.asking import Asker, Find
from bot.notify.broadcasting import Broadcaster
from bot.notify.composing import Composer
from bot.notify.expander import Expander
from bot.notify.followed import Followed
from bot.notify.moving import Mover
from bot.notify.news import Newsroom
from bot.notify.ticker import Ticker
from bot.search import Search
from bot.store.database import Database
from index.types import Language

log = structlog.get_logger(__name__)

#: Between two looks at the clock and at what other programs announced.
LOOK_S = 1.0

#: Between two batches of messages, of which each is two seconds of sending: replies come first, on
#: the processor as well.
PACE_S = 0.3

#: After a fault of the store, which is not mended sooner.
FAULT_S = 30.0

#: An announcement that failed so often would keep all later ones waiting.
ATTEMPTS = 3


class Notifier:
    """Tells followers for as long as the bot runs.

    `find` answers the questions that wait, the whole index if it is None.
    """

    def __init__(
        self,
        db: Database,
        search: Search,
        followed: Followed,
        *,
        find: Find | None = None,
        language: Language,
        username: Callable[[], str],
        now: Callable[[], datetime],
        on_messages: Callable[[], None],
    ) -> None:
        newsroom, find = Newsroom(db), find or search.find
        composer = Composer(db, search, newsroom, find, language=language, username=username)
        self.expander = Expander(db, search, newsroom, followed, find, language)
        self.broadcaster = Broadcaster(db, language)
        self.mover = Mover(db, language)
        self.asker = Asker(db, search, find, language)
        self.ticker = Ticker(db, composer, language)
        self._now, self._on_messages = now, on_messages
        self._turn = asyncio.Lock()
        self._faults = 0

    async def run(self) -> None:
        """Tell until cancelled; a kill loses nothing, since each step is a transaction."""
        while True:
            try:
                rest_s = await self.step()
            except MemoryError:
                raise  # no fault of the announcement: another run goes on with it
            except Exception:
                # A fault of ours too: neither questions nor other news may suffer from it.
                log.exception("followers cannot be told")
                rest_s = await self._after_fault()
            await asyncio.sleep(rest_s)

    async def _after_fault(self) -> float:
        """Give up an announcement that failed as often as one may; return how long to rest."""
        self._faults += 1
        if self._faults >= ATTEMPTS:
            self._faults = 0
            with contextlib.suppress(BotError):  # the store is the fault: nothing is to blame
                await self.expander.give_up(self._now())
        return FAULT_S

    async def step(self) -> float:
        """Make a batch of notices and a batch of messages; return when to make the next."""
        async with self._turn:
            while await self.mover.move(self._now()):
                pass  # first: what is due by the clock as it was set is told in this very step
            is_expanding = await self.expander.expand(self._now())
            self._faults = 0
            is_expanding = await self.broadcaster.expand(self._now()) or is_expanding
            is_reported = await self.broadcaster.report(self._now())
            is_asking = not is_expanding and await self.asker.ask(self._now())
            told = 0 if is_expanding else await self.ticker.tick(self._now())
        if told or is_reported:
            self._on_messages()
        if is_expanding:
            return 0.0  # others have their turn between two steps all the same
        return PACE_S if told or is_asking else LOOK_S
