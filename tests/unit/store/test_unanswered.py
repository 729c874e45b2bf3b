from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.store.database import Database
from bot.store.retention import erase_old
from bot.store.salts import read_salt
from bot.store.unanswered import (
    MOST_TEXTS,
    Refused,
    Unanswered,
    count_refusal,
    forget_asker,
    hide_unanswered,
    list_unanswered,
    send_question,
)

from .samples import NOON, rows

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SALT = b"a secret"
COTTON = Refused(("хлопок", "урожай"), 1, NOON)


async def count(db: Database, *refusals: Refused) -> None:
    async with db.write() as connection:
        for each in refusals:
            await count_refusal(connection, each, SALT)


async def send(db: Database, refused: Refused, text: str) -> None:
    async with db.write() as connection:
        await send_question(connection, refused, text, SALT)


async def hide(db: Database, key: int) -> None:
    async with db.write() as connection:
        await hide_unanswered(connection, key, 7, NOON)


async def test_a_set_is_shown_from_three_askers_up(db: Database) -> None:
    """Who asks twice counts once; the order of words makes no other set."""
    await count(db, COTTON, COTTON, replace(COTTON, asker_id=2))
    assert await list_unanswered(db, NOON) == []
    await count(db, Refused(("урожай", "хлопок"), 3, NOON))
    assert await list_unanswered(db, NOON) == [Unanswered(1, ("урожай", "хлопок"), 3, ())]


async def test_no_id_is_in_the_tables(db: Database) -> None:
    """And the hash of an asker is another one in each set, and under another salt."""
    await count(db, replace(COTTON, asker_id=123456789), Refused(("дом",), 123456789, NOON))
    async with db.write() as connection:
        await count_refusal(connection, replace(COTTON, asker_id=123456789), b"another secret")
    hashes = await rows(db, "SELECT asker FROM unanswered_asker")
    assert len(set(hashes)) == 3
    assert all("123456789" not in str(each) for each in hashes)


async def test_a_sent_question_is_shown_at_once_and_first(db: Database) -> None:
    """Its text is kept, the same one once, and few of one set."""
    await count(db, *(replace(COTTON, asker_id=n) for n in range(5)))
    water = Refused(("вода",), 9, NOON)
    await send(db, water, "где вода?")
    await send(db, replace(water, asker_id=8), "где вода?")
    first, second = await list_unanswered(db, NOON)
    assert (first.lemmas, first.texts, first.askers) == (("вода",), ("где вода?",), 2)
    assert (second.askers, second.texts) == (5, ())
    for number in range(2 * MOST_TEXTS):
        await send(db, water, f"где вода {number}?")
    assert len((await list_unanswered(db, NOON))[0].texts) == MOST_TEXTS


async def test_what_is_hidden_stays_hidden_until_somebody_sends_it(db: Database) -> None:
    await count(db, *(replace(COTTON, asker_id=n) for n in range(3)))
    await hide(db, 1)
    await count(db, replace(COTTON, asker_id=4))
    assert await list_unanswered(db, NOON) == []
    await send(db, COTTON, "где хлопок?")
    assert [each.id for each in await list_unanswered(db, NOON)] == [1]


async def test_askers_count_for_thirty_days(db: Database) -> None:
    """Then nothing is left of a set that nobody sent."""
    await count(db, *(replace(COTTON, asker_id=n) for n in range(3)))
    late = NOON + 30 * DAY + MINUTE
    assert await list_unanswered(db, late) == []
    assert await erase_old(db, late) == 4
    assert await rows(db, "SELECT * FROM unanswered") == []


async def test_a_sent_question_waits_until_it_is_hidden(db: Database) -> None:
    """And goes a day later, when the hiding can be taken back no more."""
    await send(db, COTTON, "где хлопок?")
    late = NOON + 365 * DAY
    await erase_old(db, late)
    assert [each.texts for each in await list_unanswered(db, late)] == [("где хлопок?",)]
    await hide(db, 1)
    await erase_old(db, NOON + DAY + MINUTE)
    assert await rows(db, "SELECT * FROM unanswered_text") == []


async def test_a_person_is_counted_no_more_when_he_asks(db: Database) -> None:
    """In every set; others are."""
    await count(
        db, COTTON, Refused(("дом",), 1, NOON), *(replace(COTTON, asker_id=n) for n in (2, 3))
    )
    async with db.write() as connection:
        assert await forget_asker(connection, 1, SALT) == 2
        assert await forget_asker(connection, 1, SALT) == 0
    assert await rows(db, "SELECT count(*) FROM unanswered_asker") == [(2,)]


def test_the_salt_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    """A damaged one is made anew: those counted before count again."""
    salt = read_salt(tmp_path)
    assert len(salt) == 32
    assert read_salt(tmp_path) == salt
    assert (tmp_path / "salt").stat().st_mode & 0o777 == 0o600
    (tmp_path / "salt").write_bytes(b"")
    assert read_salt(tmp_path) not in {salt, b""}
