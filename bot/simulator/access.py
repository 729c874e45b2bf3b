"""May the bot write here? Chats that are gone, blocked or migrated, topics, messages replied to."""

from collections.abc import Callable

from bot.simulator.compose import parse
from bot.simulator.errors import ApiError, bad_request, forbidden
from bot.simulator.state import State
from bot.simulator.utf16 import utf16_length
from bot.simulator.wire import Json
from bot.simulator.world import ADMINS, PRESENT, Chat, Message

_PLACES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
QUOTE_LIMIT = 1024  # Source: Bot API, ReplyParameters


def known_chat(state: State, chat_id: int | str) -> Chat:
    """Return a chat that the bot can see.

    Raises: ApiError 400 or 403 in Telegram's words.
    """
    chat = state.world.find_chat(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to}
        )
    if chat.is_deleted:
        raise forbidden("the group chat was deleted")
    if chat.user:
        _check_private(state, chat)
    else:
        _check_membership(state, chat)
    return chat


def _check_private(state: State, chat: Chat) -> None:
    user = chat.user
    if user is None or user.is_bot:
        raise forbidden("bot can't send messages to bots")
    if user.is_deactivated:
        raise forbidden("user is deactivated")
    if chat.is_blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.is_started:
        together = any(
            user.id in other.members and other.status(state.world.bot.id) in PRESENT
            for other in state.world.chats.values()
        )
        if together:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")


def _check_membership(state: State, chat: Chat) -> None:
    status = chat.status(state.world.bot.id)
    place = _PLACES[chat.kind]
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {place}")
    if status not in PRESENT:
        if state.world.bot.id not in chat.members and not chat.username:
            raise bad_request("chat not found")
        raise forbidden(f"bot is not a member of the {place}")


def writable_chat(state: State, params: Json) -> tuple[Chat, int | None]:
    """Return the chat to send to, and the topic in it.

    Raises: ApiError 400 or 403 in Telegram's words.
    """
    chat = known_chat(state, params["chat_id"])
    is_admin = chat.status(state.world.bot.id) in ADMINS
    if chat.kind == "channel" and not is_admin:
        raise bad_request("need administrator rights in the channel chat")
    if chat.write_error:
        raise bad_request(chat.write_error)
    if chat.status(state.world.bot.id) == "restricted":
        raise bad_request("not enough rights to send text messages to the chat")
    thread_id = params.get("message_thread_id")
    if thread_id is None:
        if chat.is_forum and chat.is_general_closed and not is_admin:
            raise bad_request("TOPIC_CLOSED")
        return chat, None
    topic = chat.topics.get(thread_id) if chat.is_forum else None
    # General has the number 1 in links, yet is written to without a number: no topic here has it.
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and not is_admin:
        raise bad_request("TOPIC_CLOSED")
    return chat, thread_id


def replied(
    state: State, chat: Chat, thread_id: int | None, params: Json, tell: Callable[[str], None]
) -> tuple[Message | None, Json]:
    """Return the message replied to, and the fields `quote` and `external_reply` if there are any.

    Raises: ApiError 400 if it is gone, or the quotation is not in it.
    """
    wanted = params.get("reply_parameters")
    if not wanted:
        return None, {}
    there = known_chat(state, wanted["chat_id"]) if "chat_id" in wanted else chat
    target = there.messages.get(wanted["message_id"])
    if target is None:
        if wanted.get("allow_sending_without_reply") and there is chat:
            return None, {}
        raise bad_request("message to be replied not found")
    fields: Json = {}
    if "quote" in wanted:
        fields["quote"] = _quote(target, wanted, tell)
    if there is not chat:
        fields["external_reply"] = external_reply(target)
        return None, fields
    if target.is_topic_message and target.thread_id != thread_id:
        tell(f"reply to a message of topic {target.thread_id} sent to topic {thread_id}")
    return target, fields


def _quote(target: Message, wanted: Json, tell: Callable[[str], None]) -> Json:
    quote = parse(wanted.get("quote_parse_mode", ""), wanted["quote"], tell)
    if not 0 < len(quote.text) <= QUOTE_LIMIT:
        raise bad_request("QUOTE_TEXT_INVALID")
    places = _places(target.text, quote.text)
    if not places:
        raise bad_request("QUOTE_TEXT_INVALID")
    near = wanted.get("quote_position", 0)
    position = min(places, key=lambda place: abs(place - near))
    value: Json = {"text": quote.text, "position": position, "is_manual": True}
    if quote.entities:
        value["entities"] = list(quote.entities)
    return value


def _places(text: str, part: str) -> list[int]:
    places = []
    start = text.find(part)
    while start >= 0:
        places.append(utf16_length(text[:start]))
        start = text.find(part, start + 1)
    return places


def external_reply(target: Message) -> Json:
    """Return the Bot API's `ExternalReplyInfo` for a reply from another chat."""
    value: Json = {"origin": origin(target)}
    if target.chat.kind in {"supergroup", "channel"}:
        value |= {"chat": target.chat.to_json(), "message_id": target.id}
    return value


def origin(message: Message) -> Json:
    """Return the Bot API's `MessageOrigin`: where a message comes from."""
    if "forward_origin" in message.content:
        first: Json = message.content["forward_origin"]
        return first
    if message.chat.kind == "channel":
        return {
            "type": "channel",
            "date": message.date,
            "chat": message.chat.to_json(),
            "message_id": message.id,
        }
    if message.sender_chat:
        return {
            "type": "chat",
            "date": message.date,
            "sender_chat": message.sender_chat.to_json(),
        }
    if message.sender is None:
        raise ApiError(500, "Internal Server Error: a message without a sender")
    return {"type": "user", "date": message.date, "sender_user": message.sender.to_json()}
