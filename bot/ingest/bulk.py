"""Many articles at once: files of an archive or album become drafts, and drafts are published.

Each item is a transaction that notes how far the job is, so a restart goes on with the next one.
"""

import asyncio
import zipfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, cast

from bot.errors import UserError
from bot.failpoints import reach
from bot.ingest.archives import MOST_UNPACKED_BYTES, opened
from bot.ingest.drafts import describe
from bot.ingest.limited import read_document
from bot.ingest.progress import MoreToDoError, Progress, Tools
from bot.ingest.publish import publish_draft
from bot.ingest.signatures import MAIN_PART, READABLE, ZIP
from bot.ingest.taking import Sent, as_sent, require_new, take
from bot.ingest.wanted import try_drafts
from bot.locales import Locale
from bot.replies.bulk import bulk_body, offered_body, published_body, stopped_body
from bot.replies.outcome import Body
from bot.replies.quality import worse_lines
from bot.store.database import Transaction
from bot.store.drafts import Described, DraftState, Origin, add_draft, get_draft
from bot.store.health import require_space
from bot.store.jobs import Job, count_files, get_payload, save_job
from bot.store.roles import Role, get_role, require_role

#: Files that are sent together come one after the other; after so long no more do.
LATE_S = 2.0


#: The last step: its writes, which return the message that it ends with.
Finish = Callable[[Transaction], Awaitable[Body]]


@dataclass(slots=True)
class _State:
    """How far a job is: items done, drafts made or articles published, and what was refused."""

    at: int = 0
    ids: list[int] = field(default_factory=list)
    undated: int = 0
    problems: list[list[str]] = field(default_factory=list)

    def to_payload(self) -> dict[str, object]:
        """Return it as what JSON can hold."""
        return {
            "at": self.at,
            "ids": self.ids,
            "undated": self.undated,
            "problems": self.problems,
        }


def is_archive(content: bytes) -> bool:
    """Return whether a file is an archive of files, and not one that a program writes."""
    if not content.startswith(ZIP):
        return False
    # The part stands in the directory at the end, by name and not packed.
    return MAIN_PART.encode() not in content and b"mimetype" not in content[:60]


async def take_archive(
    job: Job, content: bytes, tools: Tools, locale: Locale, progress: Progress
) -> Body:
    """Return what came of the files of an archive: each is a draft, or there is a reason.

    Raises:
        UserError: the archive cannot be opened.

    """
    state = _state_of(job)
    with opened(content) as archive:
        names = [entry for entry in archive.namelist() if _is_shown(entry)]
        if not names:
            raise UserError("There are no files in the archive that I can read.")
        for name in names[state.at :]:
            progress.words = locale.text(
                "Reading {n} of {total}: {name}", n=state.at + 1, total=len(names), name=name
            )
            described = await _read(archive, name, tools, state, locale)
            await _keep(job, state, described, tools)
    return bulk_body(job.id, len(state.ids), state.undated, state.problems, locale)


async def take_album(job: Job, tools: Tools, locale: Locale, progress: Progress) -> Finish:
    """Return the last step of taking files that were sent together, some while others are read.

    Each is a draft, or there is a reason; the step is not done while there are more.
    """
    state, payload = _state_of(job), job.payload
    while True:
        files = cast("list[Mapping[str, Any]]", payload["files"])
        for file in files[state.at :]:
            sent = as_sent(file)
            progress.words = locale.text(
                "Reading {n} of {total}: {name}", n=state.at + 1, total=len(files), name=sent.name
            )
            taken = await _take(sent, tools, state, locale)
            await _keep(job, state, taken, tools)
        await asyncio.sleep(LATE_S)
        payload = await get_payload(tools.db, job.id)
        if len(cast("list[object]", payload["files"])) <= state.at:
            break

    async def finish(connection: Transaction) -> Body:
        if await count_files(connection, job.id) > state.at:
            raise MoreToDoError
        return bulk_body(job.id, len(state.ids), state.undated, state.problems, locale)

    return finish


async def offer_album(job: Job, tools: Tools, locale: Locale) -> Finish:
    """Return the last step of asking whether files that were sent together are articles.

    One question for all of them, once no more come.
    """
    count = 0
    while (files := await _count_sent(job, tools)) > count:
        count = files
        await asyncio.sleep(LATE_S)

    async def finish(connection: Transaction) -> Body:
        if await count_files(connection, job.id) > count:
            raise MoreToDoError
        return offered_body(job.id, count, locale)

    return finish


