"""The long work of editors, done one beside the other until told to stop.

A job begins anew after a restart; what it ends with – its writes, its message, its end – is one
transaction, so it has happened wholly or not at all.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.delivery.alarms import raise_alarm
from bot.delivery.messages import as_message
from bot.errors import BusyError, DiskFullError, StoreError, UserError
from bot.ingest.progress import MoreToDoError, Progress, Tools
from bot.ingest.work import Done, do_job
from bot.locales import Locale, get_locale
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Send, Target
from bot.store.database import Transaction
from bot.store.jobs import Job, JobState, begin_jobs, end_job, set_job_message
from bot.store.outbox import add_messages
from bot.store.roles import Role, get_standing, require_role
from index.types import Language

log = structlog.get_logger(__name__)

#: Jobs at once: each waits for the network or has a process of its own, and there are few of those.
MOST_JOBS = 3

#: What takes longer says so, and then how far it is. Source: TELEGRAM, manners.
FIRST_S = 1.5
EDIT_S = 3.0

#: Runs of the bot, or tries, that a job may end by a fault of ours before it is given up.
MOST_ATTEMPTS = 3

#: Before another look when the database refuses.
RETRY_S = 5.0


class StoppedError(Exception):
    """The job was stopped by whoever asked for it."""


class Jobs:
    """Does the waiting jobs; `on_message` is told when there is something to send."""

    def __init__(
        self,
        tools: Tools,
        *,
        on_message: Callable[[], None],
        on_index_change: Callable[[], Awaitable[None]],
        language: Language,
    ) -> None:
        self._tools, self._on_message = tools, on_message
        self._on_index_change, self._language = on_index_change, language
        self._woken = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Say that a transaction under way adds a job or stops one."""
        self._woken.set()

    def stop(self, job_id: int) -> None:
        """End the work on a job that a transaction under way stops."""
        if task := self._running.get(job_id):
            task.cancel()

    async def run(self) -> None:
        """Do jobs until cancelled; what is under way then begins anew at the next start."""
        try:
            while True:
                self._woken.clear()
                await self._take()
                await self._woken.wait()
        finally:
            tasks = list(self._running.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(self) -> None:
        free = MOST_JOBS - len(self._running)
        if free <= 0:
            return
        try:
            jobs = await begin_jobs(self._tools.db, free, tuple(self._running))
        except StoreError as error:
            log.warning("jobs cannot be read", reason=str(error))
            asyncio.get_running_loop().call_later(RETRY_S, self.wake)
            return
        for job in jobs:
            task = asyncio.create_task(self._do(job), name=f"job {job.id}")
            self._running[job.id] = task
            task.add_done_callback(partial(self._ended, job.id))

    def _ended(self, job_id: int, _: asyncio.Task[None]) -> None:
        del self._running[job_id]
        self.wake()

    async def _do(self, job: Job) -> None:
        try:
            standing = await get_standing(self._tools.db, job.chat_id, job.user_id)
        except StoreError as error:
            log.warning("a job cannot begin", id=job.id, reason=str(error))
            await asyncio.sleep(RETRY_S)
            return
        locale = get_locale(standing.language or self._language)
        report = _Report(self._tools, job, locale, self._on_message)
        try:
            _require_attempts(job)
            done = await report.beside(do_job(job, self._tools, locale, report.progress))
            await report.end(JobState.DONE, done)
            if done.changes_index:
                await self._on_index_change()
        except UserError as error:
            words = _about(job) + locale.text(error.message_id, **error.values)
            with contextlib.suppress(StoppedError):
                await report.end(JobState.FAILED, _saying(words))
        except StoppedError:
            log.info("a job was stopped", id=job.id)
        except MoreToDoError:
            log.info("a job goes on with what came late", id=job.id)
        except (BusyError, DiskFullError):
            log.warning("the database refuses", id=job.id, exc_info=True)
            await asyncio.sleep(RETRY_S)
        except Exception:
            log.exception("a job failed", id=job.id, attempt=job.attempts)
            await self._fail(job, report, locale)
        self._on_message()

    async def _fail(self, job: Job, report: "_Report", locale: Locale) -> None:
        """Let a job be tried again, or give it up and tell."""
        if job.attempts < MOST_ATTEMPTS:
            return
        words = locale.text(
            "It did not work. We know already (code {code}). Try again.", code=job.id
        )
        with contextlib.suppress(StoppedError):
            await report.end(JobState.FAILED, _saying(words))
        owners = get_locale(self._language)
        alarm = owners.text("A job of an editor could not be done, number {id}.", id=job.id)
        await raise_alarm(self._tools.db, "job", alarm, self._tools.now())


class _Report:
    """The one message that tells how far a job is, and in the end what came of it."""

    def __init__(
        self, tools: Tools, job: Job, locale: Locale, on_message: Callable[[], None]
    ) -> None:
        self.progress = Progress()
        self._tools, self._job, self._locale = tools, job, locale
        self._on_message = on_message
        self._outbox_id = job.outbox_id
        self._said = 0

    async def beside(self, work: Awaitable[Done]) -> Done:
        """Return what the work returns, telling meanwhile how far it is."""
        telling = asyncio.create_task(self._tell())
        try:
            return await work
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def end(self, state: JobState, done: Done) -> None:
        """End the job with its writes and its message. Raises: StoppedError if it was stopped."""
        job = self._job
        async with self._tools.db.write() as connection:
            if not await end_job(connection, job.id, state, self._tools.now()):
                raise StoppedError
            if state is JobState.DONE:
                await require_role(connection, job.user_id, Role.EDITOR)
            body = await done.finish(connection)
            if body is not None:
                await self._say(connection, body, "end")

    async def _tell(self) -> None:
        shown = ""
        await asyncio.sleep(FIRST_S)
        while True:
            if self.progress.words and self.progress.words != shown:
                shown = self.progress.words
                stop = Button(self._locale.text("Stop"), data=f"jobstop:{self._job.id}")
                self._said += 1
                body = Body(escape(shown), ((stop,),))
                async with self._tools.db.write() as connection:
                    outbox_id = await self._say(connection, body, str(self._said))
                self._outbox_id = self._outbox_id or outbox_id
                self._on_message()
            await asyncio.sleep(EDIT_S)

    async def _say(self, connection: Transaction, body: Body, step: str) -> int:
        job = self._job
        item: Send | Edit
        if self._outbox_id is None:
            item = Send(Target(job.chat_id, reply_to=job.reply_to), body)
        else:
            item = Edit(job.chat_id, self._outbox_id, body)
        cause = f"j:{job.id}:{job.attempts}:{step}"
        ids = await add_messages(connection, cause, [as_message(item)], self._tools.now())
        if self._outbox_id is None:
            await set_job_message(connection, job.id, ids[0])
        return ids[0]


def _about(job: Job) -> str:
    """Return what the words are about where no message of the editor's says it."""
    return f"{job.payload['url']}: " if job.payload.get("feed") else ""


def _require_attempts(job: Job) -> None:
    if job.attempts > MOST_ATTEMPTS:
        raise RuntimeError("each run that did it ended")


def _saying(words: str) -> Done:
    async def finish(_: Transaction) -> Body:
        return Body(escape(words))

    return Done(finish)
