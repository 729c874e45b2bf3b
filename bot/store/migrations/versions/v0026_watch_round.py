"""How far the questions that wait were asked again after the corpus's words changed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the row's table, and an index by which the last change of words is found."""
    op.create_table(
        "watch_round",
        sa.Column("id", Id, primary_key=True),
        sa.Column("seq", Id, nullable=False),
        sa.Column("watch_cursor", Id),
    )
    where = "op = 'words'"
    op.create_index("index_change_words", "index_change", ["seq"], sqlite_where=sa.text(where))
