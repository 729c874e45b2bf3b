"""/subscriptions: what a chat follows; each can be changed, paused, ended, and had back."""

from dataclasses import replace

from telegram import Update

from bot.chat.exchange import take_in
from bot.chat.following import (
    data_of,
    follower_of,
    number_at,
    own_subscription,
    place_of,
    saving,
)
from bot.chat.hours import ask_zone
from bot.chat.managers import require_manager
from bot.chat.places import message_of, pressed_row, reply_target, view_of
from bot.context import ButtonHandler, Command, Context
from bot.replies.alert import ALERT_SIGN
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Keyboard, Outcome, Send, Write
from bot.replies.subscriptions import (
    MODES,
    ON_A_PAGE,
    QUIET_CHOICES,
    card_body,
    days_keyboard,
    hours_keyboard,
    list_body,
    name_of_subscription,
    quiet_keyboard,
    shortened,
)
from bot.store.database import Transaction
from bot.store.notices import Cause, drop_of_cause
from bot.store.subscriptions import (
    Subscription,
    SubscriptionState,
    list_subscriptions,
    pause_subscriptions,
)
from bot.store.watches import list_watches


async def subscriptions(update: Update, context: Context) -> Outcome:
    """Reply with what is followed here, those with some words, or take in the file replied to."""
    await require_manager(update, context)
    replied = None if update.callback_query else message_of(update).reply_to_message
    if replied is not None and replied.document is not None:
        return await take_in(update, context, replied.document)
    search = shortened(" ".join(context.args or ()))
    return Outcome(out=(Send(reply_target(update), await _list(update, context, 1, search)),))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to a page, in place of a list or a card; under an alert in a new message."""
    await require_manager(update, context)
    parts = data_of(update)
    page, search = number_at(parts, 0), ":".join(parts[1:])
    body = await _list(update, context, page, search)
    if _is_alert(update):
        return Outcome(out=(Send(reply_target(update), body),))
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_card(update: Update, context: Context) -> Outcome:
    """Show one subscription, in place of the list."""
    parts = data_of(update)
    shown = await own_subscription(update, context, number_at(parts, 0))
    chat_id, row = await pressed_row(update, context)
    body = card_body(
        shown, await follower_of(update, context), number_at(parts, 1), view_of(context)
    )
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_edit(update: Update, context: Context) -> Outcome:
    """Show one subscription in a new message, below the alert that it sent."""
    shown = await own_subscription(update, context, number_at(data_of(update), 0))
    body = card_body(shown, await follower_of(update, context), 1, view_of(context))
    return Outcome(out=(Send(reply_target(update), body),))


async def on_mode(update: Update, context: Context) -> Outcome:
    """Tell at once, each day or each week."""
    parts = data_of(update)
    shown = await own_subscription(update, context, number_at(parts, 0))
    mode = MODES[min(number_at(parts, 2), len(MODES) - 1)]
    changed, page = replace(shown, mode=mode), number_at(parts, 1)
    return await _changed(update, context, changed, page, is_other_mode=mode is not shown.mode)


async def on_hour(update: Update, context: Context) -> Outcome:
    """Offer the hours of the day, or tell at the chosen one."""
    parts = data_of(update)
    shown = await own_subscription(update, context, number_at(parts, 0))
    page = number_at(parts, 1)
    if len(parts) == 2:
        return await _choosing(update, context, shown, hours_keyboard(shown, page, context.locale))
    return await _changed(update, context, replace(shown, hour=number_at(parts, 2) % 24), page)


async def on_day(update: Update, context: Context) -> Outcome:
    """Offer the days of the week, or tell on the chosen one."""
    parts = data_of(update)
    shown = await own_subscription(update, context, number_at(parts, 0))
    page = number_at(parts, 1)
    if len(parts) == 2:
        keyboard = days_keyboard(shown, page, context.locale)
        return await _choosing(update, context, shown, keyboard)
    return await _changed(update, context, replace(shown, weekday=number_at(parts, 2) % 7), page)


async def on_quiet(update: Update, context: Context) -> Outcome:
    """Offer quiet hours, or keep the chosen ones."""
    parts = data_of(update)
    shown = await own_subscription(update, context, number_at(parts, 0))
    page = number_at(parts, 1)
    if len(parts) == 2:
        data, back = f"subquiet:{shown.id}:{page}", f"subcard:{shown.id}:{page}"
        keyboard = quiet_keyboard(data, back, context.locale, has_chat=True)
        return await _choosing(update, context, shown, keyboard)
    choice = QUIET_CHOICES[number_at(parts, 2) % len(QUIET_CHOICES)]
    start, stop = choice or (None, None)
    return await _changed(update, context, replace(shown, quiet_from=start, quiet_to=stop), page)


async def on_zone(update: Update, context: Context) -> Outcome:
    """Ask where the clock of a subscription stands."""
    shown = await own_subscription(update, context, number_at(data_of(update), 0))
    return ask_zone(update, context, str(shown.id))


async def on_sound(update: Update, context: Context) -> Outcome:
    """Tell without a sound, or with one."""
    parts = data_of(update)
    shown = await own_subscription(update, context, number_at(parts, 0))
    changed = replace(shown, is_silent=not shown.is_silent)
    return await _changed(update, context, changed, number_at(parts, 1))


async def on_state(update: Update, context: Context) -> Outcome:
    """Pause a subscription, or let it go on, on its card."""
    parts = data_of(update)
    shown = await own_subscription(update, context, number_at(parts, 0))
    is_going = shown.state is SubscriptionState.ACTIVE
    state = SubscriptionState.PAUSED if is_going else SubscriptionState.ACTIVE
    return await _changed(update, context, replace(shown, state=state), number_at(parts, 1))


async def on_pause(update: Update, context: Context) -> Outcome:
    """Pause the subscription that sent an alert; it stands, with a way back, below."""
    shown = await own_subscription(update, context, number_at(data_of(update), 0))
    words = context.locale.text("Paused: {name}", name=name_of_subscription(shown, context.locale))
    back = Button(context.locale.text("Resume"), data=f"subresume:{shown.id}")
    return Outcome(
        out=(Send(reply_target(update), Body(escape(words), ((back,),))),),
        write=await _saving_state(update, context, shown, SubscriptionState.PAUSED),
    )


async def on_resume(update: Update, context: Context) -> Outcome:
    """Let a paused subscription go on, in place."""
    shown = await own_subscription(update, context, number_at(data_of(update), 0))
    chat_id, row = await pressed_row(update, context)
    words = context.locale.text("Goes on: {name}", name=name_of_subscription(shown, context.locale))
    return Outcome(
        out=(Edit(chat_id, row, Body(escape(words))),),
        write=await _saving_state(update, context, shown, SubscriptionState.ACTIVE),
    )


async def on_all(update: Update, context: Context) -> Outcome:
    """Pause all subscriptions of a place, or let all go on, in place."""
    await require_manager(update, context)
    is_paused = bool(number_at(data_of(update), 0))
    chat_id, row = await pressed_row(update, context)
    place, view = place_of(update, context), view_of(context)
    state = SubscriptionState.PAUSED if is_paused else SubscriptionState.ACTIVE
    before = await list_subscriptions(context.db, *place)
    after = [
        each
        if each.state is SubscriptionState.SUSPENDED and is_paused
        else replace(each, state=state)
        for each in before
    ]

    async def write(connection: Transaction) -> None:
        await pause_subscriptions(connection, *place, is_paused=is_paused)
        if is_paused:
            for each in before:
                await drop_of_cause(connection, Cause.SUBSCRIPTION, each.id, state.value)

    pages = {each.id: n // ON_A_PAGE + 1 for n, each in enumerate(after)}
    return Outcome(out=(Edit(chat_id, row, list_body(after, 1, view, pages)),), write=write)


async def _list(update: Update, context: Context, page: int, search: str) -> Body:
    place = place_of(update, context)
    found = await list_subscriptions(context.db, *place)
    wanted = search.casefold()
    shown = [each for each in found if wanted in each.title.casefold()]
    pages = {each.id: n // ON_A_PAGE + 1 for n, each in enumerate(found)}
    watches = len(await list_watches(context.db, *place))
    return list_body(shown, page, view_of(context), pages, search=search, watches=watches)


async def _changed(
    update: Update,
    context: Context,
    changed: Subscription,
    page: int,
    *,
    is_other_mode: bool = False,
) -> Outcome:
    """Keep a changed subscription and show it, in place."""
    chat_id, row = await pressed_row(update, context)
    follower = await follower_of(update, context)
    body = card_body(changed, follower, page, view_of(context))
    write = saving(update, context, changed, follower, is_other_mode=is_other_mode)
    return Outcome(out=(Edit(chat_id, row, body),), write=write)


async def _choosing(
    update: Update, context: Context, shown: Subscription, keyboard: Keyboard
) -> Outcome:
    chat_id, row = await pressed_row(update, context)
    body = card_body(shown, await follower_of(update, context), 1, view_of(context))
    return Outcome(out=(Edit(chat_id, row, Body(body.html, keyboard, body.cites)),))


async def _saving_state(
    update: Update, context: Context, shown: Subscription, state: SubscriptionState
) -> Write:
    follower = await follower_of(update, context)
    return saving(update, context, replace(shown, state=state), follower)


def _is_alert(update: Update) -> bool:
    """Return whether the pressed button is under something that must not be overwritten."""
    return (message_of(update).text or "").startswith(ALERT_SIGN)


COMMANDS = (Command("subscriptions", subscriptions, "What you are told of"),)
BUTTONS = (
    ButtonHandler("subs", on_page),
    ButtonHandler("subcard", on_card),
    ButtonHandler("subedit", on_edit),
    ButtonHandler("submode", on_mode),
    ButtonHandler("subhour", on_hour),
    ButtonHandler("subday", on_day),
    ButtonHandler("subquiet", on_quiet),
    ButtonHandler("subzone", on_zone),
    ButtonHandler("subsound", on_sound),
    ButtonHandler("substate", on_state),
    ButtonHandler("subpause", on_pause),
    ButtonHandler("subresume", on_resume),
    ButtonHandler("suballstate", on_all),
)
