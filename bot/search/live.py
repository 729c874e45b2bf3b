"""The live index in memory, fed from the store.

What passages mean is beside it where the extra `[semantic]` is on; `bot.embedding` makes that.
"""

import asyncio
from collections.abc import Collection, Sequence

import structlog

from bot.search.kept import KEPT_EVERY, KEPT_FROM, KeptIndex
from bot.store.changes import (
    ChangeOp,
    IndexChange,
    is_any_erased,
    list_changes,
    list_published_ids,
    load_indexed,
)
from bot.store.database import Database
from bot.store.lexicon import load_lexicon
from bot.store.synonyms import load_synonyms
from bot.store.vectors import load_vectors
from index.engine import PolicyIndex
from index.errors import SnapshotError
from index.lexicon import SHIPPED, Lexicon
from index.semantic import MODEL, Meaning
from index.synonyms import Synonyms, shipped
from index.types import IndexedArticle, IndexedVector

#: Changes applied between two looks at other work, and articles read from the store at once.
_BATCH = 500

log = structlog.get_logger(__name__)


class LiveIndex:
    """The index of the articles published in a store, as of the last `refresh`."""

    def __init__(
        self,
        db: Database,
        meaning: Meaning | None = None,
        *,
        kept_from: int = KEPT_FROM,
        kept_every: int = KEPT_EVERY,
    ) -> None:
        self._db = db
        self._index = PolicyIndex()
        self._meaning = meaning
        self._synonyms = shipped()
        self._lexicon = SHIPPED
        self._has_words = False
        self._refreshing = asyncio.Lock()
        self._kept = KeptIndex(db, kept_from, kept_every)

    @property
    def version(self) -> int:
        """Return the number of the last change that answers take into account."""
        return self._index.version

    @property
    def lexicon(self) -> Lexicon:
        """Return the corpus's own names, titles and words of sectors."""
        return self._lexicon

    @property
    def synonyms(self) -> Synonyms:
        """Return the table by which questions and topics are read."""
        return self._synonyms

    @property
    def paragraph_count(self) -> int:
        """Return how many paragraphs answers are sought in."""
        return self._index.paragraph_count

    @property
    def kept_version(self) -> int | None:
        """Return the change up to which the index is in its file, None if there is no good file."""
        return self._kept.version

    async def load(self) -> None:
        """Fill the empty index with all published articles, from its file if that is good."""
        async with self._refreshing:
            try:
                self._index = await self._kept.load(self._synonyms)
            except FileNotFoundError:
                await self._build()
            except (SnapshotError, OSError) as error:
                log.warning("kept index of no use", file=self._kept.name, reason=str(error))
                await self._build()
            if self._meaning:
                _, ids = await list_published_ids(self._db)
                self._meaning.replace((), await self._load_vectors(ids))
        await self.refresh()

    async def keep(self) -> None:
        """Keep a large index in its file where that is due, for a quick start; answers go on.

        The index is then used from the file itself, which takes less memory. What changes have left
        to be put together, so that none of them had to wait for it, is put together first.
        """
        if not self._index.is_tidy:
            await asyncio.to_thread(self._index.tidy)
        if not self._kept.is_due(self._index):
            return
        try:
            async with self._refreshing:
                if not await self._kept.is_dropped(self._index):
                    await self._kept.write(self._index)
                    self._index = await self._kept.load(self._synonyms)
        except (SnapshotError, OSError) as error:
            log.warning("the index is not kept", file=self._kept.name, reason=str(error))

    async def _build(self) -> None:
        """Fill the empty index from the store."""
        seq, ids = await list_published_ids(self._db)
        for start in range(0, len(ids), _BATCH):
            articles = await load_indexed(self._db, ids[start : start + _BATCH])
            await asyncio.to_thread(self._index.add, articles, seq)
        self._index.set_version(seq)

    async def refresh(self) -> None:
        """Apply the changes made since the last time, in order; cheap when there are none."""
        async with self._refreshing:
            while changes := await list_changes(self._db, self._index.version, _BATCH):
                await self._apply(changes)
            if not self._has_words:
                await self._refresh_words()

    async def take_vectors(self, article_ids: Collection[int]) -> None:
        """Take note of vectors that have come to articles of the store."""
        if self._meaning:
            async with self._refreshing:
                rows = await self._load_vectors(article_ids)
                await asyncio.to_thread(self._meaning.replace, article_ids, rows)

    async def _refresh_words(self) -> None:
        """Read questions by the corpus's own words, if they are others than before."""
        lexicon = await load_lexicon(self._db)
        if lexicon != self._lexicon:
            self._lexicon = lexicon
        table = await load_synonyms(self._db)
        if table != self._synonyms:
            self._index.use(table)
            self._synonyms = table
        self._has_words = True

    async def _apply(self, changes: Sequence[IndexChange]) -> None:
        """Bring the changed articles to their present state: the last change of each tells it."""
        last = {change.article_id: change.op for change in changes if change.article_id}
        added = [article_id for article_id, op in last.items() if op is ChangeOp.ADD]
        articles = await load_indexed(self._db, added)
        vectors = await self._load_vectors(added)
        if any(change.op is ChangeOp.WORDS for change in changes):
            await self._refresh_words()
        await asyncio.to_thread(self._swap, tuple(last), articles, vectors, changes[-1].seq)
        removed = last.keys() - set(added)
        if removed and await is_any_erased(self._db, removed):
            await self._kept.forget()

    async def _load_vectors(self, article_ids: Collection[int]) -> Sequence[IndexedVector]:
        """Return what is stored of the meaning of these articles, if that is wanted."""
        return await load_vectors(self._db, MODEL, article_ids) if self._meaning else ()

    def _swap(
        self,
        ids: Sequence[int],
        articles: Sequence[IndexedArticle],
        vectors: Sequence[IndexedVector],
        version: int,
    ) -> None:
        """Take the old state of the articles out of the index and put the new one in."""
        if self._meaning:
            self._meaning.replace(ids, vectors)
        for article_id in ids:
            if self._index.has(article_id):
                self._index.remove(article_id, version)
        self._index.add(articles, version)
