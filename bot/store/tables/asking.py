"""What readers asked and were shown, and what came of it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.moments import Moment
from bot.store.tables.columns import Id, metadata, partial_index

answer = Table(
    "answer",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("outbox_id", Id, ForeignKey("outbox.id")),
    Column("asker_id", BigInteger),
    Column("passages", Text, nullable=False),
    Column("index_version", BigInteger, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("question_message_id", BigInteger),
    Index("answer_created_at", "created_at"),
    Index("answer_chat_id", "chat_id", "question_message_id"),
    Index("answer_asker_id", "asker_id"),
    partial_index("answer_outbox", "outbox_id", where="outbox_id IS NOT NULL"),
)

listing = Table(
    "listing",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), CheckConstraint("kind IN ('timeline', 'quotes')"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("asker_id", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("items", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("listing_created_at", "created_at"),
    Index("listing_chat_id", "chat_id"),
    Index("listing_asker_id", "asker_id"),
)

#: `subject_id` is an answer, a quote or an event. What readers said stays when the passage is gone,
#: so neither points at a row by a key.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "kind",
        String(16),
        CheckConstraint("kind IN ('answer', 'quote', 'event')"),
        nullable=False,
    ),
    Column("subject_id", BigInteger, nullable=False),
    Column("paragraph_id", Id, nullable=False),
    Column("vote", String(16), CheckConstraint("vote IN ('helpful', 'wrong')"), nullable=False),
    Column("reason", String(16)),
    Column("words", Text),
    Column("question", Text),
    Column("verdict", String(16)),
    Column("index_version", BigInteger, nullable=False),
    Column("voter_id", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    UniqueConstraint("kind", "subject_id", "voter_id"),
    Index("feedback_paragraph_id", "paragraph_id"),
    Index("feedback_created_at", "created_at"),
    partial_index("feedback_open", "id", where="vote = 'wrong' AND resolved_at IS NULL"),
    partial_index("feedback_voter", "voter_id", where="voter_id IS NOT NULL"),
    sqlite_autoincrement=True,
)

#: `lemmas` with spaces between them, in alphabetical order.
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Id, primary_key=True),
    Column("lemmas", Text, nullable=False, unique=True),
    Column("hidden_at", Moment),
    sqlite_autoincrement=True,
)

#: `asker` is a salted hash, another one for each set.
unanswered_asker = Table(
    "unanswered_asker",
    metadata,
    Column("unanswered_id", Id, ForeignKey("unanswered.id"), primary_key=True),
    Column("asker", String(32), primary_key=True),
    Column("at", Moment, nullable=False),
    Index("unanswered_asker_at", "at"),
)

#: What its asker sent, and only that.
unanswered_text = Table(
    "unanswered_text",
    metadata,
    Column("unanswered_id", Id, ForeignKey("unanswered.id"), primary_key=True),
    Column("text", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Index("unanswered_text_at", "at"),
)

#: One without paragraphs must be refused.
golden_question = Table(
    "golden_question",
    metadata,
    Column("id", Id, primary_key=True),
    Column("question", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

#: By its number in a version, so that it is found again in the next one.
golden_paragraph = Table(
    "golden_paragraph",
    metadata,
    Column("question_id", Id, ForeignKey("golden_question.id"), primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), primary_key=True),
    Column("paragraph", Integer, primary_key=True, autoincrement=False),
    Column("is_also", Boolean, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Index("golden_paragraph_article_id", "article_id"),
)

#: `phrases` are divided by « = ».
synonym = Table(
    "synonym",
    metadata,
    Column("id", Id, primary_key=True),
    Column("phrases", Text, nullable=False, unique=True),
    Column("by", BigInteger),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

#: How the golden questions were answered, counted in questions.
quality = Table(
    "quality",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("index_version", BigInteger, nullable=False),
    Column("answerable", Integer, nullable=False),
    Column("hits_at_1", Integer, nullable=False),
    Column("hits_at_3", Integer, nullable=False),
    Column("wrongly_refused", Integer, nullable=False),
    Column("unanswerable", Integer, nullable=False),
    Column("refusals_right", Integer, nullable=False),
    sqlite_autoincrement=True,
)
