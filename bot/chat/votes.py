"""What readers say of answers, quotes and events; editors see it at /feedback."""

from dataclasses import replace
from typing import TypeVar

from telegram import Update

from bot.chat.answers import asked_in, load_card, redraw
from bot.chat.places import (
    is_private,
    numbers_of,
    pressed_row,
    reply_target,
    user_of,
)
from bot.chat.prompts import ask_for_words, subject_of, waiting_for, words_of
from bot.context import ButtonHandler, Context, PromptHandler
from bot.errors import UserError
from bot.replies.answer import Face
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send, Toast, Write
from bot.replies.votes import kind_of, reason_of, report_keyboard
from bot.store.answers import get_answer
from bot.store.database import Transaction
from bot.store.feedback import Feedback, Kind, Reason, Vote, set_details, set_vote
from bot.store.quotes import load_quotes
from bot.store.timeline import load_events

T = TypeVar("T")

#: What a reader writes is kept to what an editor reads in a minute.
MOST_WORDS = 500

#: The kind of the prompt «что не так?».
WHAT_IS_WRONG = "wrong"


async def on_helpful(update: Update, context: Context) -> Outcome:
    """Keep that a passage helped."""
    vote, _ = await _vote(update, context, Vote.HELPFUL)
    thanks = Toast(context.locale.text("Thank you."))
    return Outcome(now=thanks, write=_kept(vote))


async def on_wrong(update: Update, context: Context) -> Outcome:
    """Keep that a passage is not the answer; the asker may say why, others only vote."""
    answer_id, place = numbers_of(update, 2)
    vote, is_asker = await _vote(update, context, Vote.WRONG)
    thanks = Toast(context.locale.text("Thank you. The editors will see it."))
    outcome = Outcome()
    if is_asker:
        outcome = await redraw(update, context, answer_id, place, Face.BLAMING)
    return replace(outcome, now=thanks, write=_kept(vote))


async def on_reason(update: Update, context: Context) -> Outcome:
    """Keep why a passage is not the answer, and show its buttons again."""
    answer_id, place, number = numbers_of(update, 3)
    reason = _known(reason_of(Kind.ANSWER, number))
    outcome = await redraw(update, context, answer_id, place)
    return _with_reason(update, context, outcome, (Kind.ANSWER, answer_id), reason)


async def on_question(update: Update, context: Context) -> Outcome:
    """Enclose the question, by its asker's tap: it is not kept otherwise."""
    answer_id, _ = numbers_of(update, 2)
    asked, user_id = asked_in(update, context), user_of(update).id
    if asked is None or (await get_answer(context.db, answer_id)).asker_id != user_id:
        raise UserError("This button is for someone else.")
    text = asked.text

    async def write(connection: Transaction) -> None:
        if not await set_details(connection, Kind.ANSWER, answer_id, user_id, question=text):
            raise UserError("This button is out of date.")

    return Outcome(
        now=Toast(context.locale.text("The editors will see your question.")), write=write
    )


async def on_report(update: Update, context: Context) -> Outcome:
    """Keep that a quote or an event is wrong; in private ask what is wrong with it."""
    number, subject_id = numbers_of(update, 2)
    kind = _known(kind_of(number))
    vote = Feedback(
        kind=kind,
        subject_id=subject_id,
        paragraph_id=await _paragraph_of(context, kind, subject_id),
        vote=Vote.WRONG,
        index_version=context.search.version,
        created_at=context.services.now(),
        voter_id=user_of(update).id,
    )
    locale = context.locale
    thanks = locale.text("Thank you. The editors will see it.")
    if not is_private(update):
        return Outcome(now=Toast(thanks), write=_kept(vote))
    ask = locale.text("What is wrong?")
    body = Body(escape(f"{thanks}\n{ask}"), report_keyboard(kind, subject_id, locale))
    return Outcome(out=(Send(reply_target(update), body),), write=_kept(vote))


