"""The road of the index as a log of its own: an article may be gone whose change it tells of."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Let a change of the index name an article that is not there any more."""
    op.create_table(
        "index_change_new",
        sa.Column("seq", Id, primary_key=True),
        sa.Column("article_id", Id),
        sa.Column(
            "op",
            sa.String(8),
            sa.CheckConstraint("op IN ('add', 'remove', 'words')"),
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.execute(
        "INSERT INTO index_change_new (seq, article_id, op, at)"
        " SELECT seq, article_id, op, at FROM index_change ORDER BY seq"
    )
    op.drop_table("index_change")
    op.rename_table("index_change_new", "index_change")
