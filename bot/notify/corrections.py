"""What an article said and what it says now, of the passages that somebody was shown."""

import asyncio
from collections.abc import Sequence

from bot.notify.news import News
from bot.replies.correction import Correction
from bot.store.database import Database
from bot.store.passages import list_paragraphs, load_passages
from index.revisions import match_paragraphs
from index.types import Passage


async def find_corrections(
    db: Database, news: News | None, paragraph_ids: Sequence[int]
) -> list[Correction]:
    """Return what has become of paragraphs in the present version, without those that stand.

    Compared with that version and not with the one announced: it may have been mended since, or
    say again what it said.
    """
    if news is None:
        return []
    found = []
    for old in (await load_passages(db, paragraph_ids)).values():
        if old.version_id == news.version_id:
            continue
        before = await list_paragraphs(db, news.article_id, version=old.version)
        places = await asyncio.to_thread(match_paragraphs, _texts(before), _texts(news.passages))
        place = dict(zip((each.paragraph_id for each in before), places, strict=True)).get(
            old.paragraph_id
        )
        new = None if place is None else news.passages[place]
        if new is None or new.text != old.text:
            found.append(Correction(old, new))
    return found


def _texts(passages: Sequence[Passage]) -> list[str]:
    return [passage.text for passage in passages]
