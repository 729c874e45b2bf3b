from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.store.database import Database
from bot.store.facts import list_stale, load_source, replace_facts
from bot.store.publishing import Added, add_article, withdraw_article
from bot.store.quotes import list_quotes, list_speakers, load_quotes
from bot.store.timeline import list_event_dates, list_events, list_people, load_events
from index.facts import find_facts
from index.paragraphs import find_paragraphs
from index.types import Certainty, Language, Modality, Precision, QuotedWords, TimelineItem

from .samples import NOON, an_article, rows

TODAY = date(2026, 2, 1)
DAYS = (date(2026, 3, 1), date(2026, 3, 31))

TEXT = (
    "Электростанцию в Озёрном откроют 9–10 марта 2026 года.\n"
    "Министр Игорь Гордеев сказал 20 января 2026 года: «Свет будет. "
    "Тарвия готова», — и добавил: «Мост построят к 2030 году».\n"
    "Источник в порту сообщил: «Краны ещё не проверены никем»."
)


async def add(db: Database, text: str = TEXT, day: date = date(2026, 1, 22)) -> Added:
    article = an_article(text, day=day)
    facts = find_facts(text, day, Language.RU)
    paragraphs = find_paragraphs(text)
    return await add_article(db, article, paragraphs, analysis=1, at=NOON, facts=facts)


def labels(items: Sequence[TimelineItem]) -> list[str]:
    return [item.label for item in items]


def words(quotes: Sequence[QuotedWords]) -> list[str]:
    return [
        span.shifted(-quote.passages[0].span.start).of(quote.passages[0].text)
        for quote in quotes
        for span in quote.spans[:1]
    ]


async def test_an_event_comes_back_with_its_passage_people_and_sectors(db: Database) -> None:
    added = await add(db)
    item = (await list_events(db, TODAY, 10))[0]
    assert item.label == TEXT.splitlines()[0]
    assert item.passage.text == TEXT.splitlines()[0]
    assert item.passage.version_id == added.version_id
    assert item.event.date.span.of(TEXT) == "9–10 марта 2026 года"
    assert (item.event.date.first, item.event.date.last) == (date(2026, 3, 9), date(2026, 3, 10))
    assert item.event.date.precision is Precision.RANGE
    assert item.event.modality is Modality.PLANNED
    assert "energy" in item.sectors
    assert await load_events(db, [item.id, 999]) == [item]


async def test_events_are_known_by_their_dates_alone(db: Database) -> None:
    """The same as are listed, the nearest to a day first."""
    await add(db)
    items = {item.id: item.event.date for item in await list_events(db, TODAY, 10)}
    found = await list_event_dates(db, TODAY, 10)
    assert dict(found) == items
    days = [abs((when.first or when.last or TODAY) - TODAY) for _, when in found]
    assert len(days) > 1
    assert days == sorted(days)
    assert await list_event_dates(db, TODAY, 1) == found[:1]
    assert dict(await list_event_dates(db, TODAY, 10, period=DAYS)).keys() < items.keys()


async def test_events_of_a_person_a_sector_a_paragraph_a_period(db: Database) -> None:
    await add(db)
    everything = await list_events(db, TODAY, 10)
    assert await list_people(db) == ["Игорь Гордеев"]
    for item in await list_events(db, TODAY, 10, person="Игорь Гордеев"):
        assert item.passage.number == 2
    (energy,) = await list_events(db, TODAY, 10, sector="energy")
    assert energy == everything[0]
    ids = [energy.passage.paragraph_id]
    assert await list_events(db, TODAY, 10, paragraph_ids=ids) == [energy]
    assert await list_events(db, TODAY, 10, paragraph_ids=[]) == []
    assert await list_events(db, TODAY, 10, period=DAYS) == [energy]


async def test_of_too_many_events_those_nearest_to_the_day_are_kept(db: Database) -> None:
    await add(db, "\n".join(f"Мост номер {n} открыли {n} мая 2025 года." for n in range(1, 21)))
    near = await list_events(db, date(2025, 5, 10), 3)
    assert [item.event.date.first for item in near] == [date(2025, 5, n) for n in (9, 10, 11)]


