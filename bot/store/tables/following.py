"""Who follows what, and the ledger of what they are told."""

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
    literal_column,
)

from bot.store.moments import Moment
from bot.store.tables.columns import Id, metadata, partial_index

#: Something that followers are told of: an article as it was published, or a new version of one.
#: It is expanded in the order of (topic, subscription); the cursors are the last ones done.
announcement = Table(
    "announcement",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("version_id", Id, ForeignKey("article_version.id"), nullable=False),
    Column("kind", String(16), CheckConstraint("kind IN ('new', 'changed')"), nullable=False),
    Column("is_urgent", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("topic_cursor", Id, nullable=False, server_default=literal_column("0")),
    Column("subscription_cursor", Id, nullable=False, server_default=literal_column("0")),
    Column("expanded_at", Moment),
    Index("announcement_article_id", "article_id"),
    Index("announcement_version_id", "version_id"),
    partial_index("announcement_waiting", "id", where="expanded_at IS NULL"),
    sqlite_autoincrement=True,
)

#: What can be followed; the same thing of many followers is one row. `subject` are lemma sets as
#: JSON for the kind `words`, else the id of a sector, person or article; `query` is how whoever
#: followed it first called it.
topic = Table(
    "topic",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "kind",
        String(16),
        CheckConstraint("kind IN ('all', 'words', 'sector', 'person', 'article')"),
        nullable=False,
    ),
    Column("subject", Text, nullable=False),
    Column("query", Text),
    UniqueConstraint("kind", "subject"),
    sqlite_autoincrement=True,
)

#: Threads are 0 where there is none, so that they can be compared. Without an hour it is instant,
#: without a weekday daily. What is None is as the chat has it.
subscription = Table(
    "subscription",
    metadata,
    Column("id", Id, primary_key=True),
    Column("topic_id", Id, ForeignKey("topic.id"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column(
        "mode",
        String(16),
        CheckConstraint("mode IN ('instant', 'daily', 'weekly')"),
        nullable=False,
    ),
    Column("hour", Integer, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("zone", Text),
    Column("is_silent", Boolean, nullable=False),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('active', 'paused', 'suspended')"),
        nullable=False,
    ),
    Column("reason", Text),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("chat_id", "thread_id", "topic_id"),
    Index("subscription_topic_id", "topic_id", "id"),
    Index("subscription_user_id", "user_id"),
    sqlite_autoincrement=True,
)

#: How a chat is told of things: where its clock stands (with a ? before what was guessed), and
#: between which hours it sleeps.
follower = Table(
    "follower",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("zone", Text, nullable=False),
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("takes_corrections", Boolean, nullable=False),
)

#: A question without an answer, whose asker is told when there is one.
watch = Table(
    "watch",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("chat_id", "thread_id", "user_id", "question"),
    Index("watch_user_id", "user_id"),
    sqlite_autoincrement=True,
)

#: Up to which question (`watch_cursor`, NULL when all are) those that wait were asked again after
#: the change `seq` of the corpus's words. At most one row.
watch_round = Table(
    "watch_round",
    metadata,
    Column("id", Id, primary_key=True),
    Column("seq", Id, nullable=False),
    Column("watch_cursor", Id),
)

#: The ledger: who is to be told of what, because of what, and what has become of it. `cause` and
#: `cause_id` name the subscription, watch, correction or broadcast, `item` what it tells of: an
#: announcement, for a question asked again the change of words, below zero.
#: `tries` counts the messages that were made of it.
notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "cause",
        String(16),
        CheckConstraint("cause IN ('subscription', 'watch', 'correction', 'broadcast')"),
        nullable=False,
    ),
    Column("cause_id", Id, nullable=False),
    Column("item", Id, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('waiting', 'held', 'sent', 'dropped', 'undeliverable')"),
        nullable=False,
    ),
    Column("reason", Text),
    Column("tries", Integer, nullable=False, server_default=literal_column("0")),
    Column("outbox_id", Id, ForeignKey("outbox.id")),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("cause", "cause_id", "item", "chat_id", "thread_id"),
    partial_index("notice_due", "due_at", where="state IN ('waiting', 'held')"),
    partial_index("notice_chat_due", "chat_id", "due_at", where="state IN ('waiting', 'held')"),
    partial_index("notice_outbox", "outbox_id", where="outbox_id IS NOT NULL"),
    Index("notice_chat_id", "chat_id", "id"),
    Index("notice_created_at", "created_at"),
    sqlite_autoincrement=True,
)

#: A message of an owner to many: `html` is its content, `audience` whom it is for. Chats get their
#: notices in the order of their numbers, up to `cursor`. `report_id` is the message that shows how
#: it goes.
broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Id, primary_key=True),
    Column("by", BigInteger, nullable=False),
    Column("html", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("is_stopped", Boolean, nullable=False),
    Column("cursor", BigInteger),
    Column("report_id", Id, ForeignKey("outbox.id")),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("expanded_at", Moment),
    Column("reported_at", Moment),
    Column("ended_at", Moment),
    partial_index("broadcast_going", "id", where="started_at IS NOT NULL AND ended_at IS NULL"),
    sqlite_autoincrement=True,
)
