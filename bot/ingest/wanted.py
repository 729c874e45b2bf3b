"""Which questions without an answer an article would answer, were it published."""

from datetime import datetime

from bot.ingest.drafts import Draft
from bot.quality import Ask
from bot.search import Search
from bot.store.database import Database
from bot.store.unanswered import Unanswered, list_unanswered
from index.types import IndexedArticle, IndexedParagraph, Verdict

#: Sets of the board that are tried, what most ask for first: some milliseconds each in a large
#: corpus. Source: docs/reliability.md, limits.
MOST_TRIED = 50

#: No article of the store has it: they count from 1.
_NOBODY = -1


async def find_wanted(
    db: Database, search: Search, draft: Draft, at: datetime
) -> tuple[Unanswered, ...]:
    """Return what waits on the board and would be answered by a draft, in the board's order."""
    waiting = (await list_unanswered(db, at))[:MOST_TRIED]
    open_ = [each for each in waiting if not await _is_answered(each, search.find)]
    if not open_:
        return ()
    trial = await search.with_article(_indexed(draft))
    return tuple([each for each in open_ if await _is_answered(each, trial)])


async def _is_answered(entry: Unanswered, ask: Ask) -> bool:
    for text in entry.asked:
        if (await ask(text)).verdict is not Verdict.ANSWER:
            return False
    return True


def _indexed(draft: Draft) -> IndexedArticle:
    article = draft.article
    paragraphs = tuple(
        IndexedParagraph(-each.number, each.number, each.terms) for each in draft.paragraphs
    )
    return IndexedArticle(
        _NOBODY, article.title, article.day, article.language, article.source, paragraphs
    )
