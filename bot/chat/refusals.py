"""A question that was refused: counted for the editors, and sent to them by its asker's tap."""

from telegram import Update

from bot.chat.answers import asked_in
from bot.chat.filters import read_filters
from bot.chat.places import numbers_of, require_asker, user_of
from bot.chat.requests import lemmas_of
from bot.context import ButtonHandler, Context
from bot.errors import UserError
from bot.replies.outcome import Outcome, Toast, Write
from bot.store.answers import get_answer
from bot.store.database import Transaction
from bot.store.unanswered import Refused, count_refusal, send_question
from index.types import Verdict

#: Longer questions are not asked twice in the same words.
MOST_LEMMAS = 12

#: A number of more digits may be somebody's telephone or document.
MOST_DIGITS = 4


def counted(update: Update, context: Context, meant: str) -> Write | None:
    """Return the write that counts a refused question, None for one that nobody asks twice."""
    refused = _refused(update, context, meant)
    if refused is None:
        return None
    salt = context.services.salt

    async def write(connection: Transaction) -> None:
        await count_refusal(connection, refused, salt)

    return write


async def on_send(update: Update, context: Context) -> Outcome:
    """Send a refused question to the editors, by its asker's tap."""
    (answer_id,) = numbers_of(update, 1)
    answer = await get_answer(context.db, answer_id)
    asked = asked_in(update, context)
    require_asker(update, answer.asker_id)
    if asked is None or answer.verdict != Verdict.NONE:
        raise UserError("This button is out of date.")
    words = (await read_filters(context, asked.text)).words
    found = await context.search.find(words)
    refused = _refused(update, context, found.suggestion or words)
    if refused is None:
        raise UserError("The editors cannot look for this question. Ask a shorter one.")
    salt, text = context.services.salt, asked.text

    async def write(connection: Transaction) -> None:
        await send_question(connection, refused, text, salt)

    return Outcome(
        now=Toast(context.locale.text("The editors will see your question.")), write=write
    )


def _refused(update: Update, context: Context, meant: str) -> Refused | None:
    """Return what is counted of a question: its telling words, without numbers of people."""
    lemmas = [
        lemma
        for lemma in sorted(lemmas_of(meant))
        if not (lemma.isdecimal() and len(lemma) > MOST_DIGITS)
    ]
    if not 0 < len(lemmas) <= MOST_LEMMAS:
        return None
    return Refused(tuple(lemmas), user_of(update).id, context.services.now())


BUTTONS = (ButtonHandler("send", on_send),)
