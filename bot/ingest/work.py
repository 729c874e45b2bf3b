"""What each kind of job does: the messages and writes that it ends with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.failpoints import reach
from bot.ingest.bulk import is_archive, offer_album, publish_all, take_album, take_archive
from bot.ingest.cards import make_card
from bot.ingest.progress import Progress, Tools
from bot.ingest.publish import publish_draft
from bot.ingest.revising import publishing as publishing_version
from bot.ingest.revising import revise
from bot.ingest.taking import Taken, as_sent, require_new, take
from bot.ingest.wanted import try_drafts
from bot.locales import Locale
from bot.replies.article import reading_row
from bot.replies.draft import draft_body
from bot.replies.layout import escape
from bot.replies.outcome import Body
from bot.replies.quality import worse_lines
from bot.store.articles import find_worded
from bot.store.database import Transaction
from bot.store.drafts import DraftState, StoredDraft, add_draft, get_draft
from bot.store.health import require_space
from bot.store.jobs import Job, JobKind
from bot.store.publishing import Added
from bot.store.revisions import get_revision

#: The last step of a job: its writes, which return the message that it ends with.
Finish = Callable[[Transaction], Awaitable[Body]]


@dataclass(frozen=True, slots=True)
class Done:
    """How a job ends, with a message or without; `changes_index`: an article was published."""

    finish: Callable[[Transaction], Awaitable[Body | None]]
    changes_index: bool = False


async def do_job(job: Job, tools: Tools, locale: Locale, progress: Progress) -> Done:
    """Do a job up to its last step.

    Raises:
        UserError: it cannot be done, and asking again would not help.

    """
    match job.kind:
        case JobKind.TAKE:
            return await _take(job, tools, locale, progress)
        case JobKind.TAKE_ALL:
            return Done(await take_album(job, tools, locale, progress))
        case JobKind.OFFER_ALL:
            return Done(await offer_album(job, tools, locale))
        case JobKind.SHOW:
            progress.words = locale.text("Looking for dates, quotes and people.")
            draft = await get_draft(tools.db, _number(job, "draft_id"))
            card = await make_card(tools, draft)
            return Done(_showing(draft_body(card, locale)))
        case JobKind.PUBLISH:
            return await _publish(job, tools, locale, progress)
        case JobKind.REVISE:
            return Done(await revise(job, tools, locale, progress))
        case JobKind.PUBLISH_REVISION:
            progress.words = locale.text("Publishing.")
            revision = await get_revision(tools.db, _number(job, "revision_id"))
            return Done(await publishing_version(revision, tools, locale), changes_index=True)
        case JobKind.PUBLISH_ALL:
            body = await publish_all(job, tools, locale, progress)
            return Done(_showing(body), changes_index=True)


async def _take(job: Job, tools: Tools, locale: Locale, progress: Progress) -> Done:
    progress.words = locale.text("Reading.")
    require_space(tools.db.path)
    sent = as_sent(job.payload)
    content = await tools.download(sent.file_id) if sent.file_id else b""
    if is_archive(content):
        return Done(_showing(await take_archive(job, content, tools, locale, progress)))
    taken = await take(sent, content)
    if sent.feed and await find_worded(tools.db, taken.described.text):
        return Done(_nothing)
    await require_new(tools.db, taken.described)
    progress.words = locale.text("Looking for dates, quotes and people.")
    note = locale.text("New in the feed “{title}”:", title=sent.feed) if sent.feed else ""
    if sent.is_auto and taken.described.day is not None:
        return await _publish_unasked(taken, tools, job.user_id, locale, note)
    return Done(await keeping(taken, tools, job.user_id, locale, note))


async def _publish_unasked(
    taken: Taken, tools: Tools, user_id: int, locale: Locale, note: str
) -> Done:
    """Return how an item of a feed is published.

    Its editor is asked first where it reads as an article, or would make golden questions fare
    worse.
    """
    draft = StoredDraft(
        0, user_id, DraftState.OPEN, taken.origin, taken.described, (), None, tools.now()
    )
    card = await make_card(tools, draft)
    if card.twins:
        return Done(await keeping(taken, tools, user_id, locale, note))
    prepared = await tools.preparer.prepare(draft.article)
    trial = await try_drafts(tools, [prepared])
    if trial and trial.is_worse:
        lines = worse_lines(trial.before, trial.after, trial.lost, locale)
        why = "\n".join((note, *lines))
        return Done(await keeping(taken, tools, user_id, locale, why))

    async def finish(connection: Transaction) -> Body:
        at = tools.now()
        key = await add_draft(connection, taken.described, taken.origin, user_id, at, taken.page)
        stored = replace(draft, id=key)
        added = await publish_draft(connection, stored, prepared, by=user_id, at=at)
        words = _published(stored, added, len(prepared.paragraphs), locale)
        return Body(escape(f"{note} {words}"), (reading_row(added.article_id, locale),))

    return Done(finish, changes_index=True)


async def keeping(
    taken: Taken,
    tools: Tools,
    user_id: int,
    locale: Locale,
    note: str = "",
    on_kept: Callable[[Transaction, int], Awaitable[None]] | None = None,
) -> Finish:
    """Return the last step of taking something: it is a draft, and its card is shown.

    `on_kept` is given the draft's number in the transaction that keeps it.
    """
    at = tools.now()
    draft = StoredDraft(0, user_id, DraftState.OPEN, taken.origin, taken.described, (), None, at)
    card = await make_card(tools, draft)

    async def finish(connection: Transaction) -> Body:
        key = await add_draft(connection, taken.described, taken.origin, user_id, at, taken.page)
        if on_kept is not None:
            await on_kept(connection, key)
        reach("ingest.before_commit")
        return draft_body(replace(card, draft=replace(draft, id=key)), locale, note)

    return finish


async def _publish(job: Job, tools: Tools, locale: Locale, progress: Progress) -> Done:
    progress.words = locale.text("Publishing.")
    draft = await get_draft(tools.db, _number(job, "draft_id"))
    finish = await publishing(
        draft,
        tools,
        job.user_id,
        locale,
        is_announced=bool(job.payload["is_announced"]),
        is_urgent=bool(job.payload.get("is_urgent")),
    )
    return Done(finish, changes_index=True)


async def publishing(
    draft: StoredDraft,
    tools: Tools,
    user_id: int,
    locale: Locale,
    *,
    is_announced: bool,
    is_urgent: bool = False,
) -> Finish:
    """Return the last step of publishing a draft. Raises: UserError if it cannot be published."""
    require_space(tools.db.path)
    prepared = await tools.preparer.prepare(draft.article)

    async def finish(connection: Transaction) -> Body:
        added = await publish_draft(
            connection,
            draft,
            prepared,
            by=user_id,
            at=tools.now(),
            is_announced=is_announced,
            is_urgent=is_urgent,
        )
        words = _published(draft, added, len(prepared.paragraphs), locale)
        return Body(escape(words), (reading_row(added.article_id, locale),))

    return finish


def _published(draft: StoredDraft, added: Added, paragraphs: int, locale: Locale) -> str:
    """Return what was published and as which number."""
    if not added.is_new:
        return locale.text("Article {id} has this very text already.", id=added.article_id)
    said = locale.text(
        "Article {id} is published: “{title}”, {day}",
        id=added.article_id,
        title=draft.described.title,
        day=locale.day(draft.article.day),
    )
    length = locale.count("{n} paragraph", "{n} paragraphs", paragraphs)
    return f"{said}, {length}."


async def _nothing(_: Transaction) -> None:
    """Say nothing: what a feed brings again is known already."""


def _showing(body: Body) -> Finish:
    async def finish(_: Transaction) -> Body:
        return body

    return finish


def _number(job: Job, name: str) -> int:
    value = job.payload[name]
    if not isinstance(value, int):
        raise UserError("There is no such draft any more.")
    return value
