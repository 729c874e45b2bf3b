"""What a corpus has of its own beside the shipped tables: names and titles, words of sectors.

Facts are read by it (`readings` says which are not yet), and questions. Words that mean the same
are in `synonyms`.
"""

from datetime import date, datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.audit import Kind, State, note_act
from bot.store.changes import ChangeOp, add_change
from bot.store.database import Database
from bot.store.moments import EPOCH, MICROSECOND, to_micros
from bot.store.tables import own_alias, own_pattern
from index.lexicon import Lexicon, OwnAlias
from index.sectors import OwnPattern

#: Between a name and whom it means, as people write it.
MEANS = " = "

#: Between a sector's id and its words.
OF = ": "


async def load_lexicon(db: Database) -> Lexicon:
    """Return what the corpus has of its own, in the order in which it came."""
    async with db.read() as connection:
        return await load_lexicon_on(connection)


async def load_lexicon_on(connection: AsyncConnection) -> Lexicon:
    """Return what the corpus has of its own as a transaction sees it."""
    names, words = own_alias.c, own_pattern.c
    aliases = await connection.execute(
        select(names.words, names.person, names.since, names.until, names.is_away).order_by(
            names.id
        )
    )
    patterns = await connection.execute(
        select(words.sector, words.words, words.is_away).order_by(words.id)
    )
    return Lexicon(
        tuple(OwnAlias(*row) for row in aliases), tuple(OwnPattern(*row) for row in patterns)
    )


async def lay_aliases(connection: AsyncConnection, lexicon: Lexicon) -> None:
    """Put other names in the place of all: for a change that is tried and taken back."""
    await connection.execute(delete(own_alias))
    for each in lexicon.aliases:
        row = {
            "words": each.words,
            "person": each.person,
            "is_away": each.is_away,
            "at": EPOCH,
        }
        await connection.execute(insert(own_alias).values(row))


def alias_subject(alias: OwnAlias) -> str:
    """Return what an alias is known by: «Хасанов = Хасан Зираев»."""
    return f"{alias.words}{MEANS}{alias.person}"


def pattern_subject(pattern: OwnPattern) -> str:
    """Return what words of a sector are known by: «energy: турбина»."""
    return f"{pattern.sector}{OF}{pattern.words}"


async def change_alias(
    connection: AsyncConnection, alias: OwnAlias, *, is_kept: bool, by: int, at: datetime
) -> None:
    """Keep an alias or forget it, and note who did. Raises: UserError if that is so already."""
    state: State = _alias_state(alias, by, at) if is_kept else None
    await _change(connection, Kind.ALIAS, alias_subject(alias), state, by, at)


async def change_pattern(
    connection: AsyncConnection, pattern: OwnPattern, *, is_kept: bool, by: int, at: datetime
) -> None:
    """Keep words of a sector or forget them, and note who did.

    Raises: UserError if that is so already.
    """
    state: State = None
    if is_kept:
        state = {"is_away": pattern.is_away, "by": by, "at": to_micros(at)}
    await _change(connection, Kind.PATTERN, pattern_subject(pattern), state, by, at)


async def get_alias_state(connection: AsyncConnection, subject: str) -> State:
    """Return since when until when an alias holds, and who keeps it; None for one not kept.

    Of a post that is struck out, that it is.
    """
    return await _get_state(connection, own_alias, _key_of(own_alias, subject))


async def set_alias_state(
    connection: AsyncConnection, subject: str, state: State, at: datetime
) -> None:
    """Keep an alias as it was, or forget it."""
    await _set_state(connection, own_alias, _key_of(own_alias, subject), state, at)


async def get_pattern_state(connection: AsyncConnection, subject: str) -> State:
    """Return whether words are a sector's or taken away, and who says so; None for neither."""
    return await _get_state(connection, own_pattern, _key_of(own_pattern, subject))


async def set_pattern_state(
    connection: AsyncConnection, subject: str, state: State, at: datetime
) -> None:
    """Keep words of a sector as they were kept, or forget them."""
    await _set_state(connection, own_pattern, _key_of(own_pattern, subject), state, at)


def _alias_state(alias: OwnAlias, by: int, at: datetime) -> State:
    state = {
        "since": alias.since and alias.since.isoformat(),
        "until": alias.until and alias.until.isoformat(),
        "by": by,
        "at": to_micros(at),
    }
    return {**state, "is_away": True} if alias.is_away else state


async def _change(
    connection: AsyncConnection, kind: Kind, subject: str, state: State, by: int, at: datetime
) -> None:
    table = own_alias if kind is Kind.ALIAS else own_pattern
    key = _key_of(table, subject)
    before = await _get_state(connection, table, key)
    if (before is None) == (state is None):
        if state is None:
            raise UserError("These words are not in the table any more.")
        raise UserError("These words are in the table already.")
    await _set_state(connection, table, key, state, at)
    after = await _get_state(connection, table, key)
    await note_act(connection, kind, subject, before, after, by=by, at=at)


def _key_of(table: Table, subject: str) -> dict[str, str]:
    """Return the columns that a subject names a row by."""
    if table is own_alias:
        words, _, person = subject.partition(MEANS)
        return {"words": words, "person": person}
    sector, _, words = subject.partition(OF)
    return {"sector": sector, "words": words}


async def _get_state(connection: AsyncConnection, table: Table, key: dict[str, str]) -> State:
    row = (await connection.execute(select(table).where(_is(table, key)))).one_or_none()
    if row is None:
        return None
    state = {name: _plain(value) for name, value in row._mapping.items() if name not in key}
    if table is own_alias and not state["is_away"]:
        del state["is_away"]  # as acts have it that are older than the column
    return state


async def _set_state(
    connection: AsyncConnection, table: Table, key: dict[str, str], state: State, at: datetime
) -> None:
    await connection.execute(delete(table).where(_is(table, key)))
    if state is not None:
        values = {name: _as_stored(name, value) for name, value in state.items()}
        await connection.execute(insert(table).values(**key, **values))
    await add_change(connection, None, ChangeOp.WORDS, at)


def _is(table: Table, key: dict[str, str]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))


def _plain(value: object) -> object:
    """Return a value as JSON knows it."""
    if isinstance(value, datetime):
        return to_micros(value)
    return value.isoformat() if isinstance(value, date) else value


def _as_stored(name: str, value: object) -> object:
    if name == "at":
        return EPOCH + cast("int", value) * MICROSECOND
    if name in ("since", "until") and value is not None:
        return date.fromisoformat(cast("str", value))
    return value
