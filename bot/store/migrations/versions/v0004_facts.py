"""What articles say, found by the extractors, and the lists of it that were shown."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables of events, quotes, people and sectors, and that of lists."""
    _add_events()
    _add_quotes()
    _add_marks()
    _add_listings()


def _add_events() -> None:
    op.create_table(
        "event",
        sa.Column("id", Id, primary_key=True),
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("paragraph_id", Id, sa.ForeignKey("paragraph.id"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("label_start", sa.Integer, nullable=False),
        sa.Column("label_stop", sa.Integer, nullable=False),
        sa.Column("first", sa.Date),
        sa.Column("last", sa.Date),
        sa.Column("precision", sa.String(16), nullable=False),
        sa.Column("is_approximate", sa.Boolean, nullable=False),
        sa.Column("is_relative", sa.Boolean, nullable=False),
        sa.Column("modality", sa.String(16), nullable=False),
        sa.Column("extractor", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("event_version_id", "event", ["version_id"])
    op.create_index("event_paragraph_id", "event", ["paragraph_id"])


def _add_quotes() -> None:
    op.create_table(
        "quote",
        sa.Column("id", Id, primary_key=True),
        sa.Column("version_id", Id, sa.ForeignKey("article_version.id"), nullable=False),
        sa.Column("spans", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("speaker_kind", sa.String(16)),
        sa.Column("certainty", sa.String(16)),
        sa.Column("role", sa.Text),
        sa.Column("identity", sa.Text),
        sa.Column("mention", sa.Text),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("is_day_stated", sa.Boolean, nullable=False),
        sa.Column("occasion", sa.Text),
        sa.Column("extractor", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("quote_version_id", "quote", ["version_id"])
    op.create_index("quote_speaker", "quote", ["speaker"])
    op.create_index("quote_day", "quote", ["day"])
    op.create_table(
        "quote_paragraph",
        sa.Column("quote_id", Id, sa.ForeignKey("quote.id"), primary_key=True),
        sa.Column("paragraph_id", Id, sa.ForeignKey("paragraph.id"), primary_key=True),
    )
    op.create_index("quote_paragraph_paragraph_id", "quote_paragraph", ["paragraph_id"])


def _add_marks() -> None:
    """Add what is said of a paragraph as a whole: its people and its sectors."""
    op.create_table(
        "paragraph_person",
        sa.Column("paragraph_id", Id, sa.ForeignKey("paragraph.id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
    )
    op.create_index("paragraph_person_name", "paragraph_person", ["name"])
    op.create_table(
        "paragraph_sector",
        sa.Column("paragraph_id", Id, sa.ForeignKey("paragraph.id"), primary_key=True),
        sa.Column("sector", sa.String(32), primary_key=True),
        sa.Column("weight", sa.Float, nullable=False),
    )
    op.create_index("paragraph_sector_sector", "paragraph_sector", ["sector"])


def _add_listings() -> None:
    op.create_table(
        "listing",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column(
            "kind",
            sa.String(16),
            sa.CheckConstraint("kind IN ('timeline', 'quotes')"),
            nullable=False,
        ),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("asker_id", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("items", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_index("listing_created_at", "listing", ["created_at"])
    op.create_index("listing_chat_id", "listing", ["chat_id"])
    op.create_index("listing_asker_id", "listing", ["asker_id"])
