"""A new version of an article: its text or file, what it changes, and the decision."""

import asyncio

from telegram import Document as FileSent
from telegram import Update

from bot.chat.jobs import beginning, tools_of
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
from bot.ingest.files import MOST_FILE_BYTES
from bot.ingest.limited import read_document
from bot.ingest.preparing import LONG
from bot.ingest.revising import (
    card_body,
    compare_versions,
    get_published,
    new_article,
    publishing,
    require_other,
)
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button, Edit, Keyboard, Outcome, Send
from bot.store.articles import StoredArticle
from bot.store.database import Transaction
from bot.store.jobs import JobKind
from bot.store.revisions import Revision, drop_revision, get_revision, put_revision
from bot.store.roles import Role, require_role
from index.types import Article

#: The kind of prompt that the new text replies to; its subject is the article's number.
NEW_TEXT = "edit"


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
    """Keep the text or file that was asked for, and show what it changes; a long one by a job.

    Raises:
        UserError: it is no text, or says what the article says already; he may send another.

    """
    article_id, message = int(subject_of(context)), message_of(update)
    stored = await get_published(context.db, article_id)
    if message.document is not None:
        return await _from_file(update, context, stored, message.document)
    if not message.text:
        raise UserError("I need the text itself or a file. /cancel stops.")
    return await _from_document(update, context, stored, Document(message.text))


async def proposing(
    update: Update,
    context: Context,
    stored: StoredArticle,
    article: Article,
    draft_id: int | None = None,
) -> Outcome:
    """Return the outcome that keeps a new version of an article, and shows what it changes.

    A long one by a job, which finds it in its draft.

    Raises:
        UserError: it says what the article says already.

    """
    require_other(article, stored.article)
    if draft_id is not None and is_long(article, stored.article):
        payload = {"article_id": stored.id, "draft_id": draft_id}
        return Outcome(write=beginning(update, context, JobKind.REVISE, payload))
    user_id = user_of(update).id
    revision = Revision(stored.id, stored.version, article, user_id)
    compared = await compare_versions(context.db, revision)
    target, at = reply_target(update), context.services.now()

    async def write(connection: Transaction) -> tuple[Send, ...]:
        await require_role(connection, user_id, Role.EDITOR)
        key = await put_revision(connection, revision, at)
        return (Send(target, card_body(key, revision, compared, 1, context.locale)),)

    return Outcome(write=write)


def is_long(*articles: Article) -> bool:
    """Return whether texts take longer to compare than whoever waits should."""
    return any(len(each.text) > LONG for each in articles)


async def _from_file(
    update: Update, context: Context, stored: StoredArticle, document: FileSent
) -> Outcome:
    """Read a file that is small at once, any other by a job."""
    size = document.file_size or 0
    if size > MOST_FILE_BYTES:
        raise UserError("The file is larger than 20 MB.")
    payload = {
        "article_id": stored.id,
        "file_id": document.file_id,
        "name": document.file_name or "",
    }
    by_job = Outcome(write=beginning(update, context, JobKind.REVISE, payload))
    if size > LONG or is_long(stored.article):
        return by_job
    file = await context.bot.get_file(document.file_id)
    content = bytes(await file.download_as_bytearray())
    read = await read_document(content, document.file_name or "")
    # What is packed is longer than it looks.
    return by_job if len(read.text) > LONG else await _from_document(update, context, stored, read)


async def _from_document(
    update: Update, context: Context, stored: StoredArticle, document: Document
) -> Outcome:
    article = await asyncio.to_thread(new_article, document, stored.article)
    return await proposing(update, context, stored, article)


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another page of what a new version changes, in place; of a long one by a job."""
    revision_id, page = numbers_of(update, 2)
    revision = await _own(update, context, revision_id)
    if is_long(revision.article):
        payload = {"revision_id": revision_id, "page": page}
        return Outcome(write=beginning(update, context, JobKind.REVISE, payload))
    chat_id, row = await pressed_row(update, context)
    compared = await compare_versions(context.db, revision)
    body = card_body(revision_id, revision, compared, page, context.locale)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_publish(update: Update, context: Context) -> Outcome:
    """Publish a new version; a long one by a job."""
    (revision_id,) = numbers_of(update, 1)
    revision = await _own(update, context, revision_id)
    if is_long(revision.article):
        payload = {"revision_id": revision_id}
        return Outcome(write=beginning(update, context, JobKind.PUBLISH_REVISION, payload))
    finish = await publishing(revision, tools_of(context), context.locale)
    chat_id, row = await pressed_row(update, context)

    async def write(connection: Transaction) -> tuple[Edit, ...]:
        await require_role(connection, revision.by, Role.EDITOR)
        return (Edit(chat_id, row, await finish(connection)),)

    return Outcome(write=write, changes_index=True)


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
    stored = await get_published(context.db, article_id)
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
