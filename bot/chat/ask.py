"""A question in words, and the passage that answers it."""

from collections.abc import Sequence
from datetime import timedelta

from telegram import Message, MessageEntity, Update

from bot.chat.places import (
    is_person,
    is_private,
    is_recent,
    message_of,
    numbers_of,
    reply_target,
    user_of,
    view_of,
)
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send, Target
from bot.replies.passage import answer_body, answer_keyboard, passage_body
from bot.store.answers import (
    Shown,
    StoredAnswer,
    find_answer,
    get_answer,
    mint_answer_id,
)
from bot.store.passages import load_passages
from bot.store.roles import Role
from index.types import CitedAnswer, Excerpt, Hit, Quotation, Span, Verdict

#: A longer question is refused. Source: docs/reliability.md, limits.
MOST_QUESTION = 1000

#: Passages that «Ещё» goes through.
MOST_PASSAGES = 10

#: Whoever mends his question within this gets his answer mended.
EDIT_WITHIN = timedelta(minutes=15)


async def ask(update: Update, context: Context) -> Outcome:
    """Reply to `/ask words`; without words say how to ask."""
    words = " ".join(context.args or ())
    if not words:
        text = context.locale.text("Write a question after the command: /ask When does it open?")
        return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
    return await answer_question(update, context, words)


async def on_text(update: Update, context: Context) -> Outcome:
    """Reply to a text: any in private, in groups only one that speaks to the bot."""
    if not is_person(update):
        return Outcome()
    message = message_of(update)
    text = message.text or ""
    if not is_private(update):
        if not _is_addressed(message, context.services.username, context.bot.id):
            return Outcome()
        text = _without_mention(message, context.services.username)
    return await answer_question(update, context, text)


async def on_other(update: Update, context: Context) -> Outcome:
    """Say that only text is read, where somebody sends a picture or a voice in private."""
    if not is_private(update) or not is_person(update):
        return Outcome()
    text = context.locale.text("I read only text. Write your question in words.")
    return Outcome(out=(Send(reply_target(update), Body(escape(text))),))


async def on_edited(update: Update, context: Context) -> Outcome:
    """Mend the answer to a question that was mended."""
    message = update.edited_message
    if message is None or not message.text or not is_recent(message, context, EDIT_WITHIN):
        return Outcome()
    answer = await find_answer(context.db, message.chat.id, message.message_id)
    if answer is None or answer.outbox_id is None or not is_person(update):
        return Outcome()
    text = (
        message.text if is_private(update) else _without_mention(message, context.services.username)
    )
    outcome = await answer_question(update, context, text)
    sent = next((item for item in outcome.out if isinstance(item, Send)), None)
    if sent is None:
        return Outcome()
    return Outcome(out=(Edit(message.chat.id, answer.outbox_id, sent.body, sent.answer),))


async def answer_question(update: Update, context: Context, text: str) -> Outcome:
    """Return the reply to a question.

    Raises:
        UserError: the question is too long.

    """
    if len(text) > MOST_QUESTION:
        raise UserError("The question is longer than 1000 characters. Shorten it, please.")
    if not context.search.paragraph_count:
        return Outcome(out=(Send(reply_target(update), empty_body(context)),))
    answer = await context.search.find(text)
    hits = answer.hits[:MOST_PASSAGES]
    # An answer shows its first passage; a refusal the headings of several.
    is_refused = answer.verdict is Verdict.NONE
    shown = await context.search.quote(answer, hits if is_refused else hits[:1])
    cited = CitedAnswer(answer, shown)
    answer_id = mint_answer_id()
    message = message_of(update)
    stored = StoredAnswer(
        id=answer_id,
        chat_id=message.chat.id,
        asker_id=user_of(update).id,
        passages=_shown(hits, cited.quotations),
        index_version=answer.index_version,
        verdict=answer.verdict.value,
        created_at=context.services.now(),
        question_message_id=message.message_id,
    )
    body = answer_body(cited, view_of(context), answer_id, len(hits))
    return Outcome(out=(Send(reply_target(update), body, answer=stored),))


