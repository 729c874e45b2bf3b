"""The inbox is worked off here: who goes next. One update a chat at a time, in its order."""

import asyncio
from functools import partial

import structlog

from bot.errors import BusyError, DiskFullError, StoreError
from bot.intake.handling import Ended, Handling
from bot.store.database import Database
from bot.store.inbox import Waiting, list_waiting

log = structlog.get_logger(__name__)

#: Updates handled at once. More would only queue at the one writer and the one processor.
WORKERS = 8

#: Before another attempt, and another look, when the disk is full or the database held.
STORE_RETRY_S = 30.0


class Workers:
    """Has the inbox of one bot handled until told to stop.

    Updates up to `last_of_backlog` waited when the run began: one of them may have ended the last.
    """

    def __init__(
        self,
        db: Database,
        bot_id: int,
        handling: Handling,
        *,
        last_of_backlog: int = 0,
        store_retry_s: float = STORE_RETRY_S,
    ) -> None:
        self._db, self._bot_id, self._handling = db, bot_id, handling
        self._store_retry_s = store_retry_s
        self._woken = asyncio.Event()
        # Whether more may wait than the last look found; else the end of one needs no other look.
        self._may_wait = True
        self._is_stopping = False
        self._tasks: set[asyncio.Task[float]] = set()
        # Chats with an update in the works, and those whose update rests before another attempt.
        self._running: set[str] = set()
        self._last_of_backlog = last_of_backlog
        # Set when there is no memory left: only another run has it back.
        self._end: MemoryError | None = None

    def wake(self) -> None:
        """Say that there are updates."""
        self._may_wait = True
        self._woken.set()

    def stop(self) -> None:
        """Say that no more updates are to be taken; `run` ends when those in the works have."""
        self._is_stopping = True
        self.wake()

    async def run(self) -> None:
        """Handle updates until stopped. Cancelled, it leaves those in the works waiting.

        Raises: MemoryError, so that the process ends and is started again; nothing is lost by that.
        """
        try:
            while not self._is_stopping:
                self._woken.clear()
                await self._take()
                await self._woken.wait()
                if self._end is not None:
                    raise self._end
            if self._tasks:
                await asyncio.wait(self._tasks)
        finally:
            for task in self._tasks:
                task.cancel()

    async def _take(self) -> None:
        """Start on as many waiting updates as there are workers free."""
        free = WORKERS - len(self._tasks)
        if free <= 0:
            return
        self._may_wait = bool(self._running)  # theirs are not shown
        try:
            found = await list_waiting(self._db, self._bot_id, free, tuple(self._running))
        except StoreError as error:
            log.warning("waiting updates cannot be read", reason=str(error))
            asyncio.get_running_loop().call_later(self._store_retry_s, self.wake)
            return
        if len(found) == free or any(waiting.has_next for waiting in found):
            self._may_wait = True
        if found and self._is_suspect(found[0]):
            # One at a time, so that an update that ends the process is not counted with others.
            found = () if self._tasks else found[:1]
            self._may_wait = True
        for waiting in found:
            self._running.add(waiting.chat_key)
            task = asyncio.create_task(self._work(waiting), name=f"update {waiting.id}")
            self._tasks.add(task)
            task.add_done_callback(partial(self._ended, waiting.chat_key))

    def _is_suspect(self, waiting: Waiting) -> bool:
        return waiting.id <= self._last_of_backlog

    def _ended(self, chat_key: str, task: asyncio.Task[float]) -> None:
        """Let a chat go on, at once or after the rest that its update needs."""
        self._tasks.discard(task)
        rest_s = 0.0 if task.cancelled() else task.result()
        if rest_s:
            asyncio.get_running_loop().call_later(rest_s, self._release, chat_key)
            self.wake()  # a worker is free for the others
        else:
            self._release(chat_key)

    async def _work(self, waiting: Waiting) -> float:
        """Handle one update; return how long its chat rests, if it is to be tried again."""
        ended = Ended(self._store_retry_s, may_bring_more=True)
        try:
            ended = await self._handling.bring_to_end(waiting, is_suspect=self._is_suspect(waiting))
        except (BusyError, DiskFullError) as error:
            log.warning("the database refuses", id=waiting.id, reason=str(error))
        except MemoryError as error:
            self._end = error
            self._woken.set()
        except Exception:
            # Not even the failure could be noted: it waits as if nothing had been tried.
            log.exception("an update could not be ended", id=waiting.id)
        self._may_wait = self._may_wait or ended.may_bring_more
        return ended.rest_s

    def _release(self, chat_key: str) -> None:
        self._running.discard(chat_key)
        if self._may_wait or self._is_stopping:
            self._woken.set()
