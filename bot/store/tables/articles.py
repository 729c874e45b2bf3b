"""What is published: articles, their versions and paragraphs, and what was made of them."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.moments import Moment
from bot.store.tables.columns import Id, metadata, partial_index

article = Table(
    "article",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("erased_at", Moment),
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
    Column("extractor", Integer),
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

#: What paragraphs mean; gone with them. Another model's vectors are of no use.
paragraph_vector = Table(
    "paragraph_vector",
    metadata,
    Column("paragraph_id", Id, ForeignKey("paragraph.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(32), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

#: A log: it names articles that may be gone. A change of the words that questions are read by is of
#: no article.
index_change = Table(
    "index_change",
    metadata,
    Column("seq", Id, primary_key=True),
    Column("article_id", Id),
    Column("op", String(8), CheckConstraint("op IN ('add', 'remove', 'words')"), nullable=False),
    Column("at", Moment, nullable=False),
    partial_index("index_change_words", "seq", where="op = 'words'"),
    sqlite_autoincrement=True,
)

#: A paragraph that the version which took the place of its own says otherwise, or not at all.
changed_passage = Table(
    "changed_passage",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("version_id", Id, ForeignKey("article_version.id"), nullable=False),
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), nullable=False),
    Column("new_paragraph_id", Id, ForeignKey("paragraph.id")),
    Column("at", Moment, nullable=False),
    Index("changed_passage_version_id", "version_id"),
    Index("changed_passage_article_id", "article_id"),
    sqlite_autoincrement=True,
)

#: The page that a version was read from, as it came, packed.
source_page = Table(
    "source_page",
    metadata,
    Column("version_id", Id, ForeignKey("article_version.id"), primary_key=True),
    Column("fetched_at", Moment, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

#: The MinHash of a version's words; missing ones are made when they are needed.
minhash = Table(
    "minhash",
    metadata,
    Column("version_id", Id, ForeignKey("article_version.id"), primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)
