"""What people do with messages: write, send files, reply, forward, edit, press buttons."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.access import external_reply, origin
from bot.simulator.entities import find_entities
from bot.simulator.errors import MisuseError
from bot.simulator.files import StoredFile, image_size
from bot.simulator.queries import Query
from bot.simulator.state import State
from bot.simulator.utf16 import utf16_length
from bot.simulator.wire import Json
from bot.simulator.world import ADMINS, PRESENT, Chat, Message, User

_VOICE_S = 3  # any length serves: nobody listens


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person is about to post. `sender_chat` is set for anonymous senders."""

    content: Json
    reply_to: Message | None = None
    quote: str | None = None
    thread_id: int | None = None
    sender_chat: Chat | None = None
    file: StoredFile | None = None


def text_content(text: str) -> Json:
    """Return `text` with the entities that Telegram's apps find in it."""
    content: Json = {"text": text}
    entities = find_entities(text)
    if entities:
        content["entities"] = entities
    return content


def file_content(file: StoredFile, caption: str = "") -> Json:
    """Return the fields of a message with a file of any kind that people send."""
    fields: dict[str, Callable[[], object]] = {
        "document": lambda: file.to_json() | {"file_name": file.name, "mime_type": file.mime},
        "photo": lambda: [_photo(file)],
        "voice": lambda: file.to_json() | {"duration": _VOICE_S, "mime_type": file.mime},
        "sticker": lambda: (
            file.to_json()
            | {"type": "regular", "width": 512, "height": 512, "emoji": "👍"}
            | {"is_animated": False, "is_video": False}
        ),
    }
    content: Json = {file.kind: fields[file.kind]()}
    if caption:
        content["caption"] = caption
        if found := find_entities(caption):
            content["caption_entities"] = found
    return content


def _photo(file: StoredFile) -> Json:
    size = image_size(file.content)
    if size is None:
        raise MisuseError(f"{file.name} is not a picture")
    return file.to_json() | {"width": size[0], "height": size[1]}


def post(state: State, chat: Chat, user: User | None, draft: Draft) -> Message:
    """Return the message, stored and on its way to the bot if the bot may see it.

    `user` is None for a post in a channel.

    Raises: MisuseError if this user cannot write here.
    """
    _check_writer(state, chat, user)
    content = dict(draft.content)
    reply_to = draft.reply_to
    thread_id = draft.thread_id
    if draft.quote is not None:
        content["quote"] = _quote(reply_to, draft.quote)
    if reply_to and reply_to.chat is not chat:
        content["external_reply"] = external_reply(reply_to)
        reply_to = None
    if thread_id is None and reply_to and chat.kind == "supergroup":
        thread_id = reply_to.thread_id if chat.is_forum else reply_to.thread_id or reply_to.id
    message = Message(
        id=0,
        chat=chat,
        date=state.date(),
        sender=user,
        sender_chat=draft.sender_chat or (chat if user is None else None),
        content=content,
        reply_to=reply_to or chat.topic_opening(thread_id),
        thread_id=thread_id,
        is_topic_message=chat.is_forum and thread_id is not None,
        file=draft.file,
    )
    if chat.user:
        chat.is_started = True
    state.world.add_message(chat, message)
    deliver(state, message)
    return message


def _check_writer(state: State, chat: Chat, user: User | None) -> None:
    if user is None:
        if chat.kind != "channel":
            raise MisuseError("only a channel posts without an author")
    elif user.is_deactivated:
        raise MisuseError(f"{user.first_name} has deleted the account")
    elif chat.user:
        if chat.user is not user:
            raise MisuseError(f"{user.first_name} cannot write in another's private chat")
        if chat.is_blocked:
            raise MisuseError(f"{user.first_name} has blocked the bot; unblock first")
    elif chat.migrated_to is not None or chat.is_deleted:
        raise MisuseError(f"{chat.title} is gone")
    elif user.id in state.world.users and chat.status(user.id) not in PRESENT:
        raise MisuseError(f"{user.first_name} is not in {chat.title}")


