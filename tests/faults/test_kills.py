"""kill −9 at the worst moments: nothing is lost, and doubled is at most what was in flight."""

import asyncio
import signal
from collections import Counter
from pathlib import Path

import pytest

from bot.app import HEARTBEAT_NAME
from bot.delivery.sender import CONCURRENCY
from bot.simulator import Room, Simulator
from bot.store.database import DATABASE_NAME, open_database
from bot.store.inbox import count_waiting
from tests.faults.conftest import PATIENCE_S, Kill, Start, sent_to


@pytest.mark.parametrize(
    "place",
    [
        *("inbox.before_commit", "inbox.after_commit"),
        *("worker.before_commit", "worker.after_commit"),
        *("sender.before_mark", "sender.after_mark"),
    ],
)
async def test_a_kill_at_each_step_of_the_road(sim: Simulator, start: Start, place: str) -> None:
    """The question is answered after a restart: once, or twice when the answer was in flight."""
    chat = sim.private_chat(sim.add_user("Анна", language_code="ru"))
    killed = await start(FAIL_AT=place)
    await chat.send("глубина причала")
    assert await killed.wait() == -signal.SIGKILL
    await start()
    await chat.send("/cancel")
    answers = 0
    while not (reply := await chat.reply(timeout_s=PATIENCE_S)).text.startswith("Отменять"):
        assert "15 метров" in reply.text
        answers += 1
    assert answers == (2 if place == "sender.before_mark" else 1)


async def test_an_update_that_ends_each_run_is_given_up(sim: Simulator, start: Start) -> None:
    """After three runs that it ended its chat goes on, and its sender is told."""
    chat = sim.private_chat(sim.add_user("Анна", language_code="ru"))
    other = sim.private_chat(sim.add_user("Борис", language_code="ru"))
    await chat.send("глубина причала")
    await other.send("глубина причала")
    assert await (await start(FAIL_AT="worker.before_commit")).wait() == -signal.SIGKILL
    for _ in range(3):
        assert await (await start(FAIL_AT="worker.suspect")).wait() == -signal.SIGKILL
    await start()
    assert (await chat.reply(timeout_s=PATIENCE_S)).text.startswith("Не получилось")
    assert "15 метров" in (await other.reply(timeout_s=PATIENCE_S)).text
    await chat.send("глубина причала")
    assert "15 метров" in (await chat.reply(timeout_s=PATIENCE_S)).text


async def test_a_kill_between_acceptance_and_answer(sim: Simulator, killed_in_a_send: Kill) -> None:
    """Row 8: Telegram has them, we do not know it: at most those in flight come twice."""
    rooms = await asked(sim, 30)
    await killed_in_a_send(is_applied=True)
    counts = await answered(sim, rooms)
    assert min(counts.values()) == 1
    assert sum(counts.values()) - len(rooms) <= CONCURRENCY


async def test_a_kill_before_the_send_is_applied(sim: Simulator, killed_in_a_send: Kill) -> None:
    """Row 9: nothing is lost, and nothing comes twice."""
    rooms = await asked(sim, 30)
    await killed_in_a_send(is_applied=False)
    assert set((await answered(sim, rooms)).values()) == {1}


async def asked(sim: Simulator, count: int) -> list[Room]:
    """Return private chats in which a question waits."""
    people = [sim.add_user(f"Анна {number}", language_code="ru") for number in range(count)]
    rooms = [sim.private_chat(person) for person in people]
    for room in rooms:
        await room.send("глубина причала")
    return rooms


async def answered(sim: Simulator, rooms: list[Room]) -> Counter[int]:
    """Return how many answers each chat has, once all that were asked for have come."""
    for room in rooms:
        await room.send("/cancel")  # answered after all that was asked before
    for room in rooms:
        while not (await room.reply(timeout_s=PATIENCE_S)).text.startswith("Отменять"):
            pass
    return Counter(
        {room.id: sum("15 метров" in message.text for message in room.messages()) for room in rooms}
    )


