from datetime import timedelta

from bot.store.database import Database
from bot.store.prompts import PROMPT_LASTS, Prompt, end_prompt, find_prompt, set_prompt
from bot.store.retention import erase_old

from .samples import NOON, rows

PROMPT = Prompt(chat_id=10, user_id=1, kind="edit", subject="5", expires_at=NOON + PROMPT_LASTS)


async def keep(db: Database, prompt: Prompt) -> None:
    async with db.write() as connection:
        await set_prompt(connection, prompt)


async def test_a_prompt_waits_for_one_person_in_one_chat(db: Database) -> None:
    await keep(db, PROMPT)
    assert await find_prompt(db, 10, 1, NOON) == PROMPT
    assert await find_prompt(db, 10, 2, NOON) is None
    assert await find_prompt(db, 11, 1, NOON) is None


async def test_another_prompt_takes_its_place_and_it_can_be_ended(db: Database) -> None:
    later = Prompt(10, 1, "add", "", NOON + PROMPT_LASTS)
    await keep(db, PROMPT)
    await keep(db, later)
    assert await find_prompt(db, 10, 1, NOON) == later
    async with db.write() as connection:
        await end_prompt(connection, 10, 1)
    assert await find_prompt(db, 10, 1, NOON) is None


async def test_it_is_over_with_its_time_and_erased_after(db: Database) -> None:
    await keep(db, PROMPT)
    assert await find_prompt(db, 10, 1, PROMPT.expires_at) is None
    await erase_old(db, NOON)
    assert await rows(db, "SELECT count(*) FROM prompt") == [(1,)]
    await erase_old(db, PROMPT.expires_at + timedelta(seconds=1))
    assert await rows(db, "SELECT count(*) FROM prompt") == [(0,)]
