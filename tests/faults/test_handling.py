"""The workers when a handler, a write or the disk fails: each update comes to an end, in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.errors import UserError
from bot.intake.handling import Handling
from bot.intake.workers import Workers
from bot.locales import Locale, get_locale
from bot.replies.outcome import Body, Outcome, Send, Target, Toast
from bot.simulator import BOT_ID, Simulator
from bot.store.chats import get_chat, see_chat
from bot.store.database import Database, Transaction, open_database
from bot.store.inbox import count_waiting
from bot.store.outbox import Prio
from bot.store.roles import Role, set_role
from index.types import Language
from tests.faults.roads import PATIENCE_S, limit_pages, rows, take_updates, texts_sent
from tests.unit.store.samples import NOON
from tests.unit.store.test_database import hold_write_lock

OWNER_ID = 77

Handle = Callable[[Update], Awaitable[Outcome]]


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "paragraf.db") as database:
        async with database.write() as connection:
            await set_role(connection, OWNER_ID, Role.OWNER, NOON, None)
        yield database


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    async with Bot(sim.token, base_url=f"{sim.api_url}/bot") as client:
        yield client


class Office:
    """Workers with one handler. `run_until_idle` handles all that is stored."""

    def __init__(self, db: Database, bot: Bot, handle: Handle, **changes: float) -> None:
        self.db, self.bot = db, bot
        self.handle, self.changes = handle, changes
        self.now = NOON
        self.index_changes = 0
        self.order: list[str] = []

    async def run_until_idle(self) -> None:
        """Return when nothing waits any more."""
        workers = self._workers()
        running = asyncio.create_task(workers.run())
        async with asyncio.timeout(PATIENCE_S):
            while await count_waiting(self.db, BOT_ID):  # noqa: ASYNC110 - a row rings no bell
                await asyncio.sleep(0)
            workers.stop()
            await running

    def _workers(self) -> Workers:
        values: dict[str, Any] = {"retry_s": 0.0, "store_retry_s": 0.0, **self.changes}
        whose = {"store_retry_s", "last_of_backlog"}
        handling = Handling(
            self.db,
            self.bot,
            handle=self.handle,
            find_locale=self._locale,
            note=self._note,
            on_index_change=self._on_index_change,
            on_role_change=self._on_role_change,
            on_outcome=lambda: self.order.append("send"),
            now=lambda: self.now,
            **{name: value for name, value in values.items() if name not in whose},
        )
        ours = {name: value for name, value in values.items() if name in whose}
        return Workers(self.db, self.bot.id, handling, **ours)

    async def _locale(self, _update: Update) -> Locale:
        return get_locale(Language.RU)

    async def _note(self, update: Update, connection: Transaction) -> None:
        if update.effective_chat:
            chat = update.effective_chat
            await see_chat(connection, chat.id, chat.type, None, self.now)

    async def _on_role_change(self, user_id: int) -> None:
        self.order.append(f"menu {user_id}")

    async def _on_index_change(self) -> None:
        self.index_changes += 1
        self.order.append("index")


def told(update: Update) -> Outcome:
    """Return an outcome that repeats the question."""
    message = update.effective_message
    assert message is not None
    return Outcome(out=(Send(Target(message.chat.id), Body(message.text or "")),))


async def states(db: Database) -> list[tuple[object, object]]:
    found = await rows(db, "SELECT state, attempts FROM inbox ORDER BY id")
    return [(state, attempts) for state, attempts in found]


async def test_a_handler_that_always_raises(sim: Simulator, db: Database, bot: Bot) -> None:
    """Row 4: three attempts, dead, the reader told once, the owner too, the chat goes on."""
    chat = sim.private_chat(sim.add_user("Анна"))
    calls: list[str | None] = []

    async def handle(update: Update) -> Outcome:
        assert update.message
        calls.append(update.message.text)
        if update.message.text == "плохой":
            raise RuntimeError("boom")
        return told(update)

    await chat.send("плохой")
    await chat.send("хороший")
    await take_updates(sim, db)
    await Office(db, bot, handle).run_until_idle()
    assert calls == ["плохой", "плохой", "плохой", "хороший"]
    assert await states(db) == [("dead", 3), ("done", 0)]
    sent = await rows(db, "SELECT chat_id, prio FROM outbox ORDER BY id")
    assert sorted(sent) == sorted(
        [(chat.id, Prio.REPLY), (OWNER_ID, Prio.ADMIN), (chat.id, Prio.REPLY)]
    )
    to_chat = [text for text in await texts_sent(db) if "Попробуйте" in text or text == "хороший"]
    assert len(to_chat) == 2
    assert to_chat[1] == "хороший"
    ((error,),) = await rows(db, "SELECT error FROM inbox WHERE state = 'dead'")
    code = str(error).split()[0]
    assert f"код {code}" in to_chat[0]
    assert "boom" not in " ".join(to_chat)


async def test_a_pressed_button_is_answered_even_when_its_handler_fails(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """Or it would spin for as long as it lives."""
    anna = sim.add_user("Анна")
    await anna.chat.send("/start")
    button = InlineKeyboardButton("Ещё", callback_data="more:1")
    await bot.send_message(anna.id, "Вот", reply_markup=InlineKeyboardMarkup([[button]]))
    message = await anna.chat.reply()
    await take_updates(sim, db)
    pressing = asyncio.create_task(anna.chat.press(message, "Ещё"))
    await take_updates(sim, db)

    async def handle(update: Update) -> Outcome:
        if update.callback_query:
            raise RuntimeError("boom")
        return Outcome()

    await Office(db, bot, handle).run_until_idle()
    toast = await pressing
    assert toast.is_alert
    assert "код" in toast.text
    assert sim.unanswered() == []


async def test_a_write_that_refuses_undoes_all_and_is_the_reply(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """Neither its effects nor its messages are there; what the update tells of its chat is."""
    chat = sim.private_chat(sim.add_user("Анна"))

    async def handle(update: Update) -> Outcome:
        async def write(connection: Transaction) -> None:
            await set_role(connection, chat.id, Role.EDITOR, NOON, None)
            raise UserError("This button is for someone else.")

        return Outcome(told(update).out, write=write, changes_index=True)

    await chat.send("вопрос")
    await take_updates(sim, db)
    office = Office(db, bot, handle)
    await office.run_until_idle()
    assert await texts_sent(db) == [
        get_locale(Language.RU).text("This button is for someone else.")
    ]
    assert await rows(db, "SELECT user_id FROM role") == [(OWNER_ID,)]
    assert await states(db) == [("done", 0)]
    assert await get_chat(db, chat.id) is not None
    assert office.index_changes == 0


async def test_chats_do_not_wait_for_each_other_and_never_overtake_themselves(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """Row 6: the first handlers of both chats must meet; those of a chat run one by one."""
    rooms = [sim.private_chat(sim.add_user(name)) for name in ("Анна", "Борис")]
    meeting = asyncio.Barrier(2)
    running: set[int] = set()
    order: list[tuple[int, str | None]] = []

    async def handle(update: Update) -> Outcome:
        assert update.message
        chat_id = update.message.chat.id
        assert chat_id not in running
        running.add(chat_id)
        if update.message.text == "1":
            await meeting.wait()
        await asyncio.sleep(0)
        order.append((chat_id, update.message.text))
        running.discard(chat_id)
        return told(update)

    for number in ("1", "2", "3"):
        for room in rooms:
            await room.send(number)
    sim.updates.mischief.shuffle = 1
    assert await take_updates(sim, db) == 6
    await Office(db, bot, handle).run_until_idle()
    for room in rooms:
        assert [text for chat_id, text in order if chat_id == room.id] == ["1", "2", "3"]
    assert await states(db) == [("done", 0)] * 6


async def test_a_handler_that_hangs_is_ended(sim: Simulator, db: Database, bot: Bot) -> None:
    """It counts as a failure, so the chat goes on."""
    chat = sim.private_chat(sim.add_user("Анна"))

    async def handle(_update: Update) -> Outcome:
        await asyncio.Event().wait()
        return Outcome()

    await chat.send("вопрос")
    await take_updates(sim, db)
    await Office(db, bot, handle, handler_s=0.01).run_until_idle()
    assert await states(db) == [("dead", 3)]


async def test_a_full_disk_counts_as_no_attempt(sim: Simulator, db: Database, bot: Bot) -> None:
    """The update waits, and is answered once when there is room again."""
    chat = sim.private_chat(sim.add_user("Анна"))
    tried = 0

    async def handle(_update: Update) -> Outcome:
        nonlocal tried
        tried += 1
        if tried == 5:
            await limit_pages(db, 1000)
        return Outcome(out=(Send(Target(chat.id), Body("о" * 100_000)),))

    await chat.send("вопрос")
    await take_updates(sim, db)
    await limit_pages(db, 0)
    await Office(db, bot, handle).run_until_idle()
    assert tried == 5
    assert await states(db) == [("done", 0)]
    assert len(await texts_sent(db)) == 1


async def test_a_held_database_counts_as_no_attempt(sim: Simulator, db: Database, bot: Bot) -> None:
    """Row 23: another process writes for long; readers are not kept waiting, nobody is blamed."""
    chat = sim.private_chat(sim.add_user("Анна"))
    held = ExitStack()
    tried = 0

    async def handle(update: Update) -> Outcome:
        nonlocal tried
        tried += 1
        assert await count_waiting(db, BOT_ID) == 1
        if tried == 5:
            held.close()
        return told(update)

    await chat.send("вопрос")
    await take_updates(sim, db)
    await db.change("PRAGMA busy_timeout = 10")
    with held:
        held.enter_context(hold_write_lock(db.path))
        await Office(db, bot, handle).run_until_idle()
    assert tried == 5
    assert await states(db) == [("done", 0)]
    assert await texts_sent(db) == ["вопрос"]


async def test_a_held_database_is_told_from_a_fault_of_the_update(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """Row 23: though it is free again when a failure would be written down, none is."""
    chat = sim.private_chat(sim.add_user("Анна"))
    held = ExitStack()
    tried = 0

    class Freed(Office):
        async def _locale(self, update: Update) -> Locale:
            held.close()  # asked for the sentence that says sorry, before the failure is counted
            return await super()._locale(update)

    async def handle(update: Update) -> Outcome:
        nonlocal tried
        tried += 1
        if tried == 2:
            held.close()
        return told(update)

    await chat.send("вопрос")
    await take_updates(sim, db)
    await db.change("PRAGMA busy_timeout = 10")
    with held:
        held.enter_context(hold_write_lock(db.path))
        await Freed(db, bot, handle).run_until_idle()
    assert tried == 2
    assert await states(db) == [("done", 0)]


async def test_a_failure_that_cannot_be_noted_keeps_no_chat_waiting(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """Row 23: whatever the error is, the update waits as if nothing had been tried."""
    chat = sim.private_chat(sim.add_user("Анна"))
    tried = 0

    class Mute(Office):
        async def _locale(self, _update: Update) -> Locale:
            raise RuntimeError("boom")

    async def handle(update: Update) -> Outcome:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise RuntimeError("boom")
        return told(update)

    await chat.send("вопрос")
    await take_updates(sim, db)
    await Mute(db, bot, handle).run_until_idle()
    assert await states(db) == [("done", 0)]
    assert await texts_sent(db) == ["вопрос"]


async def test_a_text_that_finds_no_memory_is_no_poison(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """Row 35: it was not read, and is handled by the next run."""
    chat = sim.private_chat(sim.add_user("Анна"))

    class Starved(Bot):
        @property
        def defaults(self) -> None:  # asked for while an update is read
            raise MemoryError

    async def handle(update: Update) -> Outcome:
        return told(update)

    await chat.send("вопрос")
    await take_updates(sim, db)
    async with Starved(sim.token, base_url=f"{sim.api_url}/bot") as starved:
        workers = Office(db, starved, handle)._workers()
        with pytest.raises(MemoryError):
            async with asyncio.timeout(PATIENCE_S):
                await workers.run()
    assert await states(db) == [("new", 0)]


async def test_an_update_is_not_to_blame_for_a_lack_of_memory(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """Row 35: the run ends, and another one answers as if nothing had been tried."""
    chat = sim.private_chat(sim.add_user("Анна"))

    async def starved(_update: Update) -> Outcome:
        raise MemoryError

    async def handle(update: Update) -> Outcome:
        return told(update)

    await chat.send("вопрос")
    await take_updates(sim, db)
    with pytest.raises(MemoryError):
        async with asyncio.timeout(PATIENCE_S):
            await Office(db, bot, starved)._workers().run()
    assert await states(db) == [("new", 0)]
    await Office(db, bot, handle).run_until_idle()
    assert await texts_sent(db) == ["вопрос"]


@pytest.mark.parametrize("field", ["date", "chat"])
async def test_what_is_no_update_is_buried_and_the_next_one_served(
    sim: Simulator, db: Database, bot: Bot, field: str
) -> None:
    """Row 5: a message without a date makes the library raise."""
    chat = sim.private_chat(sim.add_user("Анна"))
    broken = {"message_id": 1, "date": 1, "chat": {"id": chat.id, "type": "private"}, "text": "?"}
    del broken[field]
    sim.updates.add_malformed({"message": broken})
    await chat.send("вопрос")

    async def handle(update: Update) -> Outcome:
        return told(update)

    await take_updates(sim, db)
    await Office(db, bot, handle).run_until_idle()
    assert [state for state, _ in await states(db)] == ["poison", "done"]
    assert await texts_sent(db) == ["вопрос"]


@pytest.mark.parametrize(("age", "asked"), [(9, 1), (11, 0)])
async def test_an_old_inline_query_is_dropped(
    sim: Simulator, db: Database, bot: Bot, age: int, asked: int
) -> None:
    """Nobody waits for its cards any more, and others wait behind it."""
    anna = sim.add_user("Анна")
    asking = asyncio.create_task(anna.inline("порт"))
    await take_updates(sim, db)
    calls: list[datetime] = []

    async def handle(_update: Update) -> Outcome:
        calls.append(NOON)
        return Outcome()

    office = Office(db, bot, handle)
    office.now = NOON + timedelta(seconds=age)
    await office.run_until_idle()
    asking.cancel()
    assert len(calls) == asked
    assert await states(db) == [("done", 0)]


async def test_what_runs_at_a_stop_ends_and_the_rest_waits(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """Row 36: the handler under way is answered, the next question is left for the next run."""
    chat = sim.private_chat(sim.add_user("Анна"))
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handle(update: Update) -> Outcome:
        begun.set()
        await go_on.wait()
        return told(update)

    await chat.send("первый")
    await chat.send("второй")
    await take_updates(sim, db)
    workers = Office(db, bot, handle)._workers()
    running = asyncio.create_task(workers.run())
    await begun.wait()
    workers.stop()
    go_on.set()
    await running
    assert await texts_sent(db) == ["первый"]
    assert [state for state, _ in await states(db)] == ["done", "new"]


@pytest.mark.parametrize("changes_index", [True, False])
async def test_the_index_follows_before_the_reply_leaves(
    sim: Simulator, db: Database, bot: Bot, changes_index: bool
) -> None:
    """Who reads "published" and asks at once finds it; other outcomes do not pay for that."""
    chat = sim.private_chat(sim.add_user("Анна"))

    async def handle(_update: Update) -> Outcome:
        return Outcome(changes_index=changes_index)

    await chat.send("вопрос")
    await take_updates(sim, db)
    office = Office(db, bot, handle)
    await office.run_until_idle()
    assert office.order == (["index", "send"] if changes_index else ["send"])


async def test_an_index_that_does_not_follow_keeps_nobody_waiting(
    sim: Simulator, db: Database, bot: Bot
) -> None:
    """What was committed stays: the button is answered, and the chat's next update handled."""
    anna = sim.add_user("Анна")
    await anna.chat.send("/start")
    button = InlineKeyboardButton("Опубликовать", callback_data="publish:1")
    await bot.send_message(anna.id, "Вот", reply_markup=InlineKeyboardMarkup([[button]]))
    message = await anna.chat.reply()
    await take_updates(sim, db)
    pressing = asyncio.create_task(anna.chat.press(message, "Опубликовать"))
    await take_updates(sim, db)
    await anna.chat.send("вопрос")
    await take_updates(sim, db)

    class Broken(Office):
        async def _on_index_change(self) -> None:
            raise RuntimeError("boom")

    async def handle(update: Update) -> Outcome:
        return Outcome(now=Toast("Опубликовано"), changes_index=bool(update.callback_query))

    # A chat that rested would make the test wait for half a minute.
    await Broken(db, bot, handle, store_retry_s=PATIENCE_S * 2).run_until_idle()
    assert (await pressing).text == "Опубликовано"
    assert await states(db) == [("done", 0)] * 3


async def test_slow_work_shows_the_typing_sign(sim: Simulator, db: Database, bot: Bot) -> None:
    """Only while it lasts, and only when it lasts."""
    chat = sim.private_chat(sim.add_user("Анна"))

    async def slow(update: Update) -> Outcome:
        await chat.typing()
        return told(update)

    await chat.send("порт")
    await take_updates(sim, db)
    await Office(db, bot, slow, typing_s=0.0).run_until_idle()
    assert await states(db) == [("done", 0)]
    await chat.send("причал")
    await take_updates(sim, db)

    async def quick(update: Update) -> Outcome:
        return told(update)

    await Office(db, bot, quick).run_until_idle()
    assert len(sim.journal.requests("sendChatAction")) == 1
