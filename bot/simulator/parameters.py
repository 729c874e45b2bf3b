"""The parameters of each method, the fields of their objects: types, and which are required.

Types: `int`, `bool`, `str`, `chat` (a number or a name), `file`, `markup`, `[T]`, or an
object. `!` marks what is required. Source: Bot API 10.1, "Available methods".
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.wire import Json, RawCall

_SEND = (
    "business_connection_id:str chat_id!:chat message_thread_id:int direct_messages_topic_id:int "
    "disable_notification:bool protect_content:bool allow_paid_broadcast:bool "
    "message_effect_id:str reply_parameters:ReplyParameters reply_markup:markup "
)
_EDIT = "business_connection_id:str chat_id:chat message_id:int inline_message_id:str "
_CAPTION = "caption:str parse_mode:str caption_entities:[MessageEntity] "
_MENU = "scope:BotCommandScope language_code:str "

METHODS = {
    "getMe": "",
    "getUpdates": "offset:int limit:int timeout:int allowed_updates:[str]",
    "deleteWebhook": "drop_pending_updates:bool",
    "getWebhookInfo": "",
    "sendMessage": _SEND + "text!:str parse_mode:str entities:[MessageEntity] "
    "link_preview_options:LinkPreviewOptions",
    "sendPhoto": _SEND + _CAPTION + "photo!:file show_caption_above_media:bool has_spoiler:bool",
    "sendDocument": _SEND + _CAPTION + "document!:file thumbnail:file "
    "disable_content_type_detection:bool",
    "forwardMessage": "chat_id!:chat message_thread_id:int from_chat_id!:chat message_id!:int "
    "disable_notification:bool protect_content:bool message_effect_id:str",
    "copyMessage": _SEND + _CAPTION + "from_chat_id!:chat message_id!:int "
    "show_caption_above_media:bool",
    "sendChatAction": "business_connection_id:str chat_id!:chat message_thread_id:int action!:str",
    "editMessageText": _EDIT + "text!:str parse_mode:str entities:[MessageEntity] "
    "link_preview_options:LinkPreviewOptions reply_markup:InlineKeyboardMarkup",
    "editMessageCaption": _EDIT + _CAPTION + "show_caption_above_media:bool "
    "reply_markup:InlineKeyboardMarkup",
    "editMessageReplyMarkup": _EDIT + "reply_markup:InlineKeyboardMarkup",
    "deleteMessage": "chat_id!:chat message_id!:int",
    "deleteMessages": "chat_id!:chat message_ids!:[int]",
    "answerCallbackQuery": "callback_query_id!:str text:str show_alert:bool url:str cache_time:int",
    "answerInlineQuery": "inline_query_id!:str results!:[InlineQueryResult] cache_time:int "
    "is_personal:bool next_offset:str button:InlineQueryResultsButton",
    "answerGuestQuery": "guest_query_id!:str result!:InlineQueryResult",
    "getFile": "file_id!:str",
    "setMyCommands": "commands!:[BotCommand] " + _MENU,
    "getMyCommands": _MENU,
    "deleteMyCommands": _MENU,
    "setMyName": "name:str language_code:str",
    "getMyName": "language_code:str",
    "setMyDescription": "description:str language_code:str",
    "getMyDescription": "language_code:str",
    "setMyShortDescription": "short_description:str language_code:str",
    "getMyShortDescription": "language_code:str",
    "setChatMenuButton": "chat_id:int menu_button:MenuButton",
    "getChatMenuButton": "chat_id:int",
    "getChat": "chat_id!:chat",
    "getChatMember": "chat_id!:chat user_id!:int",
    "getChatAdministrators": "chat_id!:chat return_bots:bool",
    "getChatMemberCount": "chat_id!:chat",
    "leaveChat": "chat_id!:chat",
}
OBJECTS = {
    "ReplyParameters": "message_id!:int chat_id:chat allow_sending_without_reply:bool quote:str "
    "quote_parse_mode:str quote_entities:[MessageEntity] quote_position:int",
    "LinkPreviewOptions": "is_disabled:bool url:str prefer_small_media:bool "
    "prefer_large_media:bool show_above_text:bool",
    "MessageEntity": "type!:str offset!:int length!:int url:str user:any language:str "
    "custom_emoji_id:str unix_time:int date_time_format:str",
    "InlineKeyboardMarkup": "inline_keyboard!:[[InlineKeyboardButton]]",
    "InlineKeyboardButton": "text!:str icon_custom_emoji_id:str style:str url:str "
    "callback_data:str web_app:any login_url:any switch_inline_query:str "
    "switch_inline_query_current_chat:str switch_inline_query_chosen_chat:any "
    "copy_text:CopyTextButton callback_game:any pay:bool",
    "CopyTextButton": "text!:str",
    "ReplyKeyboardMarkup": "keyboard!:[[any]] is_persistent:bool resize_keyboard:bool "
    "one_time_keyboard:bool input_field_placeholder:str selective:bool",
    "ReplyKeyboardRemove": "remove_keyboard!:bool selective:bool",
    "ForceReply": "force_reply!:bool input_field_placeholder:str selective:bool",
    "BotCommand": "command!:str description!:str",
    "BotCommandScope": "type!:str chat_id:chat user_id:int",
    "MenuButton": "type!:str text:str web_app:any",
    "InlineQueryResultsButton": "text!:str web_app:any start_parameter:str",
    "InlineQueryResult": "type!:str id!:str title!:str "
    "input_message_content!:InputTextMessageContent reply_markup:InlineKeyboardMarkup url:str "
    "description:str thumbnail_url:str thumbnail_width:int thumbnail_height:int",
    "InputTextMessageContent": "message_text!:str parse_mode:str entities:[MessageEntity] "
    "link_preview_options:LinkPreviewOptions",
}
# Telegram's own words for what is missing, where they are known.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "file_id": "file_id not specified",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_WHOLE_NUMBER = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name, the kind of value, and whether it must be there."""

    name: str
    kind: str
    is_required: bool


