"""/unanswered: what readers asked and the articles did not answer, for editors."""

import re
from collections.abc import Sequence

from telegram import Update

from bot.chat.board import Board
from bot.chat.places import numbers_of, reply_target, user_of, view_of
from bot.chat.prompts import ask_for_words, subject_of, waiting_for, words_of
from bot.chat.requests import MOST_QUESTION
from bot.chat.synonyms import synonyms
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Outcome, Send
from bot.replies.unanswered import all_answered_body, unanswered_body
from bot.store.database import Transaction
from bot.store.golden import Golden, Place, set_golden
from bot.store.passages import list_paragraphs, load_passages
from bot.store.roles import Role, require_role
from bot.store.unanswered import Unanswered, hide_unanswered, list_unanswered
from index.types import Verdict

#: The kind of the prompt «какой эталонный вопрос?».
GOLDEN = "golden"

#: The kind of the prompt «какой синоним?».
SYNONYM = "synonym"

#: «3/12, 4/1»: articles and paragraphs that answer.
_PLACES = re.compile(r"\d{1,9}\s*/\s*\d{1,9}(?:\s*[,;]\s*\d{1,9}\s*/\s*\d{1,9})*")


#: The end of a paragraph's permalink, as «Копировать» gives it.
_LINK = re.compile(r"[?&]start=p(\d{1,18})\b")


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
        " as 3/12, or the link of the paragraph. Without such a line the question must be refused."
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
    if linked := _LINK.findall(last):
        places = await _linked(context, linked)
    elif _PLACES.fullmatch(last.strip()):
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
    board = Button(context.locale.text("Unanswered questions"), data="un:1")
    return Outcome(out=(Send(reply_target(update), Body(escape(words), ((board,),))),), write=write)


async def _page(context: Context, page: int, without: int) -> Body:
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


async def _linked(context: Context, ids: Sequence[str]) -> tuple[Place, ...]:
    """Return the paragraphs of permalinks. Raises: UserError for one that is not there."""
    passages = await load_passages(context.db, [int(key) for key in ids])
    if len(passages) < len(set(ids)):
        raise UserError("This passage is not to be had any more.")
    return tuple(
        Place(each.article_id, each.number, version=each.version) for each in passages.values()
    )


async def _sent(context: Context, key: int) -> str:
    """Return the first question that was sent of a set, "" if none was."""
    entries = await list_unanswered(context.db, context.services.now())
    return next((each.texts[0] for each in entries if each.id == key and each.texts), "")


BOARD = Board(_page, hide_unanswered, lambda locale: locale.text("Hidden."))
COMMANDS = (
    Command(
        "unanswered",
        BOARD.show,
        "What the articles did not answer",
        role=Role.EDITOR,
        in_groups=False,
    ),
)
BUTTONS = (
    ButtonHandler("un", BOARD.on_page, role=Role.EDITOR),
    ButtonHandler("unhide", BOARD.on_end, role=Role.EDITOR),
    ButtonHandler("unsyn", on_synonym, role=Role.EDITOR),
    ButtonHandler("ungold", on_golden, role=Role.EDITOR),
)
PROMPTS = (
    PromptHandler(GOLDEN, on_golden_words, role=Role.EDITOR),
    PromptHandler(SYNONYM, on_synonym_words, role=Role.EDITOR),
)
