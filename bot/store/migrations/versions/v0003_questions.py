"""Answers know the message that asked, so that a question mended later mends its answer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the number of the question's message, and find answers by it."""
    op.add_column("answer", sa.Column("question_message_id", sa.BigInteger))
    op.drop_index("answer_chat_id", "answer")
    op.create_index("answer_chat_id", "answer", ["chat_id", "question_message_id"])
