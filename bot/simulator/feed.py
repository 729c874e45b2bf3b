"""Everything that can be seen in the chats, as it happens: for tests that wait and for the page."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.simulator.bell import Bell
from bot.simulator.wire import Json

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Event:
    """Something became visible. `kind`: message, edit, delete, toast, typing, chats or menu."""

    number: int
    kind: str
    chat_id: int | None
    data: Json


class Feed:
    """The events so far, oldest first, and a bell that rings at the next."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.by_chat: dict[int | None, list[Event]] = {}
        self.is_closed = False
        self.bell = Bell()

    def publish(self, kind: str, chat_id: int | None, data: Json) -> Event:
        """Return the event, after waking everyone who waits."""
        event = Event(len(self.events), kind, chat_id, data)
        self.events.append(event)
        self.by_chat.setdefault(chat_id, []).append(event)
        self.bell.ring()
        return event

    async def wait_for(self, look: Callable[[], T | None], timeout_s: float, what: str) -> T:
        """Return the first thing `look` finds.

        Raises: TimeoutError naming `what` after `timeout_s`.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while (found := look()) is None:
                    await self.bell.heard()
        except TimeoutError:
            raise TimeoutError(f"no {what} within {timeout_s} s") from None
        return found

    def close(self) -> None:
        """Let those who follow the events end."""
        self.is_closed = True
        self.bell.ring()
