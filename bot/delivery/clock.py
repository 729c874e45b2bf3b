"""The clock on the wall, watched by one that nobody sets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

#: A clock that is set right little by little moves less than this between two looks, and pauses are
#: no more exact.
JUMP = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Jump:
    """By how much the clock was set, and what it would have shown."""

    before: datetime
    by: timedelta


class WatchedClock:
    """Tells when `now` was set forward or back; `monotonic` counts seconds."""

    def __init__(self, monotonic: Callable[[], float], now: Callable[[], datetime]) -> None:
        self._monotonic, self._now = monotonic, now
        self._seen_s, self._seen_at = monotonic(), now()

    def find_jump(self) -> Jump | None:
        """Return the jump since the last look, None if there was none."""
        seconds, at = self._monotonic(), self._now()
        before = self._seen_at + timedelta(seconds=seconds - self._seen_s)
        self._seen_s, self._seen_at = seconds, at
        by = at - before
        return Jump(before, by) if abs(by) > JUMP else None
