"""The one way of an article into the store."""

from datetime import datetime

from bot.ingest.drafts import Draft
from bot.store.database import Database
from bot.store.health import require_space
from bot.store.publishing import Added, add_article
from index.paragraphs import ANALYSIS


async def publish(db: Database, draft: Draft, *, at: datetime) -> Added:
    """Publish a draft, wholly or not at all; return what became of it.

    Raises:
        UserError: the disk is nearly full.

    """
    require_space(db.path)
    return await add_article(
        db, draft.article, draft.paragraphs, analysis=ANALYSIS, at=at, facts=draft.facts
    )
