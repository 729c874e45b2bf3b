"""A person as tests use one: chat, menu, links, blocking, inline and guest questions."""

from typing import TYPE_CHECKING

from bot.simulator import inline, membership
from bot.simulator.errors import MisuseError
from bot.simulator.groups import Group
from bot.simulator.links import parse_link
from bot.simulator.rooms import PATIENCE_S, Room
from bot.simulator.state import message_event
from bot.simulator.views import Card, InlineAnswer, Seen, see, see_inline
from bot.simulator.wire import Json
from bot.simulator.world import User

if TYPE_CHECKING:
    from bot.simulator.client import Simulator


class Person:
    """Somebody with Telegram."""

    def __init__(self, sim: "Simulator", user: User) -> None:
        self._sim = sim
        self.user = user

    @property
    def id(self) -> int:
        """The user's id, which is that of the private chat as well."""
        return self.user.id

    @property
    def chat(self) -> Room:
        """The private chat with the bot."""
        return self._sim.private_chat(self)

    def set_language(self, code: str | None) -> None:
        """Change the language of the person's Telegram."""
        self.user.language_code = code

    def menu(self, room: Room | None = None) -> list[str]:
        """Return the commands offered to this person in a chat, by default the private one."""
        chat = self._sim.state.world.chats[(room or self.chat).id]
        return [c["command"] for c in self._sim.state.menus.seen_by(self.user, chat)]

    def block(self) -> None:
        """Block the bot."""
        membership.block(self._sim.state, self._sim.state.world.chats[self.id])

    def unblock(self) -> None:
        """Take the bot back; apps send /start afterwards, which the test does if it wants to."""
        membership.unblock(self._sim.state, self._sim.state.world.chats[self.id])

    def deactivate(self) -> None:
        """Delete the account."""
        membership.deactivate(self._sim.state, self.user)

    async def open_link(self, url: str, group: Group | None = None) -> Room:
        """Return the chat in which a deep link of the bot was opened and Start tapped.

        Raises: MisuseError for a link that is not one of this bot.
        """
        link = parse_link(url, self._sim.username)
        if link.is_group:
            if group is None:
                raise MisuseError("startgroup needs a group")
            group.set_bot("member", by=self)
            await group.send(f"/start@{self._sim.username} {link.payload}", by=self)
            return group
        if self._sim.state.world.chats[self.id].is_blocked:
            self.unblock()
        await self.chat.send(f"/start {link.payload}")
        return self.chat

    async def inline(
        self,
        text: str,
        offset: str = "",
        *,
        chat_type: str = "sender",
        timeout_s: float = PATIENCE_S,
    ) -> InlineAnswer:
        """Return the cards for `@bot text`, from Telegram's cache if they are there.

        Raises: TimeoutError.
        """
        query = inline.ask_inline(self._sim.state, self.user, text, offset, chat_type)
        answer = await self._sim.state.feed.wait_for(
            lambda: query.answer, timeout_s, f"answer to the inline query {text!r}"
        )
        return see_inline(query.id, answer)

    async def choose(
        self, answer: InlineAnswer, card: Card | int, room: Room | None = None
    ) -> Seen:
        """Return the message that a card became in a chat, by default the private one."""
        state = self._sim.state
        chosen = answer.cards[card] if isinstance(card, int) else card
        query = state.queries.find("inline", answer.query_id)
        if query is None:
            raise MisuseError("no such inline query")
        place = room or self.chat
        chat = state.world.chats[place.id]
        return see(message_event(inline.choose(state, query, chosen.id, chat, place.thread_id)))

    async def ask_guest(self, group: Group, text: str, *, timeout_s: float = PATIENCE_S) -> Seen:
        """Return the bot's answer to a mention in a group it is not in. Raises: TimeoutError."""
        state = self._sim.state
        query = inline.ask_guest(state, self.user, state.world.chats[group.id], text)

        def look() -> Json | None:
            message = state.world.inline_messages.get(f"guest-{query.id}")
            return message_event(message) if message else None

        return see(await state.feed.wait_for(look, timeout_s, "answer to the guest query"))
