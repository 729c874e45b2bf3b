"""/hours: where a chat's clock stands, and in which hours it is told nothing."""

from dataclasses import replace

from telegram import Update

from bot.chat.following import (
    data_of,
    follower_of,
    keep_language,
    number_at,
    own_subscription,
    place_of,
    saving,
)
from bot.chat.managers import require_manager
from bot.chat.places import message_of, pressed_row, reply_target, view_of
from bot.chat.prompts import ask_for_words, subject_of, waiting_for
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.locales.clock import clock, find_zone, zone_name
from bot.notify.due import schedule_of, when_due_still
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Outcome, Send, Write
from bot.replies.subscriptions import QUIET_CHOICES, card_body, quiet_keyboard
from bot.store.database import Transaction
from bot.store.followers import Follower, save_follower
from bot.store.notices import Cause, list_open_of_cause, set_due
from bot.store.subscriptions import list_subscriptions

#: Cities on buttons: those where most readers of a region are; any other by its name.
ZONES = (
    "Asia/Baku",
    "Europe/Moscow",
    "Asia/Tbilisi",
    "Europe/Istanbul",
    "Europe/London",
    "America/New_York",
)

#: The kind of the prompt «в каком городе?»; its subject is a subscription, 0 for the whole chat.
FIND_ZONE = "zone"


async def hours(update: Update, context: Context) -> Outcome:
    """Reply with the clock and the quiet hours of the chat, and what can be changed of them."""
    await require_manager(update, context)
    body = _hours_body(await follower_of(update, context), context)
    if update.callback_query and data_of(update):  # back from a choice
        chat_id, row = await pressed_row(update, context)
        return Outcome(out=(Edit(chat_id, row, body),))
    return Outcome(out=(Send(reply_target(update), body),))


async def on_quiet(update: Update, context: Context) -> Outcome:
    """Offer quiet hours, or keep the chosen ones, in place."""
    await require_manager(update, context)
    parts, follower = data_of(update), await follower_of(update, context)
    chat_id, row = await pressed_row(update, context)
    if not parts:
        keyboard = quiet_keyboard("hoursquiet", "hours:1", context.locale, has_chat=False)
        body = Body(_hours_body(follower, context).html, keyboard)
        return Outcome(out=(Edit(chat_id, row, body),))
    start, stop = QUIET_CHOICES[number_at(parts, 0) % len(QUIET_CHOICES)] or (0, 0)
    return await _keep(update, context, replace(follower, quiet_from=start, quiet_to=stop))


async def on_corrections(update: Update, context: Context) -> Outcome:
    """Tell of corrections, or do not, in place."""
    await require_manager(update, context)
    follower = await follower_of(update, context)
    changed = replace(follower, takes_corrections=not follower.takes_corrections)
    return await _keep(update, context, changed)


async def on_zone(update: Update, context: Context) -> Outcome:
    """Ask in which city the clock of the chat stands."""
    await require_manager(update, context)
    return ask_zone(update, context, "0")


async def on_zone_chosen(update: Update, context: Context) -> Outcome:
    """Keep the zone of a button."""
    parts = data_of(update)
    zone = ZONES[number_at(parts, 1) % len(ZONES)]
    return await _keep_zone(update, context, number_at(parts, 0), zone)


async def on_zone_named(update: Update, context: Context) -> Outcome:
    """Keep the zone that words name.

    Raises:
        UserError: they name none.

    """
    zone = find_zone(message_of(update).text or "")
    if zone is None:
        raise UserError("I do not know this city. Write a large one near it: Baku, London.")
    return await _keep_zone(update, context, int(subject_of(context)), zone)


def ask_zone(update: Update, context: Context, subject: str) -> Outcome:
    """Ask in which city a clock stands: by buttons, or by its name in the next message."""
    question = context.locale.text("In which city? Choose, or write another one.")
    asked = ask_for_words(update, context, question)
    buttons = [
        Button(zone_name(zone, context.locale.language), data=f"zone:{subject}:{number}")
        for number, zone in enumerate(ZONES)
    ]
    rows = tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))
    send = replace(asked, body=Body(asked.body.html, rows))
    return Outcome(out=(send,), write=waiting_for(update, context, FIND_ZONE, subject))


async def _keep_zone(update: Update, context: Context, subscription_id: int, zone: str) -> Outcome:
    """Keep the zone of a subscription, or of the chat (0), and show what it means."""
    await require_manager(update, context)
    follower = await follower_of(update, context)
    if not subscription_id:
        return await _keep(update, context, replace(follower, zone=zone, is_guessed=False))
    shown = await own_subscription(update, context, subscription_id)
    changed = replace(shown, zone=zone)
    body = card_body(changed, follower, 1, view_of(context))
    write = saving(update, context, changed, follower)
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def _keep(update: Update, context: Context, changed: Follower) -> Outcome:
    """Keep the settings of a chat, move what waits, and show them: in place, or after words."""
    body = _hours_body(changed, context)
    write = await _saving(update, context, changed)
    if update.callback_query and (data_of(update) or ["x"])[0] != "0":
        chat_id, row = await pressed_row(update, context)
        return Outcome(out=(Edit(chat_id, row, body),), write=write)
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def _saving(update: Update, context: Context, changed: Follower) -> Write:
    """Return the write of a chat's settings: digests that wait come at the new hours."""
    at = context.services.now()
    subscriptions = await list_subscriptions(context.db, *place_of(update, context))

    async def write(connection: Transaction) -> None:
        await save_follower(connection, changed)
        await keep_language(connection, update, context)
        for each in subscriptions:
            schedule = schedule_of(each, changed)
            for notice in await list_open_of_cause(connection, Cause.SUBSCRIPTION, each.id):
                due, reason = when_due_still(notice.reason, schedule, at)
                await set_due(connection, notice.id, due, at, reason)

    return write


def _hours_body(follower: Follower, context: Context) -> Body:
    locale = context.locale
    zone = zone_name(follower.zone, locale.language)
    lines = [locale.text("Time zone: {zone}", zone=zone)]
    if follower.is_guessed:
        lines.append(locale.text("It is a guess by the language."))
    start, stop = follower.quiet_from, follower.quiet_to
    if start is None or stop is None or start == stop:
        lines.append(locale.text("Quiet hours: none"))
    else:
        hours_ = f"{clock(start)}–{clock(stop)}"
        lines.append(locale.text("Quiet hours: {hours}", hours=hours_))
        lines.append(locale.text("What comes then is told when they are over."))
    lines.append(
        locale.text("Corrections of what you were shown: yes")
        if follower.takes_corrections
        else locale.text("Corrections of what you were shown: no")
    )
    rows = (
        (
            Button(locale.text("Time zone"), data="hourszone"),
            Button(locale.text("Quiet hours"), data="hoursquiet"),
        ),
        (
            Button(
                locale.text("No corrections")
                if follower.takes_corrections
                else locale.text("Tell of corrections"),
                data="hourscorr",
            ),
        ),
    )
    return Body(escape("\n".join(lines)), rows)


COMMANDS = (Command("hours", hours, "Your time zone and quiet hours"),)
BUTTONS = (
    ButtonHandler("hours", hours),
    ButtonHandler("hoursquiet", on_quiet),
    ButtonHandler("hourscorr", on_corrections),
    ButtonHandler("hourszone", on_zone),
    ButtonHandler("zone", on_zone_chosen),
)
PROMPTS = (PromptHandler(FIND_ZONE, on_zone_named),)
