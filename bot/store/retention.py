"""Erases what is no longer needed, in small transactions, so that nobody waits for it."""

from datetime import datetime, timedelta

from bot.store.database import Database, run
from bot.store.moments import to_micros
from bot.store.personal import erase_person
from bot.store.unanswered import COUNTED_FOR

# Telegram repeats an update for a day at most; a week also covers a restored clock or backup.
UPDATE_NUMBERS_KEPT = timedelta(days=7)
# Long enough to look into a complaint about a message.
PAYLOADS_KEPT = timedelta(days=7)
# As /privacy says: for so long the buttons under an answer work.
ANSWERS_KEPT = timedelta(days=30)
# Long enough to tell a used button from an unknown one in the log.
NONCES_KEPT = timedelta(days=1)
# As /privacy says: for so long a reader who wrote what is wrong can be answered.
VOTERS_KEPT = timedelta(days=30)
# Long enough to take the hiding back.
HIDDEN_KEPT = timedelta(days=1)
# Long enough to think better of a deleted draft, or to look into what an import has told.
DECIDED_KEPT = timedelta(days=30)
# Telegram may be wrong about a deleted account: by then whoever it was would have come back.
DELETED_KEPT = timedelta(days=30)

ROWS_A_TRANSACTION = 1_000

ERASE_UPDATES = """
    DELETE FROM inbox WHERE id IN
        (SELECT id FROM inbox WHERE state IN ('done', 'poison') AND received_at < ? LIMIT ?)
    RETURNING id
"""
ERASE_PAYLOADS = """
    UPDATE outbox SET payload = NULL, plain = NULL, cites = '[]' WHERE id IN
        (SELECT id FROM outbox WHERE payload IS NOT NULL AND ended_at IS NOT NULL
            AND ended_at < ? AND state IN ('sent', 'undeliverable', 'cancelled') LIMIT ?)
    RETURNING id
"""
ERASE_ANSWERS = """
    DELETE FROM answer WHERE id IN (SELECT id FROM answer WHERE created_at < ? LIMIT ?)
    RETURNING id
"""
ERASE_LISTINGS = """
    DELETE FROM listing WHERE id IN (SELECT id FROM listing WHERE created_at < ? LIMIT ?)
    RETURNING id
"""
ERASE_NONCES = """
    DELETE FROM nonce WHERE id IN (SELECT id FROM nonce WHERE expires_at < ? LIMIT ?)
    RETURNING id
"""
# What waits for an editor keeps the words that say what is wrong.
ERASE_VOTERS = """
    UPDATE feedback SET voter_id = NULL,
        words = CASE WHEN resolved_at IS NULL THEN words END,
        question = CASE WHEN resolved_at IS NULL THEN question END
    WHERE id IN (SELECT id FROM feedback WHERE created_at < ? AND (voter_id IS NOT NULL
        OR (resolved_at IS NOT NULL AND coalesce(words, question) IS NOT NULL)) LIMIT ?)
    RETURNING id
"""
ERASE_ASKERS = """
    DELETE FROM unanswered_asker WHERE (unanswered_id, asker) IN
        (SELECT unanswered_id, asker FROM unanswered_asker WHERE at < ? LIMIT ?)
    RETURNING asker
"""
# A question that was sent waits until an editor hides it.
ERASE_QUESTIONS = """
    DELETE FROM unanswered_text WHERE (unanswered_id, text) IN
        (SELECT t.unanswered_id, t.text FROM unanswered_text AS t JOIN unanswered AS u
            ON u.id = t.unanswered_id WHERE u.hidden_at < ? LIMIT ?)
    RETURNING unanswered_id
"""
# After the askers, so that nothing is left of a set that nobody asks for any more.
ERASE_SETS = """
    DELETE FROM unanswered WHERE id IN
        (SELECT u.id FROM unanswered AS u WHERE coalesce(u.hidden_at, 0) < ?
            AND NOT EXISTS (SELECT 1 FROM unanswered_asker AS a WHERE a.unanswered_id = u.id)
            AND NOT EXISTS (SELECT 1 FROM unanswered_text AS t WHERE t.unanswered_id = u.id)
            LIMIT ?)
    RETURNING id
"""
ERASE_PAUSES = """
    DELETE FROM pause WHERE chat_id IN (SELECT chat_id FROM pause WHERE until < ? LIMIT ?)
    RETURNING chat_id
"""
ERASE_PROMPTS = """
    DELETE FROM prompt WHERE (chat_id, user_id) IN
        (SELECT chat_id, user_id FROM prompt WHERE expires_at < ? LIMIT ?)
    RETURNING chat_id
"""