async def on_report_reason(update: Update, context: Context) -> Outcome:
    """Keep what is wrong with a quote or an event, and take the question away."""
    number, subject_id, reason_number = numbers_of(update, 3)
    kind = _known(kind_of(number))
    reason = _known(reason_of(kind, reason_number))
    chat_id, row = await pressed_row(update, context)
    done = Body(escape(context.locale.text("Thank you. The editors will see it.")))
    outcome = Outcome(out=(Edit(chat_id, row, done),))
    return _with_reason(update, context, outcome, (kind, subject_id), reason)


async def on_words(update: Update, context: Context) -> Outcome:
    """Keep what somebody writes of what is wrong.

    Raises:
        UserError: no words, or too many.

    """
    words = words_of(update)
    if len(words) > MOST_WORDS:
        raise UserError("That is longer than 500 characters. Shorten it, please.")
    kind, _, number = subject_of(context).partition(":")
    user_id = user_of(update).id

    async def write(connection: Transaction) -> None:
        if not await set_details(connection, Kind(kind), int(number), user_id, words=words):
            raise UserError("This button is out of date.")

    thanks = Body(escape(context.locale.text("Thank you. The editors will see it.")))
    return Outcome(out=(Send(reply_target(update), thanks),), write=write)


async def _vote(update: Update, context: Context, vote: Vote) -> tuple[Feedback, bool]:
    """Return the vote on the passage under which a button was pressed, and if its asker votes."""
    answer_id, place = numbers_of(update, 2)
    stored = await get_answer(context.db, answer_id)
    card = await load_card(update, context, stored, None)
    user_id = user_of(update).id
    feedback = Feedback(
        kind=Kind.ANSWER,
        subject_id=stored.id,
        paragraph_id=card.groups[place % len(card.groups)].quotation.passage.paragraph_id,
        vote=vote,
        index_version=stored.index_version,
        created_at=context.services.now(),
        voter_id=user_id,
        verdict=stored.verdict,
    )
    return feedback, stored.asker_id == user_id


def _kept(vote: Feedback) -> Write:
    async def write(connection: Transaction) -> None:
        await set_vote(connection, vote)

    return write


def _with_reason(
    update: Update, context: Context, outcome: Outcome, subject: tuple[Kind, int], reason: Reason
) -> Outcome:
    """Return an outcome that also keeps a reason, and asks for words where none fits."""
    (kind, subject_id), user_id = subject, user_of(update).id
    wait = waiting_for(update, context, WHAT_IS_WRONG, f"{kind.value}:{subject_id}")

    async def write(connection: Transaction) -> None:
        if not await set_details(connection, kind, subject_id, user_id, reason=reason):
            raise UserError("This button is out of date.")
        if reason is Reason.OTHER:
            await wait(connection)

    out = outcome.out
    if reason is Reason.OTHER:
        words = context.locale.text("Write what is wrong: your next message goes to the editors.")
        out = (*out, ask_for_words(update, context, words))
    thanks = Toast(context.locale.text("Thank you. The editors will see it."))
    return Outcome(out=out, now=thanks, write=write)


async def _paragraph_of(context: Context, kind: Kind, subject_id: int) -> int:
    """Return the paragraph that proves a quote or an event. Raises: UserError if it is gone."""
    if kind is Kind.QUOTE and (quotes := await load_quotes(context.db, [subject_id])):
        return quotes[0].passages[0].paragraph_id
    if kind is Kind.EVENT and (events := await load_events(context.db, [subject_id])):
        return events[0].passage.paragraph_id
    raise UserError("This passage is not to be had any more.")


def _known(found: T | None) -> T:
    """Return what callback data names. Raises: UserError if it names nothing."""
    if found is None:
        raise UserError("This button is out of date.")
    return found


BUTTONS = (
    ButtonHandler("good", on_helpful),
    ButtonHandler("bad", on_wrong),
    ButtonHandler("badwhy", on_reason),
    ButtonHandler("badq", on_question),
    ButtonHandler("err", on_report),
    ButtonHandler("errwhy", on_report_reason),
)
PROMPTS = (PromptHandler(WHAT_IS_WRONG, on_words),)
