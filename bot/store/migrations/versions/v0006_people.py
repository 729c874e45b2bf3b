"""Persons with ids that stay, who spoke a quote, and what editors correct in facts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables of persons and corrections, and the columns that facts lacked."""
    _add_persons()
    _add_corrections()
    # Alembic adds a column of SQLite without its foreign key.
    op.execute("ALTER TABLE quote ADD COLUMN person_id INTEGER REFERENCES person (id)")
    op.create_index("quote_person_id", "quote", ["person_id"])


def _add_persons() -> None:
    op.create_table(
        "person",
        sa.Column("id", Id, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("first", sa.Text, nullable=False),
        sa.Column("patronymic", sa.Text, nullable=False),
        sa.Column("surname", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("person_surname_first", "person", ["surname", "first"])
    op.create_table(
        "person_alias",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=False),
    )
    op.create_index("person_alias_person_id", "person_alias", ["person_id"])
    op.create_table(
        "version_person",
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("paragraph_id", Id, sa.ForeignKey("paragraph.id"), nullable=False),
        sa.Column("role", sa.Text),
    )
    op.create_index("version_person_person_id", "version_person", ["person_id"])


def _add_corrections() -> None:
    op.create_table(
        "fact_correction",
        sa.Column("id", Id, primary_key=True),
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column(
            "kind", sa.String(16), sa.CheckConstraint("kind IN ('event', 'quote')"), nullable=False
        ),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("field", sa.String(32), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("by", sa.BigInteger),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("fact_correction_version_id", "fact_correction", ["version_id"])
