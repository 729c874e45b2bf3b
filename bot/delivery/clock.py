"""The clock on the wall, watched by one that nobody sets: over restarts too.

What was last seen of both is kept in a file, beside how many jumps the store has followed: a jump
that happened while the bot was off, or that the store refused, is found by the next look.
"""

import contextlib
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

#: A clock that is set right little by little moves less than this between two looks, and pauses are
#: no more exact.
JUMP = timedelta(seconds=5)

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Reading:
    """What both clocks showed: the wall's, and the seconds since the start `boot` of the machine.

    Without a `boot` the seconds tell nothing to another process.
    """

    at: datetime
    elapsed_s: float
    boot: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """By how much the clock was set, what it would have shown, and what was read then."""

    before: datetime
    by: timedelta
    reading: Reading


class WatchedClock:
    """Tells when `now` was set forward or back; `elapsed` counts seconds."""

    def __init__(
        self, elapsed: Callable[[], float], now: Callable[[], datetime], boot: str = ""
    ) -> None:
        self._elapsed, self._now, self._boot = elapsed, now, boot
        self._seen = self._read()

    @property
    def seen(self) -> Reading:
        """Return what was read last, a jump that is not settled aside."""
        return self._seen

    def take_up(self, since: Reading) -> None:
        """Go on from what another process has read.

        Of another start of the machine nobody knows how long ago it was: only that it was before.
        """
        present = self._read()
        is_same = bool(self._boot) and since.boot == self._boot
        if is_same and since.elapsed_s <= present.elapsed_s:
            self._seen = since
        elif present.at < since.at:
            self._seen = Reading(since.at, present.elapsed_s, self._boot)

    def now(self) -> datetime:
        """Return the moment by the clock as it was before a jump that is not settled."""
        return self._seen.at + timedelta(seconds=self._elapsed() - self._seen.elapsed_s)

    def find_jump(self) -> Jump | None:
        """Return the jump since the last look, None if there was none; found until settled."""
        reading = self._read()
        before = self._seen.at + timedelta(seconds=reading.elapsed_s - self._seen.elapsed_s)
        by = reading.at - before
        if abs(by) > JUMP:
            return Jump(before, by, reading)
        self._seen = reading
        return None

    def settle(self, jump: Jump) -> None:
        """Go by the clock as it was set: all that depends on it was moved."""
        self._seen = jump.reading

    def _read(self) -> Reading:
        return Reading(self._now(), self._elapsed(), self._boot)


def elapsed() -> float:
    """Return the seconds since the machine started, with those that it slept where that is told."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def boot_id() -> str:
    """Return what tells this start of the machine from all others, empty where nothing does."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def write_reading(path: Path, reading: Reading, jumps: int) -> None:
    """Keep a reading, of a clock of which the store has followed so many jumps."""
    written = [jumps, reading.at.isoformat(), reading.elapsed_s, reading.boot]
    with contextlib.suppress(OSError):  # a full disk: the next second tries again
        path.write_text(json.dumps(written), encoding="utf-8")


def read_reading(path: Path) -> tuple[Reading, int] | None:
    """Return the kept reading and the number of jumps, None if there is no whole one."""
    try:
        jumps, at, elapsed_s, boot = json.loads(path.read_text(encoding="utf-8"))
        reading = Reading(datetime.fromisoformat(at), float(elapsed_s), str(boot)), int(jumps)
    except (OSError, ValueError, TypeError, OverflowError):
        return None
    is_ours = reading[0].at.tzinfo is not None and 0 <= reading[0].elapsed_s < math.inf
    return reading if is_ours else None
