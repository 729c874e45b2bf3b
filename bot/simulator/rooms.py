"""Chats as tests use them: somebody writes, the bot's next message is awaited, a button pressed."""

from typing import TYPE_CHECKING

from bot.simulator import people
from bot.simulator.errors import MisuseError
from bot.simulator.feed import Event
from bot.simulator.people import Draft
from bot.simulator.state import State, message_event
from bot.simulator.views import Seen, Toast, see
from bot.simulator.wire import Json
from bot.simulator.world import Chat, Message, User

if TYPE_CHECKING:
    from bot.simulator.person import Person

#: So long is waited for what must come, and only where it does not: a busy machine is no fault.
PATIENCE_S = 30.0


class Room:
    """A private chat or a topic, and the base of a group; one user writes by default.

    The bot's messages are read one after another: `reply` returns each of them once.
    """

    def __init__(
        self, state: State, chat: Chat, user: User | None, thread_id: int | None = None
    ) -> None:
        self._state = state
        self._chat = chat
        self._user = user
        self._thread_id = thread_id
        self._read = 0
        self._typed = 0

    @property
    def id(self) -> int:
        """The chat's id."""
        return self._chat.id

    @property
    def thread_id(self) -> int | None:
        """The topic's number, if this is a topic."""
        return self._thread_id

    # What people do

    async def send(
        self,
        text: str,
        *,
        by: "Person | None" = None,
        reply_to: Seen | None = None,
        quote: str | None = None,
    ) -> Seen:
        """Return the message that a person has written."""
        return self._post(people.text_content(text), by, reply_to, quote)

    async def send_file(
        self,
        name: str,
        content: bytes,
        *,
        kind: str = "document",
        mime: str = "application/octet-stream",
        caption: str = "",
        size: int | None = None,
        album: str = "",
        by: "Person | None" = None,
        reply_to: Seen | None = None,
    ) -> Seen:
        """Return the message with a file: document, photo, voice or sticker.

        `size` pretends a size, so that a test need not carry 20 MB. Files of one `album` were sent
        together.
        """
        file = self._state.files.add(name, mime, content, kind=kind, size=size)
        together = {"media_group_id": album} if album else {}
        draft = Draft(
            people.file_content(file, caption) | together,
            self._message(reply_to),
            thread_id=self._thread_id,
            file=file,
        )
        return self._seen(people.post(self._state, self._chat, self._author(by), draft))

    async def forward(
        self, message: Seen, *, by: "Person | None" = None, hide_author: bool = False
    ) -> Seen:
        """Return the copy of a message of another chat, forwarded here by a person."""
        author = self._author(by)
        if author is None:
            raise MisuseError("a channel forwards nothing here")
        source = self._message(message)
        if source is None:
            raise MisuseError("nothing to forward")
        copy = people.forward(self._state, source, self._chat, author, hide_author=hide_author)
        return self._seen(copy)

    async def send_as(
        self, sender_id: int, text: str, *, sender_chat: "Room | None" = None
    ) -> Seen:
        """Return a message of a fake sender, such as `ANONYMOUS_ADMIN_ID`.

        `sender_chat` is the chat that stands behind it, by default this one.
        """
        author = self._state.world.service_user(sender_id)
        behind = sender_chat._chat if sender_chat else self._chat
        draft = Draft(people.text_content(text), thread_id=self._thread_id, sender_chat=behind)
        return self._seen(people.post(self._state, self._chat, author, draft))

    async def edit(self, message: Seen, text: str) -> None:
        """Change what a person wrote."""
        people.edit(self._state, self._live(message), text)

    async def delete(self, message: Seen) -> None:
        """Delete a message, as people can; the bot is not told."""
        live = self._live(message)
        del live.chat.messages[live.id]
        self._state.feed.publish("delete", live.chat.id, {"message_id": live.id})

    async def press(
        self,
        message: Seen,
        which: str | int = 0,
        *,
        by: "Person | None" = None,
        data: str | None = None,
        timeout_s: float = PATIENCE_S,
    ) -> Toast:
        """Return the answer to a pressed button, found by label or place; `data` forges one.

        Raises: MisuseError for a button that asks nothing of the bot, TimeoutError.
        """
        if data is None:
            button = message.button(which)
            if button.data is None:
                raise MisuseError(f"{button.label!r} asks nothing of the bot: {button}")
            data = button.data
        author = self._author(by)
        if author is None:
            raise MisuseError("say who presses: by=…")
        query = people.press(self._state, self._pressable(message), author, data)
        answer = await self._state.feed.wait_for(
            lambda: query.answer, timeout_s, f"answer to the button {data!r}"
        )
        return Toast(answer["text"], answer["show_alert"], answer["url"])

    # What the bot does

    async def reply(self, timeout_s: float = PATIENCE_S) -> Seen:
        """Return the next message of the bot here that has not been returned yet.

        Raises: TimeoutError.
        """
        return await self._state.feed.wait_for(
            self._read_next, timeout_s, f"reply in chat {self.id}"
        )

    async def replies(self, count: int, timeout_s: float = PATIENCE_S) -> list[Seen]:
        """Return the next `count` messages of the bot here. Raises: TimeoutError."""
        return [await self.reply(timeout_s) for _ in range(count)]

    async def edited(self, message: Seen, timeout_s: float = PATIENCE_S) -> Seen:
        """Return the message after its next edit. Raises: TimeoutError."""

        def look() -> Seen | None:
            return next(
                (
                    see(event.data)
                    for event in self._events()
                    if event.kind == "edit"
                    and event.data["message_id"] == message.id
                    and event.data["version"] > message.version
                ),
                None,
            )

        return await self._state.feed.wait_for(look, timeout_s, "edit")

    async def deleted(self, message: Seen, timeout_s: float = PATIENCE_S) -> None:
        """Return when the message is gone. Raises: TimeoutError."""
        await self._state.feed.wait_for(
            lambda: True if message.id not in self._chat.messages else None, timeout_s, "deletion"
        )

    async def typing(self, timeout_s: float = PATIENCE_S) -> str:
        """Return the next chat action here that has not been returned yet. Raises: TimeoutError."""

        def look() -> str | None:
            actions = [
                event.data["action"]
                for event in self._events()
                if event.kind == "typing" and self._is_here(event.data["message_thread_id"])
            ]
            return actions[self._typed] if len(actions) > self._typed else None

        action = await self._state.feed.wait_for(look, timeout_s, "chat action")
        self._typed += 1
        return action

    def unread(self) -> list[Seen]:
        """Return the messages of the bot that `reply` would return without waiting."""
        return [see(event.data) for event in self._events()[self._read :] if self._is_bots(event)]

    def messages(self) -> list[Seen]:
        """Return all messages here as they look now, oldest first."""
        return [self._seen(m) for m in self._chat.messages.values() if self._is_here(m.thread_id)]

    def file(self, message: Seen) -> bytes:
        """Return the content of the file in a message."""
        stored = self._live(message).file
        if stored is None:
            raise MisuseError("no file in this message")
        return stored.content

    def _read_next(self) -> Seen | None:
        """Return the first unread message of the bot, which is read from now on."""
        events = self._events()
        while self._read < len(events):
            event = events[self._read]
            self._read += 1
            if self._is_bots(event):
                return see(event.data)
        return None

    def _is_bots(self, event: Event) -> bool:
        if event.kind != "message" or not self._is_here(event.data.get("message_thread_id")):
            return False
        return bool(event.data["by_bot"])

    def _is_here(self, thread_id: int | None) -> bool:
        return not self._chat.is_forum or thread_id == self._thread_id

    def _events(self) -> list[Event]:
        return self._state.feed.by_chat.setdefault(self._chat.id, [])

    def _post(
        self, content: Json, by: "Person | None", reply_to: Seen | None, quote: str | None
    ) -> Seen:
        draft = Draft(content, self._message(reply_to), quote, self._thread_id)
        return self._seen(people.post(self._state, self._chat, self._author(by), draft))

    def _author(self, by: "Person | None") -> User | None:
        return by.user if by else self._user

    def _message(self, seen: Seen | None) -> Message | None:
        return self._live(seen) if seen else None

    def _live(self, seen: Seen) -> Message:
        chat = self._state.world.chats.get(seen.chat_id)
        message = chat.messages.get(seen.id) if chat else None
        if message is None:
            raise MisuseError(f"message {seen.id} is gone")
        return message

    def _pressable(self, seen: Seen) -> Message:
        """Return the message with the button; one that was deleted can still be on a screen."""
        live = self._state.world.chats[seen.chat_id].messages.get(seen.id)
        return live or Message(seen.id, self._chat, 0, self._state.world.bot, {})

    def _seen(self, message: Message) -> Seen:
        return see(message_event(message))
