"""Reads quotes with their speakers and passages. Writing them is in `facts`."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from bot.store.database import Database, Row, marks
from bot.store.passages import load_passages
from bot.store.timeline import load_sectors
from index.types import Certainty, Passage, QuotedWords, QuoteKind, Span, Speaker, SpeakerKind

_QUOTE = (
    "SELECT q.id, q.spans, q.kind, q.speaker, q.speaker_kind, q.certainty, q.role, q.identity,"
    " q.mention, q.day, q.is_day_stated, q.occasion, q.person_id FROM quote AS q"
)
#: Of a withdrawn article nothing is shown, of a corrected one what it says now.
_IS_CURRENT = (
    " JOIN article_version AS v ON v.id = q.version_id"
    " JOIN article AS a ON a.id = v.article_id AND a.version = v.number AND a.withdrawn_at IS NULL"
)
#: A person is quoted under each of his names, an organisation under its one.
_IS_SPEAKER = (
    "(q.person_id IN (SELECT id FROM person WHERE name = ?)"
    " OR q.person_id IS NULL AND q.speaker = ?)"
)
_IS_OF_SECTOR = (
    "q.id IN (SELECT m.quote_id FROM quote_paragraph AS m"
    " JOIN paragraph_sector AS s ON s.paragraph_id = m.paragraph_id WHERE s.sector = ?)"
)
#: Values of one question, well below what SQLite takes.
MOST_IDS = 5_000

_NEWEST = " ORDER BY q.day DESC, q.version_id DESC, q.id"


async def list_quotes(
    db: Database,
    limit: int,
    *,
    speaker: str | None = None,
    paragraph_ids: Collection[int] | None = None,
    or_ids: Collection[int] = (),
    among: Collection[int] | None = None,
    sector: str | None = None,
    period: tuple[date, date] | None = None,
    is_whole: bool = True,
) -> list[QuotedWords]:
    """Return quotes of published articles, the newest first, at most `limit`.

    Of a speaker, in some paragraphs or of some ids, among others, of a sector, of some days; whole
    ones, or fragments.
    """
    wanted, values = [f"q.kind {'!=' if is_whole else '='} 'fragment'"], list[object]()
    if speaker is not None:
        wanted.append(_IS_SPEAKER)
        values += (speaker, speaker)
    if paragraph_ids is not None:
        wanted.append(
            "(q.id IN (SELECT quote_id FROM quote_paragraph"  # noqa: S608 - only marks
            f" WHERE paragraph_id IN ({marks(paragraph_ids)}))"
            f" OR q.id IN ({marks(_newest(or_ids))}))"
        )
        values += (*paragraph_ids, *_newest(or_ids))
    if among is not None:
        wanted.append(f"q.id IN ({marks(_newest(among))})")
        values += _newest(among)
    if sector is not None:
        wanted.append(_IS_OF_SECTOR)
        values.append(sector)
    if period is not None:
        wanted.append("q.day BETWEEN ? AND ?")
        values += (day.isoformat() for day in period)
    sql = f"{_QUOTE}{_IS_CURRENT} WHERE {' AND '.join(wanted)}{_NEWEST} LIMIT ?"
    return await _quotes(db, await db.fetch(sql, (*values, limit)))


def _newest(ids: Collection[int]) -> list[int]:
    """Return as many ids as a question to the database may have, those stored last."""
    return sorted(ids, reverse=True)[:MOST_IDS]


async def list_occasions(db: Database, paragraph_ids: Collection[int]) -> list[tuple[int, str]]:
    """Return the quotes with an occasion in the published articles of some paragraphs, with it."""
    versions = f"SELECT version_id FROM paragraph WHERE id IN ({marks(paragraph_ids)})"  # noqa: S608 - only marks
    rows = await db.fetch(
        f"SELECT q.id, q.occasion FROM quote AS q{_IS_CURRENT}"  # noqa: S608 - only marks
        f" WHERE q.occasion IS NOT NULL AND q.version_id IN ({versions})",
        paragraph_ids,
    )
    return [(key, occasion) for key, occasion in rows]


async def load_quotes(db: Database, ids: Sequence[int]) -> list[QuotedWords]:
    """Return these quotes, newest first; unknown ones and withdrawn ones are left out."""
    sql = f"{_QUOTE} WHERE q.id IN ({marks(ids)}){_NEWEST}"
    return await _quotes(db, await db.fetch(sql, ids))


async def find_quote_paragraph(db: Database, quote_id: int) -> int | None:
    """Return the first paragraph of a quote of whatever version, None if there is no such quote."""
    rows = await db.fetch(
        "SELECT min(paragraph_id) FROM quote_paragraph WHERE quote_id = ?", (quote_id,)
    )
    return int(rows[0][0]) if rows[0][0] is not None else None


async def list_speakers(db: Database) -> list[tuple[str, int]]:
    """Return who is quoted in published articles and how often, the most quoted first."""
    rows = await db.fetch(
        "SELECT coalesce(n.name, q.speaker) AS who, count(*)"  # noqa: S608 - ours
        f" FROM quote AS q{_IS_CURRENT} LEFT JOIN person AS n ON n.id = q.person_id"
        " WHERE q.speaker IS NOT NULL AND q.kind != 'fragment'"
        " GROUP BY who ORDER BY count(*) DESC, who"
    )
    return [(name, count) for name, count in rows]


async def list_speaker_roles(db: Database) -> list[tuple[str, str]]:
    """Return the speakers of published articles with each role they are quoted in."""
    rows = await db.fetch(
        "SELECT DISTINCT coalesce(n.name, q.speaker), q.role"  # noqa: S608 - ours
        f" FROM quote AS q{_IS_CURRENT} LEFT JOIN person AS n ON n.id = q.person_id"
        " WHERE q.speaker IS NOT NULL AND q.role IS NOT NULL ORDER BY 1, 2"
    )
    return [(name, role) for name, role in rows]


async def _quotes(db: Database, rows: Sequence[Row]) -> list[QuotedWords]:
    ids = [row[0] for row in rows]
    places: dict[int, list[int]] = defaultdict(list)
    for quote_id, paragraph_id in await db.fetch(
        "SELECT quote_id, paragraph_id FROM quote_paragraph"  # noqa: S608 - only marks
        f" WHERE quote_id IN ({marks(ids)}) ORDER BY quote_id, paragraph_id",
        ids,
    ):
        places[quote_id].append(paragraph_id)
    everywhere = {key for keys in places.values() for key in keys}
    passages = await load_passages(db, everywhere)
    sectors = await load_sectors(db, everywhere)
    found = []
    for row in rows:
        shown = tuple(passages[key] for key in places[row[0]] if key in passages)
        if shown:
            said = {name: None for key in places[row[0]] for name in sectors.get(key, ())}
            found.append(_quote(row, shown, tuple(said)))
    return found


def _quote(row: Row, passages: tuple[Passage, ...], sectors: tuple[str, ...]) -> QuotedWords:
    key, spans, kind, name, speaker_kind, certainty, role, identity, *rest = row
    mention, day, is_day_stated, occasion, person_id = rest
    speaker = None
    if name is not None:
        speaker = Speaker(name, SpeakerKind(speaker_kind), Certainty(certainty), role, identity)
    return QuotedWords(
        id=key,
        passages=passages,
        spans=tuple(Span(start, stop) for start, stop in json.loads(spans)),
        kind=QuoteKind(kind),
        speaker=speaker,
        person_id=person_id,
        mention=mention,
        day=date.fromisoformat(day),
        is_day_stated=bool(is_day_stated),
        occasion=occasion,
        sectors=sectors,
    )
