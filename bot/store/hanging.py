"""What hangs on an article or a version: rows that point at it, or at what points at it.

Found by the foreign keys, so that a table of tomorrow is not forgotten.
"""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Table, delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import marks, run
from bot.store.packing import Rows, read_rows
from bot.store.tables import metadata

_UNNAMED = (
    "id = ?"
    " AND NOT EXISTS (SELECT 1 FROM version_person WHERE person_id = person.id)"
    " AND NOT EXISTS (SELECT 1 FROM quote WHERE person_id = person.id)"
    " AND NOT EXISTS (SELECT 1 FROM paragraph_person AS m WHERE m.name = person.name"
    " OR m.name IN (SELECT name FROM person_alias WHERE person_id = person.id))"
)


async def delete_hanging(
    connection: AsyncConnection, root: Table, key: int, kept: Collection[str]
) -> None:
    """Delete whatever hangs on a row of `root`, but for the tables that are kept."""
    for table, theirs in reversed(list(_hanging(root, key))):
        if table.name not in kept:
            await connection.execute(delete(table).where(theirs))


async def take_hanging(
    connection: AsyncConnection,
    root: Table,
    key: int,
    kept: Collection[str],
    made_anew: Collection[str],
) -> Rows:
    """Take out a row of `root` and whatever hangs on it, but for the tables that are kept.

    Return the rows, without those of tables that are made anew.
    """
    rows: Rows = {}
    hanging = [(table, _condition(theirs)) for table, theirs in _hanging(root, key)]
    chosen = [(root.name, f"id = {key}"), *((table.name, theirs) for table, theirs in hanging)]
    chosen = [(name, theirs) for name, theirs in chosen if name not in kept]
    for name, theirs in chosen:
        if name not in made_anew:
            rows |= await read_rows(connection, name, theirs)
    for name, theirs in reversed(chosen):
        await run(connection, f"DELETE FROM {name} WHERE {theirs}")  # noqa: S608 - names and ids of ours
    return rows


async def find_hanging(
    connection: AsyncConnection, root: Table, key: int, known: Collection[str]
) -> str | None:
    """Return a table that has rows hanging on a row of `root`, beside the known; None for none."""
    for table, theirs in _hanging(root, key):
        if table.name not in known:
            some = select(exists().where(theirs)).select_from(table)
            if await connection.scalar(some):
                return table.name
    return None


async def take_persons(connection: AsyncConnection, ids: Collection[int]) -> Rows:
    """Take out those of some persons whom no article names, with their names; return the rows."""
    unnamed = []
    for key in ids:
        unnamed += await run(connection, f"SELECT id FROM person WHERE {_UNNAMED}", (key,))  # noqa: S608 - ours
    keys = [key for (key,) in unnamed]
    theirs = marks(keys)
    rows = await read_rows(connection, "person", f"id IN ({theirs})", keys)
    rows |= await read_rows(connection, "person_alias", f"person_id IN ({theirs})", keys)
    await run(connection, f"DELETE FROM person_alias WHERE person_id IN ({theirs})", keys)  # noqa: S608 - marks
    await run(connection, f"DELETE FROM person WHERE id IN ({theirs})", keys)  # noqa: S608 - marks
    return rows


async def delete_persons(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Delete those of some persons whom no article names."""
    await take_persons(connection, ids)


def _hanging(root: Table, key: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Yield the tables that hang on a row, those first that others hang on, and their rows."""
    for table in metadata.sorted_tables:
        if (theirs := _belongs(table, root, key)) is not None:
            yield table, theirs


def _condition(theirs: ColumnElement[bool]) -> str:
    """Return a condition as text; all that is bound in it are ids."""
    return str(theirs.compile(compile_kwargs={"literal_binds": True}))


def _belongs(table: Table, root: Table, row: int) -> ColumnElement[bool] | None:
    """Return whether a row belongs to that of the root, None for a table without such rows."""
    found: list[ColumnElement[bool]] = []
    for key in table.foreign_keys:
        parent = key.column.table
        if parent is table:
            continue
        if parent is root:
            found.append(key.parent == row)
        elif (theirs := _belongs(parent, root, row)) is not None:
            found.append(key.parent.in_(select(key.column).where(theirs)))
    return or_(*found) if found else None
