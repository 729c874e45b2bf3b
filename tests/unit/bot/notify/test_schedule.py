"""When a follower is told, line by line; a star in the table is the second of two equal hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.notify.schedule import Quiet, Schedule, is_quiet, next_due
from bot.store.subscriptions import Mode
from tests.unit.tables import pairs

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def read(line: str) -> tuple[Schedule, datetime]:
    mode, zone, quiet, at = (part.strip() for part in line.split("|"))
    kind, hour, weekday = [*mode.split(), *("instant", "9", "mon")[len(mode.split()) :]]
    hours = None if quiet == "–" else Quiet(*map(minutes, quiet.split("-")))
    schedule = Schedule(Mode(kind), ZoneInfo(zone), int(hour), DAYS.index(weekday), hours)
    wall = datetime.strptime(at.rstrip("*"), "%Y-%m-%d %H:%M").replace(
        tzinfo=ZoneInfo(zone), fold=int(at.endswith("*"))
    )
    return schedule, wall.astimezone(UTC)


@pytest.mark.parametrize(("line", "expected"), pairs("schedule.txt"))
def test_when_it_is_told(line: str, expected: str) -> None:
    """By the wall clock of the follower's zone."""
    schedule, at = read(line)
    due = next_due(schedule, at).astimezone(schedule.zone)
    assert due.isoformat(" ", "minutes") == expected[:16] + expected[17:]


def test_another_zone_is_another_digest() -> None:
    """Nine in Baku is not nine in New York."""
    at = datetime(2026, 1, 22, 12, tzinfo=UTC)
    dues = [
        next_due(Schedule(Mode.DAILY, ZoneInfo(zone)), at)
        for zone in ("Asia/Baku", "America/New_York")
    ]
    assert dues == [
        datetime(2026, 1, 23, 5, tzinfo=UTC),
        datetime(2026, 1, 22, 14, tzinfo=UTC),
    ]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 9, 23])
@pytest.mark.parametrize(("mode", "days"), [(Mode.DAILY, 1), (Mode.WEEKLY, 7)])
def test_a_digest_comes_once_a_period_for_two_years(
    zone: str, hour: int, mode: Mode, days: int
) -> None:
    """Over both changes of the clocks and New Year: none is left out, none comes twice."""
    schedule = Schedule(mode, ZoneInfo(zone), hour, weekday=6)
    due = next_due(schedule, datetime(2026, 1, 1, tzinfo=UTC))
    for _ in range(2 * 365 // days):
        then = next_due(schedule, due)
        dates = [moment.astimezone(schedule.zone).date() for moment in (due, then)]
        assert dates[1] - dates[0] == timedelta(days=days)
        due = then


START = datetime(2025, 1, 1, tzinfo=UTC)
ZONES = ("UTC", "Asia/Baku", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")


@given(
    st.sampled_from(Mode),
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.integers(0, 6),
    st.none() | st.builds(Quiet, st.integers(0, 1439), st.integers(0, 1439)),
    st.integers(0, 3 * 365 * 24 * 60).map(lambda minute: START + timedelta(minutes=minute)),
)
def test_never_earlier_never_in_quiet_hours_never_late(
    mode: Mode, zone: str, hour: int, weekday: int, quiet: Quiet | None, at: datetime
) -> None:
    """Whatever the zone and the day: within a week and a night, a digest once a period."""
    schedule = Schedule(mode, ZoneInfo(zone), hour, weekday, quiet)
    due = next_due(schedule, at)
    assert due >= at
    assert not is_quiet(schedule, due)
    assert (due - at).days <= {Mode.INSTANT: 1, Mode.DAILY: 2, Mode.WEEKLY: 8}[mode]
