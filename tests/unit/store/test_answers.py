import pytest

from bot.errors import UserError
from bot.store.answers import (
    ID_BITS,
    Shown,
    StoredAnswer,
    add_answer,
    get_answer,
    mint_answer_id,
)
from bot.store.database import Database
from index.types import Span

from .samples import NOON

ANSWER = StoredAnswer(
    id=2**53,
    chat_id=-100,
    asker_id=1,
    passages=(Shown(7, Span(0, 20), 12.5), Shown(9, Span(3, 8), 0.1 + 0.2)),
    index_version=8,
    verdict="answer",
    created_at=NOON,
)


async def test_an_answer_comes_back_as_it_was_kept(db: Database) -> None:
    async with db.write() as connection:
        await add_answer(connection, ANSWER)
    assert await get_answer(db, ANSWER.id) == ANSWER


async def test_one_that_is_not_kept_makes_its_button_stale(db: Database) -> None:
    with pytest.raises(UserError, match="out of date"):
        await get_answer(db, 404)


def test_fresh_ids_differ_and_are_exact_everywhere() -> None:
    ids = {mint_answer_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(0 < key <= 2**ID_BITS for key in ids)
