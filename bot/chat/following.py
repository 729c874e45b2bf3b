"""Where a chat follows things, and who may change that there, for the commands of followers."""

from dataclasses import replace

from telegram import Update

from bot.chat.managers import require_manager
from bot.chat.places import as_number, is_private, reply_target
from bot.context import Context
from bot.errors import UserError
from bot.notify.due import schedule_of, when_due
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
from index.types import Language


def place_of(update: Update) -> tuple[int, int]:
    """Return the chat and the topic of an update, 0 for none: where what is followed is told."""
    target = reply_target(update)
    return target.chat_id, target.thread_id or 0


async def own_subscription(update: Update, context: Context, subscription_id: int) -> Subscription:
    """Return a subscription of the chat of an update, for whoever manages the chat.

    Raises:
        UserError: it is gone, of another chat, or he is no administrator there.

    """
    await require_manager(update, context)
    found = await get_subscription(context.db, subscription_id)
    if found.chat_id != reply_target(update).chat_id:
        raise UserError("This button is for someone else.")
    return found


async def follower_of(update: Update, context: Context) -> Follower:
    """Return the settings of the chat of an update; unless chosen, guessed by its language."""
    found = await get_follower(context.db, reply_target(update).chat_id, context.locale.language)
    return found if found.language else replace(found, language=context.locale.language)


def saving(update: Update, context: Context, changed: Subscription, follower: Follower) -> Write:
    """Return the write that changes a subscription, and moves what waits because of it."""
    at = context.services.now()

    async def write(connection: Transaction) -> None:
        await save_subscription(connection, changed)
        await keep_language(connection, update, context.locale.language)
        if changed.state is not SubscriptionState.ACTIVE:
            await drop_of_cause(connection, Cause.SUBSCRIPTION, changed.id, changed.state.value)
            return
        schedule = schedule_of(changed, follower)
        for notice in await list_open_of_cause(connection, Cause.SUBSCRIPTION, changed.id):
            due, reason = when_due(schedule, at)
            await set_due(connection, notice.id, due, at, reason)

    return write


async def keep_language(connection: Transaction, update: Update, language: Language) -> None:
    """Let a private chat be told in the language in which it was spoken to."""
    if is_private(update):
        await set_first_language(connection, reply_target(update).chat_id, language)


def data_of(update: Update) -> list[str]:
    """Return the parts of callback data after its verb."""
    data = (update.callback_query.data or "") if update.callback_query else ""
    return data.split(":")[1:]


def number_at(parts: list[str], place: int) -> int:
    """Return a number of callback data. Raises: UserError if there is none."""
    number = as_number(parts[place]) if place < len(parts) else None
    if number is None:
        raise UserError("This button is out of date.")
    return number
