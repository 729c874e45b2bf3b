"""What people correct in facts: kept beside what was found, and laid over it.

A correction names a place, not a row, so it outlives rows that are found anew: it goes to the fact
that shares the most of its place, and waits while there is none.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.database import run
from bot.store.persons import find_by_name
from bot.store.tables import fact_correction
from index.types import Certainty, Modality, Precision, SpeakerKind


class FactKind(StrEnum):
    """What is corrected."""

    EVENT = "event"
    QUOTE = "quote"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of a fact that says `value` now; `by` is None for the command line.

    A date is written as ISO has it, None is an open end or nobody. The field `wrong` takes the fact
    out of all lists.
    """

    kind: FactKind
    field: str
    value: str | None
    by: int | None
    at: datetime


def _day(value: str | None) -> str:
    return date.fromisoformat(value or "").isoformat()


def _open_day(value: str | None) -> str | None:
    return None if value is None else _day(value)


#: What may be corrected, and what a value is read by; whatever it refuses is a ValueError.
_FIELDS: dict[tuple[FactKind, str], Callable[[str | None], str | None]] = {
    (FactKind.EVENT, "first"): _open_day,
    (FactKind.EVENT, "last"): _open_day,
    (FactKind.EVENT, "precision"): lambda value: Precision(value or "").value,
    (FactKind.EVENT, "modality"): lambda value: Modality(value or "").value,
    (FactKind.EVENT, "wrong"): lambda _: None,
    (FactKind.QUOTE, "speaker"): lambda value: value,
    (FactKind.QUOTE, "role"): lambda value: value,
    (FactKind.QUOTE, "day"): _day,
    (FactKind.QUOTE, "occasion"): lambda value: value,
    (FactKind.QUOTE, "wrong"): lambda _: None,
    (FactKind.SECTOR, "wrong"): lambda value: value,
}


_DATELESS = "SELECT 1 FROM event WHERE id = ? AND first IS NULL AND last IS NULL"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fact stands, from its first letter to its last."""

    id: int
    start: int
    stop: int

    def likeness(self, start: int, stop: int) -> float:
        """Return how much of two places is common to both: 1 for the same, 0 for apart."""
        common = min(self.stop, stop) - max(self.start, start)
        whole = max(self.stop, stop) - min(self.start, start)
        return max(0, common) / whole if whole else 0.0


async def correct(connection: AsyncConnection, fact_id: int, correction: Correction) -> None:
    """Correct a stored fact, now and for whenever its facts are found anew.

    Raises: StoreError if there is no such fact or field, or its value cannot be read.
    """
    kind, field = correction.kind, correction.field
    if kind is FactKind.SECTOR:
        raise StoreError("A sector has no row of its own; its correction is kept by its place.")
    value = _read(correction)
    table = kind.value
    found = await run(
        connection,
        f"SELECT version_id FROM {table} WHERE id = ?",  # noqa: S608 - a name of ours
        (fact_id,),
    )
    if not found:
        raise StoreError(f"There is no {kind} {fact_id} to correct.")
    (version_id,) = found[0]
    place = next(each for each in await _places(connection, kind, version_id) if each.id == fact_id)
    await connection.execute(
        insert(fact_correction).values(
            version_id=version_id,
            kind=table,
            start=place.start,
            stop=place.stop,
            field=field,
            value=value,
            by=correction.by,
            at=correction.at,
        )
    )
    await _apply(connection, kind, fact_id, field, value)
    if kind is FactKind.EVENT and await run(connection, _DATELESS, (fact_id,)):
        raise StoreError(f"The event {fact_id} would have no date at all.")


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction and the place of its fact. Of a sector the place is its paragraph's."""

    correction: Correction
    start: int
    stop: int


async def keep_corrections(
    connection: AsyncConnection, version_id: int, corrections: Sequence[Placed]
) -> None:
    """Lay corrections over the facts of a version whose facts are stored, now and from now on.

    Raises: StoreError if there is no such field, or its value cannot be read.
    """
    for placed in corrections:
        correction = placed.correction
        await connection.execute(
            insert(fact_correction).values(
                version_id=version_id,
                kind=correction.kind.value,
                start=placed.start,
                stop=placed.stop,
                field=correction.field,
                value=_read(correction),
                by=correction.by,
                at=correction.at,
            )
        )
    if corrections:
        await apply_corrections(connection, version_id)


def _read(correction: Correction) -> str | None:
    """Return the value of a correction. Raises: StoreError if it cannot be read."""
    try:
        return _FIELDS[correction.kind, correction.field](correction.value)
    except (KeyError, ValueError) as error:
        raise StoreError(
            f"The {correction.kind} cannot have {correction.field}={correction.value!r}."
        ) from error


