"""A question in words, and the passage that answers it."""

from dataclasses import replace
from datetime import timedelta

from telegram import Message, Update

from bot.chat.answers import MOST_PASSAGES, asked_in, find_dates_asked, get_own_answer, hits_to_show
from bot.chat.asides import find_aside
from bot.chat.corpus import empty_body
from bot.chat.periods import Found, find_answer_within
from bot.chat.places import (
    is_addressed,
    is_person,
    is_private,
    is_recent,
    is_too_much,
    message_of,
    numbers_of,
    reply_target,
    spoken_in,
    user_of,
    view_of,
)
from bot.chat.quote import list_in_chat
from bot.chat.refusals import counted
from bot.chat.sayings import find_said
from bot.chat.spoken import find_spoken
from bot.chat.welcome import return_courtesy
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.answer import AnswerCard, answer_body
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.replies.refusal import refusal_body
from bot.store.answers import Shown, StoredAnswer, find_answer, mint_answer_id
from index.courtesy import read_courtesy
from index.grouping import find_rival, group_copies
from index.types import CitedAnswer, Verdict

#: A longer question is refused. Source: docs/reliability.md, limits.
MOST_QUESTION = 1000

#: Whoever mends his question within this gets his answer mended.
EDIT_WITHIN = timedelta(minutes=15)


async def ask(update: Update, context: Context) -> Outcome:
    """Reply to `/ask words`; without words say how to ask."""
    words = " ".join(context.args or ())
    if not words:
        name = "" if is_private(update) else f"@{context.services.username}"
        text = context.locale.text(
            "Write a question after the command: {command} When does it open?",
            command=f"/ask{name}",
        )
        return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
    return await answer_question(update, context, words)


async def on_text(update: Update, context: Context) -> Outcome:
    """Reply to a text: any in private, in groups only one that speaks to the bot."""
    if not is_person(update) or not is_addressed(update, context):
        return Outcome()
    if is_too_much(update, context):
        return Outcome()
    if aside := await find_aside(update, context):
        return aside
    message, username = message_of(update), context.services.username
    words = spoken_in(message, username)
    shown = message.reply_to_message
    if not words and shown and _is_question(shown):
        outcome = await answer_question(update, context, spoken_in(shown, username))
        return _as_reply_to(outcome, shown.message_id)
    return await answer_question(update, context, words)


def _is_question(message: Message) -> bool:
    """Return whether a person wrote what somebody shows the bot by replying with its name."""
    author = message.from_user
    return bool(message.text and author and not author.is_bot and not message.via_bot)


def _as_reply_to(outcome: Outcome, message_id: int) -> Outcome:
    """Return an outcome whose messages answer another one; their buttons read it there."""
    out = tuple(
        replace(each, target=replace(each.target, reply_to=message_id))
        if isinstance(each, Send)
        else each
        for each in outcome.out
    )
    return replace(outcome, out=out)


async def on_other(update: Update, context: Context) -> Outcome:
    """Say that only text is read, where somebody sends a picture or a voice in private."""
    if not is_private(update) or not is_person(update):
        return Outcome()
    text = context.locale.text("I read only text. Write your question in words.")
    return Outcome(out=(Send(reply_target(update), Body(escape(text))),))


async def on_edited(update: Update, context: Context) -> Outcome:
    """Mend the answer to a question that was mended, if another one comes of it."""
    message = update.edited_message
    if message is None or not message.text or not is_recent(message, context, EDIT_WITHIN):
        return Outcome()
    answer = await find_answer(context.db, message.chat.id, message.message_id)
    if answer is None or answer.outbox_id is None or not is_person(update):
        return Outcome()
    if is_too_much(update, context):
        return Outcome()
    text = spoken_in(message, context.services.username)
    return _as_edit(await answer_question(update, context, text), answer)


async def on_as_written(update: Update, context: Context) -> Outcome:
    """Answer a question that was read otherwise as it was written, in place."""
    return await _answer_again(update, context, as_written=True)


async def on_everywhere(update: Update, context: Context) -> Outcome:
    """Answer a question that was narrowed from all articles, in place."""
    return await _answer_again(update, context, is_wide=True)


async def _answer_again(
    update: Update, context: Context, *, as_written: bool = False, is_wide: bool = False
) -> Outcome:
    """Return the answer to the same question, read in another way, in place of the first."""
    (answer_id,) = numbers_of(update, 1)
    asked = asked_in(update, context)
    if asked is None:
        raise UserError("This button is out of date.")
    return await answer_in_place(
        update,
        context,
        answer_id,
        asked.text,
        as_written=as_written,
        is_wide=is_wide,
        is_example=asked.is_example,
    )


