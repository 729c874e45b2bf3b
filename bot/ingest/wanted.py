"""What an article would do to answers, were it published: to open questions, to golden ones."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from bot.ingest.drafts import Draft
from bot.ingest.progress import Tools
from bot.quality import MOST_ASKED, Ask, Trial, try_change
from bot.search import Search
from bot.store.database import Database
from bot.store.golden import list_golden
from bot.store.unanswered import Unanswered, list_unanswered
from index.types import IndexedArticle, IndexedParagraph, Verdict

#: Sets of the board that are tried, what most ask for first: some milliseconds each in a large
#: corpus. Source: docs/reliability.md, limits.
MOST_TRIED = 20


async def find_wanted(
    db: Database, search: Search, draft: Draft, at: datetime
) -> tuple[Unanswered, ...]:
    """Return what waits on the board and would be answered by a draft, in the board's order."""
    waiting = (await list_unanswered(db, at))[:MOST_TRIED]
    open_ = [each for each in waiting if not await _is_answered(each, search.find)]
    if not open_:
        return ()
    trial = await search.with_articles(as_indexed([draft]))
    return tuple([each for each in open_ if await _is_answered(each, trial)])


async def _is_answered(entry: Unanswered, ask: Ask) -> bool:
    for text in entry.asked:
        if (await ask(text)).verdict is not Verdict.ANSWER:
            return False
    return True


async def try_drafts(tools: Tools, drafts: Sequence[Draft]) -> Trial | None:
    """Return what publishing these would do to the golden questions; None if there are none."""
    golden = (await list_golden(tools.db))[:MOST_ASKED]
    if not golden or not drafts:
        return None
    # What new passages mean is not known, so words alone tell, before and after.
    now = await tools.search.with_articles(())
    return await try_change(golden, (), now, await tools.search.with_articles(as_indexed(drafts)))


def as_indexed(drafts: Sequence[Draft]) -> list[IndexedArticle]:
    """Return drafts as the index keeps articles; no article of the store has their numbers."""
    numbers = count(1)
    return [
        IndexedArticle(
            -place,
            draft.article.title,
            draft.article.day,
            draft.article.language,
            draft.article.source,
            tuple(
                IndexedParagraph(-next(numbers), each.number, each.terms)
                for each in draft.paragraphs
            ),
        )
        for place, draft in enumerate(drafts, start=1)
    ]
