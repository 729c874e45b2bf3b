"""Long work that an editor begins, adds to and stops; `bot.ingest.jobs` does it."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of
from bot.context import ButtonHandler, Context
from bot.errors import UserError
from bot.ingest.progress import Tools
from bot.ingest.taking import Sent
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Write
from bot.store.database import Transaction
from bot.store.jobs import (
    JobKind,
    JobState,
    NewJob,
    add_job,
    add_to_album,
    count_jobs,
    end_job,
    is_waiting,
)
from bot.store.roles import Role, require_role

#: Jobs of one editor that may wait: more than anybody sends by hand in one go.
MOST_WAITING = 50

#: What publishes, and what it names. A second one of the same would wait for the first, and publish
#: again what has been undone by then.
_DECIDES = {
    JobKind.PUBLISH: "draft_id",
    JobKind.PUBLISH_REVISION: "revision_id",
    JobKind.PUBLISH_ALL: "draft_ids",
}


async def on_stop(update: Update, context: Context) -> Outcome:
    """Stop a job; what it had begun is not there."""
    (job_id,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    at = context.services.now()

    async def write(connection: Transaction) -> None:
        if not await end_job(connection, job_id, JobState.STOPPED, at):
            raise UserError("This button is out of date.")
        context.services.stop_job(job_id)

    words = context.locale.text("Stopped. What was ready before is in /drafts.")
    return Outcome(out=(Edit(chat_id, row, Body(escape(words))),), write=write)


def beginning(
    update: Update, context: Context, kind: JobKind, payload: Mapping[str, object]
) -> Write:
    """Return the write that begins a job for whoever asks. It may raise UserError."""
    user_id, at = user_of(update).id, context.services.now()
    target = reply_target(update)
    job = NewJob(kind, payload, user_id, target.chat_id, target.reply_to)

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        if kind in _DECIDES and await is_waiting(connection, job, _DECIDES[kind]):
            raise UserError("This is being published already.")
        if await count_jobs(connection, user_id) >= MOST_WAITING:
            raise UserError("Too much at once. Wait until some of it is done.")
        await add_job(connection, job, at)
        context.services.wake_jobs()

    return write


def joining(update: Update, context: Context, kind: JobKind, album: str, sent: Sent) -> Write:
    """Return the write by which a file joins the job of the files that it was sent with."""
    user_id, payload = user_of(update).id, sent.to_payload()
    first = {"album": album, "files": [payload]}
    begin = beginning(update, context, kind, first)

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        if not await add_to_album(connection, kind, user_id, album, payload):
            await begin(connection)

    return write


def tools_of(context: Context) -> Tools:
    """Return what drafts are made with."""
    services = context.services
    return Tools(services.db, services.search, services.preparer, _no_download, services.now)


async def _no_download(_: str) -> bytes:
    raise UserError("This button is out of date.")


BUTTONS = (ButtonHandler("jobstop", on_stop, role=Role.EDITOR),)
