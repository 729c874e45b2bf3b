"""Articles, their versions and paragraphs, and the changes the index follows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add article, article_version, paragraph and index_change."""
    op.create_table(
        "article",
        sa.Column("id", Id, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "article_version",
        sa.Column("id", Id, primary_key=True),
        sa.Column("article_id", Id, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("analysis", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("article_id", "number"),
        sqlite_autoincrement=True,
    )
    op.create_index("article_version_sha256", "article_version", ["sha256"])
    op.create_index("article_version_day_article_id", "article_version", ["day", "article_id"])
    op.create_table(
        "paragraph",
        sa.Column("id", Id, primary_key=True),
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.UniqueConstraint("version_id", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "index_change",
        sa.Column("seq", Id, primary_key=True),
        sa.Column("article_id", Id, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("op", sa.String(8), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("op IN ('add', 'remove')"),
        sqlite_autoincrement=True,
    )
