"""Many files read in other processes."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.ingest.drafts import Draft, Overrides
from bot.ingest.files import Source, find_sources
from bot.ingest.pool import AHEAD, POOL_FROM_BYTES, drafting

OVERRIDES = Overrides(day=date(2026, 1, 22))
COUNT = 4 * AHEAD


@pytest.fixture
def sources(tmp_path: Path) -> Sequence[Source]:
    """Return files, one of them without a word."""
    for number in range(COUNT):
        words = "…" if number == 1 else f"Порт {number} строят на берегу."
        (tmp_path / f"{number}.txt").write_text(words, encoding="utf-8")
    return list(find_sources([str(tmp_path)]))


async def read(sources: Sequence[Source]) -> list[Draft | str]:
    """Return the drafts, or why there is none."""
    read: list[Draft | str] = []
    with drafting(sources, OVERRIDES) as drafts:
        for draft in drafts:
            try:
                read.append(await draft)
            except UserError as error:
                read.append(error.message_id)
    return read


async def test_other_processes_read_the_same_in_the_same_order(sources: Sequence[Source]) -> None:
    """White space makes the files large enough for other processes and changes no draft."""
    few = await read(sources)
    for source in sources:
        assert source.path
        with source.path.open("a", encoding="utf-8") as file:
            file.write(" " * (POOL_FROM_BYTES // COUNT))
    assert await read(sources) == few
    assert few[1] == "There are no words in this text."
    assert [type(each) for each in few].count(Draft) == COUNT - 1


async def test_a_missing_file_concerns_no_other(sources: Sequence[Source], tmp_path: Path) -> None:
    """Its mistake comes in its place, with its values."""
    found = await read([*sources, Source("away", tmp_path / "away"), sources[0]])
    assert found[COUNT] == "There is no such file."
    assert found[COUNT + 1] == found[0]