async def answer_in_place(
    update: Update,
    context: Context,
    answer_id: int,
    text: str,
    *,
    as_written: bool = False,
    is_wide: bool = False,
    is_example: bool = True,
) -> Outcome:
    """Return another answer in the place of one, for its asker.

    Raises:
        UserError: somebody else asked, or the answer is gone.

    """
    answer, _ = await get_own_answer(update, context, answer_id)
    outcome = await answer_question(
        update, context, text, as_written=as_written, is_wide=is_wide, is_example=is_example
    )
    return _as_edit(outcome, answer, is_forced=True)


async def answer_question(
    update: Update,
    context: Context,
    text: str,
    *,
    as_written: bool = False,
    is_wide: bool = False,
    is_example: bool = False,
) -> Outcome:
    """Return the reply to a question; to one of the bot's own, `is_example`, with the question.

    Raises:
        UserError: the question is too long.

    """
    if len(text) > MOST_QUESTION:
        raise UserError("The question is longer than 1000 characters. Shorten it, please.")
    if courtesy := read_courtesy(text):
        return await return_courtesy(update, context, courtesy)
    if not context.search.paragraph_count:
        return Outcome(out=(Send(reply_target(update), empty_body(context)),))
    if not as_written and (listed := await find_spoken(update, context, text)):
        return listed
    said = await find_said(context, text)
    if said and said.quotes:
        return list_in_chat(update, context, said.quotes, said.topic, said.filters)
    found = await find_answer_within(context, text, as_written=as_written, is_wide=is_wide)
    answer = found.answer
    courtesy = read_courtesy(answer.suggestion or "")
    if courtesy and not as_written:  # «ghbdtn»
        return await return_courtesy(update, context, courtesy)
    if answer.suggestion and not said:
        said = await find_said(context, answer.suggestion)
        if said and said.quotes:
            return list_in_chat(update, context, said.quotes, said.topic, said.filters)
    return await _replied(update, context, text, found, said.name if said else None, is_example)


async def _replied(
    update: Update, context: Context, text: str, found: Found, silent: str | None, is_example: bool
) -> Outcome:
    """Return the reply with what was found; `silent` is whose words were asked for in vain."""
    answer, view = found.answer, view_of(context)
    example = text if is_example else None
    # An answer shows its passages; a refusal the headings of the nearest ones, near or not.
    is_refused = answer.verdict is Verdict.NONE or not answer.hits
    hits = answer.hits[:MOST_PASSAGES] if is_refused else hits_to_show(answer)
    cited = CitedAnswer(answer, await context.search.quote(answer, hits, is_brief=True))
    stored = _as_stored(update, context, cited)
    write = None
    if is_refused or not cited.quotations:
        if not found.filters and answer.verdict is Verdict.NONE and not is_example:
            write = counted(update, context, answer.suggestion or text)
        body = refusal_body(cited, view, stored.id, found.filters, silent, example)
    else:
        groups = group_copies(cited.quotations)
        card = AnswerCard(
            stored.id,
            answer.verdict,
            groups,
            find_rival(groups, answer.question),
            answer.suggestion,
            example,
            found.filters,
            await find_dates_asked(context, text, cited.quotations),
            silent=silent,
            is_across=answer.is_across,
        )
        body = answer_body(card, view)
    return Outcome(out=(Send(reply_target(update), body, answer=stored),), write=write)


def _as_stored(update: Update, context: Context, cited: CitedAnswer) -> StoredAnswer:
    """Return what is kept of an answer: what it showed, never the question."""
    message = message_of(update)
    asked = message.reply_to_message if update.callback_query else message
    return StoredAnswer(
        id=mint_answer_id(),
        chat_id=message.chat.id,
        asker_id=user_of(update).id,
        passages=tuple(
            Shown(
                each.passage.paragraph_id,
                each.excerpt.sentence,
                each.score,
                each.excerpt.highlights,
            )
            for each in cited.quotations
        ),
        index_version=cited.answer.index_version,
        verdict=cited.answer.verdict.value,
        created_at=context.services.now(),
        question_message_id=asked.message_id if asked else None,
    )


def _as_edit(outcome: Outcome, answer: StoredAnswer, *, is_forced: bool = False) -> Outcome:
    """Return the new answer in place of an old one; nothing if it shows the same passages.

    Unless it is forced: then what stands above them is another.
    """
    sent = next((item for item in outcome.out if isinstance(item, Send)), None)
    if sent is None or answer.outbox_id is None:
        return Outcome()
    if not is_forced and sent.answer and sent.answer.passages == answer.passages:
        return Outcome()
    edit = Edit(answer.chat_id, answer.outbox_id, sent.body, sent.answer)
    return Outcome(out=(edit,), write=outcome.write)


COMMANDS = (Command("ask", ask, "Ask a question"),)
BUTTONS = (ButtonHandler("asis", on_as_written), ButtonHandler("wide", on_everywhere))
