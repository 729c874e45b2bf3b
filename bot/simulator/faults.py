"""Fault switches: what goes wrong with which requests.

A fault is addressed by method (`*` for all but getUpdates), by chat, by how many requests pass
first (`after`) and by how many it hits (`times`, None for all until `clear`). A request meets at
most one.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.simulator.errors import ApiError, too_many_requests


class Kind(Enum):
    """Where in the life of a request the fault strikes."""

    ERROR = "error"  # an answer in JSON that refuses
    HTML = "html"  # an error page of some proxy
    SLOW = "slow"  # handled late
    HOLD_BEFORE = "hold_before"  # received, not applied until released
    HOLD_AFTER = "hold_after"  # applied, not answered until released
    RESET_BEFORE = "reset_before"  # connection cut, not applied
    RESET_AFTER = "reset_after"  # applied, connection cut


@dataclass(slots=True, eq=False)
class Fault:
    """One switch. `reached` is set when a request runs into it, `release()` lets those go on."""

    kind: Kind
    method: str
    times: int | None
    after: int
    chat_id: int | None = None
    error: ApiError | None = None
    seconds: float = 0.0
    hits: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    is_dropped: bool = False

    def release(self) -> None:
        """Let the held requests go on, and hold no more."""
        self.times = 0
        self.released.set()

    def drop(self) -> None:
        """Cut the connections of requests held before they were applied: they never happened."""
        self.is_dropped = True
        self.release()

    def _matches(self, method: str, chat_id: object) -> bool:
        named = self.method.lower() == method.lower()
        anything = self.method == "*" and method != "getUpdates"
        return (named or anything) and self.chat_id in {None, chat_id}

    def strikes(self, method: str, chat_id: object) -> bool:
        """Return whether it hits this request, counting it."""
        if self.times == 0 or not self._matches(method, chat_id):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        self.hits += 1
        return True


class Faults:
    """The switches that are on."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def find(self, method: str, chat_id: object) -> Fault | None:
        """Return the fault that hits this request, or None."""
        return next((fault for fault in self._faults if fault.strikes(method, chat_id)), None)

    def clear(self) -> None:
        """Switch everything off and let held requests go on."""
        for fault in self._faults:
            fault.release()
        self._faults.clear()

    def status(self, method: str, code: int, *, times: int | None = 1, after: int = 0) -> Fault:
        """Answer with an HTTP status such as 500 or 502 and the usual JSON."""
        return self.error(method, code, _STATUS.get(code, "Error"), times=times, after=after)

    def error(
        self,
        method: str,
        code: int,
        description: str,
        parameters: Mapping[str, int] | None = None,
        *,
        times: int | None = 1,
        after: int = 0,
        chat_id: int | None = None,
    ) -> Fault:
        """Answer with this refusal."""
        error = ApiError(code, description, parameters)
        return self._add(Fault(Kind.ERROR, method, times, after, chat_id, error))

    def flood(
        self,
        method: str,
        retry_after_s: int,
        *,
        times: int | None = 1,
        after: int = 0,
        chat_id: int | None = None,
    ) -> Fault:
        """Answer 429 with `retry_after`."""
        error = too_many_requests(retry_after_s)
        return self._add(Fault(Kind.ERROR, method, times, after, chat_id, error))

    def html(self, method: str, code: int = 502, *, times: int | None = 1, after: int = 0) -> Fault:
        """Answer with an HTML page, as a proxy in between does."""
        error = ApiError(code, _STATUS.get(code, "Error"))
        return self._add(Fault(Kind.HTML, method, times, after, error=error))

    def slow(self, method: str, seconds: float, *, times: int | None = 1, after: int = 0) -> Fault:
        """Wait before handling, or until released."""
        return self._add(Fault(Kind.SLOW, method, times, after, seconds=seconds))

    def hold_before(
        self, method: str, *, times: int | None = 1, after: int = 0, chat_id: int | None = None
    ) -> Fault:
        """Take the request and do nothing with it until `release`."""
        return self._add(Fault(Kind.HOLD_BEFORE, method, times, after, chat_id))

    def hold_after(
        self, method: str, *, times: int | None = 1, after: int = 0, chat_id: int | None = None
    ) -> Fault:
        """Apply the request and withhold the answer until `release`."""
        return self._add(Fault(Kind.HOLD_AFTER, method, times, after, chat_id))

    def reset_before(
        self, method: str, *, times: int | None = 1, after: int = 0, chat_id: int | None = None
    ) -> Fault:
        """Cut the connection instead of handling."""
        return self._add(Fault(Kind.RESET_BEFORE, method, times, after, chat_id))

    def reset_after(
        self, method: str, *, times: int | None = 1, after: int = 0, chat_id: int | None = None
    ) -> Fault:
        """Apply the request, then cut the connection."""
        return self._add(Fault(Kind.RESET_AFTER, method, times, after, chat_id))

    def _add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault


_STATUS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
