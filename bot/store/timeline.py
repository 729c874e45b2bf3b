"""Reads dated events, each with the passage that proves it. Writing them is in `facts`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from bot.store.database import Database, Row, marks
from bot.store.passages import load_passages
from index.types import DateMention, Event, Modality, Precision, Span, TimelineItem

_EVENT = (
    "SELECT e.id, e.paragraph_id, e.start, e.stop, e.label_start, e.label_stop, e.first, e.last,"
    " e.precision, e.is_approximate, e.is_relative, e.modality FROM event AS e"
)
#: Of a withdrawn article nothing is shown, of a corrected one what it says now.
_IS_CURRENT = (
    " JOIN article_version AS v ON v.id = e.version_id"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)

#: Events that are read at once: between such parts others are answered.
_EVENTS_A_QUERY = 500

#: A lone word may be a place; whom the article is sure of is a person of it.
_IS_PERSON = (
    "EXISTS (SELECT 1 FROM paragraph AS g JOIN version_person AS v ON v.version_id = g.version_id"
    " JOIN person AS p ON p.id = v.person_id WHERE g.id = m.paragraph_id AND p.name = m.name)"
)

_NAMES_PERSON = "e.paragraph_id IN (SELECT paragraph_id FROM paragraph_person WHERE name = ?)"
_IS_OF_SECTOR = "e.paragraph_id IN (SELECT paragraph_id FROM paragraph_sector WHERE sector = ?)"

_NEAREST_FIRST = " ORDER BY abs(julianday(coalesce(e.first, e.last)) - julianday(?)), e.id LIMIT ?"

#: An open end is taken for a year, the coarsest unit that is left open often.
_IS_IN_PERIOD = (
    "coalesce(e.first, date(e.last, '-1 year')) <= ?"
    " AND coalesce(e.last, date(e.first, '+1 year')) >= ?"
)


async def list_events(
    db: Database,
    around: date,
    limit: int,
    *,
    paragraph_ids: Collection[int] | None = None,
    person: str | None = None,
    sector: str | None = None,
    period: tuple[date, date] | None = None,
) -> list[TimelineItem]:
    """Return events of published articles, those nearest to a day, at most `limit`, by id.

    Of some paragraphs, of a person, of a sector, in a period; a date with an open end may lie a
    year outside of it.
    """
    wanted, values = _wanted(paragraph_ids, person, sector, period)
    sql = f"{_EVENT}{_IS_CURRENT} WHERE {wanted}{_NEAREST_FIRST}"
    rows = await db.fetch(sql, (*values, around.isoformat(), limit))
    return await _items(db, sorted(rows))


async def list_event_dates(
    db: Database,
    around: date,
    limit: int,
    *,
    person: str | None = None,
    sector: str | None = None,
    period: tuple[date, date] | None = None,
) -> list[tuple[int, DateMention]]:
    """Return the ids and dates of the events that `list_events` would, the nearest first.

    Without their passages these are quick to read, however many they are.
    """
    wanted, values = _wanted(None, person, sector, period)
    sql = f"{_EVENT}{_IS_CURRENT} WHERE {wanted}{_NEAREST_FIRST}"
    rows = await db.fetch(sql, (*values, around.isoformat(), limit))
    return [(row[0], _event(row).date) for row in rows]


async def count_events(
    db: Database,
    *,
    person: str | None = None,
    sector: str | None = None,
    period: tuple[date, date] | None = None,
) -> int:
    """Return how many events of published articles there are of a person, a sector, a period."""
    wanted, values = _wanted(None, person, sector, period)
    sql = f"SELECT count(*) FROM event AS e{_IS_CURRENT} WHERE {wanted}"  # noqa: S608 - ours
    rows = await db.fetch(sql, values)
    count: int = rows[0][0]
    return count


def _wanted(
    paragraph_ids: Collection[int] | None,
    person: str | None,
    sector: str | None,
    period: tuple[date, date] | None,
) -> tuple[str, list[object]]:
    """Return the condition for events that are asked for, and its values."""
    wanted, values = ["1"], list[object]()
    if paragraph_ids is not None:
        wanted.append(f"e.paragraph_id IN ({marks(paragraph_ids)})")
        values += paragraph_ids
    if person is not None:
        wanted.append(_NAMES_PERSON)
        values.append(person)
    if sector is not None:
        wanted.append(_IS_OF_SECTOR)
        values.append(sector)
    if period is not None:
        wanted.append(_IS_IN_PERIOD)
        values += (period[1].isoformat(), period[0].isoformat())
    return " AND ".join(wanted), values


async def load_events(db: Database, ids: Sequence[int]) -> list[TimelineItem]:
    """Return these events by id; unknown ones and those of withdrawn articles are left out."""
    found: list[TimelineItem] = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), _EVENTS_A_QUERY):
        part = ordered[start : start + _EVENTS_A_QUERY]
        sql = f"{_EVENT} WHERE e.id IN ({marks(part)}) ORDER BY e.id"
        found += await _items(db, await db.fetch(sql, part))
    return found


async def find_event_paragraph(db: Database, event_id: int) -> int | None:
    """Return the paragraph of an event of whatever version, None if there is no such event."""
    rows = await db.fetch("SELECT paragraph_id FROM event WHERE id = ?", (event_id,))
    return int(rows[0][0]) if rows else None


async def list_dates(
    db: Database, paragraph_ids: Collection[int]
) -> dict[int, tuple[DateMention, ...]]:
    """Return the dates of the events of paragraphs, in text order, with spans in the version."""
    rows = await db.fetch(
        "SELECT e.paragraph_id, e.start, e.stop, e.first, e.last, e.precision, e.is_approximate"  # noqa: S608 - only marks
        f" FROM event AS e WHERE e.paragraph_id IN ({marks(paragraph_ids)}) ORDER BY e.start",
        paragraph_ids,
    )
    found: dict[int, list[DateMention]] = defaultdict(list)
    for paragraph_id, start, stop, first, last, precision, is_approximate in rows:
        mention = DateMention(
            Span(start, stop),
            first and date.fromisoformat(first),
            last and date.fromisoformat(last),
            Precision(precision),
            is_approximate=bool(is_approximate),
        )
        if mention not in found[paragraph_id]:
            found[paragraph_id].append(mention)
    return {key: tuple(mentions) for key, mentions in found.items()}


async def list_people(db: Database) -> list[str]:
    """Return the names of all persons in published articles, in alphabetical order."""
    rows = await db.fetch(
        "SELECT DISTINCT n.name FROM paragraph_person AS n"
        " JOIN paragraph AS p ON p.id = n.paragraph_id"
        " JOIN article_version AS v ON v.id = p.version_id"
        " JOIN article AS a ON a.id = v.article_id"
        " WHERE a.version = v.number AND a.withdrawn_at IS NULL ORDER BY n.name"
    )
    return [name for (name,) in rows]


async def load_sectors(db: Database, paragraph_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the sectors of paragraphs, the most telling first."""
    ids = sorted(set(paragraph_ids))
    rows = await db.fetch(
        "SELECT paragraph_id, sector FROM paragraph_sector"  # noqa: S608 - only marks
        f" WHERE paragraph_id IN ({marks(ids)}) ORDER BY weight DESC, sector",
        ids,
    )
    return _grouped(rows)


async def _items(db: Database, rows: Sequence[Row]) -> list[TimelineItem]:
    ids = sorted({row[1] for row in rows})
    passages = await load_passages(db, ids)
    named = await db.fetch(
        "SELECT m.paragraph_id, m.name FROM paragraph_person AS m"  # noqa: S608 - only marks
        f" WHERE m.paragraph_id IN ({marks(ids)}) AND {_IS_PERSON} ORDER BY m.name",
        ids,
    )
    people, sectors = _grouped(named), await load_sectors(db, ids)
    return [
        TimelineItem(row[0], passage, _event(row), people.get(row[1], ()), sectors.get(row[1], ()))
        for row in rows
        if (passage := passages.get(row[1]))
    ]


def _event(row: Row) -> Event:
    _, _, start, stop, label_start, label_stop, first, last, precision, *rest = row
    is_approximate, is_relative, modality = rest
    mention = DateMention(
        Span(start, stop),
        first and date.fromisoformat(first),
        last and date.fromisoformat(last),
        Precision(precision),
        is_approximate=bool(is_approximate),
        is_relative=bool(is_relative),
    )
    return Event(mention, Span(label_start, label_stop), Modality(modality))


def _grouped(rows: Sequence[Row]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
