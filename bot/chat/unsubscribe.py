"""Ending what is followed: one subscription by a tap, all by two; each had back for a day."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from telegram import Update

from bot.chat.confirming import BUTTON_LASTS
from bot.chat.following import data_of, follower_of, number_at, own_subscription, place_of
from bot.chat.managers import require_manager
from bot.chat.places import pressed_row, reply_target, user_of, view_of
from bot.context import ButtonHandler, Context
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Outcome, Send
from bot.replies.subscriptions import made_body, name_of_subscription
from bot.store.database import Transaction
from bot.store.nonces import Nonce, add_nonce, mint_token, use_nonce
from bot.store.notices import Cause, drop_of_cause
from bot.store.subscriptions import (
    Mode,
    Subscription,
    SubscriptionState,
    Wish,
    add_subscription,
    delete_subscription,
    get_subscription_on,
    list_subscriptions,
)

#: The acts of the buttons that bring ended subscriptions back, and for how long they do.
RESUBSCRIBE = "resubscribe"
UNDO_LASTS = timedelta(days=1)

#: The act of the button that ends all of a place.
DELETE_ALL = "delete subscriptions"


async def on_delete(update: Update, context: Context) -> Outcome:
    """End a subscription, with a button that brings it back as it was.

    In place of its card; under an alert, which stays, in a new message.
    """
    parts = data_of(update)
    shown = await own_subscription(update, context, number_at(parts, 0))
    undo = _undo(context, shown.chat_id, [shown])
    words = context.locale.text(
        "Unsubscribed: {name}", name=name_of_subscription(shown, context.locale)
    )
    row = [Button(context.locale.text("Bring it back"), data=f"subundo:{undo.token}")]
    if len(parts) > 1:
        row.append(Button(context.locale.text("Subscriptions"), data=f"subs:{number_at(parts, 1)}"))
    body = Body(escape(words), (tuple(row),))

    async def write(connection: Transaction) -> None:
        await _end(connection, [shown])
        await add_nonce(connection, undo)

    if len(parts) == 1:
        return Outcome(out=(Send(reply_target(update), body),), write=write)
    chat_id, message = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, message, body),), write=write)


async def on_delete_all(update: Update, context: Context) -> Outcome:
    """Ask whether all that is followed here is to end, in place of the list."""
    await require_manager(update, context)
    place = place_of(update, context)
    chat_id, row = await pressed_row(update, context)
    found = await list_subscriptions(context.db, *place)
    locale = context.locale
    question = locale.count("Delete {n} subscription?", "Delete all {n} subscriptions?", len(found))
    until = context.services.now() + BUTTON_LASTS
    nonce = Nonce(
        mint_token(), DELETE_ALL, str(place[1]), until, user_of(update).id, chat_id=place[0]
    )
    buttons = (
        Button(locale.text("Delete all"), data=f"suballgone:{nonce.token}"),
        Button(locale.text("Back"), data="subs:1"),
    )

    async def write(connection: Transaction) -> None:
        await add_nonce(connection, nonce)

    return Outcome(out=(Edit(chat_id, row, Body(escape(question), (buttons,))),), write=write)


async def on_all_deleted(update: Update, context: Context) -> Outcome:
    """End all that is followed here, with a button that brings all of it back, in place."""
    await require_manager(update, context)
    (token, *_) = data_of(update) or [""]
    place, user_id, at = place_of(update, context), user_of(update).id, context.services.now()
    chat_id, row = await pressed_row(update, context)
    found = await list_subscriptions(context.db, *place)
    undo, locale = _undo(context, place[0], found), context.locale
    words = locale.count("{n} subscription deleted.", "{n} subscriptions deleted.", len(found))
    buttons = (
        Button(locale.text("Bring all back"), data=f"subundo:{undo.token}"),
        Button(locale.text("Subscriptions"), data="subs:1"),
    )

    async def write(connection: Transaction) -> None:
        thread = await use_nonce(
            connection, token, DELETE_ALL, user_id=user_id, chat_id=place[0], at=at
        )
        if thread != str(place[1]):
            raise UserError("This button is out of date.")
        await _end(connection, found)
        await add_nonce(connection, undo)

    return Outcome(out=(Edit(chat_id, row, Body(escape(words), (buttons,))),), write=write)


async def on_undo(update: Update, context: Context) -> Outcome:
    """Bring what was ended back as it was, in place."""
    await require_manager(update, context)
    token, at = (data_of(update) or [""])[0], context.services.now()
    chat_id, row = await pressed_row(update, context)
    of_chat, user_id = place_of(update, context)[0], user_of(update).id
    follower, view = await follower_of(update, context), view_of(context)

    async def write(connection: Transaction) -> tuple[Edit, ...]:
        packed = await use_nonce(
            connection, token, RESUBSCRIBE, user_id=user_id, chat_id=of_chat, at=at
        )
        made = [
            await add_subscription(
                connection, topic_id, (of_chat, thread_id), user_id, title, at, wish
            )
            for topic_id, thread_id, title, wish in _unpacked(packed)
        ]
        if len(made) == 1:
            ((key, is_new),) = made
            subscription = await get_subscription_on(connection, key)
            body = made_body(subscription, follower, view, is_new=is_new)
        else:
            words = view.locale.count(
                "{n} subscription is back.", "{n} subscriptions are back.", len(made)
            )
            button = Button(view.locale.text("Subscriptions"), data="subs:1")
            body = Body(escape(words), ((button,),))
        return (Edit(chat_id, row, body),)

    return Outcome(write=write)


async def _end(connection: Transaction, ended: Sequence[Subscription]) -> None:
    for each in ended:
        await delete_subscription(connection, each.id)
        await drop_of_cause(connection, Cause.SUBSCRIPTION, each.id, "unsubscribed")


def _undo(context: Context, chat_id: int, ended: Sequence[Subscription]) -> Nonce:
    """Return the permission to bring subscriptions back, for whoever manages their chat."""
    until = context.services.now() + UNDO_LASTS
    return Nonce(mint_token(), RESUBSCRIBE, _packed(ended), until, chat_id=chat_id)


def _packed(ended: Sequence[Subscription]) -> str:
    """Return subscriptions as text, the oldest first: their order is that of their numbers."""
    rows = []
    for each in sorted(ended, key=lambda subscription: subscription.id):
        wish = Wish(
            each.mode,
            each.hour,
            each.weekday,
            each.quiet_from,
            each.quiet_to,
            each.zone,
            each.is_silent,
            each.state is SubscriptionState.PAUSED,
        )
        rows.append([each.topic_id, each.thread_id, each.title, asdict(wish)])
    return json.dumps(rows)


def _unpacked(packed: str) -> list[tuple[int, int, str, Wish]]:
    return [
        (topic_id, thread_id, title, Wish(**{**wish, "mode": Mode(wish["mode"])}))
        for topic_id, thread_id, title, wish in json.loads(packed)
    ]


BUTTONS = (
    ButtonHandler("subdel", on_delete),
    ButtonHandler("suballdel", on_delete_all),
    ButtonHandler("suballgone", on_all_deleted),
    ButtonHandler("subundo", on_undo),
)
