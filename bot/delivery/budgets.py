"""How fast may messages leave: a window of a second, token buckets of the bot and of each chat.

Times are monotonic.
"""

from collections import deque
from dataclasses import dataclass, field

#: Telegram's guidelines are about 30 messages a second for a bot, one a second for a chat with
#: short bursts, 20 a minute for a group. Source: Telegram's bot FAQ; a little is kept in reserve.
BOT_A_SECOND = 29
#: What a timer that rang late may make up for.
BOT_BURST = 3.0
CHAT_A_SECOND = 1.0
CHAT_BURST = 3.0
GROUP_A_MINUTE = 20.0

SECOND_S = 1.0

#: Chats whose bucket is full again are forgotten when there are more than so many.
MOST_BUCKETS = 10_000


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at `rate` a second, up to `capacity`."""

    rate: float
    capacity: float
    tokens: float
    at_s: float

    def fill(self, now_s: float) -> None:
        """Put in what has come back since the last look."""
        self.tokens = min(self.capacity, self.tokens + (now_s - self.at_s) * self.rate)
        self.at_s = now_s

    def wait_s(self, now_s: float) -> float:
        """Return how long until there is a whole token, 0 when there is one."""
        self.fill(now_s)
        return max(0.0, (1 - self.tokens) / self.rate)

    def take(self, now_s: float) -> None:
        """Take a token; a debt is allowed and paid back by waiting."""
        self.fill(now_s)
        self.tokens -= 1


@dataclass(slots=True)
class Window:
    """At most `most` messages that may have come to Telegram within any one second.

    When one came is not known, only that it was after it left and before its answer was here: it
    counts from the one until a second after the other. So the limit holds however long each was
    under way, and the pace is as near to it as the network allows.
    """

    most: int
    _flying: int = 0
    _landed: deque[float] = field(default_factory=deque)

    def wait_s(self, now_s: float) -> float:
        """Return how long until one more may leave, 0 for now."""
        while self._landed and self._landed[0] + SECOND_S <= now_s:
            self._landed.popleft()
        if self._flying + len(self._landed) < self.most:
            return 0.0
        return self._landed[0] + SECOND_S - now_s if self._landed else SECOND_S

    def take(self) -> None:
        """Count one that leaves."""
        self._flying += 1

    def land(self, now_s: float) -> None:
        """Note that the answer to one is here, or that it did not leave after all."""
        self._flying -= 1
        self._landed.append(now_s)


@dataclass(slots=True)
class Budgets:
    """The limits of a bot; groups are the chats with negative ids."""

    bot: Bucket = field(default_factory=lambda: Bucket(BOT_A_SECOND, BOT_BURST, 1, 0))
    window: Window = field(default_factory=lambda: Window(BOT_A_SECOND))
    chats: dict[int, Bucket] = field(default_factory=dict)
    # Chats without a token → when they have one again; few, so that a look costs nothing.
    _empty: dict[int, float] = field(default_factory=dict)

    def wait_s(self, now_s: float) -> float:
        """Return how long until the bot may send one more, 0 for now."""
        return max(self.bot.wait_s(now_s), self.window.wait_s(now_s))

    def take(self, chat_id: int, now_s: float) -> None:
        """Take a token of a chat."""
        bucket = self._chat(chat_id, now_s)
        bucket.take(now_s)
        wait_s = bucket.wait_s(now_s)
        if wait_s:
            self._empty[chat_id] = now_s + wait_s

    def exhausted(self, now_s: float) -> list[int]:
        """Return the chats that have no token now."""
        if len(self.chats) > MOST_BUCKETS:
            self._forget(now_s)
        self._empty = {chat: at_s for chat, at_s in self._empty.items() if at_s > now_s}
        return list(self._empty)

    def next_s(self, now_s: float) -> float | None:
        """Return how long until the first exhausted chat has a token, None when none is."""
        waits = (at_s - now_s for at_s in self._empty.values() if at_s > now_s)
        return min(waits, default=None)

    def _chat(self, chat_id: int, now_s: float) -> Bucket:
        if chat_id not in self.chats:
            rate = CHAT_A_SECOND if chat_id > 0 else GROUP_A_MINUTE / 60
            burst = CHAT_BURST if chat_id > 0 else GROUP_A_MINUTE
            self.chats[chat_id] = Bucket(rate, burst, burst, now_s)
        return self.chats[chat_id]

    def _forget(self, now_s: float) -> None:
        for bucket in self.chats.values():
            bucket.fill(now_s)
        self.chats = {c: b for c, b in self.chats.items() if b.tokens < b.capacity}
