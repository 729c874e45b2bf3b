"""Facts read anew where the corpus's own names, titles and words of sectors have changed.

In the background, one article a transaction; what people corrected stays. A change is tried the
same way before it is made: in a transaction that is taken back.
"""

import asyncio
from contextlib import suppress
from typing import NoReturn

import structlog

from bot.errors import DamagedTextError, UserError
from bot.ingest.preparing import Preparer
from bot.search import Search
from bot.store.database import Database
from bot.store.facts import Source, insert_facts, load_source
from bot.store.lexicon import lay_aliases
from bot.store.readings import (
    Moved,
    Reading,
    list_authors,
    list_stamps,
    list_unread,
    mark_read,
    words_at,
)
from index.facts import Facts
from index.lexicon import SHIPPED, Lexicon
from index.types import Article

#: Articles in which a change is tried, the newest, and the letters of them: a few seconds, of the
#: thirty that a handler has.
MOST_TRIED = 60
MOST_LETTERS = 200_000

log = structlog.get_logger(__name__)


class Rereader:
    """Keeps the facts of published articles in step with the corpus's own words."""

    def __init__(self, db: Database, search: Search, preparer: Preparer) -> None:
        self._db, self._search, self._preparer = db, search, preparer
        self._read: tuple[Lexicon, int] = (SHIPPED, -1)
        self._reading = asyncio.Lock()

    async def step(self) -> None:
        """Read anew what is out of date; cheap when nothing has changed since the last time."""
        async with self._reading:
            state = self._search.lexicon, self._search.version
            if state == self._read:
                return
            lexicon = state[0]
            for version_id, stamp in await list_unread(self._db, lexicon):
                if self._search.lexicon is not lexicon:
                    return  # the next step begins with the newer words
                await self._reread(version_id, stamp, lexicon)
            self._read = state

    async def _reread(self, version_id: int, stamp: str, lexicon: Lexicon) -> None:
        try:
            source = await load_source(self._db, version_id)
            prepared = await self._preparer.prepare(_article(source), lexicon)
        except (DamagedTextError, UserError):  # the others are read all the same
            log.exception("an article cannot be read anew", version=version_id)
            return
        async with self._db.write() as connection:
            await insert_facts(connection, source, prepared.facts)
            await mark_read(connection, version_id, stamp)


class _TakenBackError(Exception):
    """Ends a transaction that was only tried."""


async def try_lexicon(db: Database, preparer: Preparer, now: Lexicon, then: Lexicon) -> Reading:
    """Return what would become of the quotes' authors if `then` took the place of `now`."""
    before, after = await list_stamps(db, now), await list_stamps(db, then)
    touched = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    touched.sort(reverse=True)
    moved: list[Moved] = []
    tried = letters = 0
    for key in touched[:MOST_TRIED]:
        source = await load_source(db, key)
        letters += len(source.text)
        if letters > MOST_LETTERS:
            break
        tried += 1
        prepared = await preparer.prepare(_article(source), then)
        # One article a transaction: nobody else who writes waits for all of them.
        moved += await _try(db, source, prepared.facts, then)
    return Reading(tuple(moved), len(touched), len(touched) - tried)


async def _try(db: Database, source: Source, facts: Facts, then: Lexicon) -> list[Moved]:
    """Return whose quotes of an article change author, by doing it and taking it back."""
    with suppress(_TakenBackError):
        async with db.write() as connection:
            before = await list_authors(connection, source.version_id)
            await lay_aliases(connection, then)
            await insert_facts(connection, source, facts)
            after = await list_authors(connection, source.version_id)
            _take_back()
    return [
        Moved(source.version_id, words_at(source.text, spans), before[spans], after[spans])
        for spans in before
        if spans in after and before[spans] != after[spans]
    ]


def _take_back() -> NoReturn:
    raise _TakenBackError


def _article(source: Source) -> Article:
    return Article("", source.text, source.day, source.language)
