"""Golden questions: what is asked, and which paragraphs answer it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables of golden questions and of the paragraphs they expect."""
    op.create_table(
        "golden_question",
        sa.Column("id", Id, primary_key=True),
        sa.Column("question", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "golden_paragraph",
        sa.Column("question_id", Id, sa.ForeignKey("golden_question.id"), primary_key=True),
        sa.Column("article_id", Id, sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("paragraph", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("is_also", sa.Boolean, nullable=False),
    )
    op.create_index("golden_paragraph_article_id", "golden_paragraph", ["article_id"])
