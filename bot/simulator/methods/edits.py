"""Editing and deleting messages."""

from bot.simulator.access import known_chat
from bot.simulator.compose import compose_caption, compose_text
from bot.simulator.errors import bad_request
from bot.simulator.keyboards import read_keyboard
from bot.simulator.methods.call import Call, Method
from bot.simulator.methods.messages import pass_flood
from bot.simulator.wire import Json
from bot.simulator.world import ADMINS, Chat, Message

_DELETABLE_S = 48 * 3600  # Source: Bot API, deleteMessage
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_text(call: Call) -> Json | bool:
    """Return the message with its new text; an edit without a keyboard takes the keyboard away."""
    content = compose_text(call.params, call.tell)
    preview = call.params.get("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    message = _own_message(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _apply(call, message, ("text", "entities", "link_preview_options"), content)


def edit_caption(call: Call) -> Json | bool:
    """Return the message with its new caption, which may be none."""
    content = compose_caption(call.params, call.tell)
    message = _own_message(call)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _apply(call, message, ("caption", "caption_entities"), content)


def edit_keyboard(call: Call) -> Json | bool:
    """Return the message with its new keyboard, which may be none."""
    return _apply(call, _own_message(call), (), {})


def _own_message(call: Call) -> Message:
    """Return the message to edit: by chat and number, or by the id of an inline message."""
    params = call.params
    if "inline_message_id" in params:
        found = call.state.world.inline_messages.get(params["inline_message_id"])
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return found
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = known_chat(call.state, params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    bot = call.state.world.bot
    if message.sender is not bot and not (chat.kind == "channel" and chat.status(bot.id) in ADMINS):
        raise bad_request("message can't be edited")
    return message


def _apply(call: Call, message: Message, fields: tuple[str, ...], content: Json) -> Json | bool:
    """Return the edited message, or True for an inline one.

    Raises: ApiError 400 "message is not modified", 429.
    """
    keyboard = read_keyboard(call.params.get("reply_markup"))
    seen = [f for f in fields if f != "link_preview_options"]
    same = all(message.content.get(f) == content.get(f) for f in seen)
    if same and keyboard == message.keyboard:
        raise bad_request(_NOT_MODIFIED)
    pass_flood(call, message.chat)
    kept = {name: value for name, value in message.content.items() if name not in fields}
    # A new mapping: what has been handed out as JSON must not change afterwards.
    message.content = kept | content
    message.keyboard = keyboard
    message.edit_date = call.state.date()
    message.version += 1
    call.state.show("edit", message)
    return True if "inline_message_id" in call.params else message.to_json()


def delete_message(call: Call) -> bool:
    """Return True after deleting."""
    chat = known_chat(call.state, call.params["chat_id"])
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if not _may_delete(call, chat, message):
        raise bad_request("message can't be deleted")
    _delete(call, chat, message)
    return True


def delete_messages(call: Call) -> bool:
    """Return True after deleting those that are there and may be deleted."""
    chat = known_chat(call.state, call.params["chat_id"])
    for number in call.params["message_ids"]:
        message = chat.messages.get(number)
        if message and _may_delete(call, chat, message):
            _delete(call, chat, message)
    return True


def _may_delete(call: Call, chat: Chat, message: Message) -> bool:
    bot = call.state.world.bot
    is_admin = chat.status(bot.id) in ADMINS
    if call.state.date() - message.date >= _DELETABLE_S:
        return is_admin and chat.kind in {"supergroup", "channel"}
    return message.sender is bot or chat.kind == "private" or is_admin


def _delete(call: Call, chat: Chat, message: Message) -> None:
    del chat.messages[message.id]
    call.state.feed.publish("delete", chat.id, {"message_id": message.id})


METHODS: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_keyboard,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
