"""The card of a draft, with what is found in it now."""

from bot.ingest.likeness import find_twins, sign_missing
from bot.ingest.preparing import Preparer
from bot.replies.draft import DraftCard
from bot.replies.findings import list_findings
from bot.store.database import Database
from bot.store.drafts import StoredDraft


async def make_card(db: Database, preparer: Preparer, draft: StoredDraft) -> DraftCard:
    """Return the card of a draft. Without a day its facts are not sought: they count from it.

    Raises:
        UserError: the process that reads long texts was ended.

    """
    if draft.described.day is None:
        count = sum(1 for line in draft.described.text.splitlines() if line.strip())
        return DraftCard(draft, count, (), 0)
    await sign_missing(db, batches=1)
    prepared = await preparer.prepare(draft.article)
    return DraftCard(
        draft,
        len(prepared.paragraphs),
        list_findings(draft.described.text, prepared.paragraphs, prepared.facts, draft.fixes),
        len(prepared.facts.people.persons),
        await find_twins(db, prepared.paragraphs),
    )
