from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.store.database import Database
from bot.store.nonces import Nonce, add_nonce, mint_token, use_nonce

from .samples import NOON

MINUTE = timedelta(minutes=1)
WITHDRAW = Nonce("token", "withdraw", "17", NOON + 5 * MINUTE, user_id=1, chat_id=10)
ANYBODYS = replace(WITHDRAW, user_id=None, chat_id=None)


async def keep(db: Database, nonce: Nonce) -> None:
    async with db.write() as connection:
        await add_nonce(connection, nonce)


async def use(
    db: Database,
    token: str = WITHDRAW.token,
    action: str = "withdraw",
    *,
    user_id: int = 1,
    chat_id: int = 10,
    after: timedelta = MINUTE,
) -> str:
    async with db.write() as connection:
        return await use_nonce(
            connection, token, action, user_id=user_id, chat_id=chat_id, at=NOON + after
        )


async def test_a_permission_tells_what_it_is_about_and_acts_once(db: Database) -> None:
    await keep(db, WITHDRAW)
    assert await use(db) == "17"
    with pytest.raises(UserError, match="out of date"):
        await use(db)


async def test_it_ends_at_its_moment(db: Database) -> None:
    await keep(db, WITHDRAW)
    with pytest.raises(UserError, match="out of date"):
        await use(db, after=5 * MINUTE)
    assert await use(db, after=5 * MINUTE - timedelta(microseconds=1)) == "17"


@pytest.mark.parametrize("other", [{"user_id": 2}, {"chat_id": 11}])
async def test_anothers_attempt_is_refused_and_spoils_nothing(
    db: Database, other: dict[str, int]
) -> None:
    await keep(db, WITHDRAW)
    with pytest.raises(UserError, match="someone else"):
        await use(db, **other)
    assert await use(db) == "17"


async def test_a_permission_of_nobody_in_particular_is_anybodys(db: Database) -> None:
    await keep(db, ANYBODYS)
    assert await use(db, user_id=99, chat_id=98) == "17"
    with pytest.raises(UserError, match="out of date"):
        await use(db, user_id=99, chat_id=98)


@pytest.mark.parametrize("wrong", [{"token": "other"}, {"action": "erase"}])
async def test_unknown_tokens_and_other_acts_are_refused(
    db: Database, wrong: dict[str, str]
) -> None:
    await keep(db, WITHDRAW)
    with pytest.raises(UserError, match="out of date"):
        await use(db, **wrong)


async def test_an_act_that_fails_leaves_the_permission_unused(db: Database) -> None:
    await keep(db, WITHDRAW)
    with pytest.raises(LookupError):
        async with db.write() as connection:
            await use_nonce(connection, "token", "withdraw", user_id=1, chat_id=10, at=NOON)
            raise LookupError
    assert await use(db) == "17"


def test_tokens_differ_and_fit_links_and_buttons() -> None:
    tokens = {mint_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(
        len(token) == 16 and token.replace("-", "a").replace("_", "a").isalnum() for token in tokens
    )
