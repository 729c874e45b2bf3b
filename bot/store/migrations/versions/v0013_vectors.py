"""What paragraphs mean, for the optional extra `[semantic]`."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the table of vectors, which stays empty without the extra."""
    paragraph = sa.ForeignKey("paragraph.id", ondelete="CASCADE")
    op.create_table(
        "paragraph_vector",
        sa.Column("paragraph_id", Id, paragraph, primary_key=True),
        sa.Column("model", sa.String(32), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
