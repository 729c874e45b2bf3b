"""What followers are told of, what they follow, how they are told, and the ledger of it all."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables of announcements, topics, subscriptions, settings, watches and notices."""
    _add_announcement()
    _add_topic()
    _add_subscription()
    _add_follower()
    _add_watch()
    _add_notice()


def _add_announcement() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", Id, primary_key=True),
        sa.Column("article_id", Id, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column(
            "kind", sa.String(16), sa.CheckConstraint("kind IN ('new', 'changed')"), nullable=False
        ),
        sa.Column("is_urgent", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("topic_cursor", Id, nullable=False, server_default=sa.literal_column("0")),
        sa.Column("subscription_cursor", Id, nullable=False, server_default=sa.literal_column("0")),
        sa.Column("expanded_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("announcement_article_id", "announcement", ["article_id"])
    op.create_index("announcement_version_id", "announcement", ["version_id"])
    _partial_index("announcement", "announcement_waiting", ["id"], "expanded_at IS NULL")


def _add_topic() -> None:
    op.create_table(
        "topic",
        sa.Column("id", Id, primary_key=True),
        sa.Column(
            "kind",
            sa.String(16),
            sa.CheckConstraint("kind IN ('all', 'words', 'sector', 'person', 'article')"),
            nullable=False,
        ),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("query", sa.Text),
        sa.UniqueConstraint("kind", "subject"),
        sqlite_autoincrement=True,
    )


def _add_subscription() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", Id, primary_key=True),
        sa.Column("topic_id", Id, sa.ForeignKey("topic.id"), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column(
            "mode",
            sa.String(16),
            sa.CheckConstraint("mode IN ('instant', 'daily', 'weekly')"),
            nullable=False,
        ),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("quiet_from", sa.Integer),
        sa.Column("quiet_to", sa.Integer),
        sa.Column("zone", sa.Text),
        sa.Column("is_silent", sa.Boolean, nullable=False),
        sa.Column(
            "state",
            sa.String(16),
            sa.CheckConstraint("state IN ('active', 'paused', 'suspended')"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("chat_id", "thread_id", "topic_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("subscription_topic_id", "subscription", ["topic_id", "id"])
    op.create_index("subscription_user_id", "subscription", ["user_id"])


def _add_follower() -> None:
    op.create_table(
        "follower",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("quiet_from", sa.Integer),
        sa.Column("quiet_to", sa.Integer),
        sa.Column("takes_corrections", sa.Boolean, nullable=False),
    )


def _add_watch() -> None:
    op.create_table(
        "watch",
        sa.Column("id", Id, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("chat_id", "thread_id", "user_id", "question"),
        sqlite_autoincrement=True,
    )
    op.create_index("watch_user_id", "watch", ["user_id"])


def _add_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", Id, primary_key=True),
        sa.Column(
            "cause",
            sa.String(16),
            sa.CheckConstraint("cause IN ('subscription', 'watch', 'correction', 'broadcast')"),
            nullable=False,
        ),
        sa.Column("cause_id", Id, nullable=False),
        sa.Column("item", Id, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column(
            "state",
            sa.String(16),
            sa.CheckConstraint("state IN ('waiting', 'held', 'sent', 'dropped', 'undeliverable')"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False, server_default=sa.literal_column("0")),
        sa.Column("outbox_id", Id, sa.ForeignKey("outbox.id")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("cause", "cause_id", "item", "chat_id", "thread_id"),
        sqlite_autoincrement=True,
    )
    _partial_index("notice", "notice_due", ["due_at"], "state IN ('waiting', 'held')")
    _partial_index(
        "notice", "notice_chat_due", ["chat_id", "due_at"], "state IN ('waiting', 'held')"
    )
    _partial_index("notice", "notice_outbox", ["outbox_id"], "outbox_id IS NOT NULL")
    op.create_index("notice_chat_id", "notice", ["chat_id", "id"])
    op.create_index("notice_created_at", "notice", ["created_at"])


def _partial_index(table: str, name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
