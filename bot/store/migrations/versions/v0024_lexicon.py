"""What a corpus has of its own: names and titles of people, words of sectors."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add its tables, by which of it facts were read, and which names of persons are of it."""
    op.create_table(
        "own_alias",
        sa.Column("id", Id, primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("by", sa.BigInteger),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("words", "person"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "own_pattern",
        sa.Column("id", Id, primary_key=True),
        sa.Column("sector", sa.String(32), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("is_away", sa.Boolean, nullable=False),
        sa.Column("by", sa.BigInteger),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("sector", "words"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "own_reading",
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("stamp", sa.String(16), nullable=False),
    )
    op.add_column(
        "person_alias", sa.Column("is_own", sa.Boolean, nullable=False, server_default="0")
    )
