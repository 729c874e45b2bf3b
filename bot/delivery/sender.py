"""The one sender: takes what is ready, in order, within the budgets, and brings it to an end."""

import asyncio
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.delivery.budgets import Budgets
from bot.delivery.calls import call
from bot.delivery.citations import Finding, check_citations
from bot.delivery.clock import Reading, WatchedClock, read_reading, write_reading
from bot.delivery.failures import Failure, judge
from bot.delivery.messages import as_message
from bot.delivery.settling import Settler
from bot.errors import BotError
from bot.locales import get_locale
from bot.replies.outcome import Body, Send, Target
from bot.store.chats import get_chat
from bot.store.database import Database
from bot.store.jumps import find_followed, follow_jump
from bot.store.outbox import Leased, claim_messages
from bot.store.queues import list_recent_sends
from bot.store.sending import Sent, mark_sent, replace_payload, take_back, void_foreign_leases
from index.types import Language

log = structlog.get_logger(__name__)

#: Sends under way at once; also the most messages that a kill can double.
CONCURRENCY = 16

#: Messages claimed at a time: few, so that a fresh reply overtakes what is less urgent.
CLAIM = 4

#: A group's budget counts the messages of a minute.
REMEMBERED = timedelta(minutes=1)

#: The look around when nobody wakes the sender: for rows that pauses or other programs leave.
IDLE_S = 1.0

#: Between two writes of what the clocks show: a jump while the bot is off is known as exactly.
KEEP_S = 1.0


@dataclass(slots=True)
class _Mark:
    """A message that Telegram has accepted, whose row does not say so yet."""

    sent: Sent
    done: asyncio.Event


