"""/quality and /stats: how good the answers are, and how much is asked and waits."""

from datetime import datetime, timedelta

from telegram import Update

from bot.chat.places import reply_target
from bot.context import Command, Context
from bot.locales import Locale
from bot.quality import MOST_ASKED, Asked, ask_golden, score
from bot.replies.layout import escape
from bot.replies.outcome import Body, Outcome, Send
from bot.replies.quality import named_lines, score_lines
from bot.store.articles import count_articles
from bot.store.database import Transaction
from bot.store.golden import list_golden
from bot.store.quality import add_score, find_last_score
from bot.store.roles import Role
from bot.store.statistics import (
    Day,
    Following,
    Waiting,
    count_following,
    count_waiting,
    list_days,
)

#: Days of which questions are counted, today's among them.
DAYS = 7


async def quality(update: Update, context: Context) -> Outcome:
    """Reply with the figures of the golden questions on the running index, against the last."""
    locale, at = context.locale, context.services.now()
    golden = (await list_golden(context.db))[:MOST_ASKED]
    if not golden:
        text = locale.text("There are no golden questions yet. Keep some: /unanswered")
        return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
    asked = [await ask_golden(each, context.search.find) for each in golden]
    found, last = score(asked), await find_last_score(context.db)
    lines = list(score_lines(found, last and last[0], locale))
    if last:
        lines.append(locale.text("Last measured: {day}.", day=locale.day(last[1].date())))
    lines += missed_lines([each for each in asked if not (each.is_right or each.is_open)], locale)
    open_ = [each.golden.question for each in asked if each.is_open]
    lines += named_lines(
        locale.text("To look at, their paragraph says other things now:"), open_, locale
    )
    version = context.search.version

    async def write(connection: Transaction) -> None:
        await add_score(connection, found, version, at)

    body = Body(escape("\n".join(lines)))
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def stats(update: Update, context: Context) -> Outcome:
    """Reply with counts: articles, questions a day, subscriptions, what waits. No names."""
    locale = context.locale
    articles = locale.count("{n} article", "{n} articles", await count_articles(context.db))
    paragraphs = locale.count("{n} paragraph", "{n} paragraphs", context.search.paragraph_count)
    lines = [f"{articles}, {paragraphs}.", locale.text("Questions a day:")]
    days = await list_days(context.db, _first_day(context))
    lines += [_day_line(each, locale) for each in days] or [locale.text("none yet")]
    lines.append(_following_line(await count_following(context.db), locale))
    lines.append(_waiting_line(await count_waiting(context.db), locale))
    return Outcome(out=(Send(reply_target(update), Body(escape("\n".join(lines)))),))


def missed_lines(missed: list[Asked], locale: Locale) -> list[str]:
    """Return the questions that were not answered right, the first of them named."""
    return named_lines(locale.text("Missed:"), [each.golden.question for each in missed], locale)


def _first_day(context: Context) -> datetime:
    """Return the beginning of the first day that is counted."""
    today = context.services.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS - 1)


def _day_line(day: Day, locale: Locale) -> str:
    return locale.text(
        "{day}: {total}; answered {answered}, near {near}, refused {refused}",
        day=locale.day(day.day),
        total=day.answered + day.near + day.refused,
        answered=day.answered,
        near=day.near,
        refused=day.refused,
    )


def _following_line(following: Following, locale: Locale) -> str:
    return locale.text(
        "Subscriptions: {subscriptions}, chats: {chats}, paused: {resting}. Questions that wait for"
        " an answer: {watches}. News not sent yet: {notices}.",
        subscriptions=following.subscriptions,
        chats=following.chats,
        resting=following.resting,
        watches=following.watches,
        notices=following.notices,
    )


def _waiting_line(waiting: Waiting, locale: Locale) -> str:
    return locale.text(
        "Waiting: {updates} to be read, {messages} to be sent. Failed: {dead_updates} to be read,"
        " {dead_messages} to be sent.",
        updates=max(waiting.updates - 1, 0),  # the command itself is one of them
        messages=waiting.messages,
        dead_updates=waiting.dead_updates,
        dead_messages=waiting.dead_messages,
    )


COMMANDS = (
    Command("quality", quality, "How good the answers are", role=Role.EDITOR, in_groups=False),
    Command("stats", stats, "How much is asked", role=Role.EDITOR, in_groups=False),
)
