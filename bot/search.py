"""The live index in memory, fed from the store."""

import asyncio
from collections.abc import Sequence
from functools import partial

from bot.store.changes import ChangeOp, IndexChange, list_changes, list_published_ids, load_indexed
from bot.store.database import Database
from bot.store.passages import load_passages
from index.answering import find_excerpt
from index.engine import MOST_HITS, PolicyIndex
from index.grouping import RIVAL_SHARE
from index.types import (
    Answer,
    CitedAnswer,
    Excerpt,
    Explanation,
    Hit,
    IndexedArticle,
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

#: Changes applied between two looks at other work, and articles read from the store at once.
_BATCH = 500


class Search:
    """Answers questions from the articles published in a store, as of the last `refresh`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._index = PolicyIndex()
        self._refreshing = asyncio.Lock()

    @property
    def version(self) -> int:
        """Return the number of the last change that answers take into account."""
        return self._index.version

    @property
    def paragraph_count(self) -> int:
        """Return how many paragraphs answers are sought in."""
        return self._index.paragraph_count

    async def load(self) -> None:
        """Fill the empty index with all published articles."""
        async with self._refreshing:
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

    async def answer(self, text: str, limit: int = MOST_QUOTATIONS) -> CitedAnswer:
        """Return the answer to a question with the passages that prove it, at most `limit`."""
        answer = await self.find(text)
        return CitedAnswer(answer, await self.quote(answer, answer.hits[:limit]))

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
        answer = partial(self._index.answer, text, most=most, as_written=as_written, within=within)
        if self.paragraph_count * len(text) <= INLINE_WORK:
            return answer()
        return await asyncio.to_thread(answer)

    async def explain(
        self, text: str, paragraph_id: int, *, as_written: bool = False
    ) -> Explanation | None:
        """Return why a paragraph answers a question; None if it can be found no more."""
        return await asyncio.to_thread(
            self._index.explain, text, paragraph_id, as_written=as_written
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

    async def _apply(self, changes: Sequence[IndexChange]) -> None:
        """Bring the changed articles to their present state: the last change of each tells it."""
        last = {change.article_id: change.op for change in changes}
        added = [article_id for article_id, op in last.items() if op is ChangeOp.ADD]
        articles = await load_indexed(self._db, added)
        await asyncio.to_thread(self._swap, tuple(last), articles, changes[-1].seq)

    def _swap(self, ids: Sequence[int], articles: Sequence[IndexedArticle], version: int) -> None:
        """Take the old state of the articles out of the index and put the new one in."""
        for article_id in ids:
            if self._index.has(article_id):
                self._index.remove(article_id, version)
        self._index.add(articles, version)
