"""Where a chat follows things, and who may change that there, for the commands of followers."""

from dataclasses import replace

from telegram import Update

from bot.chat.managers import require_manager
from bot.chat.places import CHANNEL_MARK, as_number, is_private, reply_target
from bot.context import Context
from bot.errors import UserError
from bot.notify.due import schedule_of, when_due_still
from bot.replies.outcome import Write
from bot.store.chats import set_first_language
from bot.store.database import Transaction
from bot.store.followers import Follower, get_follower
from bot.store.notices import Cause, drop_of_cause, list_open_of_cause, set_due
from bot.store.subscriptions import (
    Subscription,
    SubscriptionState,
    get_subscription,
    save_subscription,
)


def place_of(update: Update, context: Context) -> tuple[int, int]:
    """Return where it is told what is followed: a chat and topic, 0 for none, or a channel."""
    if context.channel is not None:
        return context.channel, 0
    target = reply_target(update)
    return target.chat_id, target.thread_id or 0


async def own_subscription(update: Update, context: Context, subscription_id: int) -> Subscription:
    """Return a subscription of the chat of an update, for whoever manages the chat.

    Raises:
        UserError: it is gone, of another chat, or he is no administrator there.

    """
    await require_manager(update, context)
    found = await get_subscription(context.db, subscription_id)
    if found.chat_id != place_of(update, context)[0]:
        raise UserError("This button is for someone else.")
    return found


async def follower_of(update: Update, context: Context) -> Follower:
    """Return the settings of the chat of an update; unless chosen, guessed by its language."""
    chat_id = place_of(update, context)[0]
    found = await get_follower(context.db, chat_id, context.locale.language)
    return found if found.language else replace(found, language=context.locale.language)


def saving(
    update: Update,
    context: Context,
    changed: Subscription,
    follower: Follower,
    *,
    is_other_mode: bool = False,
) -> Write:
    """Return the write that changes a subscription, and moves what waits because of it.

    With `is_other_mode` what waited for a digest may be told at once.
    """
    at = context.services.now()

    async def write(connection: Transaction) -> None:
        await save_subscription(connection, changed)
        await keep_language(connection, update, context)
        if changed.state is not SubscriptionState.ACTIVE:
            await drop_of_cause(connection, Cause.SUBSCRIPTION, changed.id, changed.state.value)
            return
        schedule = schedule_of(changed, follower)
        for notice in await list_open_of_cause(connection, Cause.SUBSCRIPTION, changed.id):
            known = None if is_other_mode else notice.reason
            due, reason = when_due_still(known, schedule, at)
            await set_due(connection, notice.id, due, at, reason)

    return write


async def keep_language(connection: Transaction, update: Update, context: Context) -> None:
    """Let a private chat, or a channel, be told in the language in which it was spoken for."""
    if is_private(update):
        chat_id = place_of(update, context)[0]
        await set_first_language(connection, chat_id, context.locale.language)


def data_of(update: Update) -> list[str]:
    """Return the parts of callback data after its verb, without the channel that it is for."""
    data = (update.callback_query.data or "") if update.callback_query else ""
    return data.partition(CHANNEL_MARK)[0].split(":")[1:]


def number_at(parts: list[str], place: int) -> int:
    """Return a number of callback data. Raises: UserError if there is none."""
    number = as_number(parts[place]) if place < len(parts) else None
    if number is None:
        raise UserError("This button is out of date.")
    return number
