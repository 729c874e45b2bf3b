"""kill −9 while followers are told: none is left out, and doubled is at most what was in flight."""

import os
import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery.sender import CONCURRENCY
from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.simulator import FloodRules, Room, Simulator
from bot.store.broadcasts import add_broadcast, start_broadcast
from bot.store.chats import see_chat
from bot.store.database import DATABASE_NAME, Database, open_database, run
from bot.store.followers import Follower, save_follower
from bot.store.outbox import add_messages
from bot.store.subscriptions import add_subscription
from bot.store.topics import add_topic, words_topic
from index.percolation import read_topic
from tests.faults.conftest import PATIENCE_S, Kill, Start, sent_to
from tests.unit.store.samples import a_message

FOLLOWERS = 20

#: Followers of the broadcast that is killed three times; `FOLLOWERS=2000` takes as long as it says.
MANY = int(os.environ.get("FOLLOWERS", "120"))


async def prepare(
    sim: Simulator, data: Path, *, is_broadcast: bool, count: int = FOLLOWERS
) -> list[Room]:
    """Return the chats of followers of ports, with an article about one, or a broadcast begun."""
    rooms = [
        sim.private_chat(sim.add_user(f"Читатель {number}", language_code="ru"))
        for number in range(count)
    ]
    for room in rooms:
        await room.send("/start")  # a bot may not write to whoever never opened it
    sim.updates.drop()
    at = datetime.now(UTC)
    async with open_database(data / DATABASE_NAME) as db:
        async with db.write() as connection:
            topic_id = await add_topic(connection, words_topic(read_topic("порт"), "порт"))
            for room in rooms:
                await see_chat(connection, room.id, "private", None, at)
                # It may be night where the test runs.
                await save_follower(connection, Follower(room.id, "UTC", None, None))
                place = (room.id, 0)
                await add_subscription(connection, topic_id, place, room.id, "порт", at)
        if is_broadcast:
            await _broadcast(db, at)
        else:
            draft = make_draft("Порт открыт.", Overrides(title="Новость", day=at.date()))
            await publish(db, draft, at=datetime.now(UTC))
    return rooms


async def _broadcast(db: Database, at: datetime) -> None:
    async with db.write() as connection:
        (report,) = await add_messages(connection, "r", [a_message(1)], at)
        await run(connection, "UPDATE outbox SET state = 'cancelled' WHERE id = ?", (report,))
        key = await add_broadcast(connection, 1, "Завтра профилактика.", at)
        await start_broadcast(connection, key, report, 1, at)


async def told(sim: Simulator, rooms: list[Room]) -> Counter[int]:
    """Return how many messages each chat has, once each has one."""
    for room in rooms:
        await room.reply(timeout_s=PATIENCE_S)
    return sent_to(sim, rooms)


@pytest.mark.parametrize(
    "place",
    [
        *("expand.before_commit", "expand.after_commit"),
        *("notify.before_commit", "notify.after_commit"),
    ],
)
async def test_a_kill_while_an_article_is_told(
    sim: Simulator, data: Path, start: Start, place: str
) -> None:
    """Row 7, fan-out: another run goes on where it was; exactly one each."""
    rooms = await prepare(sim, data, is_broadcast=False)
    assert await (await start(FAIL_AT=place)).wait() == -signal.SIGKILL
    await start()
    assert set((await told(sim, rooms)).values()) == {1}


@pytest.mark.parametrize("place", ["broadcast.before_commit", "broadcast.after_commit"])
async def test_a_kill_while_a_broadcast_is_made(
    sim: Simulator, data: Path, start: Start, place: str
) -> None:
    """Exactly one each."""
    rooms = await prepare(sim, data, is_broadcast=True)
    assert await (await start(FAIL_AT=place)).wait() == -signal.SIGKILL
    await start()
    assert set((await told(sim, rooms)).values()) == {1}


@pytest.mark.parametrize("after", [0, 7])
async def test_a_kill_between_acceptance_and_mark(
    sim: Simulator, data: Path, killed_in_a_send: Kill, after: int
) -> None:
    """Row 8, of a broadcast: none is missing, and doubled is what was in flight."""
    rooms = await prepare(sim, data, is_broadcast=True)
    await killed_in_a_send(is_applied=True, after=after)
    counts = await told(sim, rooms)
    assert min(counts.values()) == 1
    assert sum(counts.values()) - len(rooms) <= CONCURRENCY


async def test_a_broadcast_under_telegrams_limits_survives_three_kills(
    sim: Simulator, data: Path, start: Start, killed_in_a_send: Kill
) -> None:
    """While its notices, its messages and its sends are made: none is missing, none was refused."""
    sim.flood.rules = FloodRules()
    rooms = await prepare(sim, data, is_broadcast=True, count=MANY)
    for place in ("broadcast.before_commit", "notify.after_commit:2"):
        assert await (await start(FAIL_AT=place)).wait() == -signal.SIGKILL
    await killed_in_a_send(is_applied=True, after=MANY // 3)
    counts = await told(sim, rooms)
    assert min(counts.values()) == 1
    assert sum(counts.values()) - len(rooms) <= 2 * CONCURRENCY  # two of the runs were sending
    assert [each for each in sim.journal.requests("sendMessage") if each.code == 429] == []
