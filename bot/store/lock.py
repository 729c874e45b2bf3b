"""The lock file that keeps a database for one running bot.

The operating system drops the lock when its holder dies, however it dies, so a lock file left
behind by a crash locks nothing. Short command-line verbs write beside a running bot and do not
take it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.errors import LockedError

#: Held by the one bot that runs on a data folder.
LOCK_NAME = "bot.lock"


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for this process while the block runs.

    The file stays after the block: deleting it would let two processes hold two files of one name.

    Raises: LockedError at once if another holder lives; the message names its process.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(_held_words(path, os.read(descriptor, 32))) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        try:
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _held_words(path: Path, holder: bytes) -> str:
    process = f" (process {holder.decode()})" if holder.isdigit() else ""
    return (
        f"Another bot{process} is running on the data in {path.parent}. "
        "Stop it first, or give this one a data folder of its own."
    )
