"""An article erased for ever: no word of it in the file, nothing of others lost."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from bot.errors import UserError
from bot.ingest.drafts import prepare
from bot.ingest.publish import publish_draft
from bot.store.audit import Kind, list_acts
from bot.store.database import Database
from bot.store.draft_states import noting
from bot.store.drafts import Described, Origin, add_draft, get_draft, set_described
from bot.store.erasing import erase_article
from bot.store.people import list_persons
from bot.store.publishing import add_article
from index.facts import find_facts
from index.paragraphs import find_paragraphs
from index.types import Language

from .samples import NOON, an_article, rows

ERASED = "Министр Игорь Гордеев сказал: «Шпринг готов». Порт откроют 9 марта 2026 года."
OTHER = "Министр Анна Берг назвала мост лучшим. Игорь Лисовец приехал 5 мая 2025 года."


async def add(db: Database, text: str) -> int:
    day = date(2026, 1, 22)
    article = an_article(text, day=day, title=text[:20], url=None, source=None)
    facts = find_facts(text, day, Language.RU)
    added = await add_article(db, article, find_paragraphs(text), analysis=1, at=NOON, facts=facts)
    return added.article_id


async def erase(db: Database, article_id: int) -> None:
    async with db.write() as connection:
        await erase_article(connection, article_id, by=7, at=NOON)


async def test_no_word_is_left_in_the_file(db: Database) -> None:
    """Not even in pages that are free: whoever copies the file finds none."""
    await add(db, OTHER)
    secret = await add(db, ERASED)
    await erase(db, secret)
    with closing(sqlite3.connect(db.path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = db.path.read_bytes() + db.path.with_name(db.path.name + "-wal").read_bytes()
    for word in ("Шпринг", "шпринг", "Гордеев", "гордеев"):
        assert word.encode() not in content
    assert "Лисовец".encode() in content


async def test_what_was_done_to_its_draft_is_told_without_its_words(db: Database) -> None:
    """That somebody did something stays in the log; the title and the names do not."""
    described = Described("Шпринг", ERASED, date(2026, 1, 22), Language.RU)
    async with db.write() as connection:
        draft_id = await add_draft(connection, described, Origin.TEXT, 7, NOON)
        async with noting(connection, draft_id, by=7, at=NOON):
            await set_described(connection, draft_id, replace(described, source="Гордеев"))
    draft = await get_draft(db, draft_id)
    async with db.write() as connection:
        added = await publish_draft(connection, draft, prepare(draft.article), by=7, at=NOON)
    await erase(db, added.article_id)
    acts = await list_acts(db, 9)
    (mended,) = [act for act in acts if act.kind is Kind.DRAFT]
    assert mended.by == 7
    assert mended.before == mended.after == {"is_erased": True}
    assert not any("made" in (act.before or {}) for act in acts)


async def test_nothing_of_other_articles_is_lost(db: Database) -> None:
    """Nor a person whom another one names."""
    await add(db, OTHER)
    people = await list_persons(db)
    tables = ("paragraph", "event", "quote", "person", "version_person", "paragraph_sector")
    before = {name: await rows(db, f"SELECT * FROM {name}") for name in tables}
    same = await add(db, f"{ERASED} {OTHER}")
    await erase(db, same)
    assert await list_persons(db) == people
    for name in tables:
        kept = await rows(db, f"SELECT * FROM {name}")
        assert kept[: len(before[name])] == before[name], name
        if name != "paragraph":  # its rows stay, empty
            assert len(kept) == len(before[name]), name


async def test_it_is_erased_once(db: Database) -> None:
    secret = await add(db, ERASED)
    await erase(db, secret)
    with pytest.raises(UserError, match="erased already"):
        await erase(db, secret)
    with pytest.raises(UserError, match="no article"):
        await erase(db, 404)
