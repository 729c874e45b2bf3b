"""How often the clock was set: so that each jump moves pauses once, over restarts too."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the row's table."""
    op.create_table(
        "clock",
        sa.Column("id", Id, primary_key=True),
        sa.Column("jumps", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("elapsed", sa.BigInteger, nullable=False),
        sa.Column("boot", sa.Text, nullable=False),
        sa.Column("due_cursor", Id),
    )
