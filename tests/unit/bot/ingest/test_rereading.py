"""Articles read anew after a change of the corpus's own words: those touched, and as a trial."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.preparing import Preparer
from bot.ingest.publish import publish
from bot.ingest.rereading import Rereader, try_lexicon
from bot.search import Search
from bot.store.corrections import Correction, FactKind, correct
from bot.store.database import Database, open_database, run
from bot.store.lexicon import change_alias, change_pattern, load_lexicon
from bot.store.people import list_persons
from bot.store.quotes import list_quotes
from bot.store.readings import list_unread
from bot.store.sectors import count_sectors
from index.lexicon import OwnAlias
from index.sectors import OwnPattern

NOON = datetime(2026, 2, 12, 9, tzinfo=UTC)
HASANOV = OwnAlias("Хасанов", "Хасан Зираев")
MOST = 10
TEXTS = (
    "Мэр Хасан Зираев открыл мост.",
    "Хасанов сказал: «Мы откроем ещё один мост через год». Лопасти встали.",
    "Начальник порта сообщил: «Работы закончены осенью прошлого года».",
)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "paragraf.db") as database:
        for number, text in enumerate(TEXTS):
            overrides = Overrides(title=f"Статья {number}", day=date(2026, 1, 1))
            await publish(database, make_draft(text, overrides), at=NOON)
        yield database


class House:
    """A store, its index, and what reads anew."""

    def __init__(self, db: Database) -> None:
        self.db, self.search = db, Search(db)
        self.preparer = Preparer(lambda: self.search.lexicon)
        self.rereader = Rereader(db, self.search, self.preparer)

    async def keep(self, entry: OwnAlias | OwnPattern, *, is_kept: bool = True) -> None:
        async with self.db.write() as connection:
            if isinstance(entry, OwnAlias):
                await change_alias(connection, entry, is_kept=is_kept, by=7, at=NOON)
            else:
                await change_pattern(connection, entry, is_kept=is_kept, by=7, at=NOON)
        await self.search.refresh()
        await self.rereader.step()

    async def speakers(self, name: str) -> list[str]:
        return [each.passages[0].text for each in await list_quotes(self.db, MOST, speaker=name)]


@pytest.fixture
def house(db: Database) -> House:
    return House(db)


async def test_a_name_brings_a_person_his_quotes_and_takes_them_back(house: House) -> None:
    """With the person's number as it was; the one who was called so is himself again."""
    before = await list_persons(house.db)
    assert await house.speakers("Хасан Зираев") == []
    await house.keep(HASANOV)
    assert await house.speakers("Хасан Зираев") == [TEXTS[1]]
    (quote,) = await list_quotes(house.db, MOST, speaker="Хасан Зираев")
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.identity) == ("Хасанов", "Хасан Зираев")
    named = {each.name: each.articles for each in await list_persons(house.db)}
    assert named["Хасан Зираев"] == 2
    await house.keep(HASANOV, is_kept=False)
    assert await house.speakers("Хасан Зираев") == []
    assert await list_persons(house.db) == before


async def test_a_title_gives_quotes_an_author(house: House) -> None:
    """Who is named nowhere."""
    await house.keep(OwnAlias("начальник порта", "Анна Лисовец"))
    assert await house.speakers("Анна Лисовец") == [TEXTS[2]]


async def test_words_of_a_sector_count_at_once(house: House) -> None:
    assert "energy" not in dict(await count_sectors(house.db))
    pattern = OwnPattern("energy", "лопасть")
    await house.keep(pattern)
    assert dict(await count_sectors(house.db))["energy"] == 1
    await house.keep(pattern, is_kept=False)
    assert "energy" not in dict(await count_sectors(house.db))


async def test_what_people_corrected_stays(house: House) -> None:
    """An author whom an editor named is not changed by a name that was added later."""
    (quote,) = await list_quotes(house.db, MOST, speaker="Хасанов")
    async with house.db.write() as connection:
        said = Correction(FactKind.QUOTE, "speaker", "Олег Сомов", 7, NOON)
        await correct(connection, quote.id, said)
    now = await load_lexicon(house.db)
    assert (await try_lexicon(house.db, house.preparer, now, now.having(HASANOV))).moved == ()
    await house.keep(HASANOV)
    assert await house.speakers("Олег Сомов") == [TEXTS[1]]


async def test_a_trial_tells_and_leaves_everything(house: House) -> None:
    """Which quotes would have whom for their author."""
    async with house.db.read() as connection:
        before = await run(connection, "SELECT * FROM quote")
    now = await load_lexicon(house.db)
    found = await try_lexicon(house.db, house.preparer, now, now.having(HASANOV))
    (moved,) = found.moved
    assert (moved.before, moved.after) == ("Хасанов", "Хасан Зираев")
    assert moved.words == "Мы откроем ещё один мост через год"
    assert (found.articles, found.left) == (2, 0)
    async with house.db.read() as connection:
        assert await run(connection, "SELECT * FROM quote") == before
        assert await run(connection, "SELECT * FROM own_alias") == []


async def test_only_what_is_touched_is_read_anew(house: House, db: Database) -> None:
    """And each once; a program that starts reads nothing that was read."""
    await house.keep(HASANOV)
    assert await list_unread(db, house.search.lexicon) == []
    again = House(db)
    await again.search.refresh()
    assert await list_unread(db, again.search.lexicon) == []
    async with db.write() as connection:
        await change_pattern(
            connection, OwnPattern("energy", "лопасть"), is_kept=True, by=7, at=NOON
        )
    lexicon = await load_lexicon(db)
    assert [key for key, _ in await list_unread(db, lexicon)] == [2]
