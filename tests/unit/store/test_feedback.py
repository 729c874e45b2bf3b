from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store.database import Database
from bot.store.feedback import (
    Feedback,
    Kind,
    Reason,
    Tally,
    Vote,
    count_votes,
    list_feedback,
    load_feedback,
    resolve_feedback,
    set_details,
    set_vote,
)
from bot.store.publishing import add_article
from bot.store.retention import erase_old

from .samples import HARBOUR, NOON, an_article, paragraphs_of

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
WRONG = Feedback(Kind.ANSWER, 9, 1, Vote.WRONG, 8, NOON, voter_id=42, verdict="near")


@pytest.fixture(autouse=True)
async def article(db: Database) -> None:
    """Publish an article, whose paragraphs are 1, 2 and 3."""
    await add_article(db, an_article(), paragraphs_of(HARBOUR), analysis=1, at=NOON)


async def vote(db: Database, *votes: Feedback) -> None:
    async with db.write() as connection:
        for each in votes:
            await set_vote(connection, each)


async def add_words(db: Database, words: str) -> bool:
    async with db.write() as connection:
        return await set_details(connection, Kind.ANSWER, 9, 42, words=words)


async def resolve(db: Database, feedback_id: int) -> bool:
    async with db.write() as connection:
        return await resolve_feedback(connection, feedback_id, 7, NOON)


async def test_one_vote_a_person_and_the_last_one_stands(db: Database) -> None:
    await vote(db, WRONG, WRONG, replace(WRONG, voter_id=43))
    assert await count_votes(db, 1) == Tally(helpful=0, wrong=2)
    await vote(db, replace(WRONG, vote=Vote.HELPFUL))
    assert await count_votes(db, 1) == Tally(helpful=1, wrong=1)
    assert len(await list_feedback(db)) == 1


async def test_another_vote_forgets_what_was_written_of_the_first(db: Database) -> None:
    await vote(db, WRONG)
    assert await add_words(db, "не о том")
    await vote(db, WRONG)
    (key,) = await list_feedback(db)
    assert (await load_feedback(db, key)) == replace(WRONG, words="не о том", id=key)
    await vote(db, replace(WRONG, vote=Vote.HELPFUL), WRONG)
    assert (await load_feedback(db, key)) == replace(WRONG, id=key)


async def test_a_reason_needs_a_vote_that_it_explains(db: Database) -> None:
    assert not await add_words(db, "не о том")
    await vote(db, replace(WRONG, vote=Vote.HELPFUL))
    assert not await add_words(db, "не о том")


async def test_details_are_kept_beside_each_other(db: Database) -> None:
    await vote(db, WRONG)
    async with db.write() as connection:
        await set_details(connection, Kind.ANSWER, 9, 42, reason=Reason.OTHER)
        await set_details(connection, Kind.ANSWER, 9, 42, question="где порт")
    await add_words(db, "слова")
    found = await load_feedback(db, 1)
    assert found
    assert (found.reason, found.question, found.words) == (Reason.OTHER, "где порт", "слова")


async def test_paragraphs_that_most_complain_of_come_first(db: Database) -> None:
    await vote(
        db,
        WRONG,
        replace(WRONG, subject_id=10, paragraph_id=2),
        replace(WRONG, subject_id=11, paragraph_id=2),
        replace(WRONG, kind=Kind.QUOTE, paragraph_id=3),
    )
    assert await list_feedback(db) == (2, 3, 1, 4)


async def test_what_is_resolved_waits_no_longer_until_the_vote_changes(db: Database) -> None:
    await vote(db, WRONG)
    assert await resolve(db, 1)
    assert not await resolve(db, 1)
    assert await list_feedback(db) == ()
    await vote(db, WRONG)
    assert await list_feedback(db) == ()
    await vote(db, replace(WRONG, vote=Vote.HELPFUL), WRONG)
    assert await list_feedback(db) == (1,)


async def test_who_voted_is_forgotten_after_thirty_days(db: Database) -> None:
    """What waits for an editor keeps its words; what is resolved loses them."""
    await vote(db, WRONG, replace(WRONG, subject_id=10))
    await add_words(db, "слова")
    await resolve(db, 1)
    assert await erase_old(db, NOON + 30 * DAY) == 0
    assert await erase_old(db, NOON + 30 * DAY + MINUTE) == 2
    assert await erase_old(db, NOON + 30 * DAY + MINUTE) == 0
    assert await load_feedback(db, 1) == replace(WRONG, voter_id=None, id=1)
    assert await load_feedback(db, 2) == replace(WRONG, voter_id=None, subject_id=10, id=2)
