"""/feedback: what readers found wrong, one at a time, for editors."""

from dataclasses import replace

from telegram import Update

from bot.chat.board import Board
from bot.chat.places import numbers_of, reply_target, user_of, view_of
from bot.chat.prompts import ask_for_words, subject_of, waiting_for, words_of
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.locales import get_locale
from bot.replies.chronology import event_body
from bot.replies.feedback import Entry, editors_answer_body, feedback_body, no_feedback_body
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Outcome, Send, Target
from bot.replies.quotation import quote_body
from bot.store.chats import get_chat
from bot.store.database import Transaction
from bot.store.feedback import (
    Feedback,
    Kind,
    count_votes,
    list_feedback,
    load_feedback,
    resolve_feedback,
)
from bot.store.outbox import Prio
from bot.store.passages import load_passages
from bot.store.quotes import load_quotes
from bot.store.roles import Role, require_role
from bot.store.timeline import load_events

#: An editor's answer: a screen of a phone, and one message with its head.
MOST_WORDS = 2_000

#: The kind of the prompt «что ответить?».
ANSWER_READER = "answer reader"


async def on_answer(update: Update, context: Context) -> Outcome:
    """Ask what to answer the reader."""
    (feedback_id,) = numbers_of(update, 1)
    await _voter_of(context, feedback_id)
    words = context.locale.text("Write the answer: your next message goes to the reader.")
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, ANSWER_READER, str(feedback_id)),
    )


async def on_words(update: Update, context: Context) -> Outcome:
    """Send the reader what an editor writes, and take the remark out of the queue.

    Raises:
        UserError: no words or too many, or the reader is forgotten or cannot be reached.

    """
    text = words_of(update)
    if len(text) > MOST_WORDS:
        raise UserError("That is longer than 2000 characters. Shorten it, please.")
    feedback_id, user_id = int(subject_of(context)), user_of(update).id
    voter_id, found = await _voter_of(context, feedback_id)
    at = context.services.now()

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        await resolve_feedback(connection, feedback_id, user_id, at)

    chat = await get_chat(context.db, voter_id)
    language = (chat and chat.language) or context.services.settings.language
    passages = await load_passages(context.db, [found.paragraph_id])
    view = replace(view_of(context), locale=get_locale(language))
    body = editors_answer_body(text, found, passages.get(found.paragraph_id), view)
    others = Button(context.locale.text("Other remarks"), data="fb:1")
    done = Body(escape(context.locale.text("Sent. The remark is resolved.")), ((others,),))
    return Outcome(
        out=(
            Send(Target(voter_id), body, prio=Prio.ADMIN),
            Send(reply_target(update), done),
        ),
        write=write,
    )


async def _voter_of(context: Context, feedback_id: int) -> tuple[int, Feedback]:
    """Return who made a remark, and the remark.

    Raises: UserError if that is forgotten, or he cannot be told.
    """
    found = await load_feedback(context.db, feedback_id)
    if found is None or found.voter_id is None:
        raise UserError("Who made this remark is not known any more.")
    if await get_chat(context.db, found.voter_id) is None:
        raise UserError("The reader has not opened the bot, so it cannot write to him.")
    return found.voter_id, found


async def _page(context: Context, page: int, without: int) -> Body:
    """Return the remark at a page from 1, the last one past the end, or that none waits."""
    ids = [key for key in await list_feedback(context.db) if key != without]
    page = max(1, min(page, len(ids)))
    found = await load_feedback(context.db, ids[page - 1]) if ids else None
    if found is None:
        return no_feedback_body(context.locale)
    passages = await load_passages(context.db, [found.paragraph_id])
    entry = Entry(
        feedback=found,
        tally=await count_votes(context.db, found.paragraph_id),
        passage=passages.get(found.paragraph_id),
        shown=await _reported(context, found),
        page=page,
        total=len(ids),
    )
    return feedback_body(entry, view_of(context))


async def _reported(context: Context, found: Feedback) -> Body | None:
    """Return the quote or event that a remark is about, as readers see it; None for an answer."""
    view = view_of(context)
    if found.kind is Kind.QUOTE:
        quotes = await load_quotes(context.db, [found.subject_id])
        return quote_body(quotes[0], view) if quotes else None
    if found.kind is Kind.EVENT:
        events = await load_events(context.db, [found.subject_id])
        return event_body(events[0], view) if events else None
    return None


BOARD = Board(_page, resolve_feedback, lambda locale: locale.text("Resolved."))
COMMANDS = (
    Command("feedback", BOARD.show, "What readers found wrong", role=Role.EDITOR, in_groups=False),
)
BUTTONS = (
    ButtonHandler("fb", BOARD.on_page, role=Role.EDITOR),
    ButtonHandler("fbok", BOARD.on_end, role=Role.EDITOR),
    ButtonHandler("fbsay", on_answer, role=Role.EDITOR),
)
PROMPTS = (PromptHandler(ANSWER_READER, on_words, role=Role.EDITOR),)
