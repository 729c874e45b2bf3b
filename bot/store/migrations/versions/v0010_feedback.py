"""What readers say of answers, quotes and events, for editors."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the table of feedback."""
    op.create_table(
        "feedback",
        sa.Column("id", Id, primary_key=True),
        sa.Column(
            "kind",
            sa.String(16),
            sa.CheckConstraint("kind IN ('answer', 'quote', 'event')"),
            nullable=False,
        ),
        sa.Column("subject_id", sa.BigInteger, nullable=False),
        sa.Column("paragraph_id", Id, sa.ForeignKey("paragraph.id"), nullable=False),
        sa.Column(
            "vote",
            sa.String(16),
            sa.CheckConstraint("vote IN ('helpful', 'wrong')"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(16)),
        sa.Column("words", sa.Text),
        sa.Column("question", sa.Text),
        sa.Column("verdict", sa.String(16)),
        sa.Column("index_version", sa.BigInteger, nullable=False),
        sa.Column("voter_id", sa.BigInteger),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("resolved_at", sa.BigInteger),
        sa.UniqueConstraint("kind", "subject_id", "voter_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("feedback_paragraph_id", "feedback", ["paragraph_id"])
    op.create_index("feedback_created_at", "feedback", ["created_at"])
    _add_partial("feedback_open", "id", "vote = 'wrong' AND resolved_at IS NULL")
    _add_partial("feedback_voter", "voter_id", "voter_id IS NOT NULL")


def _add_partial(name: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "feedback", [column], sqlite_where=condition, postgresql_where=condition)
