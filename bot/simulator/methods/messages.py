"""Sending, forwarding and copying messages; typing."""

from bot.simulator.access import known_chat, origin, replied, writable_chat
from bot.simulator.compose import compose_caption, compose_text
from bot.simulator.errors import bad_request, too_many_requests
from bot.simulator.files import StoredFile
from bot.simulator.keyboards import read_keyboard
from bot.simulator.methods.call import Call, Method
from bot.simulator.wire import Json
from bot.simulator.world import Chat, Message

_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note".split()
)


def send_message(call: Call) -> Json:
    """Return the message sent."""
    content = compose_text(call.params, call.tell)
    preview = call.params.get("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return send(call, content).to_json()


def send(call: Call, content: Json, file: StoredFile | None = None) -> Message:
    """Return a message of the bot after every check, the flood limits last.

    Raises: ApiError 400, 403 or 429.
    """
    state = call.state
    chat, thread_id = writable_chat(state, call.params)
    reply_to, fields = replied(state, chat, thread_id, call.params, call.tell)
    keyboard = read_keyboard(call.params.get("reply_markup"))
    pass_flood(call, chat)
    is_channel = chat.kind == "channel"
    if thread_id is None and reply_to and chat.kind == "supergroup" and not chat.is_forum:
        thread_id = reply_to.thread_id or reply_to.id
    message = Message(
        id=0,
        chat=chat,
        date=state.date(),
        sender=None if is_channel else state.world.bot,
        sender_chat=chat if is_channel else None,
        content=content | fields,
        keyboard=keyboard,
        reply_to=reply_to or chat.topic_opening(thread_id),
        thread_id=thread_id,
        is_topic_message=chat.is_forum and thread_id is not None,
        by_bot=True,
        is_silent=bool(call.params.get("disable_notification")),
        file=file,
    )
    if call.params.get("protect_content"):
        message.content["has_protected_content"] = True
    state.world.add_message(chat, message)
    chat.last_bot_id = state.world.bot.id
    state.show("message", message)
    return message


def pass_flood(call: Call, chat: Chat) -> None:
    """Count a message to `chat`.

    Raises: ApiError 429.
    """
    flood, now_s = call.state.flood, call.state.clock.monotonic()
    knocks = flood.is_banned(None, now_s) or flood.is_banned(chat.id, now_s)
    wait_s = flood.admit(chat.id, now_s, is_group=chat.is_group)
    if knocks:
        call.tell(f"a request to {chat.id} during a ban, which is now {wait_s} s")
    if wait_s:
        raise too_many_requests(wait_s)


def forward_message(call: Call) -> Json:
    """Return the forwarded message."""
    source = _source(call)
    content = _copied(source) | {"forward_origin": origin(source)}
    return send(call, content, source.file).to_json()


def copy_message(call: Call) -> Json:
    """Return the number of the copy, which names no source."""
    source = _source(call)
    content = _copied(source)
    if "caption" in call.params and "text" not in content:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= compose_caption(call.params, call.tell)
    return {"message_id": send(call, content, source.file).id}


def _source(call: Call) -> Message:
    chat = known_chat(call.state, call.params["from_chat_id"])
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        verb = "forward" if call.method == "forwardMessage" else "copy"
        raise bad_request(f"message to {verb} not found")
    return message


_TRAVELS = (
    "text entities caption caption_entities document photo sticker voice link_preview_options"
).split()


def _copied(message: Message) -> Json:
    return {name: message.content[name] for name in _TRAVELS if name in message.content}


def send_chat_action(call: Call) -> bool:
    """Return True after showing that the bot types."""
    chat, thread_id = writable_chat(call.state, call.params)
    if call.params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    data: Json = {"action": call.params["action"], "message_thread_id": thread_id}
    call.state.feed.publish("typing", chat.id, data)
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "sendChatAction": send_chat_action,
}
