"""New versions of articles: read from a text or file, compared with the present one, published."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import UserError
from bot.ingest.documents import Document
from bot.ingest.drafts import Overrides, describe
from bot.ingest.header import parse_header
from bot.ingest.limited import read_document
from bot.ingest.preparing import LONG, apart
from bot.ingest.progress import Progress, Tools
from bot.locales import Locale
from bot.replies.article import reading_row
from bot.replies.layout import escape
from bot.replies.outcome import Body
from bot.replies.revision import revision_body
from bot.store.articles import StoredArticle, get_article
from bot.store.database import Database, Transaction
from bot.store.drafts import get_draft
from bot.store.health import require_space
from bot.store.jobs import Job
from bot.store.passages import list_paragraphs
from bot.store.revisions import Revision, get_revision, publish_revision, put_revision
from index.paragraphs import ANALYSIS, find_paragraphs
from index.revisions import Change, compare
from index.types import Article

#: The last step: its writes, which return the message that it ends with.
Finish = Callable[[Transaction], Awaitable[Body]]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a new version changes: paragraph by paragraph, and the paragraphs themselves."""

    old: StoredArticle
    changes: tuple[Change, ...]
    texts: tuple[Sequence[str], Sequence[str]]


async def revise(job: Job, tools: Tools, locale: Locale, progress: Progress) -> Finish:
    """Return the last step of comparing a long version: its card, at the page that is asked for.

    The job names one that waits, or what becomes one: a draft, or a file that was sent.

    Raises:
        UserError: it cannot be a new version, or is another's.

    """
    progress.words = locale.text("Reading.")
    revision = await _find(job, tools)
    if revision.by != job.user_id:
        raise UserError("This button is for someone else.")
    progress.words = locale.text("Comparing with the present version.")
    compared = await compare_versions(tools.db, revision)
    page = int(str(job.payload.get("page", 1)))

    async def finish(connection: Transaction) -> Body:
        key = revision.id or await put_revision(connection, revision, tools.now())
        return card_body(key, revision, compared, page, locale)

    return finish


async def publishing(revision: Revision, tools: Tools, locale: Locale) -> Finish:
    """Return the last step of publishing a new version. Raises: UserError if it cannot be."""
    require_space(tools.db.path)
    draft = await tools.preparer.prepare(revision.article)

    async def finish(connection: Transaction) -> Body:
        await publish_revision(
            connection,
            revision,
            draft.paragraphs,
            draft.facts,
            analysis=ANALYSIS,
            at=tools.now(),
        )
        text = locale.text(
            "Article {id} has a new version. /undo brings the former one back.",
            id=revision.article_id,
        )
        return Body(escape(text), (reading_row(revision.article_id, locale),))

    return finish


async def get_published(db: Database, article_id: int) -> StoredArticle:
    """Return an article that can have a new version. Raises: UserError if it is withdrawn."""
    stored = await get_article(db, article_id)
    if stored.withdrawn_at:
        raise UserError("Article {id} is withdrawn. To bring it back: /articles", id=article_id)
    return stored


def new_article(document: Document, old: Article) -> Article:
    """Return what a document makes of an article; what its header does not say stays as it was.

    Raises:
        UserError: as `describe`.

    """
    header = parse_header(document.text) if document.may_have_header else None
    overrides = Overrides(
        title=(header and header.title) or old.title,
        day=(header and header.day) or old.day,
        url=(header and header.url) or old.url,
        source=(header and header.source) or old.source,
        language=(header and header.language) or old.language,
    )
    said = describe(document, overrides)
    return Article(
        said.title,
        said.text,
        old.day if said.day is None else said.day,
        said.language,
        said.url,
        said.source,
    )


def require_other(article: Article, old: Article) -> None:
    """Refuse a version that says what the article says. Raises: UserError."""
    if article == old:
        raise UserError("That is what the article says already. Send another text, or /cancel")


async def compare_versions(db: Database, revision: Revision) -> Compared:
    """Return a new version beside the one that it was made from; a long one is compared apart."""
    stored = await get_article(db, revision.article_id)
    passages = await list_paragraphs(db, revision.article_id, version=revision.version)
    old = [passage.text for passage in passages]
    text = revision.article.text
    if max(len(text), sum(map(len, old))) <= LONG:
        new, changes = await asyncio.to_thread(_compare, old, text)
    else:
        new, changes = await apart(_compare, old, text)
    return Compared(stored, changes, (old, new))


def card_body(key: int, revision: Revision, compared: Compared, page: int, locale: Locale) -> Body:
    """Return the card of a new version that waits."""
    return revision_body(
        key,
        revision.article_id,
        compared.old.article,
        revision.article,
        compared.changes,
        compared.texts,
        page,
        locale,
    )


async def _find(job: Job, tools: Tools) -> Revision:
    """Return the new version that a job is about: one that waits, or one that is made."""
    payload: Any = job.payload
    if "revision_id" in payload:
        return await get_revision(tools.db, payload["revision_id"])
    stored = await get_published(tools.db, payload["article_id"])
    if "draft_id" in payload:
        article = (await get_draft(tools.db, payload["draft_id"])).article
    else:
        content = await tools.download(payload["file_id"])
        document = await read_document(content, payload["name"])
        article = await asyncio.to_thread(new_article, document, stored.article)
    require_other(article, stored.article)
    return Revision(stored.id, stored.version, article, job.user_id)


def _compare(old: list[str], text: str) -> tuple[list[str], tuple[Change, ...]]:
    new = [paragraph.span.of(text) for paragraph in find_paragraphs(text)]
    return new, compare(old, new)
