"""All articles, the newest first; those of a time; or those that say most of some words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from telegram import Update

from bot.chat.corpus import empty_body
from bot.chat.gone import withdrawn_row
from bot.chat.places import numbers_of, pressed_row, reply_target, view_of
from bot.chat.requests import Request, read_any_period
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.locales import Locale
from bot.replies.dates import date_words
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button, Edit, Outcome, Send
from bot.store.articles import (
    ListedArticle,
    count_articles,
    list_articles,
    list_articles_of,
)
from index.types import DateMention, Precision, Scope, Span

#: Articles on a page: as many as a phone shows without scrolling.
PAGE = 8

#: A title in the list is cut at two lines of a phone.
MOST_TITLE = 80


async def articles(update: Update, context: Context) -> Outcome:
    """Reply with the first page of the list, or with what `/articles порт 2025` asks for."""
    words = " ".join(context.args or ())
    return await list_in_chat(update, context, read_any_period(words, view_of(context).today))


async def list_in_chat(update: Update, context: Context, request: Request) -> Outcome:
    """Return the reply with the articles of a time, those about some words, or all."""
    is_asked = bool(request.words) and await count_articles(context.db) > 0
    if is_asked:
        body = await _about(context, request)
    else:
        body = await articles_body(update, context, period=request.period)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_articles(update: Update, context: Context) -> Outcome:
    """Turn to another page, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await articles_body(update, context, page)),))


async def on_articles_of(update: Update, context: Context) -> Outcome:
    """Turn to another page of the articles of a time, in place.

    Raises:
        UserError: the data name no time; a hostile client can send anything.

    """
    page, *numbers = numbers_of(update, 4)
    period = _period_of(numbers)
    chat_id, row = await pressed_row(update, context)
    body = await articles_body(update, context, page, period)
    return Outcome(out=(Edit(chat_id, row, body),))


async def articles_body(
    update: Update, context: Context, page: int = 1, period: DateMention | None = None
) -> Body:
    """Return a page of the list, of a time if one is given.

    An editor gets a button to what is withdrawn.
    """
    locale = context.locale
    withdrawn = await withdrawn_row(update, context)
    days = Request("", period).days
    total = await count_articles(context.db, days)
    if not total and period and await count_articles(context.db):
        return _none(
            context,
            locale.text("No article is of this time: {days}.", days=date_words(period, locale)),
        )
    if not total:
        empty = empty_body(context)
        return replace(empty, keyboard=tuple(row for row in (*empty.keyboard, withdrawn) if row))
    pages = -(-total // PAGE)
    page = max(1, min(page, pages))
    heads = [f"<b>{escape(locale.count('{n} article', '{n} articles', total))}</b>"]
    if period:
        heads.append(escape(date_words(period, locale)))
    if pages > 1:
        heads.append(escape(locale.text("page {n} of {total}", n=page, total=pages)))
    lines = [" · ".join(heads)]
    lines += _lines(await list_articles(context.db, PAGE, (page - 1) * PAGE, days), locale)
    lines.append(escape(locale.text("To read one: /article and its number.")))
    row = []
    if page > 1:
        row.append(Button(locale.text("Back"), data=_page_data(page - 1, period)))
    if page < pages:
        row.append(Button(locale.text("Next"), data=_page_data(page + 1, period)))
    everything = (_all_button(locale),) if period else ()
    rows = (tuple(row), everything, () if period else withdrawn)
    return Body("\n".join(lines), tuple(each for each in rows if each))


def _page_data(page: int, period: DateMention | None) -> str:
    """Return the data of a button to a page: its number, then the time, a missing end as 0."""
    if period is None:
        return f"list:{page}"
    ends = (day.toordinal() if day else 0 for day in (period.first, period.last))
    return ":".join(map(str, ("listof", page, *ends, list(Precision).index(period.precision))))


def _period_of(numbers: list[int]) -> DateMention:
    """Return the time that three numbers of callback data name. Raises: UserError if none."""
    try:
        first, last = (date.fromordinal(each) if each else None for each in numbers[:2])
        precision = list(Precision)[numbers[2]]
    except (ValueError, OverflowError, IndexError) as error:
        raise UserError("This button is out of date.") from error
    return DateMention(Span(0, 0), first, last, precision)


async def _about(context: Context, request: Request) -> Body:
    """Return the articles that say most of some words, the best first."""
    locale, shown = context.locale, shorten(request.words, MOST_LINE)
    within = Scope(days=request.days)
    answer = await context.services.search.find(request.words, within=within)
    ids = list(dict.fromkeys(hit.article_id for hit in answer.hits))
    listed = await list_articles_of(context.db, ids[:PAGE])
    if not listed:
        return _none(context, locale.text("No article has “{words}”.", words=shown), request.period)
    head = locale.text("Articles with “{words}”", words=shown)
    lines = [" · ".join((f"<b>{escape(head)}</b>", *_period_words(request.period, locale)))]
    lines += _lines(listed, locale)
    lines.append(escape(locale.text("To read one: /article and its number.")))
    return Body("\n".join(lines), ((_all_button(locale),),))


def _none(context: Context, words: str, period: DateMention | None = None) -> Body:
    """Return that there is no such article, and the way to all of them."""
    lines = (escape(words), *_period_words(period, context.locale))
    return Body("\n".join(lines), ((_all_button(context.locale),),))


def _period_words(period: DateMention | None, locale: Locale) -> tuple[str, ...]:
    """Return the time that articles were narrowed to, in words, if they were."""
    if period is None:
        return ()
    return (escape(locale.text("Only articles of: {days}", days=date_words(period, locale))),)


def _all_button(locale: Locale) -> Button:
    return Button(locale.text("All articles"), data="list:1")


def _lines(listed: Iterable[ListedArticle], locale: Locale) -> list[str]:
    return [
        f"{each.id}. {escape(shorten(each.title, MOST_TITLE))} · {escape(locale.day(each.day))}"
        for each in listed
    ]


COMMANDS = (Command("articles", articles, "All articles, the newest first"),)
BUTTONS = (ButtonHandler("list", on_articles), ButtonHandler("listof", on_articles_of))
