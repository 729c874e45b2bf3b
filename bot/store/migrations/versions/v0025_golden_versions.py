"""In which version of its article the paragraph of a golden question was named."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add the version: of those that are there, the present one, as they were read till now."""
    op.add_column(
        "golden_paragraph", sa.Column("version", sa.Integer, nullable=False, server_default="1")
    )
    op.execute(
        "UPDATE golden_paragraph SET version ="
        " (SELECT a.version FROM article AS a WHERE a.id = golden_paragraph.article_id)"
    )
