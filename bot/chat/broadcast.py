"""/broadcast: a message of the owner to many, seen before it goes, stopped at any moment."""

import re
from dataclasses import replace

from telegram import Update

from bot.chat.confirming import permission
from bot.chat.following import data_of, number_at
from bot.chat.places import message_of, pressed_row, reply_target, user_of
from bot.chat.prompts import ask_for_words, waiting_for
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.replies.broadcast import audience_body, progress_body, ready_body
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.store.broadcasts import (
    ALL,
    Broadcast,
    add_broadcast,
    count_audience,
    count_figures,
    get_broadcast,
    set_audience,
    start_broadcast,
    stop_broadcast,
)
from bot.store.database import Transaction
from bot.store.nonces import Nonce, add_nonce, use_nonce
from bot.store.roles import Role, require_role
from bot.store.sectors import count_sectors

#: The kind of the prompt «что разослать?».
COMPOSE = "broadcast"

#: The act of the button that begins a broadcast.
BEGIN = "begin broadcast"

#: Only quotations of articles are block quotes, each checked before it is sent.
_QUOTE = re.compile(r"</?blockquote[^>]*>")


async def broadcast(update: Update, context: Context) -> Outcome:
    """Ask for the message, or take the one that is replied to."""
    replied = None if update.callback_query else message_of(update).reply_to_message
    if replied is not None and replied.text:
        return await _shown(update, context, replied.text_html or "")
    words = context.locale.text("Write or forward the message, just as everybody is to see it.")
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, COMPOSE, ""),
    )


async def on_composed(update: Update, context: Context) -> Outcome:
    """Show a message as everybody would see it. Raises: UserError if it is no text."""
    message = message_of(update)
    if not message.text:
        raise UserError("Only text can be sent to everybody. Write it in words.")
    return await _shown(update, context, message.text_html or "")


async def on_audience(update: Update, context: Context) -> Outcome:
    """Offer the audiences, or choose one, in place."""
    parts = data_of(update)
    chat_id, row = await pressed_row(update, context)
    found = await get_broadcast(context.db, number_at(parts, 0))
    if len(parts) == 1:
        sectors = [key for key, _ in await count_sectors(context.db)]
        return Outcome(out=(Edit(chat_id, row, audience_body(found, sectors, context.locale)),))
    audience = ":".join(parts[1:])
    chosen = replace(found, audience=audience)
    nonce = permission(update, context, BEGIN, found.id)
    body = await _ready(context, chosen, nonce)

    async def write(connection: Transaction) -> None:
        await set_audience(connection, found.id, audience)
        await add_nonce(connection, nonce)

    return Outcome(out=(Edit(chat_id, row, body),), write=write)


async def on_send(update: Update, context: Context) -> Outcome:
    """Begin a broadcast; the message with the button becomes its report."""
    parts = data_of(update)
    key, token = number_at(parts, 0), parts[1] if len(parts) > 1 else ""
    chat_id, row = await pressed_row(update, context)
    found = await get_broadcast(context.db, key)
    user_id, at = user_of(update).id, context.services.now()

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.OWNER)
        subject = await use_nonce(connection, token, BEGIN, user_id=user_id, chat_id=chat_id, at=at)
        if subject != str(key):
            raise UserError("This button is out of date.")
        await start_broadcast(connection, key, row, user_id, at)

    body = progress_body(found, await count_figures(context.db, key), context.locale)
    return Outcome(out=(Edit(chat_id, row, body),), write=write)


async def on_stop(update: Update, context: Context) -> Outcome:
    """Stop a broadcast, or let it go on, in place."""
    parts = data_of(update)
    key, is_stopped = number_at(parts, 0), bool(number_at(parts, 1))
    chat_id, row = await pressed_row(update, context)
    found = replace(await get_broadcast(context.db, key), is_stopped=is_stopped)
    if found.is_ended:
        raise UserError("This button is out of date.")
    user_id, at = user_of(update).id, context.services.now()

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.OWNER)
        await stop_broadcast(connection, key, is_stopped=is_stopped, by=user_id, at=at)

    body = progress_body(found, await count_figures(context.db, key), context.locale)
    return Outcome(out=(Edit(chat_id, row, body),), write=write)


async def _shown(update: Update, context: Context, html: str) -> Outcome:
    """Return the message as everybody would see it, and below it whom it is for."""
    user_id, at, target = user_of(update).id, context.services.now(), reply_target(update)
    content = _QUOTE.sub("", html)
    count = await count_audience(context.db, ALL, context.services.settings.language.value)

    async def write(connection: Transaction) -> tuple[Send, ...]:
        key = await add_broadcast(connection, user_id, content, at)
        nonce = permission(update, context, BEGIN, key)
        await add_nonce(connection, nonce)
        kept = Broadcast(key, user_id, content, ALL, False, None, None, False, False, False)
        return (
            Send(replace(target, reply_to=None), Body(content)),
            Send(replace(target, reply_to=None), ready_body(kept, count, nonce, context.locale)),
        )

    return Outcome(write=write)


async def _ready(context: Context, found: Broadcast, nonce: Nonce) -> Body:
    language = context.services.settings.language.value
    count = await count_audience(context.db, found.audience, language)
    return ready_body(found, count, nonce, context.locale)


COMMANDS = (
    Command("broadcast", broadcast, "Write to everybody", role=Role.OWNER, in_groups=False),
)
BUTTONS = (
    ButtonHandler("bcfor", on_audience, role=Role.OWNER),
    ButtonHandler("bcsend", on_send, role=Role.OWNER),
    ButtonHandler("bcstop", on_stop, role=Role.OWNER),
)
PROMPTS = (PromptHandler(COMPOSE, on_composed, role=Role.OWNER),)
