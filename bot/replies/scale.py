"""The time scale of a picture: where a day is, and which days are marked."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from bot.replies.dates import Frame, Grain

#: Marks that fit a phone's width side by side with their words.
MOST_TICKS = 5

#: Steps between marks, the finest first: days, months, years. Each is a step people count by.
_STEPS = (
    *((Grain.DAY, days) for days in (1, 2, 5, 10)),
    *((Grain.MONTH, months) for months in (1, 2, 3, 6)),
    *((Grain.YEAR, years) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)),
)

#: The air at each end, as a share of the whole, and the least there is on either side.
_AIR, _LEAST_AIR = 0.04, timedelta(days=1)

#: A shorter scale would make a lone day look like a long time.
_LEAST_DAYS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Tick:
    """A marked day; `grain` says how finely it is to be written."""

    day: date
    grain: Grain


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from `first` to `last`, laid out between two places of a picture."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date, *, is_end: bool = False) -> float:
        """Return the place where a day begins, or ends; kept within the scale."""
        days = (day - self.first).days + is_end
        share = days / ((self.last - self.first).days + 1)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def holds(self, day: date) -> bool:
        """Return whether a day is within the scale."""
        return self.first <= day <= self.last

    def ticks(self) -> tuple[Tick, ...]:
        """Return the days to be marked, evenly apart, in order; at least one."""
        for grain, step in _STEPS:
            found = tuple(_marks(self.first, self.last, grain, step))
            if 0 < len(found) <= MOST_TICKS:
                return found
        return (Tick(self.first, Grain.YEAR),)


def scale_for(frames: Sequence[Frame], today: date, left: float, right: float) -> Scale:
    """Return the scale that holds all frames, and today if it is not far from them."""
    first = min((frame.first for frame in frames), default=today)
    last = max((frame.last for frame in frames), default=today)
    reach = max((last - first) / 3, timedelta(days=7))
    if first - today <= reach and today - last <= reach:
        first, last = min(first, today), max(last, today)
    air = max((last - first) * _AIR, _LEAST_AIR, (_LEAST_DAYS - (last - first)) / 2)
    return Scale(first - min(air, first - date.min), last + min(air, date.max - last), left, right)


def _marks(first: date, last: date, grain: Grain, step: int) -> Iterator[Tick]:
    """Yield the days of a step that lie in the scale; no more than are needed to see too many."""
    count = 0
    day: date | None = _floor(first, grain, step)
    while day is not None and day <= last and count <= MOST_TICKS:
        if day >= first:
            count += 1
            yield Tick(day, grain)
        day = _next(day, grain, step)


def _floor(day: date, grain: Grain, step: int) -> date:
    match grain:
        case Grain.DAY:
            return day.replace(day=1)
        case Grain.MONTH:
            return day.replace(month=(day.month - 1) // step * step + 1, day=1)
    return date(max(1, day.year // step * step), 1, 1)


def _next(day: date, grain: Grain, step: int) -> date | None:
    """Return the next mark: days count from the first of a month, and end with it."""
    match grain:
        case Grain.DAY:
            following = day.day + step
            # A mark just before the next month's first would stand upon it.
            if following <= monthrange(day.year, day.month)[1] - step // 2:
                return day.replace(day=following)
            return _next(day.replace(day=1), Grain.MONTH, 1)
        case Grain.MONTH:
            year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
            return date(year, month + 1, 1) if year <= MAXYEAR else None
    year = day.year // step * step + step
    return date(year, 1, 1) if year <= MAXYEAR else None
