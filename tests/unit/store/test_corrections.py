from dataclasses import replace
from datetime import date

import pytest

from bot.errors import StoreError
from bot.store.corrections import Correction, FactKind, correct
from bot.store.database import Database
from bot.store.facts import load_source, replace_facts
from bot.store.publishing import add_article
from bot.store.quotes import list_quotes, list_speakers
from bot.store.revisions import Revision, publish_revision, put_revision
from bot.store.timeline import list_events
from index.facts import Facts, find_facts
from index.paragraphs import find_paragraphs
from index.types import DateMention, Event, Language, Modality, Span

from .samples import NOON, an_article

TODAY = date(2026, 2, 1)
TEXT = (
    "Мост откроют 9 марта 2026 года. Порт открыли 5 мая 2025 года.\n"
    "Игорь Гордеев сказал: «Порт готов к работе».\n"
    "Анна Берг прибыла в порт."
)


async def add(db: Database) -> int:
    day = date(2026, 1, 22)
    added = await add_article(
        db,
        an_article(TEXT, day=day),
        find_paragraphs(TEXT),
        analysis=1,
        at=NOON,
        facts=find_facts(TEXT, day, Language.RU),
    )
    return added.version_id


async def read_anew(db: Database, version_id: int, facts: Facts | None = None) -> None:
    source = await load_source(db, version_id)
    await replace_facts(db, source, facts or find_facts(TEXT, source.day, source.language))


async def mend(db: Database, kind: FactKind, fact_id: int, field: str, value: str | None) -> None:
    async with db.write() as connection:
        await correct(connection, fact_id, Correction(kind, field, value, 42, NOON))


async def test_a_corrected_date_outlives_reading_anew(db: Database) -> None:
    """It shows at once, and after the rules have read the article again."""
    version_id = await add(db)
    event = (await list_events(db, TODAY, 9))[0]
    await mend(db, FactKind.EVENT, event.id, "first", "2026-03-10")
    await mend(db, FactKind.EVENT, event.id, "last", None)
    await mend(db, FactKind.EVENT, event.id, "modality", "reported")
    shown = await list_events(db, TODAY, 9)
    assert (shown[0].event.date.first, shown[0].event.date.last) == (date(2026, 3, 10), None)
    assert shown[0].event.modality is Modality.REPORTED
    await read_anew(db, version_id)
    assert await list_events(db, TODAY, 9) == shown


async def test_a_corrected_speaker_outlives_reading_anew(db: Database) -> None:
    """With the id of the person whom the corpus knows by the name."""
    version_id = await add(db)
    (quote,) = await list_quotes(db, 9)
    await mend(db, FactKind.QUOTE, quote.id, "speaker", "Анна Берг")
    await mend(db, FactKind.QUOTE, quote.id, "role", "министр")
    await mend(db, FactKind.QUOTE, quote.id, "day", "2026-01-20")
    (shown,) = await list_quotes(db, 9, speaker="Анна Берг")
    assert shown.speaker
    assert (shown.speaker.name, shown.speaker.role) == ("Анна Берг", "министр")
    assert shown.person_id not in (None, quote.person_id)
    assert (shown.day, shown.is_day_stated) == (date(2026, 1, 20), True)
    await read_anew(db, version_id)
    assert await list_quotes(db, 9) == [shown]
    await mend(db, FactKind.QUOTE, quote.id, "speaker", None)
    assert await list_speakers(db) == []


async def test_what_is_wrong_stays_away(db: Database) -> None:
    """However often the rules find it."""
    version_id = await add(db)
    bridge, port = await list_events(db, TODAY, 9)
    (quote,) = await list_quotes(db, 9)
    await mend(db, FactKind.EVENT, bridge.id, "wrong", None)
    await mend(db, FactKind.QUOTE, quote.id, "wrong", None)
    for _ in range(2):
        assert await list_events(db, TODAY, 9) == [port]
        assert await list_quotes(db, 9) == []
        await read_anew(db, version_id)


async def test_a_fact_that_moved_a_little_keeps_its_correction(db: Database) -> None:
    """And one that has gone leaves it to nobody."""
    version_id = await add(db)
    events = await list_events(db, TODAY, 9)
    await mend(db, FactKind.EVENT, events[0].id, "modality", "hoped")
    found = find_facts(TEXT, date(2026, 1, 22), Language.RU)
    await read_anew(db, version_id, replace(found, events=(_shorter(found.events[0]),)))
    (moved,) = await list_events(db, TODAY, 9)
    assert moved.event.modality is Modality.HOPED
    await read_anew(db, version_id, replace(found, events=found.events[1:]))
    (other,) = await list_events(db, TODAY, 9)
    assert other.event == events[1].event


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (FactKind.EVENT, "first", "весной"),
        (FactKind.EVENT, "modality", "maybe"),
        (FactKind.EVENT, "speaker", "Анна Берг"),
        (FactKind.QUOTE, "day", None),
        (FactKind.QUOTE, "id", "7"),
    ],
)
async def test_what_no_fact_can_have_is_refused(
    db: Database, kind: FactKind, field: str, value: str | None
) -> None:
    """And nothing is kept of it."""
    await add(db)
    before = await list_events(db, TODAY, 9), await list_quotes(db, 9)
    fact_id = before[0][0].id if kind is FactKind.EVENT else before[1][0].id
    with pytest.raises(StoreError):
        await mend(db, kind, fact_id, field, value)
    with pytest.raises(StoreError):
        await mend(db, FactKind.EVENT, 999, "last", None)
    with pytest.raises(StoreError):
        await _open_both_ends(db, before[0][0].id)
    assert (await list_events(db, TODAY, 9), await list_quotes(db, 9)) == before


async def _open_both_ends(db: Database, event_id: int) -> None:
    async with db.write() as connection:
        for end in ("first", "last"):
            await correct(connection, event_id, Correction(FactKind.EVENT, end, None, None, NOON))


def _shorter(event: Event) -> Event:
    """Return an event whose date is a letter shorter."""
    span = Span(event.date.span.start, event.date.span.stop - 1)
    date_ = DateMention(span, event.date.first, event.date.last, event.date.precision)
    return replace(event, date=date_)


async def test_corrections_go_along_into_a_new_version(db: Database) -> None:
    """With the paragraphs that stay as they were, wherever they stand now."""
    await add(db)
    (quote,) = await list_quotes(db, 9)
    event = (await list_events(db, TODAY, 9))[0]
    await mend(db, FactKind.QUOTE, quote.id, "role", "министр")
    await mend(db, FactKind.EVENT, event.id, "modality", "reported")
    first, *rest = TEXT.split("\n")
    text = "\n".join(("Дамбу снесут.", first.replace("Порт", "Канал"), *rest))
    said = an_article(text, day=date(2026, 1, 22))
    async with db.write() as connection:
        key = await put_revision(connection, Revision(1, 1, said, 42), NOON)
        waiting = Revision(1, 1, said, 42, key)
        facts = find_facts(text, said.day, said.language)
        await publish_revision(
            connection, waiting, find_paragraphs(text), facts, analysis=1, at=NOON
        )
    (shown,) = await list_quotes(db, 9)
    assert shown.speaker
    assert (shown.id != quote.id, shown.speaker.role) == (True, "министр")
    assert all(
        each.event.modality is not Modality.REPORTED for each in await list_events(db, TODAY, 9)
    )