async def test_a_quote_comes_back_with_its_speaker(db: Database) -> None:
    await add(db)
    quotes = await list_quotes(db, 10, speaker="Игорь Гордеев")
    assert words(quotes)[0] == "Свет будет. Тарвия готова"
    speaker = quotes[0].speaker
    assert speaker
    assert (speaker.name, speaker.certainty) == ("Игорь Гордеев", Certainty.STATED)
    assert quotes[0].day == date(2026, 1, 20)
    assert quotes[0].passages[0].number == 2
    assert await load_quotes(db, [quotes[0].id, 999]) == quotes[:1]


async def test_an_unresolved_speaker_stays_unresolved(db: Database) -> None:
    await add(db)
    quote = next(each for each in await list_quotes(db, 10) if each.passages[0].number == 3)
    assert quote.speaker is None
    assert quote.mention
    assert quote.mention.startswith("Источник")
    assert [name for name, _ in await list_speakers(db)] == ["Игорь Гордеев"]


async def test_newest_quotes_come_first_and_periods_hold(db: Database) -> None:
    await add(db)
    await add(db, "Анна Берг сказала: «Вода нужна каждому дому».", date(2025, 6, 8))
    quotes = await list_quotes(db, 10)
    assert [quote.day for quote in quotes] == sorted((q.day for q in quotes), reverse=True)
    year = (date(2025, 1, 1), date(2025, 12, 31))
    assert words(await list_quotes(db, 10, period=year)) == ["Вода нужна каждому дому"]
    assert await list_quotes(db, 1) == quotes[:1]


async def test_a_quote_over_several_paragraphs_has_them_all(db: Database) -> None:
    await add(db, "Анна Берг сказала: «Вода нужна каждому дому.\nСвет нужен каждому двору».")
    (quote,) = await list_quotes(db, 10)
    assert [passage.number for passage in quote.passages] == [1, 2]
    for span in quote.spans:
        assert any(p.span.start <= span.start < p.span.stop for p in quote.passages)


async def test_of_a_withdrawn_article_nothing_is_shown(db: Database) -> None:
    added = await add(db)
    (item, *_), (quote, *_) = await list_events(db, TODAY, 10), await list_quotes(db, 10)
    await withdraw_article(db, added.article_id, NOON)
    assert await list_events(db, TODAY, 10) == await load_events(db, [item.id]) == []
    assert await list_quotes(db, 10) == await load_quotes(db, [quote.id]) == []
    assert await list_people(db) == []
    assert await list_speakers(db) == []


async def test_the_same_text_again_adds_no_facts(db: Database) -> None:
    await add(db)
    before = await rows(db, "SELECT id FROM event")
    await add(db)
    assert await rows(db, "SELECT id FROM event") == before


async def test_facts_found_anew_keep_their_ids(db: Database) -> None:
    added = await add(db)
    events, quotes = await list_events(db, TODAY, 10), await list_quotes(db, 10)
    source = await load_source(db, added.version_id)
    facts = find_facts(source.text, source.day, source.language)
    await replace_facts(db, source, facts)
    assert (await list_events(db, TODAY, 10), await list_quotes(db, 10)) == (events, quotes)
    await replace_facts(db, source, replace(facts, events=facts.events[1:], quotes=()))
    assert await list_events(db, TODAY, 10) == events[1:]
    await replace_facts(db, source, facts)
    again = await list_events(db, TODAY, 10)
    assert [item.id for item in again if item.event != events[0].event] == [
        item.id for item in events[1:]
    ]
    assert max(item.id for item in again) > max(item.id for item in events)


async def test_only_versions_that_newer_rules_have_not_seen_are_stale(db: Database) -> None:
    await add(db)
    assert await list_stale(db) == ()
    article = an_article("Порт открыли 5 мая 2025 года.")
    paragraphs = find_paragraphs(article.text)
    bare = await add_article(db, article, paragraphs, analysis=1, at=NOON)
    assert await list_stale(db) == (bare.version_id,)
    await withdraw_article(db, bare.article_id, NOON)
    assert await list_stale(db) == ()
