"""What jobs work with, and how far they say they are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.ingest.preparing import Preparer
from bot.ingest.taking import Download
from bot.search import Search
from bot.store.database import Database


class MoreToDoError(Exception):
    """More was asked of a job while it came to its end: it is begun again where it is."""


@dataclass(slots=True)
class Progress:
    """How far a job is, in words that whoever waits is shown now and then."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What jobs work with."""

    db: Database
    search: Search
    preparer: Preparer
    download: Download
    now: Callable[[], datetime]
