"""Writes what an article says: events, quotes, people and sectors, beside its paragraphs.

Reading events is in `timeline`, reading quotes in `quotes`. Facts found anew take the place of the
old ones; those that stand where one stood keep its id, which is in links that people have.
"""

import json
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DamagedTextError
from bot.store.corrections import apply_corrections
from bot.store.database import Database, Row, run
from bot.store.hashes import hash_text
from bot.store.lexicon import load_lexicon_on
from bot.store.persons import Known, identify, is_certain
from bot.store.tables import event as event_table
from bot.store.tables import (
    paragraph_person,
    paragraph_sector,
    quote_paragraph,
    version_organisation,
    version_person,
)
from bot.store.tables import quote as quote_table
from index.facts import Facts
from index.types import Language, Quote, Span

#: The version of the rules by which facts are found. Raise it when they find others.
EXTRACTOR = 18


class _Paragraphs:
    """The stored paragraphs of a version, found by a place in its text or by their number."""

    def __init__(self, rows: Sequence[Row]) -> None:
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


@dataclass(frozen=True, slots=True)
class Source:
    """A version that facts are sought in."""

    version_id: int
    text: str
    day: date
    language: Language


async def list_stale(db: Database) -> tuple[int, ...]:
    """Return the versions of published articles in which newer rules have not looked yet."""
    rows = await db.fetch(
        "SELECT v.id FROM article_version AS v"
        " JOIN article AS a ON a.id = v.article_id AND a.version = v.number"
        " WHERE a.withdrawn_at IS NULL AND coalesce(v.extractor, 0) < ? ORDER BY v.id",
        (EXTRACTOR,),
    )
    return tuple(key for (key,) in rows)


async def load_source(db: Database, version_id: int) -> Source:
    """Return the text of a version. Raises: DamagedTextError if it is not the one stored."""
    rows = await db.fetch(
        "SELECT text, sha256, day, language FROM article_version WHERE id = ?", (version_id,)
    )
    text, digest, day, language = rows[0]
    if hash_text(text) != digest:
        raise DamagedTextError(version_id)
    return Source(version_id, text, date.fromisoformat(day), Language(language))


async def replace_facts(db: Database, source: Source, facts: Facts) -> None:
    """Put facts in the place of those of a version, in a transaction of its own."""
    async with db.write() as connection:
        await insert_facts(connection, source, facts)


async def insert_facts(connection: AsyncConnection, source: Source, facts: Facts) -> None:
    """Keep the facts of a version whose paragraphs are stored, as part of a transaction."""
    version_id = source.version_id
    rows = await run(
        connection,
        "SELECT id, number, start, stop FROM paragraph WHERE version_id = ? ORDER BY start",
        (version_id,),
    )
    paragraphs = _Paragraphs(rows)
    known = await _clear(connection, version_id)
    names = (await load_lexicon_on(connection)).names
    persons = await identify(connection, facts.people.persons, names)
    await _insert_events(connection, version_id, facts, paragraphs, known)
    for quote in facts.quotes:
        values = _quote_values(quote, source, facts, persons, names)
        if places := paragraphs.under(quote.spans):
            await _insert_quote(connection, values, places, known)
    await _insert_people(connection, version_id, facts, paragraphs, persons, names)
    await _insert_organisations(connection, version_id, facts, paragraphs)
    await _insert_sectors(connection, facts, paragraphs)
    await apply_corrections(connection, version_id)
    await run(
        connection,
        "UPDATE article_version SET extractor = ? WHERE id = ?",
        (EXTRACTOR, version_id),
    )


async def _clear(connection: AsyncConnection, version_id: int) -> dict[object, int]:
    """Take the facts of a version out; return the ids of events and quotes by their places."""
    events = await run(
        connection,
        "DELETE FROM event WHERE version_id = ? RETURNING start, stop, id",
        (version_id,),
    )
    await run(
        connection,
        "DELETE FROM quote_paragraph WHERE quote_id IN (SELECT id FROM quote WHERE version_id = ?)",
        (version_id,),
    )
    quotes = await run(
        connection, "DELETE FROM quote WHERE version_id = ? RETURNING spans, id", (version_id,)
    )
    for table in ("version_person", "version_organisation"):
        await run(
            connection,
            f"DELETE FROM {table} WHERE version_id = ?",  # noqa: S608 - names of ours
            (version_id,),
        )
    for table in ("paragraph_person", "paragraph_sector"):
        await run(
            connection,
            f"DELETE FROM {table} WHERE paragraph_id IN"  # noqa: S608 - names of ours
            " (SELECT id FROM paragraph WHERE version_id = ?)",
            (version_id,),
        )
    known: dict[object, int] = {(start, stop): key for start, stop, key in events}
    return known | dict(quotes)


