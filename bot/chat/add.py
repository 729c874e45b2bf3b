"""Articles from a chat: text, a link, a file, a forwarded post; what comes of each is a draft."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from telegram import Document, Message, MessageOriginChannel, Update

from bot.chat import ask
from bot.chat.jobs import beginning, joining, tools_of
from bot.chat.places import (
    is_person,
    is_private,
    message_of,
    numbers_of,
    reply_target,
    user_of,
)
from bot.context import ButtonHandler, Command, Context, Handler, PromptHandler
from bot.errors import UserError
from bot.ingest.cards import make_card
from bot.ingest.documents import Document as Read
from bot.ingest.drafts import describe
from bot.ingest.fetch import require_link
from bot.ingest.files import MOST_FILE_BYTES, is_link
from bot.ingest.preparing import LONG
from bot.ingest.taking import Sent, Taken, complete, require_new
from bot.ingest.work import keeping
from bot.replies.draft import draft_body
from bot.replies.layout import escape, utf16_length
from bot.replies.outcome import Body, Button, Edit, Outcome, Send, Write
from bot.store.database import Transaction
from bot.store.drafts import Origin, get_draft, set_text
from bot.store.health import require_space
from bot.store.jobs import JobKind, accept_offer, get_payload
from bot.store.prompts import PROMPT_LASTS, Prompt, set_prompt
from bot.store.roles import Role, require_role

#: What waits for articles after `/add`.
PROMPT = "add"

#: Apps cut a text that is too long for a message into parts, at a word, and send them at once.
FULL = 3_900
TOGETHER_S = 5


async def add(update: Update, context: Context) -> Outcome:
    """Make a draft of what stands after the command, or of the message replied to; else wait.

    Raises:
        UserError: it cannot be taken, in a sentence that says why.

    """
    if update.callback_query:
        return _asking(update, context)  # the message is the bot's own, the one with the button
    message = message_of(update)
    text = _after_command(message)
    if text:
        return await _take(update, context, _sent_text(text, message))
    if message.reply_to_message:
        return await _take(update, context, _sent(message.reply_to_message))
    return _asking(update, context)


async def on_prompted(update: Update, context: Context) -> Outcome:
    """Make a draft of what was sent after `/add`, and wait for the next."""
    first = _continued(update, context)
    if first is not None:
        return await _append(update, context, first)
    if not _is_in_a_row(context):
        return await unless_offered(ask.on_text)(update, context)
    message = message_of(update)
    sent, album = _sent(message), message.media_group_id
    if album and sent.file_id:
        require_space(context.db.path)
        outcome = Outcome(write=joining(update, context, JobKind.TAKE_ALL, album, sent))
    else:
        outcome = await _take(update, context, sent)
    return replace(outcome, write=_one_after_the_other(_waiting(update, context), outcome.write))


async def on_offered(update: Update, context: Context) -> Outcome:
    """Make a draft of the message that the pressed button stands under."""
    bot_message = update.callback_query and update.callback_query.message
    original = bot_message.reply_to_message if isinstance(bot_message, Message) else None
    if original is None:
        raise UserError("This button is out of date.")
    return await _take(update, context, _sent(original))


async def on_offered_all(update: Update, context: Context) -> Outcome:
    """Make drafts of the files that were sent together, once."""
    (job_id,) = numbers_of(update, 1)
    found, user_id = await get_payload(context.db, job_id), user_of(update).id
    files = found.get("files")
    if not files:  # it is forgotten, as all work that is done when an article is erased for ever
        raise UserError("This button is out of date.")
    begin = beginning(update, context, JobKind.TAKE_ALL, {"album": "", "files": files})

    async def write(connection: Transaction) -> None:
        if not await accept_offer(connection, job_id, user_id):
            raise UserError("This button is out of date.")
        await begin(connection)

    return Outcome(write=write)


def unless_offered(handler: Handler) -> Handler:
    """Return the handler for all but files and posts of an editor, which may be articles."""

    async def unless(update: Update, context: Context) -> Outcome:
        message = update.message
        if (
            message is None
            or not (message.document or message.forward_origin)
            or not (is_private(update) and is_person(update))
            or not context.role.covers(Role.EDITOR)
        ):
            return await handler(update, context)
        if message.document and (album := message.media_group_id):
            sent = _sent(message)  # one question for all that were sent together
            return Outcome(write=joining(update, context, JobKind.OFFER_ALL, album, sent))
        locale = context.locale
        add_it = Button(locale.text("Add as an article"), data="addit")
        body = Body(escape(locale.text("Add this as an article?")), ((add_it,),))
        return Outcome(out=(Send(reply_target(update), body),))

    return unless


def _asking(update: Update, context: Context) -> Outcome:
    locale = context.locale
    words = locale.text(
        "Send the article: text, a link, a file (txt, md, html, docx, pdf) or a forwarded post."
        " Several in a row are several articles."
    )
    way_out = locale.text("Enough: /cancel")
    body = Body(escape(f"{words}\n{way_out}"))
    return Outcome(out=(Send(reply_target(update), body),), write=_waiting(update, context))


def _waiting(update: Update, context: Context) -> Write:
    """Return the write by which the next messages are articles."""
    expires_at = context.services.now() + PROMPT_LASTS
    prompt = Prompt(message_of(update).chat.id, user_of(update).id, PROMPT, "", expires_at)

    async def write(connection: Transaction) -> None:
        await set_prompt(connection, prompt)

    return write


async def _take(update: Update, context: Context, sent: Sent) -> Outcome:
    """Return the outcome that makes a draft of something, now or by a job."""
    require_space(context.db.path)
    is_short = sent.origin in (Origin.TEXT, Origin.POST) and len(sent.text) <= LONG
    if not is_short:
        return Outcome(write=beginning(update, context, JobKind.TAKE, sent.to_payload()))
    described = complete(describe(Read(sent.text)), sent)
    await require_new(context.db, described)
    user_id = user_of(update).id
    taken = Taken(described, sent.origin)
    on_kept = _expecting_more(update, context) if _is_full(message_of(update)) else None
    finish = await keeping(taken, tools_of(context), user_id, context.locale, on_kept=on_kept)

    async def write(connection: Transaction) -> tuple[Send, ...]:
        await require_role(connection, user_id, Role.EDITOR)
        return (Send(reply_target(update), await finish(connection)),)

    return Outcome(write=write)


def _one_after_the_other(first: Write, second: Write | None) -> Write:
    async def write(connection: Transaction) -> tuple[Send | Edit, ...] | None:
        await first(connection)
        return await second(connection) if second else None

    return write


def _is_full(message: Message) -> bool:
    """Return whether a text is as long as apps make the parts of one that is too long."""
    is_own = message.forward_origin is None and not message.document
    return is_own and utf16_length(message.text or "") >= FULL


def _expecting_more(
    update: Update, context: Context
) -> Callable[[Transaction, int], Awaitable[None]]:
    """Return what lets the next message be the rest of a draft, if it comes right after.

    After `/add` with a text that is all that is waited for; in a row, more articles are.
    """
    message, user_id = message_of(update), user_of(update).id
    lasts = PROMPT_LASTS if _is_in_a_row(context) else timedelta(seconds=2 * TOGETHER_S)
    expires_at = context.services.now() + lasts

    async def on_kept(connection: Transaction, draft_id: int) -> None:
        subject = f"{draft_id}:{int(message.date.timestamp())}:{int(_is_in_a_row(context))}"
        await set_prompt(connection, Prompt(message.chat.id, user_id, PROMPT, subject, expires_at))

    return on_kept


def _is_in_a_row(context: Context) -> bool:
    """Return whether articles are waited for, and not only the rest of one."""
    return context.prompt is not None and not context.prompt.subject.endswith(":0")


def _continued(update: Update, context: Context) -> int | None:
    """Return the draft whose rest a message is: a text of the same moment, after a full one."""
    message = message_of(update)
    subject = context.prompt.subject if context.prompt else ""
    if not subject or not message.text or message.forward_origin:
        return None
    draft_id, sent_at, _ = map(int, subject.split(":"))
    is_next = int(message.date.timestamp()) - sent_at <= TOGETHER_S
    return draft_id if is_next else None


async def _append(update: Update, context: Context, draft_id: int) -> Outcome:
    """Return the outcome that lets a draft go on with the text of a message."""
    user_id, message = user_of(update).id, message_of(update)
    draft = await get_draft(context.db, draft_id)
    before, more = draft.described.text, (message.text or "").strip()
    between = "\n" if before.endswith((".", "!", "?", "…", ":", "»", "”")) else " "
    whole = replace(draft, described=replace(draft.described, text=f"{before}{between}{more}"))
    card = await make_card(tools_of(context), whole)
    body = draft_body(card, context.locale)
    expect = _expecting_more(update, context) if _is_full(message) else None

    async def write(connection: Transaction) -> tuple[Send, ...]:
        await require_role(connection, user_id, Role.EDITOR)
        await set_text(connection, draft_id, whole.described.text)
        if _is_in_a_row(context):
            await _waiting(update, context)(connection)
        if expect is not None:
            await expect(connection, draft_id)
        return (Send(reply_target(update), body),)

    return Outcome(write=write)


def _after_command(message: Message) -> str:
    """Return the text below or after the command, empty for none."""
    text = message.text or ""
    _, _, rest = text.partition(" ")
    command, newline, below = text.partition("\n")
    if newline and " " not in command.strip():
        rest = below
    return rest.strip()


def _sent(message: Message) -> Sent:
    """Return what a message holds. Raises: UserError if that can be no article."""
    if message.document:
        return _sent_file(message.document, message)
    text = (message.text or message.caption or "").strip()
    if not text:
        raise UserError("I can take text, links, files and posts, but not this.")
    return _sent_text(text, message)


def _sent_text(text: str, message: Message) -> Sent:
    if is_link(text):
        return Sent(Origin.LINK, url=require_link(text))
    sent = _dated(Sent(Origin.TEXT, text=text), message)
    return replace(sent, origin=Origin.POST) if message.forward_origin else sent


def _sent_file(document: Document, message: Message) -> Sent:
    if (document.file_size or 0) > MOST_FILE_BYTES:
        raise UserError("The file is larger than 20 MB.")
    sent = Sent(Origin.FILE, file_id=document.file_id, name=document.file_name or "")
    return _dated(sent, message) if message.forward_origin else sent


def _dated(sent: Sent, message: Message) -> Sent:
    """Return what was sent with the day, name and link of the post that it is from."""
    origin = message.forward_origin
    if origin is None:
        return replace(sent, day=message.date.date(), is_day_assumed=True)
    sent = replace(sent, day=origin.date.date())
    if not isinstance(origin, MessageOriginChannel):
        return sent
    link = f"https://t.me/{origin.chat.username}/{origin.message_id}"
    return replace(sent, source=origin.chat.title, url=link if origin.chat.username else None)


COMMANDS = (Command("add", add, "Add an article", role=Role.EDITOR, in_groups=False),)
BUTTONS = (
    ButtonHandler("addit", on_offered, role=Role.EDITOR),
    ButtonHandler("addall", on_offered_all, role=Role.EDITOR),
)
PROMPTS = (PromptHandler(PROMPT, on_prompted, role=Role.EDITOR),)