async def apply_corrections(connection: AsyncConnection, version_id: int) -> None:
    """Lay what was corrected over the facts of a version, the oldest correction first."""
    columns = fact_correction.c
    rows = await connection.execute(
        select(columns.kind, columns.start, columns.stop, columns.field, columns.value)
        .where(columns.version_id == version_id)
        .order_by(columns.id)
    )
    for name, start, stop, field, value in rows.all():
        kind = FactKind(name)
        if kind is FactKind.SECTOR:
            await _drop_sector(connection, version_id, start, stop, value)
            continue
        places = await _places(connection, kind, version_id)
        best = max(places, key=lambda place: place.likeness(start, stop), default=None)
        if best is not None and best.likeness(start, stop) > 0:
            await _apply(connection, kind, best.id, field, value)
    # Newer rules may have left open the end that a correction relied on.
    await run(
        connection,
        "DELETE FROM event WHERE version_id = ? AND first IS NULL AND last IS NULL",
        (version_id,),
    )


async def copy_corrections(
    connection: AsyncConnection, article_id: int, old: int, new: int
) -> None:
    """Let the corrections of a version hold for another, for paragraphs that both have.

    Where the words are the same, a correction moves with them; the others stay with the old text.
    """
    kept = await run(
        connection,
        "SELECT w.id, c.kind, c.start - p.start + q.start, c.stop - p.start + q.start,"
        " c.field, c.value, c.by, c.at FROM fact_correction AS c"
        " JOIN article_version AS v ON v.id = c.version_id"
        " JOIN paragraph AS p ON p.version_id = v.id AND p.start <= c.start AND c.stop <= p.stop"
        " JOIN article_version AS w ON w.article_id = v.article_id AND w.number = ?"
        " JOIN paragraph AS q ON q.version_id = w.id AND q.stop - q.start = p.stop - p.start"
        " AND substr(w.text, q.start + 1, q.stop - q.start)"
        " = substr(v.text, p.start + 1, p.stop - p.start)"
        " WHERE v.article_id = ? AND v.number = ? GROUP BY c.id ORDER BY c.id",
        (new, article_id, old),
    )
    for row in kept:
        await run(
            connection,
            "INSERT INTO fact_correction (version_id, kind, start, stop, field, value, by, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )


async def _drop_sector(
    connection: AsyncConnection, version_id: int, start: int, stop: int, sector: str | None
) -> None:
    await run(
        connection,
        "DELETE FROM paragraph_sector WHERE sector = ? AND paragraph_id IN"
        " (SELECT id FROM paragraph WHERE version_id = ? AND start < ? AND stop > ?)",
        (sector, version_id, stop, start),
    )


async def _places(connection: AsyncConnection, kind: FactKind, version_id: int) -> list[_Place]:
    if kind is FactKind.EVENT:
        rows = await run(
            connection,
            "SELECT id, start, stop FROM event WHERE version_id = ? ORDER BY id",
            (version_id,),
        )
        return [_Place(*row) for row in rows]
    rows = await run(
        connection, "SELECT id, spans FROM quote WHERE version_id = ? ORDER BY id", (version_id,)
    )
    spans = [(key, json.loads(text)) for key, text in rows]
    return [_Place(key, places[0][0], places[-1][1]) for key, places in spans]


async def _apply(
    connection: AsyncConnection, kind: FactKind, fact_id: int, field: str, value: str | None
) -> None:
    """Change a stored fact; the table and the fields are those of `_FIELDS`."""
    if field == "wrong":
        if kind is FactKind.QUOTE:
            await run(connection, "DELETE FROM quote_paragraph WHERE quote_id = ?", (fact_id,))
        # The name of a table, out of an enumeration of ours.
        await run(connection, f"DELETE FROM {kind.value} WHERE id = ?", (fact_id,))  # noqa: S608
    elif field == "speaker":
        await _set_speaker(connection, fact_id, value)
    else:
        await run(
            connection,
            f"UPDATE {kind.value} SET {field} = ? WHERE id = ?",  # noqa: S608 - names of ours
            (value, fact_id),
        )
        if field == "day":  # somebody says so, it is implied no more
            await run(connection, "UPDATE quote SET is_day_stated = 1 WHERE id = ?", (fact_id,))


async def _set_speaker(connection: AsyncConnection, quote_id: int, name: str | None) -> None:
    """Let somebody else have spoken; the role was that of the one before."""
    person = await find_by_name(connection, name) if name else None
    await run(
        connection,
        "UPDATE quote SET speaker = ?, speaker_kind = ?, certainty = ?, role = NULL,"
        " identity = NULL, person_id = ? WHERE id = ?",
        (
            name,
            SpeakerKind.PERSON.value if name else None,
            Certainty.STATED.value if name else None,
            person.id if person else None,
            quote_id,
        ),
    )
