"""What is published is announced: both or neither, and told of in order."""

import pytest

from bot.errors import UserError
from bot.store.announcements import (
    AnnouncementKind,
    end_announcement,
    next_announcement,
    note_progress,
)
from bot.store.database import Database
from bot.store.publishing import add_article, insert_article
from tests.unit.store.samples import HARBOUR, NOON, an_article, paragraphs_of, rows


async def published(db: Database, text: str = HARBOUR) -> int:
    added = await add_article(db, an_article(text), paragraphs_of(text), analysis=1, at=NOON)
    return added.version_id


async def test_an_article_is_announced_once(db: Database) -> None:
    """A text that is there already is nothing new."""
    version_id = await published(db)
    await published(db)
    found = await next_announcement(db)
    assert found is not None
    assert (found.version_id, found.kind, found.is_urgent) == (
        version_id,
        AnnouncementKind.NEW,
        False,
    )
    assert found.created_at == NOON
    assert await rows(db, "SELECT count(*) FROM announcement") == [(1,)]


async def test_what_is_not_published_is_not_announced(db: Database) -> None:
    """They are of one transaction."""
    with pytest.raises(UserError):
        async with db.write() as connection:
            article = an_article()
            await insert_article(connection, article, paragraphs_of(HARBOUR), analysis=1, at=NOON)
            raise UserError("no")
    assert await next_announcement(db) is None


async def test_progress_is_kept_and_the_oldest_comes_first(db: Database) -> None:
    """So that a kill goes on where it was."""
    await published(db)
    await published(db, "Порт закроют.")
    first = await next_announcement(db)
    assert first is not None
    async with db.write() as connection:
        await note_progress(connection, first.id, 3, 7)
    again = await next_announcement(db)
    assert again is not None
    assert (again.id, again.topic_id, again.subscription_id) == (first.id, 3, 7)
    async with db.write() as connection:
        await end_announcement(connection, first.id, NOON)
    second = await next_announcement(db)
    assert second is not None
    assert second.id > first.id