async def on_more(update: Update, context: Context) -> Outcome:
    """Show another passage of an answer in place of the present one."""
    answer_id, place = numbers_of(update, 2)
    answer = await get_answer(context.db, answer_id)
    if answer.asker_id != user_of(update).id:
        raise UserError("This button is for someone else.")
    quotations = await _quotations(context, answer)
    if not quotations or answer.outbox_id is None:
        raise UserError("This button is out of date.")
    place %= len(quotations)
    return Outcome(
        out=(
            Edit(answer.chat_id, answer.outbox_id, _more_body(quotations, place, answer, context)),
        )
    )


async def show_answer(update: Update, context: Context, answer_id: int) -> Outcome:
    """Show the passages of an answer again, to whoever has its link."""
    answer = await get_answer(context.db, answer_id)
    quotations = await _quotations(context, answer)
    if not quotations:
        raise UserError("This link is out of date.")
    fresh = StoredAnswer(
        id=mint_answer_id(),
        chat_id=message_of(update).chat.id,
        asker_id=user_of(update).id,
        passages=answer.passages,
        index_version=answer.index_version,
        verdict=answer.verdict,
        created_at=context.services.now(),
    )
    body = _more_body(quotations, 0, fresh, context)
    target = reply_target(update)
    return Outcome(out=(Send(Target(target.chat_id, target.thread_id), body, answer=fresh),))


def _more_body(
    quotations: tuple[Quotation, ...], place: int, answer: StoredAnswer, context: Context
) -> Body:
    """Return the passage at `place` of an answer, with its number among them in words."""
    view = view_of(context)
    body = passage_body(quotations[place], view)
    head = context.locale.text("passage {n} of {total}", n=place + 1, total=len(quotations))
    keyboard = answer_keyboard(quotations[place].passage, view, answer.id, place, len(quotations))
    return Body(f"{escape(head)}\n{body.html}", keyboard, body.cites)


async def _quotations(context: Context, answer: StoredAnswer) -> tuple[Quotation, ...]:
    """Return the passages that an answer showed and that may still be quoted."""
    passages = await load_passages(context.db, [shown.paragraph_id for shown in answer.passages])
    return tuple(
        Quotation(passage, Excerpt(shown.span, ()), shown.score)
        for shown in answer.passages
        if (passage := passages.get(shown.paragraph_id))
    )


def _shown(hits: Sequence[Hit], quotations: Sequence[Quotation]) -> tuple[Shown, ...]:
    """Return what an answer has to show, with the best sentences of the passages read so far."""
    read = {each.passage.paragraph_id: each.excerpt.sentence for each in quotations}
    return tuple(
        Shown(hit.paragraph_id, read.get(hit.paragraph_id, Span(0, 0)), hit.score) for hit in hits
    )


def empty_body(context: Context) -> Body:
    """Return what an empty corpus says to a reader, and to the owner."""
    locale = context.locale
    if context.role.covers(Role.EDITOR):
        return Body(escape(locale.text("There are no articles yet. Send the first: /add")))
    return Body(escape(locale.text("There are no articles yet. Look in later.")))


def _is_addressed(message: Message, username: str, bot_id: int) -> bool:
    """Return whether a text in a group is a reply to the bot or mentions it."""
    replied = message.reply_to_message
    if replied is not None and replied.from_user and replied.from_user.id == bot_id:
        return True
    mentions = message.parse_entities([MessageEntity.MENTION]).values()
    return any(mention.casefold() == f"@{username}".casefold() for mention in mentions)


def _without_mention(message: Message, username: str) -> str:
    words = (message.text or "").split()
    name = f"@{username}".casefold()
    return " ".join(word for word in words if word.casefold().rstrip(",:") != name)


COMMANDS = (Command("ask", ask, "Ask a question"),)
BUTTONS = (ButtonHandler("more", on_more),)
