"""Drafts, the long work of editors, the pages that articles are from, corrections of sectors."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables, and let a correction be one of a sector."""
    op.create_table(
        "draft",
        sa.Column("id", Id, primary_key=True),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column(
            "state",
            sa.String(16),
            sa.CheckConstraint("state IN ('open', 'published', 'deleted')"),
            nullable=False,
        ),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("is_day_assumed", sa.Boolean, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("corrections", sa.Text, nullable=False),
        sa.Column("page", sa.LargeBinary),
        sa.Column("page_fetched_at", sa.BigInteger),
        sa.Column("article_id", Id, sa.ForeignKey("article.id")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("decided_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    _add_partial("draft_open", "draft", "id", "state = 'open'")
    _add_partial("draft_decided", "draft", "decided_at", "decided_at IS NOT NULL")
    op.create_table(
        "job",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("reply_to", sa.BigInteger),
        sa.Column(
            "state",
            sa.String(16),
            sa.CheckConstraint("state IN ('waiting', 'done', 'failed', 'stopped')"),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("outbox_id", Id, sa.ForeignKey("outbox.id")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    _add_partial("job_waiting", "job", "id", "state = 'waiting'")
    _add_partial("job_ended", "job", "ended_at", "ended_at IS NOT NULL")
    op.create_table(
        "source_page",
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("fetched_at", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    _allow_sectors()


def _allow_sectors() -> None:
    """Make the table of corrections anew, since a check cannot be changed in place."""
    op.rename_table("fact_correction", "fact_correction_old")
    op.drop_index("fact_correction_version_id")
    op.create_table(
        "fact_correction",
        sa.Column("id", Id, primary_key=True),
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column(
            "kind",
            sa.String(16),
            sa.CheckConstraint("kind IN ('event', 'quote', 'sector')"),
            nullable=False,
        ),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("field", sa.String(32), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("by", sa.BigInteger),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("fact_correction_version_id", "fact_correction", ["version_id"])
    op.execute("INSERT INTO fact_correction SELECT * FROM fact_correction_old")
    op.drop_table("fact_correction_old")


def _add_partial(name: str, table: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=condition, postgresql_where=condition)