# What a suspended chat was to be told is given up with them: who is away so long starts anew.
ERASE_NOTICES = """
    DELETE FROM notice WHERE id IN
        (SELECT id FROM notice WHERE created_at < ? AND (state NOT IN ('waiting', 'held')
            OR chat_id IN (SELECT id FROM chat WHERE state = 'suspended')) LIMIT ?)
    RETURNING id
"""
#: Messages to chats that are not known any more: whoever wanted to be forgotten, once he was told
#: that he is.
ERASE_STRANGERS = """
    DELETE FROM outbox WHERE id IN
        (SELECT id FROM outbox AS mine WHERE state IN ('sent', 'undeliverable', 'cancelled')
            AND created_at < ? AND attachment IS NULL
            AND NOT EXISTS (SELECT 1 FROM chat WHERE chat.id = mine.chat_id)
            AND NOT EXISTS (SELECT 1 FROM outbox AS edit WHERE edit.edits = mine.id)
            AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.outbox_id = mine.id)
            AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.outbox_id = mine.id)
            AND NOT EXISTS (SELECT 1 FROM broadcast WHERE broadcast.report_id = mine.id)
            AND NOT EXISTS (SELECT 1 FROM job WHERE job.outbox_id = mine.id) LIMIT ?)
    RETURNING id
"""
#: The question goes with its answer; this is for a run that ended between the two.
ERASE_WATCHES = """
    DELETE FROM watch WHERE id IN
        (SELECT n.cause_id FROM notice AS n JOIN outbox AS o ON o.id = n.outbox_id
            JOIN watch AS w ON w.id = n.cause_id
            WHERE n.cause = 'watch' AND n.state = 'sent' AND o.state = 'sent' AND o.ended_at < ?
            LIMIT ?)
    RETURNING id
"""
ERASE_DRAFTS = """
    DELETE FROM draft WHERE id IN
        (SELECT id FROM draft WHERE decided_at IS NOT NULL AND decided_at < ? LIMIT ?)
    RETURNING id
"""
ERASE_JOBS = """
    DELETE FROM job WHERE id IN
        (SELECT id FROM job WHERE ended_at IS NOT NULL AND ended_at < ? LIMIT ?)
    RETURNING id
"""

# What an act took away can be brought back as long as a deleted draft can.
ERASE_TAKEN = """
    UPDATE audit SET before = json_remove(before, '$.rows') WHERE id IN
        (SELECT id FROM audit WHERE kind = 'article' AND undoes IS NOT NULL AND at < ?
            AND json_type(before, '$.rows') IS NOT NULL LIMIT ?)
    RETURNING id
"""

RULES = (
    (UPDATE_NUMBERS_KEPT, ERASE_UPDATES),
    (PAYLOADS_KEPT, ERASE_PAYLOADS),
    (timedelta(0), ERASE_WATCHES),  # before the notices that tell
    (ANSWERS_KEPT, ERASE_NOTICES),
    (ANSWERS_KEPT, ERASE_ANSWERS),
    (ANSWERS_KEPT, ERASE_LISTINGS),
    (NONCES_KEPT, ERASE_NONCES),
    (VOTERS_KEPT, ERASE_VOTERS),
    (COUNTED_FOR, ERASE_ASKERS),
    (HIDDEN_KEPT, ERASE_QUESTIONS),
    (timedelta(0), ERASE_SETS),
    (DECIDED_KEPT, ERASE_DRAFTS),
    (DECIDED_KEPT, ERASE_JOBS),
    (DECIDED_KEPT, ERASE_TAKEN),
    (timedelta(0), ERASE_PAUSES),
    (timedelta(0), ERASE_STRANGERS),
    (timedelta(0), ERASE_PROMPTS),
)


#: What Telegram says of an account that its owner deleted; of one who blocked the bot it says
#: something else, and he may come back.
FIND_DELETED = """
    SELECT id FROM chat WHERE state = 'suspended' AND kind = 'private'
        AND reason LIKE '%user is deactivated%' AND suspended_at < ? LIMIT 100
"""


async def erase_deleted(db: Database, at: datetime) -> int:
    """Forget whose accounts were deleted a while before `at`, as by /forget; return how many."""
    erased = 0
    while rows := await db.fetch(FIND_DELETED, (to_micros(at - DELETED_KEPT),)):
        for (user_id,) in rows:
            async with db.write() as connection:
                await erase_person(connection, user_id)
        erased += len(rows)
    return erased


async def erase_old(db: Database, at: datetime) -> int:
    """Erase what is over at `at`; return how many rows were deleted or emptied.

    Numbers of done updates and poison after 7 days, payloads 7 days after their message ended,
    answers, lists, who voted and who was refused after 30 days, questions that were sent a day
    after an editor hid them, permissions a day after their time, pauses and prompts at theirs. Dead
    updates and messages stay until an operator decides. Decided drafts, ended jobs and
    what undoing took away go after 30 days.
    """
    return sum([await _apply(db, sql, at - kept) for kept, sql in RULES])


async def _apply(db: Database, sql: str, before: datetime) -> int:
    erased = 0
    while True:
        async with db.write() as connection:
            rows = await run(connection, sql, (to_micros(before), ROWS_A_TRANSACTION))
        erased += len(rows)
        if len(rows) < ROWS_A_TRANSACTION:
            return erased
