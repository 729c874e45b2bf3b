"""Inline and guest mode: a finished cited card for any chat."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from telegram import Update
from telegram.helpers import create_deep_linked_url

from bot.chat.answers import find_dates_asked
from bot.chat.ask import MOST_QUESTION
from bot.chat.periods import find_answer_within
from bot.chat.places import spoken_in, view_of
from bot.chat.quote import cards_of, quote_cards
from bot.chat.requests import QUOTES, TIMELINES, read_wish
from bot.chat.sayings import Said, find_said
from bot.chat.timeline import event_cards
from bot.context import Context
from bot.replies.answer import across_line, dated_body, near_line, silent_line
from bot.replies.filters import Filters, filter_lines
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button, Card, GuestCard, InlineCards, Outcome
from bot.replies.passage import source_buttons
from bot.replies.refusal import refusal_body
from bot.search import MOST_QUOTATIONS
from bot.store.articles import list_articles
from bot.store.passages import list_paragraphs
from index.types import CitedAnswer, DateMention, Excerpt, Passage, Quotation, Span, Verdict

#: Cards on a page of inline results.
PAGE = 10

#: What a result shows of the passage in the list.
MOST_DESCRIPTION = 120


#: What the button above the cards opens in the private chat, as a payload of /start.
ASK_LINK, QUOTES_LINK, TIMELINE_LINK = "ask", "quotes", "timeline"


async def inline(update: Update, context: Context) -> Outcome:
    """Answer with the passages that fit the query, or with the newest articles for none.

    «цитата Лисовец» gives quotes, «хроника хартия» events.
    """
    query = update.inline_query
    text = query.query.strip() if query else ""
    what, rest = read_wish(text)
    cards = await _cards(context, text, what, rest)
    start, opens = _start(context, what, has_cards=bool(cards) or not text)
    offset = int(query.offset) if query and query.offset.isdecimal() else 0
    has_more = offset + PAGE < len(cards)
    return Outcome(
        now=InlineCards(
            cards=tuple(cards[offset : offset + PAGE]),
            next_offset=str(offset + PAGE) if has_more else "",
            start=start,
            opens=opens,
        )
    )


def _start(context: Context, what: str, *, has_cards: bool) -> tuple[str, str]:
    """Return the label and payload of the button above the cards: what there is without any."""
    locale = context.locale
    if has_cards:
        return locale.text("Ask in the private chat"), ASK_LINK
    if what in QUOTES:
        return locale.text("No such quotes. Show all"), QUOTES_LINK
    if what in TIMELINES:
        return locale.text("No such events. Show all"), TIMELINE_LINK
    return locale.text("No answer. Ask in the private chat"), ASK_LINK


async def _cards(context: Context, text: str, what: str, rest: str) -> Sequence[Card]:
    """Return the cards that a query asks for; `what` is its first word, `rest` are the others."""
    if what in QUOTES:
        return await quote_cards(context, rest)
    if what in TIMELINES:
        return await event_cards(context, rest)
    if not text:
        return [_card(quotation, context) for quotation in await _newest(context)]
    said = await find_said(context, text)
    if said and said.quotes:
        return cards_of(context, said.quotes)
    cited, filters = await _cited(context, text)
    if cited.answer.verdict is Verdict.NONE:
        return ()
    above = _above(cited, filters, said, context)
    dates = await find_dates_asked(context, text, cited.quotations)
    return [_card(quotation, context, above, dates) for quotation in cited.quotations]


async def guest(update: Update, context: Context) -> Outcome:
    """Answer a question from a chat that the bot is not in, with one card.

    Nothing is kept of that chat: its number may be that of another one.
    """
    message = update.guest_message
    text = spoken_in(message, context.services.username) if message else ""
    if not text:
        return Outcome()
    said = await find_said(context, text[:MOST_QUESTION])
    if said and said.quotes:
        return Outcome(now=GuestCard(cards_of(context, said.quotes)[0]))
    cited, filters = await _cited(context, text[:MOST_QUESTION])
    if cited.answer.verdict is Verdict.NONE:
        body = Body(refusal_body(cited, view_of(context), filters=filters).html)
        title = context.locale.text("No article has the answer.")
        return Outcome(now=GuestCard(Card(id="none", title=title, description="", body=body)))
    above = _above(cited, filters, said, context)
    dates = await find_dates_asked(context, text, cited.quotations[:1])
    return Outcome(now=GuestCard(_card(cited.quotations[0], context, above, dates)))


async def _cited(context: Context, text: str) -> tuple[CitedAnswer, Filters]:
    """Return the answer to a question with its passages, and what it was narrowed to."""
    found = await find_answer_within(context, text)
    hits = found.answer.hits[:MOST_QUOTATIONS]
    return CitedAnswer(found.answer, await context.search.quote(found.answer, hits)), found.filters


def _above(cited: CitedAnswer, filters: Filters, said: Said | None, context: Context) -> list[str]:
    """Return what a card says above its passage."""
    lines = [*filter_lines(filters, context.locale)]
    if said and said.name:
        lines.append(silent_line(said.name, context.locale))
    if cited.answer.is_across:
        lines.append(across_line(context.locale))
    if cited.answer.verdict is Verdict.NEAR:
        lines.append(near_line(context.locale))
    return lines


async def _newest(context: Context) -> tuple[Quotation, ...]:
    first: list[Passage] = []
    for listed in await list_articles(context.db, PAGE):
        first += await list_paragraphs(context.db, listed.id, limit=1)
    return tuple(Quotation(passage, Excerpt(Span(0, 0), ()), 0.0) for passage in first)


def _card(
    quotation: Quotation,
    context: Context,
    above: Sequence[str] = (),
    dates: Mapping[int, Sequence[DateMention]] = MappingProxyType({}),
) -> Card:
    passage, view = quotation.passage, view_of(context)
    body = dated_body(quotation, dates.get(passage.paragraph_id, ()), view)
    link = create_deep_linked_url(view.username, f"p{passage.paragraph_id}")
    row = [Button(context.locale.text("Context"), url=link)]
    row += source_buttons(passage, quotation.excerpt.sentence.of(passage.text), view)
    return Card(
        id=f"{context.search.version}-{passage.paragraph_id}",
        title=f"{passage.title} · {context.locale.day(passage.day)}",
        description=shorten(passage.text, MOST_DESCRIPTION),
        body=Body("\n".join((*map(escape, above), body.html)), (tuple(row),), body.cites),
    )
