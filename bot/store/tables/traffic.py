"""What comes from Telegram and what goes there."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from bot.store.moments import Moment
from bot.store.tables.columns import Id, metadata, partial_index

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger),
    Column("chat_key", Text),
    Column("received_at", Moment, nullable=False),
    Column("body", Text),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('new', 'done', 'dead', 'poison')"),
        nullable=False,
    ),
    Column("attempts", Integer, nullable=False, server_default=literal_column("0")),
    Column("error", Text),
    UniqueConstraint("bot_id", "update_id"),
    partial_index("inbox_new", "chat_key", "update_id", where="state = 'new'"),
    partial_index("inbox_waiting", "bot_id", "id", where="state = 'new'"),
    partial_index("inbox_dead", "id", where="state = 'dead'"),
    partial_index("inbox_over", "received_at", where="state IN ('done', 'poison')"),
    sqlite_autoincrement=True,
)

attachment = Table(
    "attachment",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("mime", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dedupe", Text, nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("prio", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("payload", Text),
    Column("plain", Text),
    Column("cites", Text, nullable=False),
    Column("edits", Id, ForeignKey("outbox.id")),
    Column("attachment", String(64), ForeignKey("attachment.sha256")),
    Column(
        "state",
        String(16),
        CheckConstraint(
            "state IN ('ready', 'leased', 'sent', 'undeliverable', 'dead', 'cancelled')"
        ),
        nullable=False,
    ),
    Column("attempts", Integer, nullable=False, server_default=literal_column("0")),
    Column("owner", Text),
    Column("message_id", BigInteger),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    partial_index("outbox_ready", "prio", "id", where="state = 'ready'"),
    partial_index("outbox_chat_ready", "chat_id", "prio", "id", where="state = 'ready'"),
    partial_index("outbox_leased", "owner", where="state = 'leased'"),
    partial_index("outbox_failed", "state", "id", where="state IN ('dead', 'undeliverable')"),
    partial_index("outbox_kept", "ended_at", where="payload IS NOT NULL AND ended_at IS NOT NULL"),
    partial_index("outbox_message", "chat_id", "message_id", where="message_id IS NOT NULL"),
    partial_index("outbox_edits", "edits", where="edits IS NOT NULL"),
    partial_index("outbox_attachment", "attachment", where="attachment IS NOT NULL"),
    sqlite_autoincrement=True,
)

pause = Table(
    "pause",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)

#: At most one row: how often the clock was set, and what it and the seconds (as microseconds) since
#: the start `boot` of the machine were when that was last followed. `due_cursor` is the last
#: notice whose moment was looked at since, NULL when all were.
clock = Table(
    "clock",
    metadata,
    Column("id", Id, primary_key=True),
    Column("jumps", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("elapsed", BigInteger, nullable=False),
    Column("boot", Text, nullable=False),
    Column("due_cursor", Id),
)

chat = Table(
    "chat",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("title", Text),
    Column("language", String(8)),
    Column(
        "state", String(16), CheckConstraint("state IN ('active', 'suspended')"), nullable=False
    ),
    Column("reason", Text),
    Column("last_seen_at", Moment, nullable=False),
    Column("suspended_at", Moment),
)
