"""What a chat follows as a JSON file: saved, and taken in again here or elsewhere."""

import json
from dataclasses import asdict, fields
from typing import Any

from telegram import Document, Update

from bot.chat.following import keep_language, place_of
from bot.chat.managers import require_manager
from bot.chat.places import as_number, message_of, reply_target, user_of
from bot.chat.prompts import ask_for_words, waiting_for
from bot.chat.subscribe import MOST_TITLE
from bot.context import ButtonHandler, Context, PromptHandler
from bot.errors import UserError
from bot.locales.clock import find_zone
from bot.replies.layout import escape
from bot.replies.outcome import Body, Outcome, Send, SendFile
from bot.store.attachments import Attachment
from bot.store.database import Transaction
from bot.store.subscriptions import (
    MOST_SUBSCRIPTIONS,
    Mode,
    SubscriptionState,
    Wish,
    add_subscription,
    list_subscriptions,
)
from bot.store.topics import Topic, TopicKind, add_topic, words_topic
from index.percolation import read_topic

#: The kind of the prompt «пришлите файл».
TAKE_IN = "subscriptions file"

#: As many subscriptions as a chat may have fit in a tenth of it.
MOST_BYTES = 1_000_000


async def on_save(update: Update, context: Context) -> Outcome:
    """Send the subscriptions of a place as a file."""
    await require_manager(update, context)
    kept = [
        {
            "kind": each.kind.value,
            "subject": "" if each.kind is TopicKind.WORDS else each.subject,
            "title": each.title,
            "mode": each.mode.value,
            "hour": each.hour,
            "weekday": each.weekday,
            "quiet_from": each.quiet_from,
            "quiet_to": each.quiet_to,
            "zone": each.zone,
            "is_silent": each.is_silent,
            "is_paused": each.state is SubscriptionState.PAUSED,
        }
        for each in reversed(await list_subscriptions(context.db, *place_of(update, context)))
    ]
    text = json.dumps({"subscriptions": kept}, ensure_ascii=False, indent=1)
    file = Attachment("subscriptions.json", "application/json", text.encode())
    words = context.locale.text("/subscriptions takes it in again: “From a file”.")
    return Outcome(out=(SendFile(reply_target(update), file, Body(escape(words))),))


async def on_load(update: Update, context: Context) -> Outcome:
    """Ask for a saved file."""
    await require_manager(update, context)
    words = context.locale.text("Send me the file that was saved, and I follow all that it names.")
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, TAKE_IN, ""),
    )


async def on_file(update: Update, context: Context) -> Outcome:
    """Follow all that a file names. Raises: UserError if it is no file of subscriptions."""
    document = message_of(update).document
    if document is None:
        raise UserError("This is no file of subscriptions.")
    return await take_in(update, context, document)


async def take_in(update: Update, context: Context, document: Document) -> Outcome:
    """Follow all that a saved file names, as it says.

    Raises:
        UserError: it is too long, or no such file.

    """
    await require_manager(update, context)
    if (document.file_size or 0) > MOST_BYTES:
        raise UserError("This is no file of subscriptions.")
    file = await context.bot.get_file(document.file_id)
    wanted = _read(bytes(await file.download_as_bytearray()))
    place, user_id, at = place_of(update, context), user_of(update).id, context.services.now()
    target, locale = reply_target(update), context.locale

    async def write(connection: Transaction) -> tuple[Send, ...]:
        count = 0
        for topic, wish in wanted:
            topic_id = await add_topic(connection, topic)
            _, is_new = await add_subscription(
                connection, topic_id, place, user_id, topic.title, at, wish
            )
            count += is_new
        await keep_language(connection, update, context)
        words = locale.count("{n} subscription was added.", "{n} subscriptions were added.", count)
        return (Send(target, Body(escape(words))),)

    return Outcome(write=write)


def _read(content: bytes) -> list[tuple[Topic, Wish]]:
    """Return what a file names. Raises: UserError if it is no file of subscriptions."""
    try:
        rows = json.loads(content)["subscriptions"][:MOST_SUBSCRIPTIONS]
        return [(_topic(row), _wish(row)) for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError("This is no file of subscriptions.") from error


def _topic(row: dict[str, Any]) -> Topic:
    kind, title = TopicKind(row["kind"]), str(row["title"])[:MOST_TITLE]
    if kind is not TopicKind.WORDS:
        subject = str(row["subject"])[:64]
        if kind in {TopicKind.PERSON, TopicKind.ARTICLE} and as_number(subject) is None:
            raise ValueError(subject)
        return Topic(kind, subject, title=title)
    query = read_topic(title)
    if not query.include:
        raise ValueError(title)
    return words_topic(query, title)


def _wish(row: dict[str, Any]) -> Wish:
    known = {field.name for field in fields(Wish)}
    values = {**asdict(Wish()), **{key: row[key] for key in known if key in row}}
    values["mode"] = Mode(values["mode"])
    values["hour"], values["weekday"] = int(values["hour"]) % 24, int(values["weekday"]) % 7
    for name in ("quiet_from", "quiet_to"):
        values[name] = None if values[name] is None else int(values[name]) % (24 * 60)
    if values["zone"] is not None:
        values["zone"] = find_zone(str(values["zone"]))
    values["is_silent"], values["is_paused"] = bool(values["is_silent"]), bool(values["is_paused"])
    return Wish(**values)


BUTTONS = (ButtonHandler("subsave", on_save), ButtonHandler("subload", on_load))
PROMPTS = (PromptHandler(TAKE_IN, on_file),)
