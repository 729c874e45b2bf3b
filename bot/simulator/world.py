"""People, chats and messages: the state of the little world, and how it looks in JSON.

What belongs here: facts. Who may do what is in `access`, what people do in `people`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.simulator.errors import MisuseError
from bot.simulator.files import StoredFile
from bot.simulator.wire import Json

# A supergroup's or channel's id is this minus its own number. Source: Bot API, "Chat".
_SUPERGROUP_BASE = -1_000_000_000_000
SERVICE_ACCOUNT_ID = 777000  # Telegram itself; sends automatic forwards
ANONYMOUS_ADMIN_ID = 1087968824  # @GroupAnonymousBot
CHANNEL_BOT_ID = 136817688  # @Channel_Bot, the `from` of a channel that posts in a group
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})


@dataclass(slots=True, eq=False)
class User:
    """A person, or a bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    last_name: str | None = None
    is_bot: bool = False
    is_deactivated: bool = False

    def to_json(self) -> Json:
        """Return the Bot API's `User`."""
        return _without_none(
            {
                "id": self.id,
                "is_bot": self.is_bot,
                "first_name": self.first_name,
                "last_name": self.last_name,
                "username": self.username,
                "language_code": self.language_code,
            }
        )


@dataclass(slots=True, eq=False)
class Topic:
    """A topic of a forum."""

    id: int
    name: str
    is_closed: bool = False


