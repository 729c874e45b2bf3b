"""The card of a draft, with what is found in it now."""

from dataclasses import replace

from bot.ingest.likeness import find_twins, sign_missing
from bot.ingest.preparing import Preparer
from bot.ingest.progress import Tools
from bot.ingest.wanted import find_wanted
from bot.replies.draft import DraftCard
from bot.replies.findings import list_findings
from bot.store.drafts import StoredDraft


async def make_card(tools: Tools, draft: StoredDraft) -> DraftCard:
    """Return the card of a draft. Without a day its facts are not sought: they count from it.

    Raises:
        UserError: the process that reads long texts was ended.

    """
    card = await read_facts(tools.preparer, draft)
    if draft.described.day is None:
        return card
    await sign_missing(tools.db, batches=1)
    prepared = await tools.preparer.prepare(draft.article)
    return replace(
        card,
        twins=await find_twins(tools.db, prepared.paragraphs),
        wanted=await find_wanted(tools.db, tools.search, prepared, tools.now()),
    )


async def read_facts(preparer: Preparer, draft: StoredDraft) -> DraftCard:
    """Return the card of a draft by itself, without what it is to other articles and to readers.

    Raises:
        UserError: as `make_card`.

    """
    if draft.described.day is None:
        count = sum(1 for line in draft.described.text.splitlines() if line.strip())
        return DraftCard(draft, count, (), 0)
    prepared = await preparer.prepare(draft.article)
    return DraftCard(
        draft,
        len(prepared.paragraphs),
        list_findings(draft.described.text, prepared.paragraphs, prepared.facts, draft.fixes),
        len(prepared.facts.people.persons),
    )
