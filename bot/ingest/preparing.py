"""Paragraphs and facts of drafts, found where nobody waits for them, and kept for a while.

A short text takes less than a thread's turn; a long one has a process of its own for as long as it
takes. The same draft is looked at again and again while its editor decides.
"""

import asyncio
import multiprocessing
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import TypeVar

from bot.errors import UserError
from bot.ingest.drafts import Draft, prepare
from bot.ingest.pool import follow_parent
from index.lexicon import SHIPPED, Lexicon
from index.types import Article

#: A text of so many letters takes a fifth of a second, during which readers get slower answers; a
#: process of its own takes a second and a half to start.
LONG = 20_000

#: Drafts that are remembered: those that a few editors have open.
KEPT = 8

#: Letters of them: words and facts take some hundred times as many bytes.
MOST_KEPT = 1_000_000


#: The longest text that may be, 5 MB, takes a minute of a processor that has nothing else to do.
MOST_S = 900

T = TypeVar("T")


class Preparer:
    """Finds paragraphs and facts by the corpus's own words, and remembers the last ones."""

    def __init__(self, lexicon: Callable[[], Lexicon] = lambda: SHIPPED) -> None:
        self._lexicon = lexicon
        self._known: OrderedDict[tuple[Article, Lexicon], Draft] = OrderedDict()
        self._long = asyncio.Lock()

    def is_quick(self, article: Article) -> bool:
        """Return whether an article is prepared at once, in much less than a second."""
        return (article, self._lexicon()) in self._known or len(article.text) <= LONG

    async def prepare(self, article: Article, lexicon: Lexicon | None = None) -> Draft:
        """Return an article with its paragraphs and facts, by the corpus's own words or by others.

        Raises:
            UserError: the process was ended from outside.

        """
        lexicon = self._lexicon() if lexicon is None else lexicon
        key = article, lexicon
        if key not in self._known:
            if len(article.text) <= LONG:
                self._known[key] = await asyncio.to_thread(prepare, article, lexicon)
            else:
                async with self._long:  # one after the other: each takes a processor for itself
                    self._known[key] = await apart(prepare, article, lexicon)
        self._known.move_to_end(key)
        while len(self._known) > 1 and (
            len(self._known) > KEPT or sum(len(each.text) for each, _ in self._known) > MOST_KEPT
        ):
            self._known.popitem(last=False)
        return self._known[key]


async def apart(work: Callable[..., T], *args: object) -> T:
    """Return what a function returns, done in a process of its own that ends with its task.

    Raises:
        UserError: the process was ended from outside, or takes too long.

    """
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, spawning, follow_parent)
    before = set(multiprocessing.active_children())
    try:
        async with asyncio.timeout(MOST_S):
            return await asyncio.wrap_future(pool.submit(work, *args))
    except BrokenProcessPool as error:
        raise UserError("A process that reads files was ended. Is there enough memory?") from error
    except TimeoutError as error:
        _end(before)
        raise UserError("Reading the file takes too long. Is it damaged?") from error
    except asyncio.CancelledError:
        _end(before)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _end(before: set[BaseProcess]) -> None:
    """End the processes that were started since."""
    for process in set(multiprocessing.active_children()) - before:
        process.terminate()
