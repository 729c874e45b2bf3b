"""/unanswered: what readers asked and the articles did not answer, for editors."""

import re

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of, view_of
from bot.chat.prompts import ask_for_words, subject_of, waiting_for, words_of
from bot.chat.requests import MOST_QUESTION
from bot.chat.synonyms import synonyms
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send, Toast
from bot.replies.unanswered import all_answered_body, unanswered_body
from bot.store.database import Transaction
from bot.store.golden import Golden, Place, set_golden
from bot.store.passages import list_paragraphs
from bot.store.roles import Role, require_role
from bot.store.unanswered import Unanswered, hide_unanswered, list_unanswered
from index.types import Verdict

#: The kind of the prompt «какой эталонный вопрос?».
GOLDEN = "golden"

#: The kind of the prompt «какой синоним?».
SYNONYM = "synonym"

#: «3/12, 4/1»: articles and paragraphs that answer.
_PLACES = re.compile(r"\d{1,9}\s*/\s*\d{1,9}(?:\s*[,;]\s*\d{1,9}\s*/\s*\d{1,9})*")


async def unanswered(update: Update, context: Context) -> Outcome:
    """Reply with the first question that waits."""
    return Outcome(out=(Send(reply_target(update), await _page(context, 1)),))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another question, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _page(context, page)),))


async def on_hide(update: Update, context: Context) -> Outcome:
    """Take a question off the board and show the next one, in place."""
    key, page = numbers_of(update, 2)
    chat_id, row = await pressed_row(update, context)
    user_id, at = user_of(update).id, context.services.now()

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        await hide_unanswered(connection, key, user_id, at)

    body = await _page(context, page, without=key)
    hidden = Toast(context.locale.text("Hidden."))
    return Outcome(out=(Edit(chat_id, row, body),), now=hidden, write=write)


async def on_synonym(update: Update, context: Context) -> Outcome:
    """Ask for words that mean the same as one of the question."""
    words = context.locale.text(
        "Write a word of the question and what articles call it: ЦОД = дата-центр"
    )
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, SYNONYM, ""),
    )


async def on_synonym_words(update: Update, context: Context) -> Outcome:
    """Try what was written, as /synonyms does."""
    context.args = words_of(update).split()
    return await synonyms(update, context)


async def on_golden(update: Update, context: Context) -> Outcome:
    """Ask for a golden question and the paragraphs that answer it."""
    (key,) = numbers_of(update, 1)
    words = context.locale.text(
        "Write the question, and in a line of its own the article and paragraph that answer it,"
        " as 3/12. Without such a line the question must be refused."
    )
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, GOLDEN, str(key)),
    )


async def on_golden_words(update: Update, context: Context) -> Outcome:
    """Keep a golden question; paragraphs alone are those of the question that was sent.

    Raises:
        UserError: no question, too long a one, or a paragraph that is not there.

    """
    *lines, last = words_of(update).splitlines()
    places: tuple[Place, ...] = ()
    if _PLACES.fullmatch(last.strip()):
        places = await _places(context, last)
    else:
        lines.append(last)
    question = " ".join(" ".join(lines).split()) or await _sent(context, int(subject_of(context)))
    if not question:
        raise UserError("Write the question too.")
    if len(question) > MOST_QUESTION:
        raise UserError("The question is longer than 1000 characters. Shorten it, please.")
    user_id, at = user_of(update).id, context.services.now()

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        await set_golden(connection, Golden(question, places), by=user_id, at=at)

    words = context.locale.text("Golden question kept: {text}", text=question)
    return Outcome(out=(Send(reply_target(update), Body(escape(words))),), write=write)


async def _page(context: Context, page: int, without: int = 0) -> Body:
    """Return the question at a page from 1, the last one past the end, or that none waits."""
    entries = [each for each in await _waiting(context) if each.id != without]
    if not entries:
        return all_answered_body(context.locale)
    page = max(1, min(page, len(entries)))
    return unanswered_body(entries[page - 1], page, len(entries), view_of(context))


async def _waiting(context: Context) -> list[Unanswered]:
    """Return what is on the board: what the articles answer by now has left it."""
    entries = await list_unanswered(context.db, context.services.now())
    return [each for each in entries if not await _is_answered(context, each)]


async def _is_answered(context: Context, entry: Unanswered) -> bool:
    found = [await context.search.find(text) for text in entry.asked]
    return all(answer.verdict is Verdict.ANSWER for answer in found)


async def _places(context: Context, text: str) -> tuple[Place, ...]:
    """Return the paragraphs that «3/12, 4/1» names. Raises: UserError for one that is not there."""
    places = []
    for pair in re.split("[,;]", text):
        article_id, number = (int(part) for part in pair.split("/"))
        found = await list_paragraphs(context.db, article_id, first=number, limit=1)
        if not found or found[0].number != number:
            raise UserError("Article {id} has no paragraph {n}.", id=article_id, n=number)
        places.append(Place(article_id, number))
    return tuple(places)


async def _sent(context: Context, key: int) -> str:
    """Return the first question that was sent of a set, "" if none was."""
    entries = await list_unanswered(context.db, context.services.now())
    return next((each.texts[0] for each in entries if each.id == key and each.texts), "")


COMMANDS = (
    Command(
        "unanswered",
        unanswered,
        "What the articles did not answer",
        role=Role.EDITOR,
        in_groups=False,
    ),
)
BUTTONS = (
    ButtonHandler("un", on_page, role=Role.EDITOR),
    ButtonHandler("unhide", on_hide, role=Role.EDITOR),
    ButtonHandler("unsyn", on_synonym, role=Role.EDITOR),
    ButtonHandler("ungold", on_golden, role=Role.EDITOR),
)
PROMPTS = (
    PromptHandler(GOLDEN, on_golden_words, role=Role.EDITOR),
    PromptHandler(SYNONYM, on_synonym_words, role=Role.EDITOR),
)
