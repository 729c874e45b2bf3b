"""What was read out of the articles, and what people corrected in it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.moments import Moment
from bot.store.tables.columns import Id, metadata

event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version_id", Id, ForeignKey("article_version.id"), nullable=False),
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("label_start", Integer, nullable=False),
    Column("label_stop", Integer, nullable=False),
    Column("first", Date),
    Column("last", Date),
    Column("precision", String(16), nullable=False),
    Column("is_approximate", Boolean, nullable=False),
    Column("is_relative", Boolean, nullable=False),
    Column("modality", String(16), nullable=False),
    Column("extractor", Integer, nullable=False),
    Index("event_version_id", "version_id"),
    Index("event_paragraph_id", "paragraph_id"),
    sqlite_autoincrement=True,
)

quote = Table(
    "quote",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version_id", Id, ForeignKey("article_version.id"), nullable=False),
    Column("spans", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("speaker", Text),
    Column("speaker_kind", String(16)),
    Column("certainty", String(16)),
    Column("role", Text),
    Column("identity", Text),
    Column("mention", Text),
    Column("day", Date, nullable=False),
    Column("is_day_stated", Boolean, nullable=False),
    Column("occasion", Text),
    Column("extractor", Integer, nullable=False),
    Column("person_id", Id, ForeignKey("person.id")),
    Index("quote_person_id", "person_id"),
    Index("quote_version_id", "version_id"),
    Index("quote_speaker", "speaker"),
    Index("quote_day", "day"),
    sqlite_autoincrement=True,
)

quote_paragraph = Table(
    "quote_paragraph",
    metadata,
    Column("quote_id", Id, ForeignKey("quote.id"), primary_key=True),
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), primary_key=True),
    Index("quote_paragraph_paragraph_id", "paragraph_id"),
)

paragraph_person = Table(
    "paragraph_person",
    metadata,
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Index("paragraph_person_name", "name"),
)

paragraph_sector = Table(
    "paragraph_sector",
    metadata,
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), primary_key=True),
    Column("sector", String(32), primary_key=True),
    Column("weight", Float, nullable=False),
    Index("paragraph_sector_sector", "sector"),
)

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("first", Text, nullable=False),
    Column("patronymic", Text, nullable=False),
    Column("surname", Text, nullable=False),
    Column("sound", Text),
    Index("person_surname_first", "surname", "first"),
    Index("person_sound", "sound"),
    sqlite_autoincrement=True,
)

#: `is_own`: the corpus says so itself, by `own_alias`.
person_alias = Table(
    "person_alias",
    metadata,
    Column("name", Text, primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("is_own", Boolean, nullable=False, server_default="0"),
    Index("person_alias_person_id", "person_id"),
)

version_person = Table(
    "version_person",
    metadata,
    Column("version_id", Id, ForeignKey("article_version.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), nullable=False),
    Column("role", Text),
    Index("version_person_person_id", "person_id"),
)

version_organisation = Table(
    "version_organisation",
    metadata,
    Column("version_id", Id, ForeignKey("article_version.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), nullable=False),
    Column("kind", String(16)),
    Column("abbreviation", Text),
    Column("role", Text),
    Index("version_organisation_name", "name"),
)

fact_correction = Table(
    "fact_correction",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version_id", Id, ForeignKey("article_version.id"), nullable=False),
    Column(
        "kind", String(16), CheckConstraint("kind IN ('event', 'quote', 'sector')"), nullable=False
    ),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("field", String(32), nullable=False),
    Column("value", Text),
    Column("by", BigInteger),
    Column("at", Moment, nullable=False),
    Index("fact_correction_version_id", "version_id"),
    sqlite_autoincrement=True,
)

#: Another name of a person, or a title he bears in this time; or a post that ships as his and is
#: struck out.
own_alias = Table(
    "own_alias",
    metadata,
    Column("id", Id, primary_key=True),
    Column("words", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("by", BigInteger),
    Column("at", Moment, nullable=False),
    Column("is_away", Boolean, nullable=False, server_default="0"),
    UniqueConstraint("words", "person"),
    sqlite_autoincrement=True,
)

#: Words of a sector beside those that ship, or such as are taken away from it.
own_pattern = Table(
    "own_pattern",
    metadata,
    Column("id", Id, primary_key=True),
    Column("sector", String(32), nullable=False),
    Column("words", Text, nullable=False),
    Column("is_away", Boolean, nullable=False),
    Column("by", BigInteger),
    Column("at", Moment, nullable=False),
    UniqueConstraint("sector", "words"),
    sqlite_autoincrement=True,
)

#: By which of these the facts of a version were read; of one that none of them is in, no row.
own_reading = Table(
    "own_reading",
    metadata,
    Column("version_id", Id, ForeignKey("article_version.id"), primary_key=True),
    Column("stamp", String(16), nullable=False),
)
