"""A large index in a file, for a quick start: when it is kept, whether the file is good."""

import asyncio
from pathlib import Path

import structlog

from bot.store.changes import get_change_moment
from bot.store.database import Database
from bot.store.snapshots import SNAPSHOT_NAME, Stamp, read_snapshot, write_snapshot
from index.engine import PolicyIndex, rules
from index.errors import SnapshotError
from index.synonyms import Synonyms

#: Paragraphs from which the index is kept in a file: fewer are read from the store in some three
#: seconds. Source: docs/benchmarks.md, Start.
KEPT_FROM = 20_000

#: Changes after which it is kept anew: a start makes up for so many in about two seconds.
KEPT_EVERY = 500

#: Where more of what was ever taken in has left, the file is dropped: the next start builds an
#: index without it.
MOST_LEFT = 0.25

log = structlog.get_logger(__name__)


class KeptIndex:
    """The file of an index; `version` is the change up to which it goes, None without a good one.

    It is there from `kept_from` paragraphs on, and made anew after `kept_every` changes.
    """

    def __init__(self, db: Database, kept_from: int, kept_every: int) -> None:
        self._db = db
        self._path = db.path.with_name(SNAPSHOT_NAME)
        self._from, self._every = kept_from, kept_every
        self.version: int | None = None
        self._holds_erased = False
        self._tried = -kept_every  # the version at which it was last kept, or that was tried

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self._path.name

    async def load(self, synonyms: Synonyms) -> PolicyIndex:
        """Return the index in the file. Raises: SnapshotError or OSError if that is no good."""
        stamp, arrays = await asyncio.to_thread(read_snapshot, self._path)
        if stamp.rules != rules():
            raise SnapshotError("it was made by other rules")
        if stamp.at != str(await get_change_moment(self._db, stamp.seq)):
            raise SnapshotError("it was made of another database")
        index = await asyncio.to_thread(PolicyIndex.from_arrays, arrays, stamp.seq)
        index.use(synonyms)
        self.version = self._tried = stamp.seq
        return index

    def is_due(self, index: PolicyIndex) -> bool:
        """Return whether an index is to be kept now; it is not asked again for some changes."""
        is_old = index.version - self._tried >= self._every and not self._holds_erased
        if index.paragraph_count < self._from or not is_old:
            return False
        self._tried = index.version
        return True

    async def is_dropped(self, index: PolicyIndex) -> bool:
        """Delete the file if too much of the index has left; return whether it was deleted."""
        if index.left_share <= MOST_LEFT:
            return False
        await asyncio.to_thread(self._path.unlink, missing_ok=True)
        self.version = None
        return True

    async def write(self, index: PolicyIndex) -> None:
        """Write an index into the file."""
        at = await get_change_moment(self._db, index.version)
        stamp = Stamp(rules(), index.version, str(at))
        await asyncio.to_thread(_write, self._path, index, stamp)

    async def forget(self) -> None:
        """Delete the file, which has the words of an erased article, until the next start.

        That builds an index without them; the present one would write them into the file again.
        """
        self._holds_erased = True
        self.version = None
        try:
            await asyncio.to_thread(self._path.unlink, missing_ok=True)
        except OSError:
            log.exception("a file has words of an erased article", file=str(self._path))


def _write(path: Path, index: PolicyIndex, stamp: Stamp) -> None:
    write_snapshot(path, index.to_arrays(), stamp)
