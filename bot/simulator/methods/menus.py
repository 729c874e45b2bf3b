"""Commands by scope and language, name and descriptions, the menu button."""

import re
from collections.abc import Callable

from bot.simulator.access import known_chat
from bot.simulator.errors import bad_request
from bot.simulator.menus import DEFAULT_SCOPE, ScopeKey
from bot.simulator.methods.call import Call, Method
from bot.simulator.wire import Json

COMMAND_LIMIT = 100  # Source: Bot API, setMyCommands
DESCRIPTION_LIMIT = 256  # Source: Bot API, BotCommand
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SIMPLE_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
# Source: Bot API, setMyName, setMyDescription, setMyShortDescription.
_TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def _scope(call: Call) -> ScopeKey:
    scope = call.params.get("scope")
    if not scope:
        return DEFAULT_SCOPE
    kind = scope["type"]
    if kind in _SIMPLE_SCOPES:
        return (kind, None, None)
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = known_chat(call.state, scope.get("chat_id", 0))
    if kind != "chat" and chat.kind == "private":
        raise bad_request("can't change commands in private chats for a member")
    user_id = scope.get("user_id") if kind == "chat_member" else None
    if kind == "chat_member" and user_id not in call.state.world.users:
        raise bad_request("user not found")
    return (kind, chat.id, user_id)


def _language(call: Call) -> str:
    code: str = call.params.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def set_commands(call: Call) -> bool:
    """Return True; the list of this scope and language is replaced as a whole."""
    commands: list[Json] = call.params["commands"]
    if len(commands) > COMMAND_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= DESCRIPTION_LIMIT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.state.menus.commands[_scope(call), _language(call)] = commands
    call.state.feed.publish("menu", None, {})
    return True


def get_commands(call: Call) -> list[Json]:
    """Return the list of exactly this scope and language."""
    return call.state.menus.commands.get((_scope(call), _language(call)), [])


def delete_commands(call: Call) -> bool:
    """Return True; the next broader list counts again."""
    call.state.menus.commands.pop((_scope(call), _language(call)), None)
    call.state.feed.publish("menu", None, {})
    return True


def _set_text(name: str) -> Method:
    def set_text(call: Call) -> bool:
        text: str = call.params.get(name, "")
        if len(text) > _TEXT_LIMITS[name]:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        call.state.menus.texts[name, _language(call)] = text
        return True

    return set_text


def _get_text(name: str) -> Callable[[Call], Json]:
    def get_text(call: Call) -> Json:
        return {name: call.state.menus.text(name, _language(call))}

    return get_text


def set_button(call: Call) -> bool:
    """Return True after setting the menu button of one private chat, or of all."""
    button = call.params.get("menu_button", {"type": "default"})
    if button["type"] not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse menu button: Unsupported type specified")
    chat_id = call.params.get("chat_id")
    if chat_id is not None:
        known_chat(call.state, chat_id)
    call.state.menus.buttons[chat_id] = button
    return True


def get_button(call: Call) -> Json:
    """Return the menu button of one private chat, or the one for all."""
    return call.state.menus.button(call.params.get("chat_id"))


METHODS: dict[str, Method] = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": _set_text("name"),
    "getMyName": _get_text("name"),
    "setMyDescription": _set_text("description"),
    "getMyDescription": _get_text("description"),
    "setMyShortDescription": _set_text("short_description"),
    "getMyShortDescription": _get_text("short_description"),
    "setChatMenuButton": set_button,
    "getChatMenuButton": get_button,
}
