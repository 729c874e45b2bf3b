"""The clock on the wall, watched: over restarts, and until what depends on it was moved."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.clock import Reading, WatchedClock, read_reading, write_reading
from tests.unit.store.samples import NOON

HOUR, MONTH = timedelta(hours=1), timedelta(days=30)


class Machine:
    """Two clocks: one that is set, and one that is not."""

    def __init__(self) -> None:
        self.at, self.seconds = NOON, 1000.0

    def pass_(self, time: timedelta) -> None:
        self.at += time
        self.seconds += time.total_seconds()

    def watch(self, boot: str = "first") -> WatchedClock:
        return WatchedClock(lambda: self.seconds, lambda: self.at, boot)


def test_a_jump_is_found_until_it_is_settled() -> None:
    """What the store refused to move is moved later, and moments are told as before until then."""
    machine = Machine()
    clock = machine.watch()
    machine.pass_(HOUR)
    assert clock.find_jump() is None
    machine.at += MONTH
    for _ in range(2):
        machine.pass_(HOUR)
        jump = clock.find_jump()
        assert jump is not None
        assert jump.by == MONTH
        assert clock.now() == jump.before == machine.at - MONTH
    clock.settle(jump)
    assert clock.find_jump() is None
    assert clock.now() == machine.at


@pytest.mark.parametrize("by", [MONTH, -MONTH])
def test_a_jump_while_the_bot_was_off_is_found(by: timedelta) -> None:
    """As exactly as one that it saw."""
    machine = Machine()
    seen = machine.watch().seen
    machine.pass_(HOUR)
    machine.at += by
    clock = machine.watch()
    clock.take_up(seen)
    jump = clock.find_jump()
    assert jump is not None
    assert (jump.before, jump.by) == (NOON + HOUR, by)


def _later(machine: Machine) -> None:
    machine.at += HOUR


def _earlier(machine: Machine) -> None:
    machine.at -= MONTH


@pytest.mark.parametrize(
    ("change", "boot", "by"),
    [
        (_later, "second", None),
        (_later, "", None),
        (_earlier, "second", -MONTH),
        (_earlier, "", -MONTH),
    ],
)
def test_after_another_start_of_the_machine_only_a_clock_set_back_is_seen(
    change: Callable[[Machine], None], boot: str, by: timedelta | None
) -> None:
    """How long it was off, nobody knows: no time at all is the least."""
    machine = Machine()
    seen = machine.watch().seen
    change(machine)
    machine.seconds = 10.0
    clock = machine.watch(boot)
    clock.take_up(seen)
    jump = clock.find_jump()
    assert (jump.by if jump else None) == by


def test_a_reading_outlives_the_process(tmp_path: Path) -> None:
    """With the number of the jumps that were followed."""
    reading = Reading(NOON, 12.5, "first")
    write_reading(tmp_path / "clock", reading, 3)
    assert read_reading(tmp_path / "clock") == (reading, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "7",
        "[1, 2]",
        '[1, "x", 2, "y"]',
        '[1, null, 2, "y"]',
        '{"a": 1, "b": 2, "c": 3, "d": 4}',
        '[1, "2026-01-01T00:00:00", 2, "y"]',  # of which zone?
        '[1, "2026-01-01T00:00:00+00:00", NaN, "y"]',
        '[1, "2026-01-01T00:00:00+00:00", -1e300, "y"]',
        '[1, "2026-01-01T00:00:00+00:00", Infinity, "y"]',
        '[Infinity, "2026-01-01T00:00:00+00:00", 2, "y"]',
        "\udcff",  # no text at all
    ],
)
def test_a_torn_reading_is_none(tmp_path: Path, text: str) -> None:
    """As after a kill in the midst of writing it; so is another's, and one that is not there."""
    (tmp_path / "clock").write_text(text, encoding="utf-8", errors="surrogateescape")
    assert read_reading(tmp_path / "clock") is None
    assert read_reading(tmp_path / "no") is None
    assert read_reading(tmp_path) is None
