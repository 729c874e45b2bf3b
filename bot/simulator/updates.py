"""The queue of updates: offsets, lifetimes, long polling, and one poller at a time."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.simulator.bell import Bell
from bot.simulator.clock import Clock
from bot.simulator.errors import ApiError
from bot.simulator.wire import Json

# Everything that a bot gets without asking for it. Source: Bot API, getUpdates, allowed_updates.
UNASKED = frozenset(
    "message edited_message channel_post edited_channel_post guest_message inline_query "
    "chosen_inline_result callback_query my_chat_member".split()
)
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MALFORMED = "malformed"
_FIRST_ID = 700_000_001  # Telegram starts anywhere
_DAY_S = 86_400


@dataclass(slots=True)
class Lifetimes:
    """How long an update waits, in seconds. Source: Bot API (messages), Telegram's server."""

    message_s: float = _DAY_S
    callback_query_s: float = 150
    inline_query_s: float = 30
    chosen_inline_result_s: float = 600

    def of(self, kind: str) -> float:
        """Return the lifetime of an update of this kind."""
        special = {
            "callback_query": self.callback_query_s,
            "inline_query": self.inline_query_s,
            "chosen_inline_result": self.chosen_inline_result_s,
        }
        return special.get(kind, self.message_s)


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that the bot has not confirmed."""

    update_id: int
    kind: str
    body: Json
    at_s: float

    def to_json(self) -> Json:
        """Return the Bot API's `Update`, or what is sent in its place if it is malformed."""
        if self.kind == MALFORMED:
            return {"update_id": self.update_id} | self.body
        return {"update_id": self.update_id, self.kind: self.body}


@dataclass(slots=True)
class Mischief:
    """What goes wrong with the next batches. Numbers count batches that are not empty."""

    duplicate: int = 0
    shuffle: int = 0
    forget_offset: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 - no secret


class UpdateQueue:
    """Updates until they are confirmed or too old."""

    def __init__(self, clock: Clock, lifetimes: Lifetimes) -> None:
        self.lifetimes = lifetimes
        self.mischief = Mischief()
        self.allowed = UNASKED
        self.expired: list[Pending] = []
        self.confirmed = 0
        self._clock = clock
        self._next_id = _FIRST_ID
        self._pending: list[Pending] = []
        self._bell = Bell()
        self._poll = 0
        self._is_stopped = False

    def add(self, kind: str, body: Json) -> int | None:
        """Return the number of the new update, or None if the bot did not ask for its kind."""
        if kind not in self.allowed:
            return None
        return self._add(kind, body)

    def add_malformed(self, body: Json) -> int:
        """Return the number of an update with these fields instead of those of any known kind."""
        return self._add(MALFORMED, body)

    def _add(self, kind: str, body: Json) -> int:
        update_id = self._next_id
        self._next_id += 1
        self._pending.append(Pending(update_id, kind, body, self._clock.now()))
        self._bell.ring()
        return update_id

    def pending(self) -> list[Pending]:
        """Return what the bot has not confirmed and what is not too old, oldest first."""
        now_s = self._clock.now()
        alive: list[Pending] = []
        dead: list[Pending] = []
        for update in self._pending:
            is_alive = now_s - update.at_s < self.lifetimes.of(update.kind)
            (alive if is_alive else dead).append(update)
        self.expired += dead
        self._pending = alive
        return alive

    async def poll(self, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """Return the next batch, waiting up to `timeout_s` for one that is not empty.

        Raises: ApiError 409 if another poll starts meanwhile.
        """
        self._poll += 1
        mine = self._poll
        self._bell.ring()
        self._confirm(offset)
        loop = asyncio.get_running_loop()
        deadline_s = loop.time() + timeout_s
        while not (batch := self._batch(limit)):
            if loop.time() >= deadline_s or self._is_stopped:
                return []
            try:
                async with asyncio.timeout_at(deadline_s):
                    await self._bell.heard()
            except TimeoutError:
                return []
            if mine != self._poll:
                raise _conflict()
        return batch

    async def when_empty(self, is_idle: Callable[[], bool], timeout_s: float) -> None:
        """Return when every update is confirmed and `is_idle` agrees. Raises: TimeoutError."""
        async with asyncio.timeout(timeout_s):
            while self.pending() or not is_idle():
                await self._bell.heard()

    def drop(self) -> None:
        """Forget all that waits, as `drop_pending_updates` does."""
        self._pending = []

    def stop(self) -> None:
        """Let a waiting poll end with nothing."""
        self._is_stopped = True
        self._bell.ring()

    def _confirm(self, offset: int) -> None:
        if self.mischief.forget_offset > 0 and offset > 0:
            self.mischief.forget_offset -= 1
            return
        waiting = self.pending()
        if offset > 0:
            kept = [p for p in waiting if p.update_id >= offset]
        elif offset < 0:
            kept = waiting[offset:]
        else:
            kept = waiting
        self.confirmed += len(waiting) - len(kept)
        self._pending = kept
        self._bell.ring()

    def _batch(self, limit: int) -> list[Json]:
        batch = [p.to_json() for p in self.pending()[:limit]]
        mischief = self.mischief
        if batch and mischief.duplicate > 0:
            mischief.duplicate -= 1
            batch = [update for update in batch for _ in range(2)]
        if len(batch) > 1 and mischief.shuffle > 0:
            mischief.shuffle -= 1
            mischief.dice.shuffle(batch)
        return batch


def _conflict() -> ApiError:
    return ApiError(
        409,
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    )
