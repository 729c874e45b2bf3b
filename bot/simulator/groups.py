"""Groups, supergroups and channels as tests use them: members, the bot's place, topics."""

from typing import TYPE_CHECKING

from bot.simulator import membership
from bot.simulator.errors import MisuseError
from bot.simulator.rooms import Room
from bot.simulator.world import User

if TYPE_CHECKING:
    from bot.simulator.person import Person


class Group(Room):
    """A group, supergroup or channel: members, the bot's place in it, topics."""

    def topic(self, name: str) -> Room:
        """Return a topic by its name, opened now if there is none."""
        user = self._owner()
        found = next((t for t in self._chat.topics.values() if t.name == name), None)
        topic = found or membership.open_topic(self._state, self._chat, user, name)
        return Room(self._state, self._chat, self._user, topic.id)

    def close_topic(self, topic: Room, *, is_closed: bool = True) -> None:
        """Close a topic, or open it again; the group itself stands for General."""
        if topic.thread_id is None:
            self._chat.is_general_closed = is_closed
            return
        found = self._chat.topics[topic.thread_id]
        membership.set_topic_closed(
            self._state, self._chat, found, self._owner(), is_closed=is_closed
        )

    def delete_topic(self, topic: Room) -> None:
        """Delete a topic; the bot is not told."""
        membership.delete_topic(self._state, self._chat, self._chat.topics[topic.thread_id or 0])

    def set_bot(self, status: str, *, by: "Person | None" = None) -> None:
        """Make the bot `member`, `administrator`, `restricted`, `left` or `kicked`."""
        user = by.user if by else self._owner()
        membership.set_bot_status(self._state, self._chat, user, status)

    def set_member(self, person: "Person", status: str = "member") -> None:
        """Make a person `member`, `administrator`, `creator`, `left` or `kicked`."""
        self._chat.members[person.id] = status
        self._state.feed.publish("chats", self.id, {})

    def forbid_writing(
        self, error: str | None = "not enough rights to send text messages to the chat"
    ) -> None:
        """Let every send of the bot fail with this 400; None allows again."""
        self._chat.write_error = error

    def delete_chat(self) -> None:
        """Delete the group."""
        self._chat.is_deleted = True

    def migrate(self, *, service_message: bool = True) -> int:
        """Return the new id; from now on this is the supergroup that the group became."""
        self._chat = membership.migrate(
            self._state, self._chat, self._owner(), service_message=service_message
        )
        self._read = 0
        return self._chat.id

    def _owner(self) -> User:
        for user_id, status in self._chat.members.items():
            if status == "creator":
                return self._state.world.users[user_id]
        raise MisuseError(f"nobody owns {self._chat.title}")
