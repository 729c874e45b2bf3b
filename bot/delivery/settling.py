"""What becomes of a message that was not accepted: put off, worded otherwise, or given up.

What is known of its outcome is written down whatever it takes: a row that stays claimed would keep
its chat silent until a restart.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.delivery.alarms import raise_alarm
from bot.delivery.backoff import Backoff
from bot.delivery.failures import Failure, Verdict
from bot.delivery.stopped import tell_stopped
from bot.errors import BotError, StoreError
from bot.locales import Locale
from bot.store.chats import rename_chat
from bot.store.database import Database
from bot.store.outbox import Leased, OutboxState
from bot.store.passages import list_places
from bot.store.pauses import BOT
from bot.store.sending import (
    Pause,
    bury_message,
    count_unknown,
    mark_undeliverable,
    postpone_messages,
    use_plain_twin,
)

log = structlog.get_logger(__name__)

T = TypeVar("T")

#: Before a message of unknown outcome is sent again.
UNKNOWN_PAUSE_S = 1.0

#: So many chats refused by flood control within so many seconds mean that the whole bot is.
FLOODED_CHATS = 3
FLOOD_WINDOW_S = 10.0

#: Before what the store refused is tried again.
STORE_RETRY_S = 1.0


class Settler:
    """Settles the failed sends of one sender, until told to stop."""

    def __init__(
        self,
        db: Database,
        locale: Locale,
        monotonic: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._db, self._locale = db, locale
        self._monotonic, self._now = monotonic, now
        self._backoff = Backoff()
        self._floods: deque[tuple[float, int]] = deque()
        self._is_stopping = False

    def stop(self) -> None:
        """Say that the store is not to be asked again; the next run counts what is claimed."""
        self._is_stopping = True

    def succeed(self) -> None:
        """Note that Telegram takes messages."""
        self._backoff.succeed()

    async def count(self, message: Leased, error: str) -> None:
        """Count a send that ended by a fault of ours: nobody knows what has become of it."""
        await self._insist(partial(count_unknown, self._db, message.id, error, self._now()))

    async def settle(self, message: Leased, verdict: Verdict, words: str) -> None:
        """Do with a message that was not accepted what its failure asks for."""
        at = self._now()
        match verdict.failure:
            case Failure.FLOOD:
                pause = self._flood_pause(message.chat_id, verdict.wait_s, at)
                await self._postpone(message, words, pause)
            case Failure.REFUSED:
                wait = timedelta(seconds=self._backoff.next_s())
                await self._postpone(message, words, Pause(BOT, at + wait, words))
            case Failure.UNKNOWN:
                await self._doubt(message, words, at)
            case Failure.MARKUP:
                await self._send_plain(message, words, at)
            case Failure.MIGRATED if verdict.chat_id:
                await self._insist(partial(self._rename, message.chat_id, verdict.chat_id, at))
            case Failure.CHAT_GONE | Failure.MESSAGE_GONE:
                is_gone = verdict.failure is Failure.CHAT_GONE
                give_up = partial(mark_undeliverable, suspend=is_gone)
                stopped = await self._insist(partial(give_up, self._db, message.id, words, at))
                tell = partial(tell_stopped, self._db, message, stopped, self._locale, at)
                await self._insist(tell)
            case _:
                await self._bury(message, words, at)
                await self._alarm_dead(words)

    async def bury_wrong(self, message: Leased) -> None:
        """End a message whose quotation differs from the store, and say where that is."""
        await self._bury(message, "a quotation differs", self._now())
        found = await list_places(self._db, message.cites)
        text = self._locale.text
        places = "; ".join(
            text("article {id}, paragraph {n}", id=article, n=number) for article, number in found
        )
        words = text(
            "A quotation differs from the stored text, so it was not sent. Place: {place}.",
            place=places or text("unknown"),
        )
        await self._alarm("citation", words)

    async def _postpone(self, message: Leased, words: str, pause: Pause) -> None:
        await self._insist(partial(postpone_messages, self._db, [message.id], words, pause))

    async def _bury(self, message: Leased, words: str, at: datetime) -> None:
        await self._insist(partial(bury_message, self._db, message.id, words, at))

    async def _doubt(self, message: Leased, words: str, at: datetime) -> None:
        pause = Pause(message.chat_id, at + timedelta(seconds=UNKNOWN_PAUSE_S), words)
        count = partial(count_unknown, self._db, message.id, words, at, pause)
        if await self._insist(count) is OutboxState.DEAD:
            await self._alarm_dead(words)

    async def _send_plain(self, message: Leased, words: str, at: datetime) -> None:
        if not await self._insist(partial(use_plain_twin, self._db, message.id, words)):
            await self._bury(message, words, at)
        text = self._locale.text(
            "A message had broken markup and went out without it: {reason}", reason=words
        )
        await self._alarm("markup", text)

    async def _rename(self, before: int, after: int, at: datetime) -> None:
        async with self._db.write() as connection:
            await rename_chat(connection, before, after, at)

    async def _alarm_dead(self, reason: str) -> None:
        words = self._locale.text(
            "A message could not be delivered: {reason}. What to do with it: /outbox",
            reason=reason,
        )
        await self._alarm("dead", words)

    async def _alarm(self, kind: str, words: str) -> None:
        try:
            await raise_alarm(self._db, kind, words, self._now())
        except BotError:
            # The message is settled, and may be on its way again: it must not count as doubtful.
            log.exception("an alarm could not be raised", kind=kind)

    async def _insist(self, change: Callable[[], Awaitable[T]]) -> T:
        """Return what a change of the store returns, asked again for as long as it refuses."""
        while True:
            try:
                return await change()
            except StoreError as error:
                if self._is_stopping:
                    raise
                log.warning("an outcome cannot be stored; it is tried again", reason=str(error))
            await asyncio.sleep(STORE_RETRY_S)

    def _flood_pause(self, chat_id: int, wait_s: float, at: datetime) -> Pause:
        """Return the pause for a 429: of its chat, or of the bot when several chats got one.

        Telegram does not say which of the two it means.
        """
        moment = self._monotonic()
        self._floods.append((moment, chat_id))
        while self._floods[0][0] < moment - FLOOD_WINDOW_S:
            self._floods.popleft()
        chats = {chat for _, chat in self._floods}
        paused = BOT if len(chats) >= FLOODED_CHATS else chat_id
        return Pause(paused, at + timedelta(seconds=wait_s), "flood control")
