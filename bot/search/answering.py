"""Answers to questions from the live index, with the passages that prove them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from bot.search.live import LiveIndex
from bot.store.passages import load_passages
from index.across import explain_answer, find_answer
from index.answering import find_excerpt
from index.engine import MOST_HITS
from index.grouping import RIVAL_SHARE
from index.synonyms import with_own
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


class Search(LiveIndex):
    """Answers questions from the articles published in a store, as of the last `refresh`."""

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
