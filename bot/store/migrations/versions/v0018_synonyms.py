"""Synonyms of this corpus, and how the golden questions were answered when last measured."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables of synonyms and of figures."""
    op.create_table(
        "synonym",
        sa.Column("id", Id, primary_key=True),
        sa.Column("phrases", sa.Text, nullable=False, unique=True),
        sa.Column("by", sa.BigInteger),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quality",
        sa.Column("id", Id, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("index_version", sa.BigInteger, nullable=False),
        sa.Column("answerable", sa.Integer, nullable=False),
        sa.Column("hits_at_1", sa.Integer, nullable=False),
        sa.Column("hits_at_3", sa.Integer, nullable=False),
        sa.Column("wrongly_refused", sa.Integer, nullable=False),
        sa.Column("unanswerable", sa.Integer, nullable=False),
        sa.Column("refusals_right", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
