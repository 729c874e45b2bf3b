"""/outbox: what could not be delivered or handled, for the owner: again, or given up."""

from collections.abc import Awaitable, Callable
from functools import partial

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of
from bot.context import ButtonHandler, Command, Context
from bot.locales import Locale
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button, Edit, Outcome, Send, Toast
from bot.replies.turning import turning
from bot.store.database import Transaction
from bot.store.inbox import (
    DeadUpdate,
    count_waiting,
    drop_update,
    list_dead_updates,
    retry_update,
)
from bot.store.outbox import OutboxState
from bot.store.queues import (
    FailedMessage,
    count_messages,
    drop_message,
    list_failed_messages,
    retry_message,
)
from bot.store.roles import Role, require_role

#: Messages on a page, and updates: with three lines each they fill a phone's screen.
PAGE = 5

#: A reason is cut to two lines; what Telegram says comes first in it.
MOST_REASON = 90

Act = Callable[[Transaction], Awaitable[None]]


async def outbox(update: Update, context: Context) -> Outcome:
    """Reply with what waits, and what waits for a decision."""
    return Outcome(out=(Send(reply_target(update), await _page(context, 1)),))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another page, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _page(context, page)),))


async def on_send_again(update: Update, context: Context) -> Outcome:
    """Let a message be sent again."""
    (message_id,) = numbers_of(update, 1)
    by, at = user_of(update).id, context.services.now()
    act = partial(retry_message, message_id=message_id, by=by, at=at)
    return await _decided(update, context, act, context.locale.text("It is sent again."))


async def on_give_up(update: Update, context: Context) -> Outcome:
    """Give a message up."""
    (message_id,) = numbers_of(update, 1)
    by, at = user_of(update).id, context.services.now()
    act = partial(drop_message, message_id=message_id, by=by, at=at)
    return await _decided(update, context, act, context.locale.text("Given up."))


async def on_handle_again(update: Update, context: Context) -> Outcome:
    """Let an update be handled again."""
    (inbox_id,) = numbers_of(update, 1)
    by, at = user_of(update).id, context.services.now()
    act = partial(retry_update, inbox_id=inbox_id, by=by, at=at)
    return await _decided(update, context, act, context.locale.text("It is handled again."))


async def on_give_up_update(update: Update, context: Context) -> Outcome:
    """Give an update up."""
    (inbox_id,) = numbers_of(update, 1)
    by, at = user_of(update).id, context.services.now()
    act = partial(drop_update, inbox_id=inbox_id, by=by, at=at)
    return await _decided(update, context, act, context.locale.text("Given up."))


async def _decided(update: Update, context: Context, act: Act, words: str) -> Outcome:
    """Do it if an owner asks, and show the list as it is then."""
    user_id = user_of(update).id
    chat_id, row = await pressed_row(update, context)

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.OWNER)
        await act(connection)

    again = Button(context.locale.text("Look again"), data="outp:1")
    body = Body(escape(words), ((again,),))
    return Outcome(out=(Edit(chat_id, row, body),), now=Toast(words), write=write)


async def _page(context: Context, page: int) -> Body:
    locale, db = context.locale, context.db
    counts = await count_messages(db)
    waiting = sum(n for (state, _), n in counts.items() if state is OutboxState.READY)
    failed = sum(
        n
        for (state, _), n in counts.items()
        if state in {OutboxState.DEAD, OutboxState.UNDELIVERABLE}
    )
    # The update that asks is itself not done before it is answered.
    updates_waiting = max(0, await count_waiting(db, context.bot.id) - 1)
    pages = max(1, -(-failed // PAGE))
    page = max(1, min(page, pages))
    lines = [
        locale.count("{n} message waits to be sent.", "{n} messages wait to be sent.", waiting),
        locale.count(
            "{n} message waits to be read.", "{n} messages wait to be read.", updates_waiting
        ),
    ]
    messages = await list_failed_messages(db, PAGE, (page - 1) * PAGE)
    updates = await list_dead_updates(db, PAGE) if page == 1 else ()
    if not messages and not updates:
        lines.append(locale.text("Nothing failed."))
    lines += [_message_line(each, locale) for each in messages]
    lines += [_update_line(each, locale) for each in updates]
    if pages > 1:
        lines.append(locale.text("page {n} of {total}", n=page, total=pages))
    rows = [
        *(_buttons(each.id, "outr", "outd", locale) for each in messages),
        *(_buttons(each.id, "inr", "ind", locale) for each in updates),
    ]
    turn = turning("outp", page, pages, locale)
    keyboard = tuple(row for row in (*rows, turn) if row)
    return Body(escape("\n".join(lines)), keyboard)


def _buttons(key: int, again: str, over: str, locale: Locale) -> tuple[Button, ...]:
    return (
        Button(locale.text("{id}: once more", id=key), data=f"{again}:{key}"),
        Button(locale.text("{id}: give up", id=key), data=f"{over}:{key}"),
    )


def _message_line(message: FailedMessage, locale: Locale) -> str:
    """Return what failed: number, to whom, when, and what Telegram said."""
    return locale.text(
        "{id}. Message to {chat}, {day}: {reason}",
        id=message.id,
        chat=message.chat_id,
        day=locale.day(message.created_at.date()),
        reason=shorten(message.error, MOST_REASON),
    )


def _update_line(update: DeadUpdate, locale: Locale) -> str:
    return locale.text(
        "{id}. Update, {day}: {reason}",
        id=update.id,
        day=locale.day(update.received_at.date()),
        reason=shorten(update.error, MOST_REASON),
    )


COMMANDS = (
    Command("outbox", outbox, "What could not be delivered", role=Role.OWNER, in_groups=False),
)
BUTTONS = (
    ButtonHandler("outp", on_page, role=Role.OWNER),
    ButtonHandler("outr", on_send_again, role=Role.OWNER),
    ButtonHandler("outd", on_give_up, role=Role.OWNER),
    ButtonHandler("inr", on_handle_again, role=Role.OWNER),
    ButtonHandler("ind", on_give_up_update, role=Role.OWNER),
)