@dataclass(slots=True, eq=False)
class Message:
    """A message as Telegram stores it.

    `content` holds the fields of the Bot API's `Message` that need no translation: text, entities,
    caption, document, service fields and the like.
    """

    id: int
    chat: "Chat"
    date: int
    sender: User | None
    content: Json
    sender_chat: "Chat | None" = None
    keyboard: list[list[Json]] = field(default_factory=list)
    reply_to: "Message | None" = None
    thread_id: int | None = None
    is_topic_message: bool = False
    edit_date: int | None = None
    version: int = 0
    is_silent: bool = False
    by_bot: bool = False
    inline_message_id: str | None = None
    file: StoredFile | None = None

    def to_json(self, *, with_reply: bool = True) -> Json:
        """Return the Bot API's `Message`; a message replied to comes without its own reply."""
        value: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json()}
        if self.sender:
            value["from"] = self.sender.to_json()
        if self.sender_chat:
            value["sender_chat"] = self.sender_chat.to_json()
        if self.thread_id is not None:
            value["message_thread_id"] = self.thread_id
        if self.is_topic_message:
            value["is_topic_message"] = True
        if self.edit_date is not None:
            value["edit_date"] = self.edit_date
        if self.reply_to and with_reply:
            value["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        if self.keyboard:
            value["reply_markup"] = {"inline_keyboard": self.keyboard}
        return value | self.content

    @property
    def text(self) -> str:
        """The text or caption, or an empty string."""
        return str(self.content.get("text", self.content.get("caption", "")))


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat, group, supergroup or channel."""

    id: int
    kind: str
    title: str | None = None
    username: str | None = None
    user: User | None = None
    is_forum: bool = False
    is_started: bool = False
    is_blocked: bool = False
    is_deleted: bool = False
    is_general_closed: bool = False
    migrated_to: int | None = None
    last_bot_id: int | None = None
    linked_group: "Chat | None" = None
    write_error: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0

    @property
    def is_group(self) -> bool:
        """Whether many people write here."""
        return self.kind in {"group", "supergroup"}

    def topic_opening(self, thread_id: int | None) -> Message | None:
        """Return the service message that opened a topic.

        In a topic, Telegram makes every message that replies to nothing a reply to this one.
        """
        return self.messages.get(thread_id) if self.is_forum and thread_id else None

    def status(self, user_id: int) -> str:
        """Return the `ChatMember.status` of a user here."""
        return self.members.get(user_id, "left")

    def to_json(self) -> Json:
        """Return the Bot API's `Chat`."""
        value: Json = {"id": self.id, "type": self.kind, "title": self.title}
        if self.user:
            value |= {
                "first_name": self.user.first_name,
                "last_name": self.user.last_name,
                "username": self.user.username,
            }
        else:
            value["username"] = self.username
        if self.is_forum:
            value["is_forum"] = True
        return _without_none(value)


class World:
    """All users, chats and inline messages, by their ids."""

    def __init__(self, bot: User) -> None:
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.inline_messages: dict[str, Message] = {}
        # Private chats and basic groups share the numbering of the bot's own account.
        self._last_own_message_id = 0
        self._last_number = 0

    def add_user(
        self,
        first_name: str,
        *,
        user_id: int | None = None,
        username: str | None = None,
        language_code: str | None = None,
        last_name: str | None = None,
    ) -> User:
        """Return a new person, who has not started the bot yet."""
        number = user_id or 100_000 + self._next_number()
        if number in self.users:
            raise MisuseError(f"user {number} exists already")
        user = User(number, first_name, username, language_code, last_name)
        self.users[number] = user
        self.chats[number] = Chat(number, "private", user=user)
        return user

    def add_chat(
        self, kind: str, title: str, *, username: str | None = None, is_forum: bool = False
    ) -> Chat:
        """Return a new group, supergroup or channel with nobody in it."""
        number = self._next_number()
        chat_id = -number if kind == "group" else _SUPERGROUP_BASE - number
        chat = Chat(chat_id, kind, title, username, is_forum=is_forum)
        self.chats[chat_id] = chat
        return chat

    def add_message(self, chat: Chat, message: Message) -> Message:
        """Return `message`, now the last one of `chat`, with its number there."""
        if chat.kind in {"private", "group"}:
            self._last_own_message_id += 1
            message.id = self._last_own_message_id
        else:
            message.id = chat.last_message_id + 1
        chat.last_message_id = message.id
        chat.messages[message.id] = message
        if message.sender and message.sender.is_bot:
            chat.last_bot_id = message.sender.id
        return message

    def find_chat(self, chat_id: int | str) -> Chat | None:
        """Return the chat with this id or @username, or None."""
        if isinstance(chat_id, int):
            return self.chats.get(chat_id)
        name = chat_id.lstrip("@").lower()
        named = (c for c in self.chats.values() if (c.username or "").lower() == name)
        return next(named, None)

    def service_user(self, user_id: int) -> User:
        """Return one of the fake senders, such as Telegram's own account."""
        names = {
            SERVICE_ACCOUNT_ID: ("Telegram", None),
            ANONYMOUS_ADMIN_ID: ("Group", "GroupAnonymousBot"),
            CHANNEL_BOT_ID: ("Channel", "Channel_Bot"),
        }
        first_name, username = names[user_id]
        return User(user_id, first_name, username, is_bot=user_id != SERVICE_ACCOUNT_ID)

    def _next_number(self) -> int:
        self._last_number += 1
        return self._last_number


def member_json(user: User, status: str) -> Json:
    """Return the Bot API's `ChatMember` with the fields its status requires."""
    value: Json = {"status": status, "user": user.to_json()}
    if status == "creator":
        value["is_anonymous"] = False
    elif status == "administrator":
        value |= dict.fromkeys(_ADMIN_RIGHTS, True) | {"can_be_edited": False}
        value |= {"is_anonymous": False}
    elif status == "kicked":
        value["until_date"] = 0
    elif status == "restricted":
        value |= dict.fromkeys(_MEMBER_RIGHTS, False) | {"is_member": True, "until_date": 0}
    return value


_ADMIN_RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories can_post_messages can_edit_messages can_pin_messages can_manage_topics"
).split()
_MEMBER_RIGHTS = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
    "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
    "can_add_web_page_previews can_react_to_messages can_edit_tag can_change_info "
    "can_invite_users can_pin_messages can_manage_topics"
).split()


def _without_none(value: Json) -> Json:
    return {name: item for name, item in value.items() if item is not None}


def members_of(chat: Chat, world: World, statuses: Iterable[str]) -> list[User]:
    """Return the members whose status is one of `statuses`, in the order they came."""
    wanted = set(statuses)
    return [world.users[uid] for uid, status in chat.members.items() if status in wanted]
