"""Inline mode: a finished cited card for any chat."""

from telegram import Update
from telegram.helpers import create_deep_linked_url

from bot.chat.places import view_of
from bot.context import Context
from bot.replies.layout import shorten
from bot.replies.outcome import Body, Button, Card, InlineCards, Outcome
from bot.replies.passage import passage_body
from bot.store.articles import list_articles
from bot.store.passages import list_paragraphs
from index.types import Excerpt, Passage, Quotation, Span, Verdict

#: Cards on a page of inline results.
PAGE = 10

#: What a result shows of the passage in the list.
MOST_DESCRIPTION = 120


async def inline(update: Update, context: Context) -> Outcome:
    """Answer with the passages that fit the query, or with the newest articles for none."""
    query = update.inline_query
    text = query.query.strip() if query else ""
    quotations = await (_found(context, text) if text else _newest(context))
    offset = int(query.offset) if query and query.offset.isdecimal() else 0
    shown = quotations[offset : offset + PAGE]
    rest = offset + PAGE < len(quotations)
    return Outcome(
        now=InlineCards(
            cards=tuple(_card(quotation, context) for quotation in shown),
            next_offset=str(offset + PAGE) if rest else "",
            start=context.locale.text("Ask in the private chat"),
        )
    )


async def _found(context: Context, text: str) -> tuple[Quotation, ...]:
    cited = await context.search.answer(text)
    return () if cited.answer.verdict is Verdict.NONE else cited.quotations


async def _newest(context: Context) -> tuple[Quotation, ...]:
    first: list[Passage] = []
    for listed in await list_articles(context.db, PAGE):
        first += await list_paragraphs(context.db, listed.id, limit=1)
    return tuple(Quotation(passage, Excerpt(Span(0, 0), ()), 0.0) for passage in first)


def _card(quotation: Quotation, context: Context) -> Card:
    passage, view = quotation.passage, view_of(context)
    body = passage_body(quotation, view)
    link = create_deep_linked_url(view.username, f"p{passage.paragraph_id}")
    keyboard = ((Button(context.locale.text("Context"), url=link),),)
    return Card(
        id=f"{context.search.version}-{passage.paragraph_id}",
        title=f"{passage.title} · {context.locale.day(passage.day)}",
        description=shorten(passage.text, MOST_DESCRIPTION),
        body=Body(body.html, keyboard, body.cites),
    )
