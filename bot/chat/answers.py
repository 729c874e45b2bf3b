"""What can be done with an answer: its other passages, why it is one, a link to it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from telegram import Update

from bot.chat.banners import with_banner
from bot.chat.gone import require_published
from bot.chat.periods import Found, find_answer_within
from bot.chat.places import (
    message_of,
    numbers_of,
    reply_target,
    require_asker,
    spoken_in,
    user_of,
    view_of,
)
from bot.chat.sayings import find_said
from bot.context import ButtonHandler, Context
from bot.errors import UserError
from bot.replies.answer import AnswerCard, Face, answer_body, example_line
from bot.replies.filters import NO_FILTERS
from bot.replies.outcome import Edit, Outcome, Send, Target
from bot.replies.why import why_body
from bot.search import UNREAD
from bot.store.answers import StoredAnswer, get_answer, mint_answer_id
from bot.store.passages import load_passages
from bot.store.timeline import list_dates
from index.answering import find_excerpt
from index.grouping import Group, find_rival, group_copies, relevant
from index.types import Answer, DateMention, Excerpt, Hit, Question, Quotation, Verdict

_WHEN = re.compile(
    r"\b(?:когда|kogda|when|nə vaxt|haçan)\b|как(?:ого|ой) (?:числа|даты)", re.IGNORECASE
)

#: Passages that «Ещё» goes through.
MOST_PASSAGES = 10


async def on_more(update: Update, context: Context) -> Outcome:
    """Show another passage of an answer in place of the present one."""
    answer_id, place = numbers_of(update, 2)
    return await redraw(update, context, answer_id, place)


async def on_actions(update: Update, context: Context) -> Outcome:
    """Show what can be done with a passage, in place of its other buttons."""
    answer_id, place = numbers_of(update, 2)
    return await redraw(update, context, answer_id, place, Face.ACTING)


async def on_why(update: Update, context: Context) -> Outcome:
    """Say by which words a passage was found."""
    answer_id, place = numbers_of(update, 2)
    stored = await get_answer(context.db, answer_id)
    question = asked_in(update, context)
    card = await load_card(update, context, stored, question)
    passage = card.groups[place % len(card.groups)].quotation.passage
    explained = None
    if question:
        found = await _found_again(context, stored, question.text)
        explained = await context.search.explain(
            found.words, passage.paragraph_id, as_written=card.suggestion is None
        )
    body = why_body(passage, explained, stored.id, stored.index_version, view_of(context))
    return Outcome(out=(Send(reply_target(update), body),))


async def show_answer(update: Update, context: Context, answer_id: int, place: int = 0) -> Outcome:
    """Show the passages of an answer again, from one of them on, to whoever has its link."""
    answer = await get_answer(context.db, answer_id)
    fresh = StoredAnswer(
        id=mint_answer_id(),
        chat_id=message_of(update).chat.id,
        asker_id=user_of(update).id,
        passages=answer.passages,
        index_version=answer.index_version,
        verdict=answer.verdict,
        created_at=context.services.now(),
    )
    card = await load_card(update, context, fresh, None, place)
    place %= len(card.groups)
    body = answer_body(card, view_of(context), place)
    body = await with_banner(context, body, card.groups[place].quotation.passage)
    target = reply_target(update)
    return Outcome(out=(Send(Target(target.chat_id, target.thread_id), body, answer=fresh),))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was written; `is_example` if it is one of the bot's own."""

    text: str
    is_example: bool = False


def hits_to_show(answer: Answer) -> tuple[Hit, ...]:
    """Return the hits that an answer pages through."""
    return relevant(answer.hits)[:MOST_PASSAGES]


async def find_dates_asked(
    context: Context, question: str, quotations: Sequence[Quotation]
) -> Mapping[int, Sequence[DateMention]]:
    """Return the dates of the events in the passages, by paragraph, if the question asks when."""
    if not _WHEN.search(question):
        return {}
    ids = [quotation.passage.paragraph_id for quotation in quotations]
    return await list_dates(context.db, ids)


