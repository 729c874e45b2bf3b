"""Who may do what, what they are doing, and what they did."""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

role = Table(
    "role",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(16), CheckConstraint("role IN ('owner', 'editor')"), nullable=False),
    Column("since", Moment, nullable=False),
    Column("given_by", BigInteger),
)

nonce = Table(
    "nonce",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("user_id", BigInteger),
    Column("chat_id", BigInteger),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("nonce_expires_at", "expires_at"),
)

#: One of each person in each chat: a new one takes the place of the old.
prompt = Table(
    "prompt",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("prompt_expires_at", "expires_at"),
)

#: An article that an editor has not decided on yet. `page` is what it was read from, packed.
draft = Table(
    "draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('open', 'published', 'deleted')"),
        nullable=False,
    ),
    Column("origin", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Date),
    Column("is_day_assumed", Boolean, nullable=False),
    Column("language", String(8), nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("text", Text, nullable=False),
    Column("corrections", Text, nullable=False),
    Column("page", LargeBinary),
    Column("page_fetched_at", Moment),
    Column("article_id", Id, ForeignKey("article.id")),
    Column("created_at", Moment, nullable=False),
    Column("decided_at", Moment),
    partial_index("draft_open", "id", where="state = 'open'"),
    partial_index("draft_decided", "decided_at", where="decided_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

#: A new version that its editor has not decided on; `version` is the one that it was made from.
revision = Table(
    "revision",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("language", String(8), nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("text", Text, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("article_id", "by"),
    sqlite_autoincrement=True,
)

#: Long work that an editor asked for; `outbox_id` is the message that tells how far it is.
job = Table(
    "job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("payload", Text, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("reply_to", BigInteger),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('waiting', 'done', 'failed', 'stopped')"),
        nullable=False,
    ),
    Column("attempts", Integer, nullable=False),
    Column("outbox_id", Id, ForeignKey("outbox.id")),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    partial_index("job_waiting", "id", where="state = 'waiting'"),
    partial_index("job_ended", "ended_at", where="ended_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

#: A removed feed stays, so that taking it back finds what was seen.
feed = Table(
    "feed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("mode", String(8), CheckConstraint("mode IN ('ask', 'auto')"), nullable=False),
    Column(
        "state",
        String(8),
        CheckConstraint("state IN ('new', 'active', 'paused', 'removed')"),
        nullable=False,
    ),
    Column("user_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("interval_s", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    partial_index("feed_due", "due_at", where="state IN ('new', 'active')"),
    sqlite_autoincrement=True,
)

feed_item = Table(
    "feed_item",
    metadata,
    Column("feed_id", Id, ForeignKey("feed.id"), primary_key=True),
    Column("key", Text, primary_key=True),
)

#: `before` and `after` are JSON.
audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", BigInteger),
    Column("kind", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("undoes", Id, ForeignKey("audit.id")),
    Index("audit_by", "by", "id"),
    Index("audit_subject", "kind", "subject"),
    partial_index("audit_undoes", "undoes", where="undoes IS NOT NULL"),
    sqlite_autoincrement=True,
)
