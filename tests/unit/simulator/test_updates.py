"""The queue of updates: what counts as received, and what is lost."""

import asyncio

import pytest

from bot.simulator.clock import ManualClock
from bot.simulator.errors import ApiError
from bot.simulator.updates import Lifetimes, UpdateQueue


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def queue(clock: ManualClock) -> UpdateQueue:
    return UpdateQueue(clock, Lifetimes())


def fill(queue: UpdateQueue, count: int) -> list[int]:
    numbers = [queue.add("message", {"text": str(number)}) for number in range(count)]
    return [number for number in numbers if number is not None]


async def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[int]:
    return [update["update_id"] for update in await queue.poll(offset, limit, 0)]


async def test_updates_come_again_until_a_higher_offset_confirms_them(queue: UpdateQueue) -> None:
    first, second, third = fill(queue, 3)
    assert await ids(queue) == [first, second, third]
    assert await ids(queue) == [first, second, third]
    assert await ids(queue, offset=first, limit=2) == [first, second]
    assert await ids(queue, offset=third) == [third]
    assert await ids(queue) == [third]
    assert queue.confirmed == 2


async def test_a_negative_offset_forgets_all_but_the_last(queue: UpdateQueue) -> None:
    numbers = fill(queue, 5)
    assert await ids(queue, offset=-2) == numbers[-2:]
    assert await ids(queue) == numbers[-2:]


async def test_a_long_poll_ends_with_the_first_update(queue: UpdateQueue) -> None:
    polling = asyncio.create_task(queue.poll(0, 100, 50))
    await asyncio.sleep(0)
    assert not polling.done()
    (number,) = fill(queue, 1)
    assert (await polling)[0]["update_id"] == number


async def test_a_second_poll_ends_the_first(queue: UpdateQueue) -> None:
    first = asyncio.create_task(queue.poll(0, 100, 50))
    await asyncio.sleep(0)
    assert await queue.poll(0, 100, 0) == []
    with pytest.raises(ApiError, match="terminated by other getUpdates request") as refusal:
        await first
    assert refusal.value.code == 409


@pytest.mark.parametrize(
    ("kind", "life_s"),
    [
        ("message", 86_400),
        ("my_chat_member", 86_400),
        ("callback_query", 150),
        ("inline_query", 30),
        ("chosen_inline_result", 600),
    ],
)
async def test_updates_expire(
    queue: UpdateQueue, clock: ManualClock, kind: str, life_s: float
) -> None:
    queue.add(kind, {})
    clock.advance(life_s - 1)
    assert len(await ids(queue)) == 1
    clock.advance(1)
    assert await ids(queue) == []
    assert [expired.kind for expired in queue.expired] == [kind]


async def test_kinds_that_nobody_asked_for_are_not_queued(queue: UpdateQueue) -> None:
    assert queue.add("chat_member", {}) is None
    queue.allowed = frozenset({"chat_member"})
    assert queue.add("message", {}) is None
    assert queue.add("chat_member", {}) is not None


async def test_mischief_repeats_shuffles_and_forgets(queue: UpdateQueue) -> None:
    numbers = fill(queue, 8)
    queue.mischief.duplicate = 1
    assert await ids(queue) == [n for n in numbers for _ in range(2)]
    queue.mischief.shuffle = 1
    shuffled = await ids(queue)
    assert shuffled != numbers
    assert sorted(shuffled) == numbers
    queue.mischief.forget_offset = 1
    assert await ids(queue, offset=numbers[-1] + 1) == numbers
    assert await ids(queue, offset=numbers[-1] + 1) == []


async def test_a_malformed_update_stays_until_confirmed(queue: UpdateQueue) -> None:
    number = queue.add_malformed({"message": {"text": "no date"}})
    for _ in range(2):
        assert await queue.poll(0, 100, 0) == [
            {"update_id": number, "message": {"text": "no date"}}
        ]
    assert await ids(queue, offset=number + 1) == []