def _parse(line: str) -> dict[str, Parameter]:
    parameters = {}
    for item in line.split():
        name, _, kind = item.partition(":")
        bare = name.rstrip("!")
        parameters[bare] = Parameter(bare, kind, name.endswith("!"))
    return parameters


METHOD_PARAMETERS = {method: _parse(line) for method, line in METHODS.items()}
OBJECT_FIELDS = {name: _parse(line) for name, line in OBJECTS.items()}
_PROPER_NAMES = {method.lower(): method for method in METHODS}


def proper_name(method: str) -> str | None:
    """Return the method as documented, whatever case it came in, or None if there is none."""
    return _PROPER_NAMES.get(method.lower())


def read_parameters(method: str, raw: RawCall, tell: Callable[[str], None]) -> Json:
    """Return the parameters of a call with the types they should have.

    Unknown parameters are told and left out, as Telegram leaves them out. An empty string is a
    parameter that is not there, except for a text.

    Raises: ApiError 400 for a wrong type or a required parameter that is missing.
    """
    known = METHOD_PARAMETERS[method]
    for name in raw.params.keys() - known.keys():
        tell(f"unknown parameter {name}={raw.params[name]!r}")
    for name in raw.uploads.keys() - known.keys() - _attached(raw.params.values()):
        tell(f"unknown file {name}")
    values: Json = {}
    for parameter in known.values():
        value = raw.params.get(parameter.name)
        if parameter.kind == "file" and parameter.name in raw.uploads:
            values[parameter.name] = f"attach://{parameter.name}"
        elif value is not None and (value != "" or parameter.kind == "str"):
            values[parameter.name] = _convert(parameter.kind, value, parameter.name, tell)
        elif parameter.is_required:
            tell(f"required parameter {parameter.name} is missing")
            raise bad_request(_MISSING.get(parameter.name, f"{parameter.name} is empty"))
    return values


def _attached(values: Iterable[object]) -> set[str]:
    found: set[str] = set()
    for value in values:
        found |= set(re.findall(r"attach://([\w.-]+)", str(value)))
    return found


def _convert(kind: str, value: object, where: str, tell: Callable[[str], None]) -> object:
    """Return `value`, which may be text from a form, as the kind it should be."""
    if kind in {"str", "file"}:
        if not isinstance(value, str):
            raise _wrong(where, kind, tell)
        return _whole(value)
    if isinstance(value, str):
        value = _from_text(kind, value, where, tell)
    return check(kind, value, where, tell)


def _from_text(kind: str, value: str, where: str, tell: Callable[[str], None]) -> object:
    if kind in {"int", "chat"} and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    if kind == "chat":
        return value
    if kind == "bool" and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    try:
        return json.loads(value)
    except ValueError as error:
        raise _wrong(where, kind, tell) from error


def check(kind: str, value: object, where: str, tell: Callable[[str], None]) -> object:
    """Return `value` if it is of this kind. Unknown fields are told and left out.

    Raises: ApiError 400.
    """
    if kind == "any":
        return value
    if kind.startswith("["):
        if not isinstance(value, list):
            raise _wrong(where, kind, tell)
        return [check(kind[1:-1], item, f"{where}[{i}]", tell) for i, item in enumerate(value)]
    if kind in OBJECT_FIELDS or kind == "markup":
        return _check_object(kind, value, where, tell)
    types: dict[str, tuple[type, ...]] = {
        "int": (int,),
        "bool": (bool,),
        "str": (str,),
        "chat": (int, str),
    }
    if not isinstance(value, types[kind]) or (isinstance(value, bool) and kind != "bool"):
        raise _wrong(where, kind, tell)
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str) -> str:
    """Return `text` unless it holds half a character, as escapes in JSON can."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    return text


def _check_object(kind: str, value: object, where: str, tell: Callable[[str], None]) -> Json:
    if not isinstance(value, dict):
        raise _wrong(where, kind, tell)
    if kind == "markup":
        kind = _markup_kind(value)
    fields = OBJECT_FIELDS[kind]
    for name in value.keys() - fields.keys():
        tell(f"unknown field {where}.{name}")
    checked: Json = {}
    for name, parameter in fields.items():
        if value.get(name) is not None:
            checked[name] = check(parameter.kind, value[name], f"{where}.{name}", tell)
        elif parameter.is_required:
            raise _wrong(f"{where}.{name}", parameter.kind, tell)
    return checked


def _markup_kind(value: Json) -> str:
    for kind, mark in (
        ("InlineKeyboardMarkup", "inline_keyboard"),
        ("ReplyKeyboardMarkup", "keyboard"),
        ("ReplyKeyboardRemove", "remove_keyboard"),
        ("ForceReply", "force_reply"),
    ):
        if mark in value:
            return kind
    return "InlineKeyboardMarkup"


def _wrong(where: str, kind: str, tell: Callable[[str], None]) -> ApiError:
    tell(f"{where} is not {kind}")
    if kind == "markup":
        return bad_request("object expected as reply markup")
    return bad_request(f"can't parse {where}: expected {kind}")
