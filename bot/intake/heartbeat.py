"""The file that tells from outside whether the bot is alive, and when Telegram last answered it.

Its age is for the health check: a bot that waits for Telegram is alive, and a restart would bring
back no network. What stands in it is for whoever wonders why nobody is answered, and for the next
run.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

BEAT_S = 1.0


class Heartbeat:
    """Writes the file once a second; `answered_at` is when Telegram last answered, None if never.

    It begins with what an earlier run has left.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.answered_at = _read(path)

    def note(self, answered_at: datetime) -> None:
        """Take in that Telegram has answered."""
        self.answered_at = answered_at

    @asynccontextmanager
    async def beating(self) -> AsyncIterator[None]:
        """Beat for as long as the block lasts, and a last time at its end."""
        beats = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            beats.cancel()
            await asyncio.gather(beats, return_exceptions=True)
            with contextlib.suppress(OSError):
                self._write()

    async def _beat(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._write)
            except OSError:  # a full disk ends no bot
                log.exception("the heartbeat cannot be written")
            await asyncio.sleep(BEAT_S)

    def _write(self) -> None:
        if self.answered_at is None:
            self._path.touch()
        else:
            self._path.write_text(self.answered_at.isoformat() + "\n", encoding="utf-8")


def _read(path: Path) -> datetime | None:
    """Return when Telegram last answered, or, where that is not told, the last beat."""
    try:
        try:
            return datetime.fromisoformat(path.read_text(encoding="utf-8").strip()).astimezone(UTC)
        except ValueError:
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
