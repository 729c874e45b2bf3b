"""Versions know by which rules their facts were found, so that newer rules find the old ones."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the version of the rules, NULL where no facts were sought yet."""
    op.add_column("article_version", sa.Column("extractor", sa.Integer))
