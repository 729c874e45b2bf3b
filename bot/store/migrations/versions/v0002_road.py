"""The road of a question: updates in, messages out, and what chats and their buttons need."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add inbox, attachment, outbox, pause, chat, role, nonce and answer."""
    op.create_table(
        "inbox",
        sa.Column("id", Id, primary_key=True),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("update_id", sa.BigInteger),
        sa.Column("chat_key", sa.Text),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column(
            "state",
            sa.String(16),
            sa.CheckConstraint("state IN ('new', 'done', 'dead', 'poison')"),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.literal_column("0")),
        sa.Column("error", sa.Text),
        sa.UniqueConstraint("bot_id", "update_id"),
        sqlite_autoincrement=True,
    )
    _partial_index("inbox_new", "inbox", ["chat_key", "update_id"], "state = 'new'")
    _partial_index("inbox_waiting", "inbox", ["bot_id", "id"], "state = 'new'")
    _partial_index("inbox_dead", "inbox", ["id"], "state = 'dead'")
    _partial_index("inbox_over", "inbox", ["received_at"], "state IN ('done', 'poison')")
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("mime", sa.Text, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", Id, primary_key=True),
        sa.Column("dedupe", sa.Text, nullable=False, unique=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("prio", sa.Integer, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("plain", sa.Text),
        sa.Column("cites", sa.Text, nullable=False),
        sa.Column("edits", Id, sa.ForeignKey("outbox.id")),
        sa.Column("attachment", sa.String(64), sa.ForeignKey("attachment.sha256")),
        sa.Column(
            "state",
            sa.String(16),
            sa.CheckConstraint(
                "state IN ('ready', 'leased', 'sent', 'undeliverable', 'dead', 'cancelled')"
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.literal_column("0")),
        sa.Column("owner", sa.Text),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("error", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    _partial_index("outbox_ready", "outbox", ["prio", "id"], "state = 'ready'")
    _partial_index("outbox_chat_ready", "outbox", ["chat_id", "prio", "id"], "state = 'ready'")
    _partial_index("outbox_leased", "outbox", ["owner"], "state = 'leased'")
    _partial_index("outbox_failed", "outbox", ["state", "id"], "state IN ('dead', 'undeliverable')")
    _partial_index(
        "outbox_kept", "outbox", ["ended_at"], "payload IS NOT NULL AND ended_at IS NOT NULL"
    )
    _partial_index("outbox_message", "outbox", ["chat_id", "message_id"], "message_id IS NOT NULL")
    _partial_index("outbox_edits", "outbox", ["edits"], "edits IS NOT NULL")
    _partial_index("outbox_attachment", "outbox", ["attachment"], "attachment IS NOT NULL")
    op.create_table(
        "pause",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "chat",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("language", sa.String(8)),
        sa.Column(
            "state",
            sa.String(16),
            sa.CheckConstraint("state IN ('active', 'suspended')"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text),
        sa.Column("last_seen_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "role",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column(
            "role", sa.String(16), sa.CheckConstraint("role IN ('owner', 'editor')"), nullable=False
        ),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("given_by", sa.BigInteger),
    )
    op.create_table(
        "nonce",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("user_id", sa.BigInteger),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
    )
    op.create_index("nonce_expires_at", "nonce", ["expires_at"])
    op.create_table(
        "answer",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("outbox_id", Id, sa.ForeignKey("outbox.id")),
        sa.Column("asker_id", sa.BigInteger),
        sa.Column("passages", sa.Text, nullable=False),
        sa.Column("index_version", sa.BigInteger, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_index("answer_created_at", "answer", ["created_at"])
    op.create_index("answer_chat_id", "answer", ["chat_id"])
    op.create_index("answer_asker_id", "answer", ["asker_id"])
    _partial_index("answer_outbox", "answer", ["outbox_id"], "outbox_id IS NOT NULL")


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