def asked_in(update: Update, context: Context) -> Asked | None:
    """Return the question that the answer with the pressed button answers, None if it is gone.

    Questions are not stored: it stands in the answer's first line, if it is one of the bot's own or
    was narrowed by a button, else in the message replied to.
    """
    message = message_of(update)
    head = example_line("", view_of(context)).strip()
    first = (message.text or "").partition("\n")[0]
    if first.startswith(head):
        return Asked(first.removeprefix(head).strip(), is_example=True)
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.is_bot:
        return None
    text = spoken_in(replied, context.services.username)
    return Asked(text) if text else None


async def get_own_answer(
    update: Update, context: Context, answer_id: int
) -> tuple[StoredAnswer, int]:
    """Return the answer under which its asker pressed a button, and the row of its message.

    Raises:
        UserError: somebody else asked, or the answer is gone.

    """
    stored = await get_answer(context.db, answer_id)
    require_asker(update, stored.asker_id)
    if stored.outbox_id is None:
        raise UserError("This button is out of date.")
    return stored, stored.outbox_id


async def redraw(
    update: Update, context: Context, answer_id: int, place: int, face: Face = Face.READING
) -> Outcome:
    """Show a passage of the answer under which a button was pressed, with the buttons of a face.

    Raises:
        UserError: somebody else asked, or the answer is gone.

    """
    stored, row = await get_own_answer(update, context, answer_id)
    card = await load_card(update, context, stored, asked_in(update, context), place)
    place %= len(card.groups)
    body = answer_body(card, view_of(context), place, face)
    body = await with_banner(context, body, card.groups[place].quotation.passage)
    return Outcome(out=(Edit(stored.chat_id, row, body),))


async def load_card(
    update: Update, context: Context, stored: StoredAnswer, asked: Asked | None, place: int = 0
) -> AnswerCard:
    """Return an answer as it was shown, less what has been withdrawn, to be opened at `place`.

    Raises:
        UserError: nothing of it is left.

    """
    passages = await load_passages(context.db, [shown.paragraph_id for shown in stored.passages])
    groups = group_copies(
        [
            Quotation(passage, Excerpt(shown.span, shown.highlights), shown.score)
            for shown in stored.passages
            if (passage := passages.get(shown.paragraph_id))
        ]
    )
    if not groups:
        for shown in stored.passages[:1]:
            await require_published(update, context, shown.paragraph_id)
        raise UserError("This passage is not to be had any more.")
    found = await _found_again(context, stored, asked.text) if asked else None
    answer = found.answer if found else None
    said = await find_said(context, asked.text) if asked else None
    return AnswerCard(
        stored.id,
        Verdict(stored.verdict),
        _read_at(groups, place % len(groups), answer.question) if answer else groups,
        find_rival(groups, answer.question) if answer else None,
        answer.suggestion if answer else None,
        asked.text if asked and asked.is_example else None,
        found.filters if found else NO_FILTERS,
        await find_dates_asked(context, asked.text, [g.quotation for g in groups]) if asked else {},
        silent=said.name if said else None,
        is_across=answer is not None and answer.is_across,
    )


def _read_at(groups: tuple[Group, ...], place: int, question: Question) -> tuple[Group, ...]:
    """Return the groups, the passage at `place` read for its best sentence if it was not before."""
    group = groups[place]
    quotation = group.quotation
    if quotation.excerpt != UNREAD:
        return groups
    excerpt = find_excerpt(quotation.passage.text, question)
    read = replace(group, quotation=replace(quotation, excerpt=excerpt))
    return (*groups[:place], read, *groups[place + 1 :])


async def _found_again(context: Context, stored: StoredAnswer, question: str) -> Found:
    """Return the answer that a question has now, read as it was when the stored one was given.

    It may have been answered as written, or from everywhere: that is told by what it showed.
    """
    ids = [shown.paragraph_id for shown in stored.passages]

    def is_same(found: Found) -> bool:
        return [hit.paragraph_id for hit in hits_to_show(found.answer)] == ids

    first = await find_answer_within(context, question)
    found = first
    if found.answer.suggestion and not is_same(found):
        found = await find_answer_within(context, question, as_written=True)
    if found.filters and not is_same(found):
        found = await find_answer_within(context, question, is_wide=True)
    return found if is_same(found) else first


BUTTONS = (
    ButtonHandler("more", on_more),
    ButtonHandler("act", on_actions),
    ButtonHandler("why", on_why),
)
