"""Rows that are taken out of their tables whole, kept with the act that took them, and put back."""

import asyncio
import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Row, run, run_many
from bot.store.tables import metadata

#: Rows as the database has them, by table, with the names of their columns.
Rows = dict[str, tuple[list[str], list[Row]]]


async def read_rows(
    connection: AsyncConnection, table: str, where: str, values: Iterable[object] = ()
) -> Rows:
    """Return rows of a table; `where` is a condition of ours."""
    columns = list(metadata.tables[table].columns.keys())
    names = ", ".join(columns)
    rows = await run(connection, f"SELECT {names} FROM {table} WHERE {where}", values)  # noqa: S608 - ours
    return {table: (columns, rows)} if rows else {}


async def put_rows(connection: AsyncConnection, rows: Rows) -> None:
    """Put rows back, those first that others point at; a name may have come to mean another."""
    for table in metadata.sorted_tables:
        if table.name in rows:
            columns, values = rows[table.name]
            verb = "INSERT OR REPLACE" if table.name == "person_alias" else "INSERT"
            marks = ", ".join("?" * len(columns))
            await run_many(
                connection,
                f"{verb} INTO {table.name} ({', '.join(columns)}) VALUES ({marks})",
                values,
            )


async def pack(rows: Rows) -> str:
    """Return rows as text for JSON, packed."""
    return await asyncio.to_thread(_pack, rows)


async def unpack(packed: str) -> Rows:
    """Return packed rows."""
    return await asyncio.to_thread(_unpack, packed)


def list_ranges(rows: Rows, tables: Iterable[str]) -> dict[str, list[list[int]]]:
    """Return the ids of some tables' rows, each run of ids by its first and last."""
    found = {}
    for table in tables:
        if table in rows:
            columns, values = rows[table]
            at = columns.index("id")
            ids = sorted(row[at] for row in values)
            runs = groupby(enumerate(ids), lambda pair: pair[1] - pair[0])
            found[table] = [[run[0][1], run[-1][1]] for run in (list(each) for _, each in runs)]
    return found


def _pack(rows: Rows) -> str:
    plain = {name: [columns, [list(row) for row in each]] for name, (columns, each) in rows.items()}
    text = json.dumps(plain, ensure_ascii=False, default=_as_text)
    return base64.b85encode(zlib.compress(text.encode())).decode()


def _unpack(packed: str) -> Rows:
    text = zlib.decompress(base64.b85decode(packed)).decode()
    plain = json.loads(text, object_hook=_as_bytes)
    return {
        name: (columns, [tuple(row) for row in each]) for name, (columns, each) in plain.items()
    }


def _as_text(value: object) -> dict[str, str]:
    if not isinstance(value, bytes):
        raise TypeError(f"{type(value)} is no value of a column")
    return {"b85": base64.b85encode(value).decode()}


def _as_bytes(found: Mapping[str, object]) -> object:
    content = found.get("b85")
    return base64.b85decode(content) if isinstance(content, str) else found
