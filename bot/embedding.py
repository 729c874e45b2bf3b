"""What published paragraphs mean, found in the background: a vector for each that has none.

A few at a time, the newest first, and stored at once: whatever ends the bot, it goes on there. No
answer waits for it.
"""

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from bot.search import Search
from bot.store.changes import list_changes
from bot.store.database import Database
from bot.store.vectors import Unembedded, add_vectors, drop_other_models, list_unembedded
from index.semantic import MODEL, Encoder

#: Paragraphs between two writes: a few seconds' work, which is all that a kill undoes.
BATCH = 16

#: From so many changes on all articles are looked through: a tenth of a second for 100 000
#: paragraphs.
MOST_CHANGES = 500

#: How much an answer goes before. Source: nice(1); ten steps leave a tenth of a busy processor.
NICENESS = 10

log = structlog.get_logger(__name__)


class Embedding:
    """Gives paragraphs their vectors, and tells the live index of them."""

    def __init__(self, db: Database, search: Search, encoder: Encoder) -> None:
        self._db = db
        self._search = search
        self._encoder = encoder
        self._done: int | None = None  # the version of the index with nothing left to do
        self._news = asyncio.Condition()
        self._thread = ThreadPoolExecutor(1, "embedding", _be_modest)

    async def catch_up(self) -> None:
        """Give every published paragraph its vector; cheap when nothing was published since.

        May be cancelled at any moment.
        """
        if self._done is None:
            await drop_other_models(self._db, MODEL)
        version, below, count = self._search.version, None, 0
        while version != self._done:
            changed = await self._list_changed()
            batch = await list_unembedded(self._db, MODEL, BATCH, below=below, article_ids=changed)
            if batch:
                await self._embed(batch)
                count += len(batch)
            elif below is None:
                await self._note_done(version)
                break
            # What came meanwhile is newer, and goes before; so does a last look from the top.
            is_same = batch and self._search.version == version
            version, below = self._search.version, batch[-1].paragraph_id if is_same else None
        if count:
            log.info("paragraphs embedded", count=count)

    async def wait(self, version: int) -> None:
        """Wait until every paragraph that was published up to this change has its vector."""
        async with self._news:
            await self._news.wait_for(lambda: self._done is not None and self._done >= version)

    def close(self) -> None:
        """Let the thread end with the paragraph that it is at."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _list_changed(self) -> set[int] | None:
        """Return the articles that may have new paragraphs; None for all of them."""
        if self._done is None:
            return None
        changes = await list_changes(self._db, self._done, MOST_CHANGES)
        if len(changes) == MOST_CHANGES:
            return None
        return {change.article_id for change in changes if change.article_id}

    async def _embed(self, batch: Sequence[Unembedded]) -> None:
        """Make and store the vectors of some paragraphs, and take them into the live index."""
        run = asyncio.get_running_loop().run_in_executor
        vectors = [
            (each.paragraph_id, await run(self._thread, self._encoder.passage, each.text))
            for each in batch
        ]
        await add_vectors(self._db, MODEL, vectors)
        await self._search.take_vectors({each.article_id for each in batch})

    async def _note_done(self, version: int) -> None:
        async with self._news:
            self._done = version
            self._news.notify_all()


def _be_modest() -> None:
    """Let the threads that answer go before this one; only Linux weighs threads one by one."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # a container may forbid it
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
