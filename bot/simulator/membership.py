"""Who is where: blocking, adding and removing the bot, rights, migration, topics."""

from bot.simulator.errors import MisuseError
from bot.simulator.people import deliver
from bot.simulator.state import State
from bot.simulator.wire import Json
from bot.simulator.world import PRESENT, Chat, Message, Topic, User, member_json

_ICON_COLOR = 0x6FB9F0  # the first of the colours a topic may have. Source: Bot API, ForumTopic


def block(state: State, chat: Chat) -> None:
    """Let the user of a private chat block the bot."""
    if chat.user is None or chat.is_blocked:
        raise MisuseError("only a private chat that is not blocked can be blocked")
    chat.is_blocked = True
    _tell_status(state, chat, chat.user, "member", "kicked")


def unblock(state: State, chat: Chat) -> None:
    """Let the user of a private chat take the bot back."""
    if chat.user is None or not chat.is_blocked:
        raise MisuseError("not blocked")
    chat.is_blocked = False
    _tell_status(state, chat, chat.user, "kicked", "member")


def deactivate(state: State, user: User) -> None:
    """Delete a user's account; nobody tells the bot."""
    user.is_deactivated = True
    state.feed.publish("chats", user.id, {})


def set_bot_status(state: State, chat: Chat, by: User, status: str) -> None:
    """Add, promote, restrict or remove the bot; the bot is told unless it stays as it was."""
    bot = state.world.bot
    before = chat.status(bot.id)
    if before == status:
        return
    chat.members[bot.id] = status
    if before not in PRESENT and status in PRESENT and chat.is_group:
        service(state, chat, by, {"new_chat_members": [bot.to_json()]})
    _tell_status(state, chat, by, before, status)


def _tell_status(state: State, chat: Chat, by: User, before: str, after: str) -> None:
    bot = state.world.bot
    body: Json = {
        "chat": chat.to_json(),
        "from": by.to_json(),
        "date": state.date(),
        "old_chat_member": member_json(bot, before),
        "new_chat_member": member_json(bot, after),
    }
    state.updates.add("my_chat_member", body)
    state.feed.publish("chats", chat.id, {})


def service(
    state: State, chat: Chat, user: User | None, content: Json, thread_id: int | None = None
) -> Message:
    """Return a service message, told to the bot if it is there."""
    message = Message(0, chat, state.date(), user, content)
    if thread_id is not None:
        message.thread_id, message.is_topic_message = thread_id, True
    state.world.add_message(chat, message)
    deliver(state, message)
    return message


def migrate(state: State, chat: Chat, by: User, *, service_message: bool) -> Chat:
    """Return the supergroup that a group becomes. Message numbers do not carry over.

    Without `service_message` the bot hears of it only by the refusal of its next send.
    """
    if chat.kind != "group" or chat.migrated_to is not None:
        raise MisuseError("only a basic group becomes a supergroup")
    new = state.world.add_chat("supergroup", chat.title or "")
    new.members = dict(chat.members)
    if service_message:
        service(state, chat, by, {"migrate_to_chat_id": new.id})
    chat.migrated_to = new.id
    if service_message:
        service(state, new, by, {"migrate_from_chat_id": chat.id})
    state.feed.publish("chats", new.id, {})
    return new


def open_topic(state: State, chat: Chat, by: User, name: str) -> Topic:
    """Return a new topic of a forum; its number is that of the message that opened it."""
    if not chat.is_forum:
        raise MisuseError(f"{chat.title} is not a forum")
    # General is number 1, which therefore no message of a forum has.
    chat.last_message_id = max(chat.last_message_id, 1)
    number = chat.last_message_id + 1
    topic = Topic(number, name)
    chat.topics[number] = topic
    created: Json = {"forum_topic_created": {"name": name, "icon_color": _ICON_COLOR}}
    service(state, chat, by, created, thread_id=number)
    state.feed.publish("chats", chat.id, {})
    return topic


def set_topic_closed(state: State, chat: Chat, topic: Topic, by: User, *, is_closed: bool) -> None:
    """Close a topic or open it again."""
    topic.is_closed = is_closed
    kind = "forum_topic_closed" if is_closed else "forum_topic_reopened"
    service(state, chat, by, {kind: {}}, thread_id=topic.id)


def delete_topic(state: State, chat: Chat, topic: Topic) -> None:
    """Delete a topic with all in it; nobody tells the bot."""
    del chat.topics[topic.id]
    for number in [m.id for m in chat.messages.values() if m.thread_id == topic.id]:
        del chat.messages[number]
    state.feed.publish("chats", chat.id, {})
