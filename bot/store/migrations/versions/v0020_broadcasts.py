"""Messages of an owner to many."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

GOING = "started_at IS NOT NULL AND ended_at IS NULL"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the table of broadcasts."""
    op.create_table(
        "broadcast",
        sa.Column("id", Id, primary_key=True),
        sa.Column("by", sa.BigInteger, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("is_stopped", sa.Boolean, nullable=False),
        sa.Column("cursor", sa.BigInteger),
        sa.Column("report_id", Id, sa.ForeignKey("outbox.id")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("expanded_at", sa.BigInteger),
        sa.Column("reported_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    condition = sa.text(GOING)
    op.create_index(
        "broadcast_going",
        "broadcast",
        ["id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
