"""One update is handled here: its effects are stored in one transaction, or its failure is."""

import asyncio
import html
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Bot, Update

from bot.delivery.alarms import raise_alarm
from bot.delivery.messages import as_message
from bot.errors import BusyError, DamagedTextError, DiskFullError, UserError
from bot.failpoints import reach
from bot.intake.direct import answer_query, shown_typing
from bot.locales import Locale, get_locale
from bot.replies.outcome import Body, Edit, InlineCards, Outcome, Send, SendFile, Target, Toast
from bot.store.answers import add_answer
from bot.store.database import Database, Transaction
from bot.store.inbox import (
    ATTEMPTS,
    InboxState,
    Waiting,
    bury_update,
    fail_update,
    finishing,
    note_attempt,
)
from bot.store.outbox import add_messages
from index.types import Language

log = structlog.get_logger(__name__)

#: A handler that takes longer hangs; long work is a job that the update only creates.
HANDLER_S = 30.0

#: Work that lasts longer shows the typing sign, which Telegram takes away by itself after 5 s.
TYPING_S = 1.0

#: Before another attempt: long enough for a hiccup to pass, short enough for a reader to stay.
RETRY_S = 1.0

#: Apps wait less for inline cards; answering would only keep others waiting.
INLINE_OLD = timedelta(seconds=10)

Handle = Callable[[Update], Awaitable[Outcome]]
FindLocale = Callable[[Update], Awaitable[Locale]]
Note = Callable[[Update, Transaction], Awaitable[None]]
OnIndexChange = Callable[[], Awaitable[None]]
OnRoleChange = Callable[[int], Awaitable[None]]


class KillerError(Exception):
    """An update ended every run that tried to handle it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of an update: how long its chat rests before it is tried again, if it is.

    `may_bring_more` says that updates may wait now which did not wait before.
    """

    rest_s: float = 0.0
    may_bring_more: bool = False


