"""Hours, days of the week and time zones in words, and the zone that words name."""

from collections.abc import Iterator
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_day_names, get_timezone_location

from index.types import Language

#: Zones that nobody lives in by these names: old spellings and fixed offsets.
_ODD = ("Etc/", "SystemV/", "US/", "posix/", "right/")


def clock(minute: int) -> str:
    """Return a minute of the day as a clock shows it: «9:00»."""
    return f"{minute // 60 % 24}:{minute % 60:02d}"


def weekday_name(day: int, language: Language) -> str:
    """Return the name of a day of the week, 0 is Monday."""
    return str(get_day_names("wide", "stand-alone", locale=language.value)[day])


def zone_name(zone: str, language: Language) -> str:
    """Return a zone as people read it: its city alone, in their language."""
    if "/" not in zone:
        return zone
    return get_timezone_location(zone, locale=Locale(language.value), return_city=True)


def find_zone(words: str) -> str | None:
    """Return the zone that words name, by its own name or by its city in any of our languages."""
    return _zones().get(_folded(words))


@cache
def _zones() -> dict[str, str]:
    """Return each zone by the names that one might write; the first of two with one name stands."""
    found: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if zone.startswith(_ODD):
            continue
        for name in _names(zone):
            found.setdefault(_folded(name), zone)
    return found


def _names(zone: str) -> Iterator[str]:
    yield zone
    yield zone.rpartition("/")[2]
    if zone not in get_global("zone_aliases"):  # what it is another name of has the others
        for language in Language:
            yield zone_name(zone, language)


def _folded(words: str) -> str:
    return " ".join(words.replace("_", " ").casefold().replace("ё", "е").split())
