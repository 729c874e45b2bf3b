"""Many files read at once: their words and facts are found in other processes, in the same order.

Lemmas and facts take ten milliseconds for a thousand characters, publishing next to nothing.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Awaitable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bot.errors import UserError
from bot.ingest.drafts import Draft, Overrides, draft_document
from bot.ingest.files import Source, is_link, read_local

#: Bytes of files from which other processes are worth their start, a second and a half each: a
#: megabyte of prose takes six.
POOL_FROM_BYTES = 1_000_000

#: Files under way for each process: the next one waits when one is done, and no memory fills up.
AHEAD = 2


@contextmanager
def drafting(
    sources: Sequence[Source], overrides: Overrides
) -> Iterator[Iterator[Awaitable[Draft]]]:
    """Yield the drafts of the sources, in their order, each to be awaited before the next.

    Awaiting one raises UserError when the file cannot be read, and concerns no other file.
    """
    workers = _count_workers()
    if workers == 1 or len(sources) == 1 or _total_size(sources) < POOL_FROM_BYTES:
        yield (_make(source, overrides) for source in sources)
        return
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, spawning, follow_parent)
    before = set(multiprocessing.active_children())
    try:
        yield _in_order(pool, sources, overrides, workers * AHEAD)
    except BaseException:
        # Whoever stops the command does not wait for a long file.
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


async def _make(source: Source, overrides: Overrides) -> Draft:
    return draft_document(await source.read(), overrides)


def _in_order(
    pool: Executor, sources: Sequence[Source], overrides: Overrides, ahead: int
) -> Iterator[Awaitable[Draft]]:
    """Yield the drafts in order, with so many under way."""
    waiting: deque[Future[Draft]] = deque()
    coming = iter(sources)
    for _ in sources:
        for source in islice(coming, ahead - len(waiting)):
            waiting.append(_submit(pool, source, overrides))
        yield _result(waiting.popleft())


def _submit(pool: Executor, source: Source, overrides: Overrides) -> Future[Draft]:
    """Return what will be the draft; standard input is read here, since no other process has it."""
    # A process inherits what its parent does not want to hear: Ctrl-C is for the parent alone.
    asked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        if source.path is None and not is_link(source.name):
            return pool.submit(_read_content, source.content(), source.name, overrides)
        return pool.submit(_read_draft, source, overrides)
    except UserError as error:
        failed: Future[Draft] = Future()
        failed.set_exception(error)
        return failed
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, asked)


async def _result(future: Future[Draft]) -> Draft:
    try:
        return await asyncio.wrap_future(future)
    except BrokenProcessPool as error:
        raise UserError("A process that reads files was ended. Is there enough memory?") from error


def _read_draft(source: Source, overrides: Overrides) -> Draft:
    return asyncio.run(_make(source, overrides))


def _read_content(content: bytes, name: str, overrides: Overrides) -> Draft:
    return draft_document(asyncio.run(read_local(content, name)), overrides)


def follow_parent() -> None:
    """End this process with its parent, however that ends: nobody else would."""

    def follow() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
        os._exit(0)

    threading.Thread(target=follow, daemon=True).start()


def _count_workers() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _total_size(sources: Sequence[Source]) -> int:
    """Return how many bytes the files have; of one that cannot be read, none."""
    return sum(_size(source.path) for source in sources if source.path is not None)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
