"""What the chat page can do on behalf of a person."""

import re
from collections.abc import Callable

from bot.simulator import inline, membership, people
from bot.simulator.errors import MisuseError, SimulatorError
from bot.simulator.links import parse_link
from bot.simulator.people import Draft
from bot.simulator.queries import Query
from bot.simulator.state import State, message_event
from bot.simulator.wire import Json
from bot.simulator.world import PRESENT, Chat, Message, User


class UnknownError(SimulatorError):
    """No such user, chat, message or file."""


def find_user(state: State, user_id: object) -> User:
    """Return the user with this id, a number or its digits. Raises: UnknownError."""
    found = state.world.users.get(_number(user_id))
    if found is None:
        raise UnknownError(f"no user {user_id}")
    return found


def find_chat(state: State, chat_id: object) -> Chat:
    """Return the chat with this id, a number or its digits. Raises: UnknownError."""
    found = state.world.chats.get(_number(chat_id))
    if found is None:
        raise UnknownError(f"no chat {chat_id}")
    return found


def find_message(chat: Chat, number: object) -> Message:
    """Return a message of a chat. Raises: UnknownError."""
    found = chat.messages.get(_number(number))
    if found is None:
        raise UnknownError(f"no message {number} in chat {chat.id}")
    return found


def _number(value: object) -> int:
    if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"-?\d+", value)):
        return int(value)
    raise MisuseError(f"{value!r} is not a number")


def add_user(state: State, body: Json) -> Json:
    """Return a new person."""
    user = state.world.add_user(
        body["first_name"],
        language_code=body.get("language_code"),
        username=body.get("username"),
    )
    state.feed.publish("chats", user.id, {})
    return user.to_json()


def add_group(state: State, body: Json) -> Json:
    """Return a new group, owned by the first member, with the bot in it unless `bot` is null."""
    members = [find_user(state, user_id) for user_id in body["members"]]
    if not members:
        raise MisuseError("a group has an owner")
    chat = state.world.add_chat(
        body.get("kind", "supergroup"), body["title"], is_forum=bool(body.get("forum"))
    )
    chat.members = {user.id: "member" for user in members} | {members[0].id: "creator"}
    status = body.get("bot", "member")
    if status:
        membership.set_bot_status(state, chat, members[0], status)
    return chat.to_json()


def add_topic(state: State, body: Json) -> Json:
    """Return a new topic of a forum."""
    chat, user = find_chat(state, body["chat"]), find_user(state, body["user"])
    topic = membership.open_topic(state, chat, user, body["name"])
    return {"id": topic.id, "name": topic.name, "is_closed": topic.is_closed}


def set_language(state: State, body: Json) -> Json:
    """Return the user, whose Telegram now speaks another language."""
    user = find_user(state, body["user"])
    user.language_code = body["language_code"]
    state.feed.publish("menu", None, {})
    return user.to_json()


def send(state: State, body: Json) -> Json:
    """Return the message that a person has written."""
    chat = find_chat(state, body["chat"])
    reply_to = find_message(chat, body["reply_to"]) if body.get("reply_to") else None
    text = str(body["text"]).strip()
    if not text:
        raise MisuseError("an empty message cannot be sent")
    draft = Draft(people.text_content(text), reply_to, body.get("quote"), body.get("thread"))
    return message_event(people.post(state, chat, _author(state, chat, body), draft))


def upload(state: State, params: Json, content: bytes, mime: str) -> Json:
    """Return the message with a file that a person has sent."""
    chat = find_chat(state, params["chat"])
    kind = params.get("kind", "document")
    if kind not in {"document", "photo", "voice", "sticker"}:
        raise MisuseError(f"no such kind of file: {kind}")
    file = state.files.add(params.get("name") or "file", mime, content, kind=kind)
    draft = Draft(
        people.file_content(file, params.get("caption", "")),
        thread_id=int(params["thread"]) if params.get("thread") else None,
        file=file,
    )
    return message_event(people.post(state, chat, _author(state, chat, params), draft))


def _author(state: State, chat: Chat, body: Json) -> User | None:
    return None if chat.kind == "channel" else find_user(state, body["user"])


def edit(state: State, body: Json) -> Json:
    """Return a person's message after the edit."""
    message = find_message(find_chat(state, body["chat"]), body["message"])
    people.edit(state, message, body["text"])
    return message_event(message)


def delete(state: State, body: Json) -> Json:
    """Delete a message; the bot is not told."""
    chat = find_chat(state, body["chat"])
    message = find_message(chat, body["message"])
    del chat.messages[message.id]
    state.feed.publish("delete", chat.id, {"message_id": message.id})
    return {}


def press(state: State, body: Json) -> Json:
    """Return the id of the query; its toast comes as an event."""
    message = find_message(find_chat(state, body["chat"]), body["message"])
    query = people.press(state, message, find_user(state, body["user"]), body["data"])
    return {"callback_query_id": query.id}


def ask_inline(state: State, body: Json) -> Query:
    """Return the inline query that a person has typed."""
    user = find_user(state, body["user"])
    return inline.ask_inline(state, user, body["query"], body.get("offset", ""), "sender")


def choose(state: State, body: Json) -> Json:
    """Return the message that a chosen card became."""
    query = state.queries.find("inline", body["query_id"])
    if query is None:
        raise UnknownError("no such inline query")
    chat = find_chat(state, body["chat"])
    thread_id = body.get("thread")
    return message_event(inline.choose(state, query, body["result_id"], chat, thread_id))


def open_link(state: State, body: Json) -> Json:
    """Return the chat in which a deep link was opened and Start tapped."""
    user = find_user(state, body["user"])
    link = parse_link(body["url"], state.world.bot.username or "")
    if link.is_group:
        chat = find_chat(state, body["chat"])
        if chat.status(state.world.bot.id) not in PRESENT:
            membership.set_bot_status(state, chat, user, "member")
        text = f"/start@{state.world.bot.username} {link.payload}"
    else:
        chat = state.world.chats[user.id]
        if chat.is_blocked:
            membership.unblock(state, chat)
        text = f"/start {link.payload}"
    people.post(state, chat, user, Draft(people.text_content(text)))
    return {"chat": chat.id}


def block(state: State, body: Json) -> Json:
    """Let a person block the bot."""
    membership.block(state, find_chat(state, body["user"]))
    return {}


def unblock(state: State, body: Json) -> Json:
    """Let a person take the bot back."""
    membership.unblock(state, find_chat(state, body["user"]))
    return {}


ACTS: dict[str, Callable[[State, Json], object]] = {
    "users": add_user,
    "groups": add_group,
    "topics": add_topic,
    "language": set_language,
    "send": send,
    "edit": edit,
    "delete": delete,
    "press": press,
    "choose": choose,
    "link": open_link,
    "block": block,
    "unblock": unblock,
}
