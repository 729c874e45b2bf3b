"""Which of a corpus's own names strike out a post that ships as somebody's."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Add the mark; what is there adds."""
    op.add_column("own_alias", sa.Column("is_away", sa.Boolean, nullable=False, server_default="0"))
