"""kill −9 while followers are told: none is left out, and doubled is at most what was in flight."""

import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery.sender import CONCURRENCY
from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.simulator import Room, Simulator
from bot.store.broadcasts import add_broadcast, start_broadcast
from bot.store.chats import see_chat
from bot.store.database import DATABASE_NAME, Database, open_database, run
from bot.store.followers import Follower, save_follower
from bot.store.outbox import add_messages
from bot.store.subscriptions import add_subscription
from bot.store.topics import add_topic, words_topic
from index.percolation import read_topic
from tests.faults.conftest import Start
from tests.unit.store.samples import a_message

#: Every wait ends as soon as what it waits for is there; this only bounds a failing test.
PATIENCE_S = 60.0

FOLLOWERS = 20


async def prepare(sim: Simulator, data: Path, *, is_broadcast: bool) -> list[Room]:
    """Return the chats of followers of ports, with an article about one, or a broadcast begun."""
    rooms = [
        sim.private_chat(sim.add_user(f"Читатель {number}", language_code="ru"))
        for number in range(FOLLOWERS)
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
    sent = Counter(int(each.params["chat_id"]) for each in sim.journal.requests("sendMessage"))
    return Counter({room.id: sent[room.id] for room in rooms})


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


async def test_a_kill_between_acceptance_and_mark(sim: Simulator, data: Path, start: Start) -> None:
    """Row 8, of a broadcast: none is missing, and doubled is what was in flight."""
    rooms = await prepare(sim, data, is_broadcast=True)
    held = sim.faults.hold_after("sendMessage", times=None)
    killed = await start()
    await held.reached.wait()
    killed.kill()
    await killed.wait()
    held.release()
    await start()
    counts = await told(sim, rooms)
    assert min(counts.values()) == 1
    assert sum(counts.values()) - len(rooms) <= CONCURRENCY
