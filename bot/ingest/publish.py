"""The one way of an article into the store."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import UserError
from bot.failpoints import reach
from bot.ingest.drafts import Draft
from bot.store.corrections import Correction, Placed, keep_corrections
from bot.store.database import Database, Transaction
from bot.store.drafts import DraftState, Fix, StoredDraft, decide_draft, get_open_on, keep_page
from bot.store.health import require_space
from bot.store.publishing import Added, add_article, insert_article
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


async def publish_draft(
    connection: Transaction,
    draft: StoredDraft,
    prepared: Draft,
    *,
    by: int,
    at: datetime,
    is_announced: bool = True,
    is_urgent: bool = False,
) -> Added:
    """Publish a stored draft as part of a transaction, once; return what became of it.

    Raises:
        UserError: it is decided already, or was changed since it was prepared.

    """
    current = await get_open_on(connection, draft.id)
    if current.described != draft.described or current.fixes != draft.fixes:
        raise UserError("The draft was changed meanwhile. Look at it again: /drafts")
    added = await insert_article(
        connection,
        prepared.article,
        prepared.paragraphs,
        analysis=ANALYSIS,
        at=at,
        facts=prepared.facts,
        by=by,
        is_announced=is_announced,
        is_urgent=is_urgent,
        draft_id=draft.id,
    )
    if added.is_new:
        await keep_corrections(connection, added.version_id, _placed(draft.fixes, by, at))
        await keep_page(connection, draft.id, added.version_id)
    await decide_draft(connection, draft.id, DraftState.PUBLISHED, at, added.article_id)
    reach("ingest.before_commit")
    return added


def _placed(fixes: Sequence[Fix], by: int, at: datetime) -> list[Placed]:
    return [
        Placed(Correction(fix.kind, fix.field, fix.value, by, at), fix.start, fix.stop)
        for fix in fixes
    ]
