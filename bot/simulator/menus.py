"""Lists of commands by scope and language, the menu button, and the bot's name and descriptions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.simulator.wire import Json
from bot.simulator.world import ADMINS, Chat, User

ScopeKey = tuple[str, int | None, int | None]
DEFAULT_SCOPE: ScopeKey = ("default", None, None)


@dataclass(slots=True)
class Menus:
    """What a user sees behind the menu button and on the bot's page."""

    commands: dict[tuple[ScopeKey, str], list[Json]] = field(default_factory=dict)
    buttons: dict[int | None, Json] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def seen_by(self, user: User, chat: Chat) -> list[Json]:
        """Return the commands that `user` is offered in `chat`: the first list that exists.

        Source: Bot API, "Determining list of commands".
        """
        language = (user.language_code or "")[:2]
        for scope in _scopes(user, chat):
            for code in dict.fromkeys((language, "")):
                found = self.commands.get((scope, code))
                if found:
                    return found
        return []

    def button(self, chat_id: int | None) -> Json:
        """Return the menu button of a private chat, or the one for all."""
        return self.buttons.get(chat_id) or self.buttons.get(None) or {"type": "commands"}

    def text(self, name: str, language: str) -> str:
        """Return name, description or short description for a language, else the one for all."""
        return self.texts.get((name, language)) or self.texts.get((name, "")) or ""


def _scopes(user: User, chat: Chat) -> Iterator[ScopeKey]:
    if chat.kind == "private":
        yield ("chat", chat.id, None)
        yield ("all_private_chats", None, None)
    else:
        is_admin = chat.status(user.id) in ADMINS
        yield ("chat_member", chat.id, user.id)
        if is_admin:
            yield ("chat_administrators", chat.id, None)
        yield ("chat", chat.id, None)
        if is_admin:
            yield ("all_chat_administrators", None, None)
        yield ("all_group_chats", None, None)
    yield DEFAULT_SCOPE
