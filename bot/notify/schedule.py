"""When a follower is told: at once, each day or each week at his hour, and never in quiet hours.

Pure: no clock and no store. Hours are of the wall clock in a zone of the IANA database, so that
nine o'clock stays nine o'clock when the clocks change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.store.subscriptions import Mode

DAY = timedelta(days=1)
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Quiet:
    """The time of the day in which nothing is sent, `[start, stop)` in minutes from midnight.

    It may span midnight; an empty one (start is stop) is none.
    """

    start: int
    stop: int

    def covers(self, minute: int) -> bool:
        """Return whether a minute of the day lies in it."""
        if self.start <= self.stop:
            return self.start <= minute < self.stop
        return minute >= self.start or minute < self.stop


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to tell: `hour` is of digests, `weekday` (0 is Monday) of weekly ones."""

    mode: Mode
    zone: ZoneInfo
    hour: int = 9
    weekday: int = 0
    quiet: Quiet | None = None


def next_due(schedule: Schedule, at: datetime) -> datetime:
    """Return the first moment, not before `at`, at which what happened then may be told, in UTC.

    A digest comes after `at`: what happens on the hour is in the next one. An hour that the clocks
    skip is the one after it, one that comes twice is the first.
    """
    due = at.astimezone(UTC)
    if schedule.mode is not Mode.INSTANT:
        due = _next_digest(schedule, at)
    return _after_quiet(schedule, due)


def is_quiet(schedule: Schedule, at: datetime) -> bool:
    """Return whether `at` lies in the quiet hours."""
    local = at.astimezone(schedule.zone)
    return schedule.quiet is not None and schedule.quiet.covers(local.hour * 60 + local.minute)


def _next_digest(schedule: Schedule, at: datetime) -> datetime:
    for day in _days_from(at.astimezone(schedule.zone).date()):
        if schedule.mode is Mode.WEEKLY and day.weekday() != schedule.weekday:
            continue
        moment = _moment(schedule.zone, day, schedule.hour * 60)
        if moment > at:
            return moment
    raise AssertionError("there is always a next day")


def _after_quiet(schedule: Schedule, at: datetime) -> datetime:
    """Return `at`, or the end of the quiet hours in which it lies."""
    if schedule.quiet is None or not is_quiet(schedule, at):
        return at
    local = at.astimezone(schedule.zone)
    for day in _days_from(local.date()):
        # Where the clocks go back, an hour has two ends.
        for fold in (0, 1):
            moment = _moment(schedule.zone, day, schedule.quiet.stop, fold)
            if moment > at and not is_quiet(schedule, moment):
                return moment
    raise AssertionError("quiet hours end each day")


def _moment(zone: ZoneInfo, day: date, minute: int, fold: int = 0) -> datetime:
    """Return a minute of a day in UTC; one that the clocks skip is as much later."""
    wall = datetime.combine(day, time(minute // 60 % 24, minute % 60, fold=fold), tzinfo=zone)
    return wall.astimezone(UTC)


def _days_from(day: date) -> Iterator[date]:
    """Yield the days of a week and one more: the hour of the first may be over."""
    for number in range(WEEK_DAYS + 1):
        yield day + number * DAY
