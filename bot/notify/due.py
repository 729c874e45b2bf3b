"""At which moment a subscription tells of something: its own wishes over those of its chat."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.notify.schedule import Quiet, Schedule, next_due
from bot.store.followers import Follower
from bot.store.subscriptions import Mode, Subscription

#: Articles that are older when they are published are told of in a digest only: whoever files an
#: archive must not wake everybody. Source: USERS, A16.
LATE = timedelta(days=14)

#: Why a notice is held.
QUIET_HOURS = "quiet hours"
DIGEST = "digest"


def schedule_of(subscription: Subscription, follower: Follower) -> Schedule:
    """Return when a subscription tells."""
    quiet_from, quiet_to = subscription.quiet_from, subscription.quiet_to
    if quiet_from is None or quiet_to is None:
        quiet_from, quiet_to = follower.quiet_from, follower.quiet_to
    is_without = quiet_from is None or quiet_to is None
    return Schedule(
        subscription.mode,
        zone_of(subscription.zone or follower.zone),
        subscription.hour,
        subscription.weekday,
        None if is_without else Quiet(quiet_from or 0, quiet_to or 0),
    )


def schedule_of_chat(follower: Follower) -> Schedule:
    """Return when a chat takes what is not of a subscription: at once, but in quiet hours."""
    zone = zone_of(follower.zone)
    if follower.quiet_from is None or follower.quiet_to is None:
        return Schedule(Mode.INSTANT, zone)
    return Schedule(Mode.INSTANT, zone, quiet=Quiet(follower.quiet_from, follower.quiet_to))


def when_due(
    schedule: Schedule, at: datetime, *, is_late: bool = False, is_urgent: bool = False
) -> tuple[datetime, str | None]:
    """Return when to tell of what is known at `at`, and why not at once.

    What is late waits for a digest; what is urgent passes quiet hours.
    """
    mode = Mode.DAILY if is_late and schedule.mode is Mode.INSTANT else schedule.mode
    quiet = None if is_urgent and mode is Mode.INSTANT else schedule.quiet
    wanted = Schedule(mode, schedule.zone, schedule.hour, schedule.weekday, quiet)
    due = next_due(wanted, at)
    if due <= at:
        return due, None
    return due, QUIET_HOURS if mode is Mode.INSTANT else DIGEST


def when_due_still(
    reason: str | None, schedule: Schedule, at: datetime
) -> tuple[datetime, str | None]:
    """Return what `when_due` does, of a notice that waits for a `reason`, and its hours changed.

    What was late when it was published is so still: its subscription tells at once, and yet it
    waits for a digest.
    """
    is_late = reason == DIGEST and schedule.mode is Mode.INSTANT
    return when_due(schedule, at, is_late=is_late)


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return a zone of the IANA database, read once."""
    return ZoneInfo(name)