async def test_a_kill_in_a_burst(sim: Simulator, start: Start) -> None:
    """300 questions, a kill among them: each is answered, few of them twice."""
    people = [sim.add_user(f"Анна {number}", language_code="ru") for number in range(100)]
    rooms = [sim.private_chat(person) for person in people]
    for room in [*rooms, *rooms, *rooms]:
        await room.send("глубина причала")
    killed = await start(FAIL_AT="sender.after_mark:40")
    assert await asyncio.wait_for(killed.wait(), PATIENCE_S) == -signal.SIGKILL
    await start()
    for room in rooms:  # one more each, which comes after all the others of its chat
        await room.send("/cancel")
    for room in rooms:
        while not (await room.reply(timeout_s=PATIENCE_S)).text.startswith("Отменять"):
            pass
    counts = sent_to(sim, rooms)
    assert min(counts.values()) >= 4
    assert sum(counts.values()) - 400 <= CONCURRENCY


async def test_a_stop_under_load_ends_well(sim: Simulator, start: Start) -> None:
    """SIGTERM: exit 0 within ten seconds; what waits is answered by the next run."""
    room = sim.private_chat(sim.add_user("Анна", language_code="ru"))
    for _ in range(6):
        await room.send("глубина причала")
    process = await start()
    await room.reply(timeout_s=PATIENCE_S)
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
    await start()
    for _ in range(5):
        assert "15 метров" in (await room.reply(timeout_s=PATIENCE_S)).text


async def test_a_start_without_network_waits_for_it(
    sim: Simulator, start: Start, data: Path
) -> None:
    """Alive by its heartbeat; and it ends well when it is told to stop meanwhile."""
    room = sim.private_chat(sim.add_user("Анна", language_code="ru"))
    await sim.go_down()
    waiting = await start()
    assert waiting.stderr
    refused = 0
    while refused < 2:
        said = await asyncio.wait_for(waiting.stderr.readline(), PATIENCE_S)
        assert said
        refused += b"cannot be reached" in said
    assert (data / HEARTBEAT_NAME).exists()
    waiting.terminate()
    assert await asyncio.wait_for(waiting.wait(), 10) == 0
    await start()
    await sim.come_up()
    await room.send("глубина причала")
    assert "15 метров" in (await room.reply(timeout_s=PATIENCE_S)).text


async def test_an_unknown_token_is_refused_at_once(sim: Simulator, start: Start) -> None:
    """In words: waiting would not make it known."""
    process = await start(PARAGRAF_TOKEN=f"1:{'x' * 35}")
    _, said = await process.communicate()
    assert process.returncode == 1
    assert "BotFather" in said.decode()
    assert "Traceback" not in said.decode()


async def test_the_second_bot_on_the_same_data_refuses(sim: Simulator, start: Start) -> None:
    """At once, and says why."""
    await start()
    await sim.asked("getUpdates", timeout_s=PATIENCE_S)
    second = await start()
    _, said = await second.communicate()
    assert second.returncode == 1
    assert said.decode().strip()
    assert "Traceback" not in said.decode()


async def test_the_token_is_in_no_line_of_the_log(sim: Simulator, start: Start) -> None:
    """Nor what people wrote, whatever happens."""
    room = sim.private_chat(sim.add_user("Анна", language_code="ru"))
    sim.faults.status("sendMessage", 502)
    process = await start(PARAGRAF_LOG_LEVEL="debug")
    await room.send("глубина причала")
    await room.reply(timeout_s=PATIENCE_S)
    process.terminate()
    said = b"".join(await process.communicate()).decode()
    assert sim.token not in said
    assert "причал" not in said.lower()


async def test_repeats_and_broken_updates(sim: Simulator, start: Start, data: Path) -> None:
    """A repeat is dropped by its number, a broken update buried, the next one answered."""
    room = sim.private_chat(sim.add_user("Анна", language_code="ru"))
    sim.updates.mischief.duplicate = 3
    sim.updates.add_malformed({"message": {"message_id": 1}})
    await room.send("глубина причала")
    process = await start()
    await room.reply(timeout_s=PATIENCE_S)
    await room.send("/cancel")
    await room.reply(timeout_s=PATIENCE_S)
    process.terminate()
    await process.communicate()
    assert sent_to(sim, [room])[room.id] == 2
    async with open_database(data / DATABASE_NAME) as db:
        assert await count_waiting(db, sim.state.world.bot.id) == 0