class Handling:
    """Brings updates to their end, one at a time each.

    `note` writes what an update tells of its chat; `on_index_change` is awaited
    after an outcome that changes it, before its messages go; `on_role_change` is awaited with
    the person whose menu another one is; `on_outcome` is told that there may be messages to send.
    """

    def __init__(
        self,
        db: Database,
        bot: Bot,
        *,
        handle: Handle,
        find_locale: FindLocale,
        note: Note,
        on_index_change: OnIndexChange,
        on_role_change: OnRoleChange,
        on_outcome: Callable[[], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        language: Language = Language.RU,
        handler_s: float = HANDLER_S,
        typing_s: float = TYPING_S,
        retry_s: float = RETRY_S,
    ) -> None:
        self._db, self._bot = db, bot
        self._handle, self._find_locale, self._note = handle, find_locale, note
        self._on_index_change, self._on_role_change = on_index_change, on_role_change
        self._on_outcome, self._now = on_outcome, now
        self._owners = get_locale(language)
        self._handler_s, self._typing_s, self._retry_s = handler_s, typing_s, retry_s
        # Updates whose attempt this run has counted before it began.
        self._noted: set[int] = set()

    async def bring_to_end(self, waiting: Waiting, *, is_suspect: bool) -> Ended:
        """Return what became of an update. A suspect one may have ended the run before this.

        Raises: BusyError or DiskFullError, with nothing written, when the database refuses;
        MemoryError when there is none left.
        """
        try:
            update = _read(waiting.body, self._bot)
        except MemoryError:
            raise
        except Exception as error:
            log.warning("an update cannot be read", id=waiting.id, exc_info=True)
            async with self._db.write() as connection:
                await bury_update(connection, waiting.id, repr(error), InboxState.POISON)
            return Ended()
        try:
            is_counted = is_suspect and await self._count_before(waiting)
        except KillerError as error:
            return await self._fail(waiting, update, error, is_counted=True)
        try:
            outcome = await self._outcome(waiting, update)
            outcome = await self._commit(waiting, update, outcome)
        except (BusyError, DiskFullError, MemoryError):
            raise  # no fault of the update, so it does not count
        except Exception as error:
            log.exception("a handler failed", id=waiting.id, attempt=waiting.attempts + 1)
            return await self._fail(waiting, update, error, is_counted=is_counted)
        await self._follow_up(update, outcome)
        # An act may let a dead update be handled again.
        return Ended(may_bring_more=outcome.write is not None)

    async def _follow_up(self, update: Update, outcome: Outcome) -> None:
        """Do what follows a commit; what fails here undoes nothing and keeps nobody waiting."""
        if outcome.changes_index:
            await _attempt(self._on_index_change())
        self._on_outcome()
        await _attempt(answer_query(self._bot, update, outcome.now))
        if outcome.menu_for is not None:
            await _attempt(self._on_role_change(outcome.menu_for))

    async def _count_before(self, waiting: Waiting) -> bool:
        """Count an attempt that may end this process; return whether this one is counted.

        Raises: KillerError if it has ended as many runs as an update may have attempts.
        """
        if waiting.id in self._noted:
            return False
        if waiting.attempts >= ATTEMPTS:
            raise KillerError("each run that handled it ended")
        await note_attempt(self._db, waiting.id)
        self._noted.add(waiting.id)
        reach("worker.suspect")
        return True

    async def _outcome(self, waiting: Waiting, update: Update) -> Outcome:
        if update.inline_query and self._now() - waiting.received_at > INLINE_OLD:
            return Outcome()
        try:
            async with (
                asyncio.timeout(self._handler_s),
                shown_typing(self._bot, update, self._typing_s),
            ):
                return await self._handle(update)
        except UserError as error:
            return await self._refusal(update, error)

    async def _commit(self, waiting: Waiting, update: Update, outcome: Outcome) -> Outcome:
        """Store an outcome; return it, or the refusal that was stored in its place."""
        try:
            await self._store(waiting, update, outcome)
        except UserError as error:
            outcome = await self._refusal(update, error)
            await self._store(waiting, update, outcome)
        return outcome

    async def _store(self, waiting: Waiting, update: Update, outcome: Outcome) -> None:
        """Store the effects of an outcome and its messages, and end the update, or nothing."""
        async with finishing(self._db, waiting.id) as connection:
            await self._note(update, connection)
            told = await outcome.write(connection) if outcome.write else None
            out = (*outcome.out, *(told or ()))
            messages = [as_message(item) for item in out]
            ids = await add_messages(connection, f"u:{waiting.id}", messages, self._now())
            for item, outbox_id in zip(out, ids, strict=True):
                if not isinstance(item, SendFile) and item.answer is not None:
                    shown_in = item.outbox_id if isinstance(item, Edit) else outbox_id
                    await add_answer(connection, replace(item.answer, outbox_id=shown_in))

    async def _refusal(self, update: Update, error: UserError) -> Outcome:
        """Return the sentence that tells a person what to do instead."""
        locale = await self._find_locale(update)
        words = locale.text(error.message_id, **error.values)
        return _told(update, words)

    async def _fail(
        self, waiting: Waiting, update: Update, error: Exception, *, is_counted: bool
    ) -> Ended:
        """Count the failure; at the last one tell the person once, and the owners."""
        code = secrets.token_hex(2).upper()
        locale = await self._find_locale(update)
        words = locale.text("It did not work. We know already (code {code}). Try again.", code=code)
        sorry = _told(update, words)
        async with self._db.write() as connection:
            state = await fail_update(
                connection,
                waiting.id,
                f"{code} {error!r}",
                is_counted=is_counted,
            )
            if state is InboxState.DEAD:
                messages = [as_message(item) for item in sorry.out]
                await add_messages(connection, f"u:{waiting.id}:sorry", messages, self._now())
        if state is not InboxState.DEAD:
            return Ended(self._retry_s, may_bring_more=True)
        log.error("an update is dead", id=waiting.id, code=code)
        await answer_query(self._bot, update, sorry.now)
        alarm = self._owners.text(
            "An update could not be handled, code {code}. What to do with it: /outbox", code=code
        )
        if isinstance(error, DamagedTextError):
            alarm += " " + self._owners.text(
                "The stored text of article version {id} was changed; it is not quoted any more.",
                id=error.version_id,
            )
        await raise_alarm(self._db, "update", alarm, self._now())
        self._on_outcome()
        return Ended()


async def _attempt(step: Awaitable[None]) -> None:
    """Take a step that nothing depends on."""
    try:
        await step
    except Exception:
        log.exception("what follows a commit failed")


def _read(body: str, bot: Bot) -> Update:
    """Return the update that was stored. Raises whatever the library raises when it is none."""
    update = Update.de_json(json.loads(body), bot)
    message = update.effective_message
    if message is not None and getattr(message, "chat", None) is None:
        # The library lets this pass, and nobody could be answered.
        raise ValueError("a message without a chat")
    return update


def _told(update: Update, words: str) -> Outcome:
    """Return the outcome that tells a person some words, in the way that his update allows."""
    if update.callback_query:
        return Outcome(now=Toast(words, is_alert=True))
    if update.inline_query:
        return Outcome(now=InlineCards(()))
    message = update.effective_message
    if message is None or update.guest_message or update.my_chat_member:
        return Outcome()
    thread = message.message_thread_id if message.is_topic_message else None
    target = Target(message.chat.id, thread, message.message_id)
    return Outcome(out=(Send(target, Body(html.escape(words, quote=False))),))
