"""The tables as they are now. How they came to be is in `migrations`; a test compares the two.

Ids are 64-bit, handed out once and never again, since they are in links that people keep.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.moments import Moment

metadata = MetaData()

# SQLite hands out its row numbers only to a column declared INTEGER; they are 64-bit all the same.
Id = BigInteger().with_variant(Integer, "sqlite")

article = Table(
    "article",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    sqlite_autoincrement=True,
)

article_version = Table(
    "article_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("language", String(8), nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("text", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("analysis", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("article_id", "number"),
    Index("article_version_sha256", "sha256"),
    Index("article_version_day_article_id", "day", "article_id"),
    sqlite_autoincrement=True,
)

paragraph = Table(
    "paragraph",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version_id", Id, ForeignKey("article_version.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("terms", Text, nullable=False),
    UniqueConstraint("version_id", "number"),
    sqlite_autoincrement=True,
)

index_change = Table(
    "index_change",
    metadata,
    Column("seq", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("op", String(8), CheckConstraint("op IN ('add', 'remove')"), nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
