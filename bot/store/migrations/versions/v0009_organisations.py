"""Organisations that articles name, and by what persons are found in another script."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the bodies of each version and the sound of each person's name."""
    op.create_table(
        "version_organisation",
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("paragraph_id", Id, sa.ForeignKey("paragraph.id"), nullable=False),
        sa.Column("kind", sa.String(16)),
        sa.Column("abbreviation", sa.Text),
        sa.Column("role", sa.Text),
    )
    op.create_index("version_organisation_name", "version_organisation", ["name"])
    op.add_column("person", sa.Column("sound", sa.Text))
    op.create_index("person_sound", "person", ["sound"])
