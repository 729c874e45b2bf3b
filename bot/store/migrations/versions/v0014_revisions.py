"""New versions: what waits to be published, which passages changed; articles erased for ever."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables of revisions and changed passages, and when an article was erased."""
    op.add_column("article", sa.Column("erased_at", sa.BigInteger))
    op.create_table(
        "revision",
        sa.Column("id", Id, primary_key=True),
        sa.Column("article_id", Id, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("article_id", "by"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "changed_passage",
        sa.Column("id", Id, primary_key=True),
        sa.Column("article_id", Id, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("paragraph_id", Id, sa.ForeignKey("paragraph.id"), nullable=False),
        sa.Column("new_paragraph_id", Id, sa.ForeignKey("paragraph.id")),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("changed_passage_version_id", "changed_passage", ["version_id"])
    op.create_index("changed_passage_article_id", "changed_passage", ["article_id"])
