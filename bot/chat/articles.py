"""All articles, the newest first, or those that say most of some words."""

from collections.abc import Iterable
from dataclasses import replace

from telegram import Update

from bot.chat.corpus import empty_body
from bot.chat.gone import withdrawn_row
from bot.chat.places import numbers_of, pressed_row, reply_target
from bot.context import ButtonHandler, Command, Context
from bot.locales import Locale
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button, Edit, Outcome, Send
from bot.store.articles import (
    ListedArticle,
    count_articles,
    list_articles,
    list_articles_of,
)

#: Articles on a page: as many as a phone shows without scrolling.
PAGE = 8

#: A title in the list is cut at two lines of a phone.
MOST_TITLE = 80


async def articles(update: Update, context: Context) -> Outcome:
    """Reply with the first page of the list, or with what `/articles порт` asks for."""
    words = " ".join(context.args or ())
    is_asked = bool(words) and await count_articles(context.db) > 0
    body = await _about(context, words) if is_asked else await articles_body(update, context)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_articles(update: Update, context: Context) -> Outcome:
    """Turn to another page, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await articles_body(update, context, page)),))


async def articles_body(update: Update, context: Context, page: int = 1) -> Body:
    """Return a page of the list; an editor gets a button to what is withdrawn."""
    locale = context.locale
    withdrawn = await withdrawn_row(update, context)
    total = await count_articles(context.db)
    if not total:
        empty = empty_body(context)
        return replace(empty, keyboard=tuple(row for row in (*empty.keyboard, withdrawn) if row))
    pages = -(-total // PAGE)
    page = max(1, min(page, pages))
    lines = [f"<b>{escape(locale.count('{n} article', '{n} articles', total))}</b>"]
    if pages > 1:
        lines[0] += " · " + escape(locale.text("page {n} of {total}", n=page, total=pages))
    lines += _lines(await list_articles(context.db, PAGE, (page - 1) * PAGE), locale)
    lines.append(escape(locale.text("To read one: /article and its number.")))
    row = []
    if page > 1:
        row.append(Button(locale.text("Back"), data=f"list:{page - 1}"))
    if page < pages:
        row.append(Button(locale.text("Next"), data=f"list:{page + 1}"))
    return Body("\n".join(lines), tuple(each for each in (tuple(row), withdrawn) if each))


async def _about(context: Context, words: str) -> Body:
    """Return the articles that say most of some words, the best first."""
    locale, shown = context.locale, shorten(words, MOST_LINE)
    answer = await context.services.search.find(words)
    ids = list(dict.fromkeys(hit.article_id for hit in answer.hits))
    listed = await list_articles_of(context.db, ids[:PAGE])
    if listed:
        head = locale.text("Articles with “{words}”", words=shown)
        lines = [f"<b>{escape(head)}</b>"]
        lines += _lines(listed, locale)
        lines.append(escape(locale.text("To read one: /article and its number.")))
    else:
        lines = [escape(locale.text("No article has “{words}”.", words=shown))]
    everything = Button(locale.text("All articles"), data="list:1")
    return Body("\n".join(lines), ((everything,),))


def _lines(listed: Iterable[ListedArticle], locale: Locale) -> list[str]:
    return [
        f"{each.id}. {escape(shorten(each.title, MOST_TITLE))} · {escape(locale.day(each.day))}"
        for each in listed
    ]


COMMANDS = (Command("articles", articles, "All articles, the newest first"),)
BUTTONS = (ButtonHandler("list", on_articles),)
