"""Questions that the articles did not answer, as sets of lemmas with counts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables of sets, of their askers by hash, and of what askers sent."""
    op.create_table(
        "unanswered",
        sa.Column("id", Id, primary_key=True),
        sa.Column("lemmas", sa.Text, nullable=False, unique=True),
        sa.Column("hidden_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "unanswered_asker",
        sa.Column("unanswered_id", Id, sa.ForeignKey("unanswered.id"), primary_key=True),
        sa.Column("asker", sa.String(32), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("unanswered_asker_at", "unanswered_asker", ["at"])
    op.create_table(
        "unanswered_text",
        sa.Column("unanswered_id", Id, sa.ForeignKey("unanswered.id"), primary_key=True),
        sa.Column("text", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("unanswered_text_at", "unanswered_text", ["at"])