async def _insert_events(
    connection: AsyncConnection,
    version_id: int,
    facts: Facts,
    paragraphs: _Paragraphs,
    known: dict[object, int],
) -> None:
    for event in facts.events:
        paragraph_id = paragraphs.at(event.label.start)
        # A label lies in one paragraph with its date, or the event cannot be shown by its passage.
        if paragraph_id is None or paragraph_id != paragraphs.at(event.label.stop - 1):
            continue
        values = {
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
        if key := known.pop((event.date.span.start, event.date.span.stop), None):
            values["id"] = key
        await connection.execute(insert(event_table).values(values))


def _quote_values(
    quote: Quote,
    source: Source,
    facts: Facts,
    persons: Sequence[Known],
    names: Mapping[str, str],
) -> dict[str, object]:
    """Return the row of a quote: its day is that of its speech, else that of the article."""
    speech = next(
        (each for each in facts.speech_days if any(each.span.overlaps(s) for s in quote.spans)),
        None,
    )
    speaker, text = quote.speaker, source.text
    return {
        "version_id": source.version_id,
        "spans": json.dumps([[span.start, span.stop] for span in quote.spans]),
        "kind": quote.kind.value,
        "speaker": speaker and speaker.name,
        "speaker_kind": speaker and speaker.kind.value,
        "certainty": speaker and speaker.certainty.value,
        "role": speaker and speaker.role,
        "identity": speaker and (names.get(speaker.name) or speaker.identity),
        "person_id": (
            persons[speaker.person].id if speaker and speaker.person is not None else None
        ),
        "mention": quote.mention and quote.mention.of(text),
        "day": speech.day if speech else source.day,
        "is_day_stated": bool(speech and speech.is_stated),
        "occasion": quote.occasion and quote.occasion.of(text),
        "extractor": EXTRACTOR,
    }


async def _insert_quote(
    connection: AsyncConnection,
    values: dict[str, object],
    places: list[int],
    known: dict[object, int],
) -> None:
    if key := known.pop(values["spans"], None):
        values["id"] = key
    inserted = await connection.execute(
        insert(quote_table).values(values).returning(quote_table.c.id)
    )
    quote_id = inserted.scalar_one()
    rows = [{"quote_id": quote_id, "paragraph_id": place} for place in places]
    await connection.execute(insert(quote_paragraph), rows)


async def _insert_people(
    connection: AsyncConnection,
    version_id: int,
    facts: Facts,
    paragraphs: _Paragraphs,
    known: Sequence[Known],
    names: Container[str],
) -> None:
    """Keep who is named in the version and in each of its paragraphs."""
    speaking = {each.speaker.person for each in facts.quotes if each.speaker}
    named: set[tuple[int, str]] = set()
    seen: dict[int, tuple[int, str | None]] = {}
    for at, (person, (person_id, name)) in enumerate(zip(facts.people.persons, known, strict=True)):
        places = [key for each in person.mentions if (key := paragraphs.at(each.start))]
        named.update((place, name) for place in places)
        if places and (at in speaking or is_certain(person, names)):
            place, role = seen.get(person_id, (places[0], None))
            seen[person_id] = (place, role or person.role)
    if named:
        rows = [{"paragraph_id": key, "name": name} for key, name in sorted(named)]
        await connection.execute(insert(paragraph_person), rows)
    if seen:
        people = [
            {"version_id": version_id, "person_id": key, "paragraph_id": place, "role": role}
            for key, (place, role) in seen.items()
        ]
        await connection.execute(insert(version_person), people)


async def _insert_organisations(
    connection: AsyncConnection, version_id: int, facts: Facts, paragraphs: _Paragraphs
) -> None:
    """Keep the bodies that the version names, each with the paragraph that names it first."""
    named: dict[str, dict[str, object]] = {}
    for body in facts.people.organisations:
        place = paragraphs.at(body.mentions[0].start)
        if place is not None and body.name not in named:
            named[body.name] = {
                "version_id": version_id,
                "name": body.name,
                "paragraph_id": place,
                "kind": body.kind and body.kind.value,
                "abbreviation": body.abbreviation,
                "role": body.role,
            }
    if named:
        await connection.execute(insert(version_organisation), list(named.values()))


async def _insert_sectors(
    connection: AsyncConnection, facts: Facts, paragraphs: _Paragraphs
) -> None:
    """Keep what each paragraph is about."""
    sectors = [
        {"paragraph_id": paragraphs.by_number[number], "sector": hit.sector, "weight": hit.weight}
        for number, hits in facts.sectors.items()
        for hit in hits
    ]
    if sectors:
        await connection.execute(insert(paragraph_sector), sectors)
