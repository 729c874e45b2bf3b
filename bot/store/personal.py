"""What is stored about a person, by numeric id: shown to him whole, and erased whole.

`PLACES` names every column that holds the id of a chat or a person; a test finds the one that was
forgotten. A private chat has the number of its person.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import Column, func, select

from bot.store.attachments import release_attachments
from bot.store.database import Database, Transaction, run
from bot.store.packing import Rows, pack, unpack
from bot.store.tables import audit, metadata


class Fate(Enum):
    """What becomes of a row of somebody who wants to be forgotten."""

    ERASED = auto()
    UNNAMED = auto()  # it stays without him: others need it
    KEPT = auto()  # roles and the log of administrative acts. Source: RELIABILITY, 7.6


@dataclass(frozen=True, slots=True)
class Place:
    """A column with ids of persons; `nobody` is what stands in it for no person.

    `own` are columns with his own words, emptied with it.
    """

    table: str
    column: str
    fate: Fate = Fate.ERASED
    nobody: int | None = None
    own: tuple[str, ...] = ()


#: In the order of erasing: what refers to a row goes before it.
PLACES = (
    Place("notice", "chat_id"),
    Place("watch", "user_id"),
    Place("watch", "chat_id"),
    Place("subscription", "chat_id"),
    Place("subscription", "user_id", Fate.UNNAMED, nobody=0),  # those of a group stay the group's
    Place("follower", "chat_id"),
    Place("feedback", "voter_id", Fate.UNNAMED, own=("words", "question")),
    Place("listing", "chat_id"),
    Place("listing", "asker_id"),
    Place("answer", "chat_id"),
    Place("answer", "asker_id", Fate.UNNAMED),
    Place("revision", "by"),
    Place("draft", "user_id", Fate.UNNAMED, nobody=0),  # the article is the editors' work
    Place("feed", "user_id", Fate.UNNAMED, nobody=0),
    Place("feed", "chat_id", Fate.UNNAMED, nobody=0),
    Place("job", "user_id"),
    Place("job", "chat_id"),
    Place("synonym", "by", Fate.UNNAMED),
    Place("own_alias", "by", Fate.UNNAMED),
    Place("own_pattern", "by", Fate.UNNAMED),
    Place("fact_correction", "by", Fate.UNNAMED),
    Place("broadcast", "by", Fate.UNNAMED, nobody=0, own=("report_id",)),
    Place("prompt", "chat_id"),
    Place("prompt", "user_id"),
    Place("nonce", "chat_id"),
    Place("nonce", "user_id"),
    Place("pause", "chat_id"),
    Place("outbox", "chat_id"),
    Place("chat", "id"),
    Place("role", "user_id", Fate.KEPT),
    Place("role", "given_by", Fate.KEPT),
    Place("audit", "by", Fate.KEPT),
)

#: Columns that say nothing to a person: files, and how a message is to be kept from doubling.
_LEFT_OUT = frozenset({"bytes", "dedupe", "owner"})


async def export_person(db: Database, user_id: int) -> dict[str, list[dict[str, object]]]:
    """Return every row that holds a person's id, by table, as values that JSON knows."""
    found: dict[str, list[dict[str, object]]] = {}
    async with db.read() as connection:
        for place in PLACES:
            table = metadata.tables[place.table]
            # What an act took away is the articles' and nothing of his.
            packed = func.json_remove(audit.c.before, "$.rows").label("before")
            columns = [packed if each is audit.c.before else each for each in table.c]
            query = select(*columns).where(_column(place) == user_id)
            for row in await connection.execute(query):
                values = {
                    name: _plain(value)
                    for name, value in row._mapping.items()
                    if name not in _LEFT_OUT
                }
                rows = found.setdefault(place.table, [])
                if values not in rows:  # a row may name him twice
                    rows.append(values)
    return found


async def erase_person(connection: Transaction, user_id: int) -> None:
    """Erase what is stored about a person, in the transaction of `connection`; cancel what waits.

    What names him beside others loses his name and his words. Roles and the log keep the id.
    """
    for place in PLACES:
        await _erase(connection, place, user_id)
    await _erase_packed(connection, user_id)
    # Updates of his that could not be handled, wherever he wrote them.
    await run(
        connection,
        "UPDATE inbox SET state = 'done', body = NULL, chat_key = NULL, error = NULL"
        " WHERE state IN ('dead', 'poison')"
        " AND (chat_key = ? OR instr(body, ?) OR instr(body, ?))",
        (str(user_id), f'"id": {user_id},', f'"id": {user_id}}}'),
    )
    await release_attachments(connection)


async def _erase(connection: Transaction, place: Place, user_id: int) -> None:
    if place.fate is Fate.KEPT:
        return
    if place.fate is Fate.ERASED:
        if place.table == "outbox":
            await _let_go(connection, user_id)
        sql = f"DELETE FROM {place.table} WHERE {place.column} = ?"  # noqa: S608 - from PLACES
        await run(connection, sql, (user_id,))
        return
    emptied = "".join(f", {name} = NULL" for name in place.own)
    sql = f"UPDATE {place.table} SET {place.column} = ?{emptied} WHERE {place.column} = ?"  # noqa: S608 - from PLACES
    await run(connection, sql, (place.nobody, user_id))


async def _erase_packed(connection: Transaction, user_id: int) -> None:
    """Do so in rows that undoing took away, which may come back: they name editors alone."""
    is_editor = "SELECT 1 FROM role WHERE user_id = ?1 UNION SELECT 1 FROM audit WHERE by = ?1"
    if not await run(connection, is_editor, (user_id,)):
        return
    acts = await run(
        connection,
        "SELECT id, json_extract(before, '$.rows') FROM audit"
        " WHERE kind = 'article' AND json_type(before, '$.rows') IS NOT NULL",
    )
    for act_id, packed in acts:
        rows = await unpack(packed)
        left = _without(rows, user_id)
        if left != rows:
            sql = "UPDATE audit SET before = json_set(before, '$.rows', ?) WHERE id = ?"
            await run(connection, sql, (await pack(left), act_id))


def _without(rows: Rows, user_id: int) -> Rows:
    """Return packed rows without those that are a person's, and without his name in others."""
    left = dict(rows)
    for place in PLACES:
        if place.fate is Fate.KEPT or place.table not in left:
            continue
        columns, found = left[place.table]
        at = columns.index(place.column)
        if place.fate is Fate.ERASED:
            found = [row for row in found if row[at] != user_id]
        else:
            emptied = {place.column: place.nobody, **dict.fromkeys(place.own)}
            found = [
                tuple(emptied.get(name, value) for name, value in zip(columns, row, strict=True))
                if row[at] == user_id
                else row
                for row in found
            ]
        left[place.table] = columns, found
    return left


async def _let_go(connection: Transaction, chat_id: int) -> None:
    """Take away what refers to the messages of a chat from rows that stay."""
    mine = "(SELECT id FROM outbox WHERE chat_id = ?)"
    await run(connection, f"UPDATE outbox SET edits = NULL WHERE edits IN {mine}", (chat_id,))  # noqa: S608 - only literals
    await run(
        connection,
        f"UPDATE answer SET outbox_id = NULL WHERE outbox_id IN {mine}",  # noqa: S608 - only literals
        (chat_id,),
    )
    await run(connection, "UPDATE outbox SET attachment = NULL WHERE chat_id = ?", (chat_id,))


def _column(place: Place) -> Column[Any]:
    return metadata.tables[place.table].c[place.column]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value
