"""Feeds of news whose new items become drafts or articles."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add feeds, and the items that were seen in them."""
    op.create_table(
        "feed",
        sa.Column("id", Id, primary_key=True),
        sa.Column("url", sa.Text, nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column(
            "mode", sa.String(8), sa.CheckConstraint("mode IN ('ask', 'auto')"), nullable=False
        ),
        sa.Column(
            "state",
            sa.String(8),
            sa.CheckConstraint("state IN ('new', 'active', 'paused', 'removed')"),
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("interval_s", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    _add_partial("feed_due", "due_at", "state IN ('new', 'active')")
    op.create_table(
        "feed_item",
        sa.Column("feed_id", Id, sa.ForeignKey("feed.id"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
    )


def _add_partial(name: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "feed", [column], sqlite_where=condition, postgresql_where=condition)
