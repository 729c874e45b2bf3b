"""The tables as they are now. How they came to be is in `migrations`; a test compares the two.

Ids are 64-bit, handed out once and never again, since they are in links that people keep.
"""

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
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

from bot.store.moments import Moment

metadata = MetaData()

# SQLite hands out its row numbers only to a column declared INTEGER; they are 64-bit all the same.
Id = BigInteger().with_variant(Integer, "sqlite")


def partial_index(name: str, *columns: str, where: str) -> Index:
    """Return an index over the rows for which the literal condition `where` holds.

    A query uses it only if it has the very same literal: a bound value is not known to the planner.
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


article = Table(
    "article",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("erased_at", Moment),
    sqlite_autoincrement=True,
)

article_version = Table(
    "article_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("language", String(8), nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("text", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("analysis", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("extractor", Integer),
    UniqueConstraint("article_id", "number"),
    Index("article_version_sha256", "sha256"),
    Index("article_version_day_article_id", "day", "article_id"),
    sqlite_autoincrement=True,
)

paragraph = Table(
    "paragraph",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version_id", Id, ForeignKey("article_version.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("terms", Text, nullable=False),
    UniqueConstraint("version_id", "number"),
    sqlite_autoincrement=True,
)

#: What paragraphs mean; gone with them. Another model's vectors are of no use.
paragraph_vector = Table(
    "paragraph_vector",
    metadata,
    Column("paragraph_id", Id, ForeignKey("paragraph.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(32), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

index_change = Table(
    "index_change",
    metadata,
    Column("seq", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("op", String(8), CheckConstraint("op IN ('add', 'remove')"), nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger),
    Column("chat_key", Text),
    Column("received_at", Moment, nullable=False),
    Column("body", Text),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('new', 'done', 'dead', 'poison')"),
        nullable=False,
    ),
    Column("attempts", Integer, nullable=False, server_default=literal_column("0")),
    Column("error", Text),
    UniqueConstraint("bot_id", "update_id"),
    partial_index("inbox_new", "chat_key", "update_id", where="state = 'new'"),
    partial_index("inbox_waiting", "bot_id", "id", where="state = 'new'"),
    partial_index("inbox_dead", "id", where="state = 'dead'"),
    partial_index("inbox_over", "received_at", where="state IN ('done', 'poison')"),
    sqlite_autoincrement=True,
)

attachment = Table(
    "attachment",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("mime", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dedupe", Text, nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("prio", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("payload", Text),
    Column("plain", Text),
    Column("cites", Text, nullable=False),
    Column("edits", Id, ForeignKey("outbox.id")),
    Column("attachment", String(64), ForeignKey("attachment.sha256")),
    Column(
        "state",
        String(16),
        CheckConstraint(
            "state IN ('ready', 'leased', 'sent', 'undeliverable', 'dead', 'cancelled')"
        ),
        nullable=False,
    ),
    Column("attempts", Integer, nullable=False, server_default=literal_column("0")),
    Column("owner", Text),
    Column("message_id", BigInteger),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    partial_index("outbox_ready", "prio", "id", where="state = 'ready'"),
    partial_index("outbox_chat_ready", "chat_id", "prio", "id", where="state = 'ready'"),
    partial_index("outbox_leased", "owner", where="state = 'leased'"),
    partial_index("outbox_failed", "state", "id", where="state IN ('dead', 'undeliverable')"),
    partial_index("outbox_kept", "ended_at", where="payload IS NOT NULL AND ended_at IS NOT NULL"),
    partial_index("outbox_message", "chat_id", "message_id", where="message_id IS NOT NULL"),
    partial_index("outbox_edits", "edits", where="edits IS NOT NULL"),
    partial_index("outbox_attachment", "attachment", where="attachment IS NOT NULL"),
    sqlite_autoincrement=True,
)

pause = Table(
    "pause",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)

chat = Table(
    "chat",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("title", Text),
    Column("language", String(8)),
    Column(
        "state", String(16), CheckConstraint("state IN ('active', 'suspended')"), nullable=False
    ),
    Column("reason", Text),
    Column("last_seen_at", Moment, nullable=False),
)

role = Table(
    "role",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(16), CheckConstraint("role IN ('owner', 'editor')"), nullable=False),
    Column("since", Moment, nullable=False),
    Column("given_by", BigInteger),
)

nonce = Table(
    "nonce",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("user_id", BigInteger),
    Column("chat_id", BigInteger),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("nonce_expires_at", "expires_at"),
)

#: One of each person in each chat: a new one takes the place of the old.
prompt = Table(
    "prompt",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("prompt_expires_at", "expires_at"),
)

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

#: How a chat is told of things: where its clock stands, and between which hours it sleeps.
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

#: The ledger: who is to be told of what, because of what, and what has become of it. `cause` and
#: `cause_id` name the subscription, watch, correction or broadcast, `item` what it tells of.
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

#: A new version that its editor has not decided on; `version` is the one that it was made from.
revision = Table(
    "revision",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("language", String(8), nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("text", Text, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("article_id", "by"),
    sqlite_autoincrement=True,
)

#: A paragraph that the version which took the place of its own says otherwise, or not at all.
changed_passage = Table(
    "changed_passage",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("version_id", Id, ForeignKey("article_version.id"), nullable=False),
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), nullable=False),
    Column("new_paragraph_id", Id, ForeignKey("paragraph.id")),
    Column("at", Moment, nullable=False),
    Index("changed_passage_version_id", "version_id"),
    Index("changed_passage_article_id", "article_id"),
    sqlite_autoincrement=True,
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

#: `before` and `after` are JSON.
audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", BigInteger),
    Column("kind", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("undoes", Id, ForeignKey("audit.id")),
    Index("audit_by", "by", "id"),
    Index("audit_subject", "kind", "subject"),
    partial_index("audit_undoes", "undoes", where="undoes IS NOT NULL"),
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

person_alias = Table(
    "person_alias",
    metadata,
    Column("name", Text, primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
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

#: `subject_id` is an answer, a quote or an event, and may be gone while the passage is not.
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
    Column("paragraph_id", Id, ForeignKey("paragraph.id"), nullable=False),
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

#: By number, so that a corrected article is expected to answer as well.
golden_paragraph = Table(
    "golden_paragraph",
    metadata,
    Column("question_id", Id, ForeignKey("golden_question.id"), primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), primary_key=True),
    Column("paragraph", Integer, primary_key=True, autoincrement=False),
    Column("is_also", Boolean, nullable=False),
    Index("golden_paragraph_article_id", "article_id"),
)

#: An article that an editor has not decided on yet. `page` is what it was read from, packed.
draft = Table(
    "draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('open', 'published', 'deleted')"),
        nullable=False,
    ),
    Column("origin", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Date),
    Column("is_day_assumed", Boolean, nullable=False),
    Column("language", String(8), nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("text", Text, nullable=False),
    Column("corrections", Text, nullable=False),
    Column("page", LargeBinary),
    Column("page_fetched_at", Moment),
    Column("article_id", Id, ForeignKey("article.id")),
    Column("created_at", Moment, nullable=False),
    Column("decided_at", Moment),
    partial_index("draft_open", "id", where="state = 'open'"),
    partial_index("draft_decided", "decided_at", where="decided_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

#: Long work that an editor asked for; `outbox_id` is the message that tells how far it is.
job = Table(
    "job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("payload", Text, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("reply_to", BigInteger),
    Column(
        "state",
        String(16),
        CheckConstraint("state IN ('waiting', 'done', 'failed', 'stopped')"),
        nullable=False,
    ),
    Column("attempts", Integer, nullable=False),
    Column("outbox_id", Id, ForeignKey("outbox.id")),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    partial_index("job_waiting", "id", where="state = 'waiting'"),
    partial_index("job_ended", "ended_at", where="ended_at IS NOT NULL"),
    sqlite_autoincrement=True,
)

#: The page that a version was read from, as it came, packed.
source_page = Table(
    "source_page",
    metadata,
    Column("version_id", Id, ForeignKey("article_version.id"), primary_key=True),
    Column("fetched_at", Moment, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

#: The MinHash of a version's words; missing ones are made when they are needed.
minhash = Table(
    "minhash",
    metadata,
    Column("version_id", Id, ForeignKey("article_version.id"), primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)

#: A removed feed stays, so that taking it back finds what was seen.
feed = Table(
    "feed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("mode", String(8), CheckConstraint("mode IN ('ask', 'auto')"), nullable=False),
    Column(
        "state",
        String(8),
        CheckConstraint("state IN ('new', 'active', 'paused', 'removed')"),
        nullable=False,
    ),
    Column("user_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("interval_s", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    partial_index("feed_due", "due_at", where="state IN ('new', 'active')"),
    sqlite_autoincrement=True,
)

feed_item = Table(
    "feed_item",
    metadata,
    Column("feed_id", Id, ForeignKey("feed.id"), primary_key=True),
    Column("key", Text, primary_key=True),
)
