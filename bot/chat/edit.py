"""A new version of an article: its text or file, what it changes, and the decision."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Update

from bot.chat.places import (
    as_number,
    is_private,
    message_of,
    numbers_of,
    pressed_row,
    reply_target,
    user_of,
)
from bot.chat.prompts import subject_of, waiting_for
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.ingest.documents import Document
from bot.ingest.drafts import Draft, Overrides, draft_document
from bot.ingest.files import MOST_FILE_BYTES
from bot.ingest.header import parse_header
from bot.ingest.limited import read_document
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button, Edit, Keyboard, Outcome, Send
from bot.replies.revision import revision_body
from bot.store.articles import StoredArticle, get_article
from bot.store.database import Transaction
from bot.store.health import require_space
from bot.store.passages import list_paragraphs
from bot.store.revisions import (
    Revision,
    drop_revision,
    get_revision,
    publish_revision,
    put_revision,
)
from bot.store.roles import Role, require_role
from index.paragraphs import ANALYSIS, find_paragraphs
from index.revisions import Change, compare
from index.types import Article

#: A longer text takes longer to read than a handler may: some five seconds of a processor, twice.
MOST_LETTERS = 500_000

#: The kind of prompt that the new text replies to; its subject is the article's number.
NEW_TEXT = "edit"


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a new version changes: paragraph by paragraph, and the paragraphs themselves."""

    old: StoredArticle
    changes: tuple[Change, ...]
    texts: tuple[Sequence[str], Sequence[str]]


async def edit(update: Update, context: Context) -> Outcome:
    """Ask for the new text of the article of `/edit 3`."""
    number = as_number((context.args or [""])[0])
    if number is None:
        text = context.locale.text("Write the article's number: /edit 3. All: /articles")
        return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
    return await _asked(update, context, number)


async def on_edit(update: Update, context: Context) -> Outcome:
    """Ask for the new text of the article with the pressed button."""
    (number,) = numbers_of(update, 1)
    return await _asked(update, context, number)


async def on_new_text(update: Update, context: Context) -> Outcome:
    """Keep the text or file that was asked for, and show what it changes.

    Raises:
        UserError: it is no text, or says what the article says already; he may send another.

    """
    article_id = int(subject_of(context))
    document = await _received(update, context)
    stored = await _published(context, article_id)
    _require_short(article_id, document.text)
    draft = await asyncio.to_thread(_drafted, document, stored.article)
    return await proposing(update, context, stored, draft.article)


async def proposing(
    update: Update, context: Context, stored: StoredArticle, article: Article
) -> Outcome:
    """Return the outcome that keeps a new version of an article, and shows what it changes.

    Raises:
        UserError: it says what the article says already, or too much to be compared at once.

    """
    _require_short(stored.id, article.text)
    if article == stored.article:
        raise UserError("That is what the article says already. Send another text, or /cancel")
    user_id = user_of(update).id
    revision = Revision(stored.id, stored.version, article, user_id)
    compared = await _compared(context, revision)
    target, at = reply_target(update), context.services.now()

    async def write(connection: Transaction) -> tuple[Send, ...]:
        await require_role(connection, user_id, Role.EDITOR)
        key = await put_revision(connection, revision, at)
        return (Send(target, _body(key, revision, compared, 1, context)),)

    return Outcome(write=write)


