"""What words would do to a sector before they are its own: which paragraphs come, which leave."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.database import Database
from bot.store.passages import load_passages
from bot.store.readings import list_holding
from index.lexicon import Lexicon
from index.sectors import OwnPattern, Sectors, find_sectors
from index.types import Passage

#: Paragraphs that are looked at, the newest: some thousand a second.
MOST_TRIED = 3_000

#: Read from the store and sorted in one go, so that nobody else waits.
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Sorted:
    """The paragraphs that a sector gains and loses, newest first; `left` were not looked at."""

    gained: tuple[Passage, ...]
    lost: tuple[Passage, ...]
    left: int


async def try_pattern(db: Database, now: Lexicon, then: Lexicon, entry: OwnPattern) -> Sorted:
    """Return what becomes of a sector when `then`, which differs in `entry`, takes over."""
    ids = await list_holding(db, entry)
    gained: list[Passage] = []
    lost: list[Passage] = []
    tried = ids[:MOST_TRIED]
    for start in range(0, len(tried), _BATCH):
        batch = tried[start : start + _BATCH]
        passages = await load_passages(db, batch)
        found = [passages[key] for key in batch if key in passages]
        changes = await asyncio.to_thread(_sort, found, now.sectors, then.sectors, entry.sector)
        gained += changes[0]
        lost += changes[1]
    return Sorted(tuple(gained), tuple(lost), len(ids) - len(tried))


def _sort(
    passages: Sequence[Passage], now: Sectors, then: Sectors, sector: str
) -> tuple[list[Passage], list[Passage]]:
    """Return the passages that a sector has only then, and those it has only now."""
    gained, lost = [], []
    for passage in passages:
        was = any(hit.sector == sector for hit in find_sectors(passage.text, now))
        will = any(hit.sector == sector for hit in find_sectors(passage.text, then))
        if will and not was:
            gained.append(passage)
        elif was and not will:
            lost.append(passage)
    return gained, lost
