"""What a draft says of itself – title, date, source, link, language – asked for and changed."""

from collections.abc import Callable
from dataclasses import replace

from telegram import Update

from bot.chat.drafts import draft_id_of, is_quick, open_draft, parts_of
from bot.chat.jobs import beginning, tools_of
from bot.chat.places import message_of, pressed_row, reply_target, user_of
from bot.chat.prompts import ask_for_words, subject_of, waiting_for
from bot.context import ButtonHandler, Context, PromptHandler
from bot.errors import UserError
from bot.ingest.cards import make_card
from bot.ingest.header import parse_day, parse_language, parse_url
from bot.replies.draft import draft_body, language_buttons
from bot.replies.layout import MOST_LINE, escape
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.store.database import Transaction
from bot.store.draft_states import noting
from bot.store.drafts import Described, get_draft, set_described
from bot.store.jobs import JobKind
from bot.store.roles import Role, require_role

#: What waits for a field of a draft.
FIELD_PROMPT = "draft"


async def on_edit(update: Update, context: Context) -> Outcome:
    """Ask for a field of a draft; of languages there are buttons."""
    draft_id, field = parts_of(update, 2)
    draft = open_draft(await get_draft(context.db, draft_id_of(draft_id)))
    locale = context.locale
    questions = {
        "title": locale.text("What is the title?"),
        "day": locale.text("What day did the article come out? For example: 22.01.2026"),
        "source": locale.text("Who published it?"),
        "url": locale.text("Where is the original? Send the link."),
    }
    if field == "language":
        body = Body(
            escape(locale.text("Which language is it in?")), language_buttons(draft.id, locale)
        )
        chat_id, row = await pressed_row(update, context)
        return Outcome(out=(Edit(chat_id, row, body),))
    if field not in questions:
        raise UserError("This button is out of date.")
    return Outcome(
        out=(ask_for_words(update, context, questions[field]),),
        write=waiting_for(update, context, FIELD_PROMPT, f"{draft.id}:{field}"),
    )


async def on_language(update: Update, context: Context) -> Outcome:
    """Take the language of a draft from a button."""
    draft_id, code = parts_of(update, 2)
    language = parse_language(code)
    return await _change(
        update, context, draft_id_of(draft_id), lambda known: replace(known, language=language)
    )


async def on_field(update: Update, context: Context) -> Outcome:
    """Take the words that were asked for as a field of a draft, and show its card anew.

    Raises:
        UserError: they cannot be read as that; they are waited for again.

    """
    draft_id, _, field = subject_of(context).partition(":")
    words = " ".join((message_of(update).text or "").split())
    if not words:
        raise UserError("I wait for words here. Changed your mind: /cancel")
    changes: dict[str, Callable[[Described], Described]] = {
        "title": lambda known: replace(known, title=words[:MOST_LINE]),
        "day": lambda known: replace(known, day=parse_day(words), is_day_assumed=False),
        "source": lambda known: replace(known, source=words[:MOST_LINE]),
        "url": lambda known: replace(known, url=parse_url(words)),
    }
    return await _change(update, context, draft_id_of(draft_id), changes[field])


async def _change(
    update: Update,
    context: Context,
    draft_id: int,
    change: Callable[[Described], Described],
) -> Outcome:
    """Return the outcome that changes what a draft says of itself, and shows its card anew."""
    user_id, at = user_of(update).id, context.services.now()
    draft = open_draft(await get_draft(context.db, draft_id))
    changed = replace(draft, described=change(draft.described))
    body = None
    if is_quick(context, changed):
        card = await make_card(tools_of(context), changed)
        body = draft_body(card, context.locale)
    show = beginning(update, context, JobKind.SHOW, {"draft_id": draft_id})

    async def write(connection: Transaction) -> tuple[Send, ...]:
        await require_role(connection, user_id, Role.EDITOR)
        async with noting(connection, draft_id, by=user_id, at=at):
            await set_described(connection, draft_id, changed.described)
        if body is None:
            await show(connection)
            return ()
        return (Send(reply_target(update), body),)

    return Outcome(write=write)


BUTTONS = (
    ButtonHandler("dredit", on_edit, role=Role.EDITOR),
    ButtonHandler("drlang", on_language, role=Role.EDITOR),
)
PROMPTS = (PromptHandler(FIELD_PROMPT, on_field, role=Role.EDITOR),)