def _require_short(article_id: int, text: str) -> None:
    """Refuse a text that takes longer than a handler may. Raises: UserError."""
    if len(text) > MOST_LETTERS:
        raise UserError(
            "The text is too long for a new version. Add it anew, then withdraw this one:"
            " /withdraw {id}",
            id=article_id,
        )


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another page of what a new version changes, in place."""
    revision_id, page = numbers_of(update, 2)
    revision = await _own(update, context, revision_id)
    chat_id, row = await pressed_row(update, context)
    body = _body(revision_id, revision, await _compared(context, revision), page, context)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_publish(update: Update, context: Context) -> Outcome:
    """Publish a new version."""
    (revision_id,) = numbers_of(update, 1)
    revision = await _own(update, context, revision_id)
    require_space(context.db.path)
    draft = await asyncio.to_thread(_redrafted, revision.article)
    chat_id, row = await pressed_row(update, context)
    at = context.services.now()

    async def write(connection: Transaction) -> None:
        await require_role(connection, revision.by, Role.EDITOR)
        await publish_revision(
            connection, revision, draft.paragraphs, draft.facts, analysis=ANALYSIS, at=at
        )

    text = context.locale.text(
        "Article {id} has a new version. /undo brings the former one back.", id=revision.article_id
    )
    return Outcome(out=(Edit(chat_id, row, Body(escape(text))),), write=write, changes_index=True)


async def on_drop(update: Update, context: Context) -> Outcome:
    """Forget a new version."""
    (revision_id,) = numbers_of(update, 1)
    revision = await _own(update, context, revision_id)
    chat_id, row = await pressed_row(update, context)

    async def write(connection: Transaction) -> None:
        await require_role(connection, revision.by, Role.EDITOR)
        await drop_revision(connection, revision_id)

    text = context.locale.text("Dropped. Article {id} stays as it is.", id=revision.article_id)
    return Outcome(out=(Edit(chat_id, row, Body(escape(text))),), write=write)


def editing_row(update: Update, context: Context, article_id: int) -> Keyboard:
    """Return what an editor may do with an article, as a row of its card in his private chat."""
    if not (context.role.covers(Role.EDITOR) and is_private(update)):
        return ()
    change = Button(context.locale.text("Change"), data=f"ed:{article_id}")
    return ((change, Button(context.locale.text("Withdraw"), data=f"wd:{article_id}")),)


async def _asked(update: Update, context: Context, article_id: int) -> Outcome:
    stored = await _published(context, article_id)
    title = shorten(stored.article.title, MOST_LINE)
    lines = (
        context.locale.text(
            "Send the whole new text of article {id} “{title}”, or a file.",
            id=article_id,
            title=title,
        ),
        context.locale.text("Lines like “title: …” or “date: …” at its top change these as well."),
        context.locale.text("I wait for 15 minutes. Changed your mind: /cancel"),
    )
    return Outcome(
        out=(Send(reply_target(update), Body(escape("\n".join(lines)))),),
        write=waiting_for(update, context, NEW_TEXT, str(article_id)),
    )


async def _received(update: Update, context: Context) -> Document:
    """Return the text or file of a message. Raises: UserError if it has neither."""
    message = message_of(update)
    if message.document is None:
        if not message.text:
            raise UserError("I need the text itself or a file. /cancel stops.")
        return Document(message.text)
    if (message.document.file_size or 0) > MOST_FILE_BYTES:
        raise UserError("The file is larger than 20 MB.")
    file = await context.bot.get_file(message.document.file_id)
    content = bytes(await file.download_as_bytearray())
    return await read_document(content, message.document.file_name or "")


def _drafted(document: Document, old: Article) -> Draft:
    """Return the draft of a new version; what its header does not say stays as it was."""
    header = parse_header(document.text) if document.may_have_header else None
    overrides = Overrides(
        title=(header and header.title) or old.title,
        day=(header and header.day) or old.day,
        url=(header and header.url) or old.url,
        source=(header and header.source) or old.source,
        language=(header and header.language) or old.language,
    )
    return draft_document(document, overrides)


def _redrafted(article: Article) -> Draft:
    """Return the draft of an article that was one already."""
    overrides = Overrides(article.title, article.day, article.url, article.source, article.language)
    return draft_document(Document(article.text, may_have_header=False), overrides)


async def _compared(context: Context, revision: Revision) -> _Compared:
    """Return a new version beside the one that it was made from."""
    stored = await get_article(context.db, revision.article_id)
    passages = await list_paragraphs(context.db, revision.article_id, version=revision.version)
    old = [passage.text for passage in passages]

    def work() -> _Compared:
        text = revision.article.text
        new = [paragraph.span.of(text) for paragraph in find_paragraphs(text)]
        return _Compared(stored, compare(old, new), (old, new))

    return await asyncio.to_thread(work)


def _body(key: int, revision: Revision, compared: _Compared, page: int, context: Context) -> Body:
    return revision_body(
        key,
        revision.article_id,
        compared.old.article,
        revision.article,
        compared.changes,
        compared.texts,
        page,
        context.locale,
    )


async def _published(context: Context, article_id: int) -> StoredArticle:
    stored = await get_article(context.db, article_id)
    if stored.withdrawn_at:
        raise UserError("Article {id} is withdrawn already.", id=article_id)
    return stored


async def _own(update: Update, context: Context, revision_id: int) -> Revision:
    """Return a new version that waits for whoever pressed. Raises: UserError for anybody else."""
    revision = await get_revision(context.db, revision_id)
    if revision.by != user_of(update).id:
        raise UserError("This button is for someone else.")
    return revision


COMMANDS = (Command("edit", edit, "Correct an article", role=Role.EDITOR, in_groups=False),)
BUTTONS = (
    ButtonHandler("ed", on_edit, role=Role.EDITOR),
    ButtonHandler("rv", on_page, role=Role.EDITOR),
    ButtonHandler("rvpub", on_publish, role=Role.EDITOR),
    ButtonHandler("rvno", on_drop, role=Role.EDITOR),
)
PROMPTS = (PromptHandler(NEW_TEXT, on_new_text, role=Role.EDITOR),)
