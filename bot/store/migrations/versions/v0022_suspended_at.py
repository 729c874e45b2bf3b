"""Since when a chat takes no messages: a deleted account is forgotten after a while."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Count for chats that are suspended already from when they were last seen."""
    op.add_column("chat", sa.Column("suspended_at", sa.BigInteger))
    op.execute("UPDATE chat SET suspended_at = last_seen_at WHERE state = 'suspended'")
