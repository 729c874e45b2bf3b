"""By what an article that reads nearly as another is recognised."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the signatures of versions; they are filled in as they are needed."""
    op.create_table(
        "minhash",
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )
