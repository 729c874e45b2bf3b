"""What editors did."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the table of acts."""
    op.create_table(
        "audit",
        sa.Column("id", Id, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.BigInteger),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("undoes", Id, sa.ForeignKey("audit.id")),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_by", "audit", ["by", "id"])
    op.create_index("audit_subject", "audit", ["kind", "subject"])
    condition = "undoes IS NOT NULL"
    where = sa.text(condition)
    op.create_index("audit_undoes", "audit", ["undoes"], sqlite_where=where, postgresql_where=where)
