"""Erasing an article for ever, as the law may ask for: whatever was its text, or came of it.

Its row, those of its versions and paragraphs stay, empty: links to them say what became of it, and
an audit row tells who did it. Backups forget it as they age.
"""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.article_states import get_article_state
from bot.store.audit import Kind, note_act
from bot.store.changes import ChangeOp, add_change
from bot.store.database import run
from bot.store.draft_states import forget_acts
from bot.store.hanging import delete_hanging, delete_persons
from bot.store.hashes import hash_text
from bot.store.moments import to_micros
from bot.store.tables import (
    article,
    article_version,
    golden_paragraph,
    golden_question,
    paragraph,
)

#: Rows that stay, without words.
_KEPT = {"article", "article_version", "paragraph", "announcement"}

#: Messages that have ended, all of them: names and titles stand in lists that cite nothing, and
#: what was sent is kept only for looking into a complaint.
_FORGET_SENT = """
    UPDATE outbox SET payload = NULL, plain = NULL, cites = '[]'
    WHERE payload IS NOT NULL AND ended_at IS NOT NULL
        AND state IN ('sent', 'undeliverable', 'cancelled', 'dead')
"""


#: Texts as they were sent: drafts of the same words, whoever kept them, and work that is done.
_FORGET_DRAFTS = """
    DELETE FROM draft WHERE text IN (SELECT text FROM article_version WHERE article_id = ?)
        RETURNING id
"""
_FORGET_MADE = """
    UPDATE audit SET before = json_remove(before, '$.made')
        WHERE kind = 'article' AND subject = CAST(? AS TEXT)
"""
#: All that undoing took away and keeps packed: it may be of the same words. Its drafts stay.
_FORGET_TAKEN = """
    UPDATE audit SET before = json_remove(before, '$.rows')
        WHERE kind = 'article' AND json_type(before, '$.rows') IS NOT NULL
"""
_FORGET_REMARKS = """
    DELETE FROM feedback WHERE paragraph_id IN (SELECT p.id FROM paragraph AS p
        JOIN article_version AS v ON v.id = p.version_id WHERE v.article_id = ?)
"""
_FORGET_WORK = "UPDATE job SET payload = '{}' WHERE ended_at IS NOT NULL"


async def erase_article(
    connection: AsyncConnection, article_id: int, *, by: int | None, at: datetime
) -> int:
    """Erase an article as part of a transaction; return the number of the change.

    Raises: UserError if there is none, or it is erased already.
    """
    before = await get_article_state(connection, str(article_id))
    if before is None:
        raise UserError("There is no article {id}.", id=article_id)
    if before.get("is_erased"):
        raise UserError("Article {id} is erased already.", id=article_id)
    # Else what is deleted stays readable in the file until its page is used again.
    await run(connection, "PRAGMA secure_delete = ON")
    try:
        await _erase(connection, article_id, at)
    finally:
        await run(connection, "PRAGMA secure_delete = OFF")
    after = await get_article_state(connection, str(article_id))
    await note_act(connection, Kind.ARTICLE, article_id, before, after, by=by, at=at)
    return await add_change(connection, article_id, ChangeOp.REMOVE, at)


async def _erase(connection: AsyncConnection, article_id: int, at: datetime) -> None:
    """Take out whatever holds words of the article, and mark it."""
    await run(connection, _FORGET_SENT)
    forgotten = await run(connection, _FORGET_DRAFTS, (article_id,))
    await forget_acts(connection, [draft_id for (draft_id,) in forgotten])
    await run(connection, _FORGET_MADE, (article_id,))
    await run(connection, _FORGET_TAKEN)
    await run(connection, _FORGET_WORK)
    await _delete_golden(connection, article_id)
    await run(connection, _FORGET_REMARKS, (article_id,))
    named = await _list_persons(connection, article_id)
    await delete_hanging(connection, article, article_id, _KEPT)
    await delete_persons(connection, named)
    await _empty(connection, article_id)
    moment = to_micros(at)
    await run(
        connection,
        "UPDATE article SET erased_at = ?, withdrawn_at = coalesce(withdrawn_at, ?) WHERE id = ?",
        (moment, moment, article_id),
    )


async def _delete_golden(connection: AsyncConnection, article_id: int) -> None:
    """Delete the golden questions that only this article answers: their words are about it."""
    expecting = select(golden_paragraph.c.question_id).where(
        golden_paragraph.c.article_id == article_id
    )
    asked = (await connection.scalars(expecting.distinct())).all()
    await connection.execute(
        delete(golden_paragraph).where(golden_paragraph.c.article_id == article_id)
    )
    still = exists().where(golden_paragraph.c.question_id == golden_question.c.id)
    await connection.execute(delete(golden_question).where(golden_question.c.id.in_(asked), ~still))


async def _list_persons(connection: AsyncConnection, article_id: int) -> list[int]:
    """Return the persons that the article names, for certain or perhaps."""
    rows = await run(
        connection,
        "SELECT n.person_id FROM version_person AS n JOIN article_version AS v"
        " ON v.id = n.version_id WHERE v.article_id = ?"
        " UNION SELECT q.person_id FROM quote AS q JOIN article_version AS v"
        " ON v.id = q.version_id WHERE v.article_id = ? AND q.person_id IS NOT NULL"
        " UNION SELECT k.id FROM paragraph_person AS m JOIN paragraph AS p ON p.id = m.paragraph_id"
        " JOIN article_version AS v ON v.id = p.version_id"
        " LEFT JOIN person_alias AS a ON a.name = m.name"
        " JOIN person AS k ON k.name = m.name OR k.id = a.person_id WHERE v.article_id = ?",
        (article_id, article_id, article_id),
    )
    return [person_id for (person_id,) in rows]


async def _empty(connection: AsyncConnection, article_id: int) -> None:
    """Take the words out of the versions and paragraphs."""
    versions = select(article_version.c.id).where(article_version.c.article_id == article_id)
    await connection.execute(
        update(paragraph)
        .where(paragraph.c.version_id.in_(versions))
        .values(start=0, stop=0, terms="")
    )
    await connection.execute(
        update(article_version)
        .where(article_version.c.article_id == article_id)
        .values(title="", text="", sha256=hash_text(""), url=None, source=None)
    )
