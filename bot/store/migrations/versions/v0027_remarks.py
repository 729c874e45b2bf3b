"""What readers said of a passage, kept when its article is a draft again."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_COLUMNS = (
    "id, kind, subject_id, paragraph_id, vote, reason, words, question, verdict, index_version,"
    " voter_id, created_at, resolved_at"
)


def upgrade() -> None:
    """Let feedback name a paragraph that is not there any more."""
    op.create_table(
        "feedback_new",
        sa.Column("id", Id, primary_key=True),
        sa.Column(
            "kind",
            sa.String(16),
            sa.CheckConstraint("kind IN ('answer', 'quote', 'event')"),
            nullable=False,
        ),
        sa.Column("subject_id", sa.BigInteger, nullable=False),
        sa.Column("paragraph_id", Id, nullable=False),
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
    op.execute(
        f"INSERT INTO feedback_new ({_COLUMNS}) SELECT {_COLUMNS} FROM feedback ORDER BY id"  # noqa: S608 - names of ours
    )
    op.drop_table("feedback")
    op.rename_table("feedback_new", "feedback")
    op.create_index("feedback_paragraph_id", "feedback", ["paragraph_id"])
    op.create_index("feedback_created_at", "feedback", ["created_at"])
    _add_partial("feedback_open", "id", "vote = 'wrong' AND resolved_at IS NULL")
    _add_partial("feedback_voter", "voter_id", "voter_id IS NOT NULL")


def _add_partial(name: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "feedback", [column], sqlite_where=condition, postgresql_where=condition)