def _quote(reply_to: Message | None, quote: str) -> Json:
    text = reply_to.text if reply_to else ""
    start = text.find(quote)
    if start < 0 or not quote:
        raise MisuseError("a quotation must be a part of the message replied to")
    return {"text": quote, "position": utf16_length(text[:start]), "is_manual": True}


def deliver(state: State, message: Message, *, edited: bool = False) -> None:
    """Show a message to those who watch, and to the bot if it may see it."""
    state.show("edit" if edited else "message", message)
    if reaches_bot(state, message):
        kind = "channel_post" if message.chat.kind == "channel" else "message"
        state.updates.add(f"edited_{kind}" if edited else kind, message.to_json())


def reaches_bot(state: State, message: Message) -> bool:
    """Return whether the bot gets a message; in groups privacy mode decides.

    Source: Telegram's bot features page, "Privacy mode".
    """
    chat, bot = message.chat, state.world.bot
    if chat.user:
        return not chat.is_blocked
    status = chat.status(bot.id)
    if status not in PRESENT:
        return False
    if chat.kind == "channel" or status in ADMINS or not state.rules.privacy_mode:
        return True
    if not ({"text", "caption"} & message.content.keys() or message.file):
        return True  # service messages
    if message.reply_to and message.reply_to.sender is bot:
        return True
    if message.content.get("via_bot", {}).get("id") == bot.id:
        return True
    return _addresses(state, message)


def _addresses(state: State, message: Message) -> bool:
    bot, text = state.world.bot, message.text
    name = (bot.username or "").lower()
    command = re.match(r"/\w+(?:@(\w+))?", text)
    if command:
        if command[1]:
            return command[1].lower() == name
        return message.chat.last_bot_id == bot.id
    mentioned = re.search(rf"@{re.escape(name)}\b", text.lower()) is not None
    return mentioned and state.rules.mentions_arrive


def forward(
    state: State, message: Message, chat: Chat, user: User, *, hide_author: bool = False
) -> Message:
    """Return the copy of `message` that `user` forwards to `chat`.

    `hide_author` is a setting of people who do not want to be found by what others forward.
    """
    left_out = {"quote", "external_reply", "via_bot"}
    content = {k: v for k, v in message.content.items() if k not in left_out}
    content["forward_origin"] = origin(message)
    if hide_author and message.sender:
        content["forward_origin"] = {
            "type": "hidden_user",
            "date": message.date,
            "sender_user_name": message.sender.first_name,
        }
    return post(state, chat, user, Draft(content, file=message.file))


def edit(state: State, message: Message, text: str) -> None:
    """Change the text or the caption of one's own message. The same text is a silent edit."""
    if "text" in message.content:
        kept = {k: v for k, v in message.content.items() if k not in {"text", "entities"}}
        message.content = kept | text_content(text)
    elif message.file:
        message.content = message.content | file_content(message.file, text)
    else:
        raise MisuseError("a service message cannot be edited")
    message.edit_date = state.date()
    message.version += 1
    deliver(state, message, edited=True)


def press(state: State, message: Message, user: User, data: str) -> Query:
    """Return the question that a pressed button asks; any data, as hostile apps can send any."""
    chat = None if message.inline_message_id else message.chat
    query = state.queries.add(
        "callback", user, state.clock.now(), chat=chat, message=message, data=data
    )
    body: Json = {
        "id": query.id,
        "from": user.to_json(),
        "chat_instance": str(message.chat.id),
        "data": data,
    }
    if message.inline_message_id:
        body["inline_message_id"] = message.inline_message_id
    elif message.chat.messages.get(message.id) is message:
        body["message"] = message.to_json()
    else:
        body["message"] = {"message_id": message.id, "chat": message.chat.to_json(), "date": 0}
    state.updates.add("callback_query", body)
    return query
