"""What all tables are made with."""

from sqlalchemy import BigInteger, Index, Integer, MetaData, text

metadata = MetaData()

# SQLite hands out its row numbers only to a column declared INTEGER; they are 64-bit all the same.
Id = BigInteger().with_variant(Integer, "sqlite")


def partial_index(name: str, *columns: str, where: str) -> Index:
    """Return an index over the rows for which the literal condition `where` holds.

    A query uses it only if it has the very same literal: a bound value is not known to the planner.
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
