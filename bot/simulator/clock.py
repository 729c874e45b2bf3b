"""Time for the simulator: the machine's, or one that a test moves by hand."""

import time


class Clock:
    """The machine's time."""

    def now(self) -> float:
        """Return the seconds since 1970 in UTC; dates and lifetimes are counted with these."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that never go back; flood limits are counted with these."""
        return time.monotonic()


class ManualClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = 1_769_083_200.0) -> None:
        # The default is 2026-01-22 12:00 UTC: any fixed moment serves.
        self._now = now
        self._monotonic = 0.0

    def now(self) -> float:
        """Return the moment it was moved to."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds it was moved on by, jumps excepted."""
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self._now += seconds
        self._monotonic += seconds

    def jump(self, seconds: float) -> None:
        """Set the wall clock on or back, as an administrator does; no time passes."""
        self._now += seconds