class Sender:
    """Sends the outbox of one bot until told to stop.

    `clock` watches the one on the wall; what it saw is kept in the file `kept` for the next run.
    """

    def __init__(
        self,
        db: Database,
        bot: Bot,
        owner: str,
        *,
        language: Language = Language.RU,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: WatchedClock | None = None,
        kept: Path | None = None,
    ) -> None:
        self._db, self._bot, self._owner = db, bot, owner
        self._locale = get_locale(language)
        self._monotonic = monotonic
        self._budgets = Budgets()
        self._woken = asyncio.Event()
        # Whether more may be ready than the last claim took; else a landing needs no other claim.
        self._may_wait = True
        self._is_stopping = False
        self._in_flight: set[asyncio.Task[None]] = set()
        self._marks: list[_Mark] = []
        self._marked = asyncio.Event()
        self._clock, self._kept = clock or WatchedClock(monotonic, now), kept
        # Pauses are set and looked at by one clock, even between a jump and its being followed.
        self._now = self._clock.now
        self._settler = Settler(db, self._locale, monotonic, self._now)
        self._jumps, self._kept_s = 0, -math.inf

    def wake(self) -> None:
        """Say that there is something to send."""
        self._may_wait = True
        self._woken.set()

    def stop(self) -> None:
        """Say that no more messages are to be claimed; `run` ends when those under way have."""
        self._is_stopping = True
        self._settler.stop()
        self.wake()

    async def run(self) -> None:
        """Send until stopped."""
        await self._take_up_clock()
        await void_foreign_leases(self._db, self._owner, self._now())
        await self._remember_sends()
        marker = asyncio.create_task(self._mark_all())
        try:
            while not self._is_stopping:
                await self._turn()
            await asyncio.gather(*self._in_flight)
        finally:
            marker.cancel()
            await asyncio.gather(marker, return_exceptions=True)

    async def _remember_sends(self) -> None:
        """Take the tokens of what an earlier run has just sent, so that a restart is no burst."""
        at, moment = self._now(), self._monotonic()
        for chat_id, sent_at in await list_recent_sends(self._db, at - REMEMBERED, at):
            sent_s = moment - (at - sent_at).total_seconds()
            self._budgets.take(chat_id, sent_s)
            self._budgets.window.take()
            self._budgets.window.land(sent_s)

    async def _turn(self) -> None:
        """Claim what may go now, or wait for a reason to look again."""
        self._woken.clear()
        await self._follow_clock()
        free = CONCURRENCY - len(self._in_flight)
        skip = self._budgets.exhausted(self._monotonic())
        claimed: tuple[Leased, ...] = ()
        if free > 0:
            self._may_wait = bool(skip or self._in_flight)  # theirs are not taken
            claimed = await self._claim(min(free, CLAIM), skip)
            if len(claimed) == min(free, CLAIM) or any(each.has_next for each in claimed):
                self._may_wait = True
        for message in claimed:
            await self._wait_for_turn()
            self._budgets.take(message.chat_id, self._monotonic())
            task = asyncio.create_task(self._send_or_count(message))
            self._in_flight.add(task)
            task.add_done_callback(self._landed)
        # With every slot taken there is nothing to claim: without a rest no send could ever land.
        if free <= 0 or len(claimed) < min(free, CLAIM):
            wait = self._budgets.next_s(self._monotonic()) if skip else None
            await self._rest(min(wait or IDLE_S, IDLE_S))

    async def _follow_clock(self) -> None:
        """Let pauses last as long as they were asked for, whatever somebody sets the clock to."""
        jump = self._clock.find_jump()
        if jump:
            log.warning("the clock jumped", seconds=round(jump.by.total_seconds()))
            read = jump.reading
            try:
                self._jumps = await follow_jump(
                    self._db, jump.before, jump.by, elapsed_s=read.elapsed_s, boot=read.boot
                )
            except BotError:  # until then all goes by the clock as it was
                log.exception("the jump could not be followed; the next look tries again")
                return
            self._clock.settle(jump)
        await self._keep_clock()

    async def _take_up_clock(self) -> None:
        """Go on from the clock of the run before: it may have been set since."""
        if self._kept is None:
            return
        followed = await find_followed(self._db)
        self._jumps = followed.jumps if followed else 0
        kept = await asyncio.to_thread(read_reading, self._kept)
        if kept and kept[1] == self._jumps:
            self._clock.take_up(kept[0])
        elif followed:  # that run ended before it kept what the store had followed
            self._clock.take_up(Reading(followed.at, followed.elapsed_s, followed.boot))

    async def _keep_clock(self) -> None:
        seen = self._clock.seen
        if self._kept and seen.elapsed_s - self._kept_s >= KEEP_S:
            self._kept_s = seen.elapsed_s
            await asyncio.to_thread(write_reading, self._kept, seen, self._jumps)

    async def _claim(self, limit: int, skip: list[int]) -> tuple[Leased, ...]:
        try:
            return await claim_messages(self._db, self._owner, limit, self._now(), skip=skip)
        except BotError:
            log.exception("claiming failed")
            await self._rest(IDLE_S)
            return ()

    async def _wait_for_turn(self) -> None:
        """Keep the pace of the whole bot."""
        wait = self._budgets.wait_s(self._monotonic())
        if wait > 0:
            await asyncio.sleep(wait)
        self._budgets.bot.take(self._monotonic())
        self._budgets.window.take()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            pass

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        if self._may_wait or self._is_stopping:
            self._woken.set()
        if not task.cancelled() and task.exception():
            log.error("a send ended badly", exc_info=task.exception())

    async def _send_or_count(self, message: Leased) -> None:
        """Send; a fault of ours counts as an unknown outcome, so that no row stays claimed."""
        try:
            is_sent = await self._send(message)
        except Exception as error:
            is_sent = False
            log.exception("a send ended badly", id=message.id)
            await self._settler.count(message, repr(error))
        if not is_sent:
            self._may_wait = True  # it may be ready again

    async def _send(self, message: Leased) -> bool:
        """Bring one message to an end: sent, put off, or given up; return whether it is sent."""
        message_id = None
        try:
            finding = await check_citations(self._db, message)
            if finding is Finding.SOUND:
                message_id = await call(self._bot, self._db, message)
        except TelegramError as error:
            verdict = judge(error)
            if verdict.failure is not Failure.ACCEPTED:
                await self._settler.settle(message, verdict, error.message)
                return False
            message_id = message.edits_message_id
        finally:
            self._budgets.window.land(self._monotonic())
        if finding is Finding.WRONG:
            await self._settler.bury_wrong(message)
            return False
        if finding is Finding.WITHDRAWN:
            await self._drop_withdrawn(message)
            return False
        self._settler.succeed()
        mark = _Mark(Sent(message.id, message_id), asyncio.Event())
        self._marks.append(mark)
        self._marked.set()
        await mark.done.wait()
        return True

    async def _drop_withdrawn(self, message: Leased) -> None:
        """Let one line answer in place of what may no longer be quoted; news is worded anew."""
        if await take_back(self._db, message.id, "article withdrawn", self._now()):
            return
        chat = await get_chat(self._db, message.chat_id)
        locale = get_locale(chat.language) if chat and chat.language else self._locale
        words = locale.text("The article has been withdrawn.")
        asked = json.loads(message.payload).get("reply_parameters", {}).get("message_id")
        body = as_message(Send(Target(message.chat_id, reply_to=asked), Body(words)))
        await replace_payload(self._db, message.id, body.payload, "article withdrawn")

    async def _mark_all(self) -> None:
        """Note accepted messages, all that have come together in one transaction."""
        while True:
            await self._marked.wait()
            self._marked.clear()
            marks, self._marks = self._marks, []
            try:
                await mark_sent(self._db, [mark.sent for mark in marks], self._now())
            except BotError:
                log.exception("marking failed")  # their slots stay taken: nothing is sent twice
                self._marks = marks + self._marks
                self._marked.set()
                await asyncio.sleep(IDLE_S)
                continue
            for mark in marks:
                mark.done.set()