async def _count_sent(job: Job, tools: Tools) -> int:
    payload = await get_payload(tools.db, job.id)
    return len(cast("list[object]", payload["files"]))


async def publish_all(job: Job, tools: Tools, locale: Locale, progress: Progress) -> Body:
    """Return what came of publishing drafts; those that are decided or undated are passed over."""
    state, ids = _state_of(job), cast("list[int]", job.payload["draft_ids"])
    is_announced, is_forced = bool(job.payload["is_announced"]), bool(job.payload.get("is_forced"))
    if not (is_forced or state.at) and (stopped := await _try(job, ids, tools, locale, progress)):
        return stopped
    for draft_id in ids[state.at :]:
        progress.words = locale.text("Publishing {n} of {total}.", n=state.at + 1, total=len(ids))
        require_space(tools.db.path)
        draft = await get_draft(tools.db, draft_id)
        is_ready = draft.state is DraftState.OPEN and draft.described.day is not None
        prepared = await tools.preparer.prepare(draft.article) if is_ready else None
        state.at += 1
        async with tools.db.write() as connection:
            if prepared is not None:
                needed = Role.OWNER if is_forced else Role.EDITOR
                await require_role(connection, job.user_id, needed)
                await publish_draft(
                    connection,
                    draft,
                    prepared,
                    by=job.user_id,
                    at=tools.now(),
                    is_announced=is_announced,
                )
                state.ids.append(draft_id)
            await _save(connection, job, state)
    return published_body(len(state.ids), len(ids) - len(state.ids), locale)


async def _try(
    job: Job, ids: Sequence[int], tools: Tools, locale: Locale, progress: Progress
) -> Body | None:
    """Return why drafts are not published: golden questions would fare worse. None if none does."""
    progress.words = locale.text("Trying the golden questions.")
    drafts = [await get_draft(tools.db, each) for each in ids]
    ready = [
        await tools.preparer.prepare(each.article)
        for each in drafts
        if each.state is DraftState.OPEN and each.described.day is not None
    ]
    trial = await try_drafts(tools, ready)
    if trial is None or not trial.is_worse:
        return None
    lines = worse_lines(trial.before, trial.after, trial.lost, locale)
    role = await get_role(tools.db, job.user_id)
    return stopped_body(job.id, lines, locale, may_go_on=role.covers(Role.OWNER))


async def _read(
    archive: zipfile.ZipFile, name: str, tools: Tools, state: _State, locale: Locale
) -> Described | None:
    """Return what a file of the archive says; None with a line among the problems."""
    try:
        content = await asyncio.to_thread(_unpack, archive, name)
        described = describe(await read_document(content, PurePosixPath(name).name))
        await require_new(tools.db, described)
    except UserError as error:
        state.problems.append([name, locale.text(error.message_id, **error.values)])
        return None
    return replace(described, is_day_assumed=False)


async def _take(sent: Sent, tools: Tools, state: _State, locale: Locale) -> Described | None:
    """Return what a file says that was sent; None with a line among the problems."""
    try:
        content = await tools.download(sent.file_id or "")
        described = (await take(sent, content)).described
        await require_new(tools.db, described)
    except UserError as error:
        state.problems.append([sent.name, locale.text(error.message_id, **error.values)])
        return None
    return described


async def _keep(job: Job, state: _State, described: Described | None, tools: Tools) -> None:
    at = tools.now()
    state.at += 1
    async with tools.db.write() as connection:
        if described is not None:
            key = await add_draft(connection, described, Origin.FILE, job.user_id, at)
            state.ids.append(key)
            state.undated += described.day is None
        await _save(connection, job, state)
        reach("bulk.before_commit")


async def _save(connection: Transaction, job: Job, state: _State) -> None:
    """Note how far the job is. Raises: UserError if it was stopped, which undoes this item."""
    if await save_job(connection, job.id, state.to_payload()) is None:
        raise UserError("Stopped. What was ready before is in /drafts.")


def _unpack(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a file of the archive. Raises: UserError if it is damaged."""
    try:
        with archive.open(name) as file:
            return file.read(MOST_UNPACKED_BYTES)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise UserError("The file is damaged.") from error


def _is_shown(name: str) -> bool:
    """Return whether an entry is a file that somebody put there, of a kind that can be read."""
    path = PurePosixPath(name)
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not is_hidden and path.suffix.lower() in READABLE


def _state_of(job: Job) -> _State:
    found: Any = job.payload.get("bulk")
    return _State(**found) if isinstance(found, Mapping) else _State()
