"""Writes what an article says: events, quotes, people and sectors, beside its paragraphs.

Reading events is in `timeline`, reading quotes in `quotes`.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import run
from bot.store.tables import event as event_table
from bot.store.tables import paragraph_person, paragraph_sector, quote_paragraph
from bot.store.tables import quote as quote_table
from index.facts import Facts
from index.types import Quote, Span

#: The version of the rules by which facts are found. Raise it when they find others.
EXTRACTOR = 1


class _Paragraphs:
    """The stored paragraphs of a version, found by a place in its text or by their number."""

    def __init__(self, rows: Sequence[tuple[int, int, int, int]]) -> None:
        self._ids = [key for key, *_ in rows]
        self._starts = [start for _, _, start, _ in rows]
        self._stops = [stop for *_, stop in rows]
        self.by_number = {number: key for key, number, *_ in rows}

    def at(self, position: int) -> int | None:
        """Return the paragraph that holds a place."""
        index = bisect_right(self._starts, position) - 1
        is_inside = index >= 0 and position < self._stops[index]
        return self._ids[index] if is_inside else None

    def under(self, spans: Sequence[Span]) -> list[int]:
        """Return the paragraphs that share a place with some span, in order."""
        found = []
        for key, start, stop in zip(self._ids, self._starts, self._stops, strict=True):
            if any(span.overlaps(Span(start, stop)) for span in spans):
                found.append(key)
        return found


async def insert_facts(
    connection: AsyncConnection, version_id: int, text: str, day: date, facts: Facts
) -> None:
    """Keep the facts of a version whose paragraphs are stored, in the same transaction."""
    paragraphs = _Paragraphs(
        [
            (key, number, start, stop)
            for key, number, start, stop in await run(
                connection,
                "SELECT id, number, start, stop FROM paragraph WHERE version_id = ? ORDER BY start",
                (version_id,),
            )
        ]
    )
    await _insert_events(connection, version_id, facts, paragraphs)
    for quote in facts.quotes:
        await _insert_quote(connection, version_id, quote, text, day, facts, paragraphs)
    await _insert_marks(connection, facts, paragraphs)


async def _insert_events(
    connection: AsyncConnection, version_id: int, facts: Facts, paragraphs: _Paragraphs
) -> None:
    rows = [
        {
            "version_id": version_id,
            "paragraph_id": paragraph_id,
            "start": event.date.span.start,
            "stop": event.date.span.stop,
            "label_start": event.label.start,
            "label_stop": event.label.stop,
            "first": event.date.first,
            "last": event.date.last,
            "precision": event.date.precision.value,
            "is_approximate": event.date.is_approximate,
            "is_relative": event.date.is_relative,
            "modality": event.modality.value,
            "extractor": EXTRACTOR,
        }
        for event in facts.events
        # A label lies in one paragraph with its date, or the event cannot be shown by its passage.
        if (paragraph_id := paragraphs.at(event.label.start))
        and paragraph_id == paragraphs.at(event.label.stop - 1)
    ]
    if rows:
        await connection.execute(insert(event_table), rows)


async def _insert_quote(
    connection: AsyncConnection,
    version_id: int,
    quote: Quote,
    text: str,
    day: date,
    facts: Facts,
    paragraphs: _Paragraphs,
) -> None:
    places = paragraphs.under(quote.spans)
    if not places:
        return
    speech = next(
        (each for each in facts.speech_days if any(each.span.overlaps(s) for s in quote.spans)),
        None,
    )
    speaker = quote.speaker
    statement = insert(quote_table).values(
        version_id=version_id,
        spans=json.dumps([[span.start, span.stop] for span in quote.spans]),
        kind=quote.kind.value,
        speaker=speaker and speaker.name,
        speaker_kind=speaker and speaker.kind.value,
        certainty=speaker and speaker.certainty.value,
        role=speaker and speaker.role,
        identity=speaker and speaker.identity,
        mention=quote.mention and quote.mention.of(text),
        day=speech.day if speech else day,
        is_day_stated=bool(speech and speech.is_stated),
        occasion=quote.occasion and quote.occasion.of(text),
        extractor=EXTRACTOR,
    )
    inserted = await connection.execute(statement.returning(quote_table.c.id))
    quote_id = inserted.scalar_one()
    rows = [{"quote_id": quote_id, "paragraph_id": key} for key in places]
    await connection.execute(insert(quote_paragraph), rows)


async def _insert_marks(connection: AsyncConnection, facts: Facts, paragraphs: _Paragraphs) -> None:
    """Keep who is named in each paragraph, and what each is about."""
    named = {
        (paragraph_id, person.name)
        for person in facts.people.persons
        for mention in person.mentions
        if (paragraph_id := paragraphs.at(mention.start))
    }
    people = [{"paragraph_id": key, "name": name} for key, name in sorted(named)]
    if people:
        await connection.execute(insert(paragraph_person), people)
    sectors = [
        {"paragraph_id": paragraphs.by_number[number], "sector": hit.sector, "weight": hit.weight}
        for number, hits in facts.sectors.items()
        for hit in hits
    ]
    if sectors:
        await connection.execute(insert(paragraph_sector), sectors)
