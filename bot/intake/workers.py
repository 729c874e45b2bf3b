"""Updates are handled here: one a chat at a time, each with its effects in one transaction."""

import asyncio
import html
import json
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.delivery.alarms import raise_alarm
from bot.delivery.messages import as_message
from bot.errors import UserError
from bot.intake.direct import answer_directly
from bot.locales import Locale
from bot.replies.outcome import Body, Outcome, Send, Target, Toast
from bot.store.answers import set_answer_message
from bot.store.database import Database, Transaction
from bot.store.inbox import (
    ATTEMPTS,
    InboxState,
    Waiting,
    bury_update,
    fail_update,
    finishing,
    list_waiting,
)
from bot.store.outbox import add_messages

log = structlog.get_logger(__name__)

#: Updates handled at once. More would only queue at the one writer and the one processor.
WORKERS = 8

#: A handler that takes longer hangs; long work is a job that the update only creates.
HANDLER_S = 30.0

#: The look around when nobody wakes the workers.
IDLE_S = 5.0

Handle = Callable[[Update], Awaitable[Outcome]]
FindLocale = Callable[[Update], Awaitable[Locale]]
Note = Callable[[Update, Transaction], Awaitable[None]]


class Workers:
    """Handles the inbox of one bot until told to stop."""

    def __init__(
        self,
        db: Database,
        bot: Bot,
        *,
        handle: Handle,
        find_locale: FindLocale,
        note: Note,
        on_outcome: Callable[[], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._db, self._bot = db, bot
        self._handle, self._find_locale, self._note = handle, find_locale, note
        self._on_outcome, self._now = on_outcome, now
        self._woken = asyncio.Event()
        self._is_stopping = False
        self._running: dict[str, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Say that there are updates."""
        self._woken.set()

    def stop(self) -> None:
        """Say that no more updates are to be taken; `run` ends when those in the works have."""
        self._is_stopping = True
        self.wake()

    async def run(self) -> None:
        """Handle updates until stopped."""
        while not self._is_stopping:
            self._woken.clear()
            free = WORKERS - len(self._running)
            if free > 0:
                for update in await list_waiting(self._db, self._bot.id, free, [*self._running]):
                    self._start(update)
            try:
                async with asyncio.timeout(IDLE_S):
                    await self._woken.wait()
            except TimeoutError:
                pass
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _start(self, waiting: Waiting) -> None:
        task = asyncio.create_task(self._work(waiting))
        self._running[waiting.chat_key] = task

        def ended(task: asyncio.Task[None]) -> None:
            self._running.pop(waiting.chat_key, None)
            self.wake()
            if not task.cancelled() and task.exception():
                log.error("an update ended badly", id=waiting.id, exc_info=task.exception())

        task.add_done_callback(ended)

    async def _work(self, waiting: Waiting) -> None:
        """Bring one update to its end: done, poison, tried again, or dead."""
        try:
            update = Update.de_json(json.loads(waiting.body), self._bot)
        except Exception as error:
            log.warning("an update cannot be read", id=waiting.id, exc_info=True)
            async with self._db.write() as connection:
                await bury_update(connection, waiting.id, repr(error), InboxState.POISON)
            return
        try:
            async with asyncio.timeout(HANDLER_S):
                outcome = await self._handle(update)
            await self._commit(waiting, update, outcome)
        except UserError as error:
            outcome = await self._refusal(update, error)
            await self._commit(waiting, update, outcome)
        except Exception as error:
            log.exception("a handler failed", id=waiting.id, attempt=waiting.attempts + 1)
            await self._fail(waiting, update, error)
            return
        await self._answer(update, outcome)

    async def _commit(self, waiting: Waiting, update: Update, outcome: Outcome) -> None:
        """Store the effects of an outcome and its messages, and end the update, or nothing."""
        async with finishing(self._db, waiting.id) as connection:
            await self._note(update, connection)
            if outcome.write:
                await outcome.write(connection)
            messages = [as_message(item) for item in outcome.out]
            ids = await add_messages(connection, f"u:{waiting.id}", messages, self._now())
            for item, outbox_id in zip(outcome.out, ids, strict=True):
                if isinstance(item, Send) and item.answer_id is not None:
                    await set_answer_message(connection, item.answer_id, outbox_id)
        self._on_outcome()

    async def _refusal(self, update: Update, error: UserError) -> Outcome:
        """Return the sentence that tells a person what to do instead."""
        locale = await self._find_locale(update)
        words = locale.text(error.message_id, **error.values)
        if update.callback_query:
            return Outcome(now=Toast(words, is_alert=True))
        return Outcome(out=_say(update, words))

    async def _fail(self, waiting: Waiting, update: Update, error: Exception) -> None:
        """Count the failure; at the last one tell the person once, and the owners."""
        last = waiting.attempts + 1 >= ATTEMPTS
        code = secrets.token_hex(2).upper()
        locale = await self._find_locale(update)
        words = locale.text("It did not work. We know already (code {code}). Try again.", code=code)
        async with self._db.write() as connection:
            await fail_update(connection, waiting.id, f"{code} {error!r}")
            if last:
                messages = [as_message(item) for item in _say(update, words)]
                await add_messages(connection, f"u:{waiting.id}", messages, self._now())
        if last:
            log.error("an update is dead", id=waiting.id, code=code)
            await raise_alarm(self._db, "update", f"An update died, code {code}.", self._now())
            await self._answer(update, Outcome(now=Toast(words)))
        self._on_outcome()

    async def _answer(self, update: Update, outcome: Outcome) -> None:
        """Answer queries at once; every pressed button is answered, or it would spin."""
        now = outcome.now or (Toast() if update.callback_query else None)
        if now is None:
            return
        try:
            await answer_directly(self._bot, update, now)
        except TelegramError as error:
            log.info("a query was not answered", reason=str(error))


def _say(update: Update, words: str) -> tuple[Send, ...]:
    """Return one plain message to the chat of an update, none when it has no chat to write to."""
    message = update.effective_message
    if message is None or update.guest_message:
        return ()
    thread = message.message_thread_id if message.is_topic_message else None
    reply_to = message.message_id if update.callback_query is None else None
    target = Target(message.chat.id, thread, reply_to)
    return (Send(target, Body(html.escape(words, quote=False))),)
