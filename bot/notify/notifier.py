"""The part of the bot that tells: what is announced, to whom, when it is due, until stopped."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.errors import BotError
from bot.notify.composing import Composer
from bot.notify.expander import Expander
from bot.notify.news import Newsroom
from bot.notify.ticker import Ticker
from bot.search import Search
from bot.store.database import Database
from index.types import Language

log = structlog.get_logger(__name__)

#: Between two looks at the clock and at what other programs announced.
LOOK_S = 1.0

#: Between two batches of messages, of which each is a second of sending: replies come first, on the
#: processor as well.
PACE_S = 0.3

#: After a fault of the store, which is not mended sooner.
FAULT_S = 30.0


class Notifier:
    """Tells followers for as long as the bot runs."""

    def __init__(
        self,
        db: Database,
        search: Search,
        *,
        language: Language,
        username: Callable[[], str],
        now: Callable[[], datetime],
        on_messages: Callable[[], None],
    ) -> None:
        newsroom = Newsroom(db)
        composer = Composer(db, search, newsroom, language=language, username=username)
        self.expander = Expander(db, search, newsroom, language)
        self.ticker = Ticker(db, composer, language)
        self._now, self._on_messages = now, on_messages

    async def run(self) -> None:
        """Tell until cancelled; a kill loses nothing, since each step is a transaction."""
        while True:
            try:
                rest_s = await self.step()
            except BotError:
                log.exception("followers cannot be told")
                await asyncio.sleep(FAULT_S)
                continue
            await asyncio.sleep(rest_s)

    async def step(self) -> float:
        """Make a batch of notices and a batch of messages; return when to make the next."""
        is_expanding = await self.expander.expand(self._now())
        told = await self.ticker.tick(self._now())
        if told:
            self._on_messages()
        if is_expanding:
            return 0.0  # others have their turn between two steps all the same
        return PACE_S if told else LOOK_S
