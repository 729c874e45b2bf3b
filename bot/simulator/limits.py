"""Flood limits: who must wait, and for how long.

Telegram publishes guidelines only, so every number can be set and each rule can be switched off.
"""

import math
from collections import deque
from dataclasses import dataclass


@dataclass(slots=True)
class FloodRules:
    """The numbers. None switches a rule off.

    Source: Telegram's bot FAQ (one message a second in a chat, 20 a minute in a group, about 30 a
    second for the bot). The burst of 5 and the doubling of a ban are our reading of reports.
    """

    per_second: int | None = 30
    chat_burst: int | None = 5
    chat_per_second: float = 1.0
    group_per_minute: int | None = 20
    longest_ban_s: float = 3600.0

    @classmethod
    def off(cls) -> "FloodRules":
        """Return rules under which nobody ever waits."""
        return cls(per_second=None, chat_burst=None, group_per_minute=None)


@dataclass(slots=True)
class _Ban:
    until_s: float = 0.0
    length_s: float = 0.0


class Flood:
    """The state of all limits. Times are monotonic seconds."""

    def __init__(self, rules: FloodRules) -> None:
        self.rules = rules
        self._sent: deque[float] = deque()
        self._buckets: dict[int, tuple[float, float]] = {}
        self._groups: dict[int, deque[float]] = {}
        self._bans: dict[int | None, _Ban] = {}

    def admit(self, chat_id: int, now_s: float, *, is_group: bool) -> int:
        """Return 0 and count a message to `chat_id`, or the seconds to wait. Knocking costs.

        A request during a ban doubles it, up to `longest_ban_s`.
        """
        for key in (None, chat_id):
            ban = self._bans.get(key)
            if ban and now_s < ban.until_s:
                return self._ban(key, ban.length_s * 2, now_s)
        wait_s = self._bot_wait_s(now_s)
        if wait_s > 0:
            return self._ban(None, wait_s, now_s)
        wait_s = (
            self._group_wait_s(chat_id, now_s) if is_group else self._chat_wait_s(chat_id, now_s)
        )
        if wait_s > 0:
            return self._ban(chat_id, wait_s, now_s)
        self._count(chat_id, now_s, is_group=is_group)
        return 0

    def is_banned(self, chat_id: int | None, now_s: float) -> bool:
        """Return whether a send now would be a knock during a ban; None asks for the whole bot."""
        ban = self._bans.get(chat_id)
        return ban is not None and now_s < ban.until_s

    def impose(self, chat_id: int | None, seconds: float, now_s: float) -> int:
        """Return the seconds of a ban that starts now, for a chat or (None) for the whole bot."""
        return self._ban(chat_id, seconds, now_s)

    def _ban(self, key: int | None, length_s: float, now_s: float) -> int:
        whole_s = max(1, math.ceil(min(length_s, self.rules.longest_ban_s)))
        self._bans[key] = _Ban(now_s + whole_s, whole_s)
        return whole_s

    def _bot_wait_s(self, now_s: float) -> float:
        while self._sent and self._sent[0] <= now_s - 1:
            self._sent.popleft()
        if self.rules.per_second is None or len(self._sent) < self.rules.per_second:
            return 0.0
        return self._sent[0] + 1 - now_s

    def _group_wait_s(self, chat_id: int, now_s: float) -> float:
        sent = self._groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now_s - 60:
            sent.popleft()
        if self.rules.group_per_minute is None or len(sent) < self.rules.group_per_minute:
            return 0.0
        return sent[0] + 60 - now_s

    def _chat_wait_s(self, chat_id: int, now_s: float) -> float:
        if self.rules.chat_burst is None:
            return 0.0
        tokens = self._tokens(chat_id, now_s)
        return 0.0 if tokens >= 1 else (1 - tokens) / self.rules.chat_per_second

    def _tokens(self, chat_id: int, now_s: float) -> float:
        burst = float(self.rules.chat_burst or 0)
        tokens, then_s = self._buckets.get(chat_id, (burst, now_s))
        return min(burst, tokens + (now_s - then_s) * self.rules.chat_per_second)

    def _count(self, chat_id: int, now_s: float, *, is_group: bool) -> None:
        self._sent.append(now_s)
        if is_group:
            self._groups.setdefault(chat_id, deque()).append(now_s)
        elif self.rules.chat_burst is not None:
            self._buckets[chat_id] = (self._tokens(chat_id, now_s) - 1, now_s)
