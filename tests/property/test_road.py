"""Any order of updates, sends, faults and crashes: nothing is lost, little comes twice.

The machine plays Telegram and the bot's processes around the store. A crash forgets everything
that is not in the database; Telegram may have taken a message that the bot does not know of.
"""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.store.database import Database, open_database, run
from bot.store.inbox import Received, Waiting, add_updates, fail_update, finishing, list_waiting
from bot.store.outbox import Leased, Message, add_messages, claim_messages
from bot.store.pauses import BOT
from bot.store.sending import (
    UNKNOWN_OUTCOMES,
    Pause,
    Sent,
    count_unknown,
    mark_sent,
    postpone_messages,
    void_foreign_leases,
)

BOT_ID = 77
START = datetime(2026, 1, 22, 12, tzinfo=UTC)
PAUSE = timedelta(seconds=5)
CONCURRENCY = 3

T = TypeVar("T")


def chat_of(update_id: int) -> str:
    return str(update_id % 3 + 1)


class Road(RuleBasedStateMachine):
    """The bot between two Telegrams: one that hands updates over, one that takes messages."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.now = START
        self.run_number = 0
        self.handed_over: set[int] = set()
        self.done_updates: set[int] = set()
        self.dead_updates: set[int] = set()
        self.promised: dict[int, int] = {}  # message id → its chat
        self.accepted: list[int] = []  # message ids, as Telegram took them
        self.excuses: Counter[int] = Counter()  # sends of a message that may have been repeated
        self.in_flight: dict[int, Leased] = {}

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @property
    def owner(self) -> str:
        return f"run {self.run_number}"

    @initialize()
    def open(self) -> None:
        self.db: Database = self.do(
            self.stack.enter_async_context(open_database(self.folder / "paragraf.db"))
        )

    def teardown(self) -> None:
        try:
            if hasattr(self, "db"):
                self.drain()
                self.check_all()
        finally:
            self.do(self.stack.aclose())
            self.runner.close()
            shutil.rmtree(self.folder)

    # Updates

    @rule(updates=st.lists(st.integers(1, 12), min_size=1, max_size=4))
    def receive(self, updates: list[int]) -> None:
        """Hand updates over, in any order, some of them again."""
        batch = [Received(number, chat_of(number), "{}") for number in updates]
        new = self.do(add_updates(self.db, BOT_ID, batch, self.now))
        numbers = set(updates)
        assert new == len(numbers - self.handed_over)
        self.handed_over |= numbers

    @rule(messages=st.integers(0, 3))
    def handle(self, messages: int) -> None:
        """Let a worker handle the next update and answer with some messages."""
        for update in self.waiting(limit=1):
            self.do(self.finish(update, messages))

    @rule()
    def crash_before_commit(self) -> None:
        """Let a worker die in the transaction that would have ended an update."""
        for update in self.waiting(limit=1):
            self.do(self.die_finishing(update))

    @rule()
    def fail(self) -> None:
        """Let a handler raise."""
        for update in self.waiting(limit=1):
            if self.do(self.fail_once(update)) == "dead":
                self.dead_updates.add(update.update_id)

    # Messages

    @rule(limit=st.integers(1, CONCURRENCY))
    def claim(self, limit: int) -> None:
        """Claim, and look for more at once: a chat that has one on its way is passed over."""
        for most in (limit, CONCURRENCY):
            room = min(most, CONCURRENCY - len(self.in_flight))
            busy = {leased.chat_id for leased in self.in_flight.values()}
            found = self.do(claim_messages(self.db, self.owner, room, self.now)) if room else ()
            assert not busy & {leased.chat_id for leased in found}, "two messages of a chat at once"
            self.in_flight.update({leased.id: leased for leased in found})

    @precondition(lambda self: self.in_flight)
    @rule(which=st.integers(0, 9), pause=st.sampled_from([None, "chat", "bot"]))
    def refuse(self, which: int, pause: str | None) -> None:
        """Answer 429 or 5xx: Telegram did not take the message."""
        leased = self.take(which)
        chat_id = {"chat": leased.chat_id, "bot": BOT}.get(pause or "")
        until = None if chat_id is None else Pause(chat_id, self.now + PAUSE, "429")
        self.do(postpone_messages(self.db, [leased.id], "429", until))

    @precondition(lambda self: self.in_flight)
    @rule(which=st.integers(0, 9))
    def send(self, which: int) -> None:
        leased = self.take(which)
        self.accept(leased)
        self.do(mark_sent(self.db, [Sent(leased.id, 500 + leased.id)], self.now))

    @precondition(lambda self: self.in_flight)
    @rule(which=st.integers(0, 9), was_accepted=st.booleans())
    def cut(self, which: int, was_accepted: bool) -> None:
        """Break the connection; Telegram may have taken the message."""
        leased = self.take(which)
        if was_accepted:
            self.accept(leased)
        self.excuses[leased.id] += 1
        self.do(count_unknown(self.db, leased.id, "cut", self.now))

    @rule(accepted=st.lists(st.booleans(), min_size=CONCURRENCY, max_size=CONCURRENCY))
    def crash(self, accepted: list[bool]) -> None:
        """Kill the process; Telegram took some of what was on its way; a new run starts."""
        for leased, was_accepted in zip(self.in_flight.values(), accepted, strict=False):
            self.excuses[leased.id] += 1
            if was_accepted:
                self.accept(leased)
        self.in_flight.clear()
        self.run_number += 1
        self.do(void_foreign_leases(self.db, self.owner, self.now))

    @rule()
    def wait(self) -> None:
        self.now += PAUSE

    # What must hold

    @invariant()
    def nothing_comes_twice_without_an_excuse(self) -> None:
        for message, times in Counter(self.accepted).items():
            assert times <= 1 + self.excuses[message]

    @invariant()
    def one_message_of_a_chat_is_on_its_way(self) -> None:
        chats = Counter(leased.chat_id for leased in self.in_flight.values())
        assert not [chat for chat, number in chats.items() if number > 1]

    def check_all(self) -> None:
        rows = self.do(self.select("SELECT update_id, state FROM inbox"))
        assert dict(rows) == {
            number: "dead" if number in self.dead_updates else "done" for number in self.handed_over
        }
        outcomes = dict(self.do(self.select("SELECT id, state FROM outbox")))
        assert outcomes.keys() == self.promised.keys()
        for message, state in outcomes.items():
            if self.excuses[message] < UNKNOWN_OUTCOMES:
                assert state == "sent"
                assert message in self.accepted
            else:
                assert state in {"sent", "dead"}
        for chat in set(self.promised.values()):
            first_times = [
                message
                for message in dict.fromkeys(self.accepted)
                if self.promised[message] == chat
            ]
            assert first_times == sorted(first_times)

    # The bot's parts, without their faults

    def drain(self) -> None:
        """Let the bot run until nothing waits, without faults."""
        while waiting := self.waiting(limit=10):
            for update in waiting:
                self.do(self.finish(update, 1))
        self.now += PAUSE
        self.crash([False] * CONCURRENCY)
        self.claim(CONCURRENCY)
        while self.in_flight:
            self.send(0)
            self.claim(CONCURRENCY)

    def waiting(self, limit: int) -> tuple[Waiting, ...]:
        """Return the updates that may be handled: of each chat the lowest that has not ended."""
        found = self.do(list_waiting(self.db, BOT_ID, limit))
        pending = self.handed_over - self.done_updates - self.dead_updates
        for update in found:
            of_its_chat = {number for number in pending if chat_of(number) == update.chat_key}
            assert update.update_id == min(of_its_chat)
        return found

    def take(self, which: int) -> Leased:
        keys = sorted(self.in_flight)
        return self.in_flight.pop(keys[which % len(keys)])

    def accept(self, leased: Leased) -> None:
        self.accepted.append(leased.id)

    async def finish(self, update: Waiting, number: int) -> None:
        chat = int(update.chat_key)
        messages = [Message(chat, "sendMessage", "{}") for _ in range(number)]
        async with finishing(self.db, update.id) as connection:
            ids = await add_messages(connection, f"u:{update.id}", messages, self.now)
        self.done_updates.add(update.update_id)
        for key in ids:
            assert key not in self.promised
            self.promised[key] = chat

    async def die_finishing(self, update: Waiting) -> None:
        message = Message(1, "sendMessage", "{}")
        with suppress(LookupError):
            async with finishing(self.db, update.id) as connection:
                await add_messages(connection, f"u:{update.id}", [message], self.now)
                raise LookupError

    async def fail_once(self, update: Waiting) -> str:
        async with self.db.write() as connection:
            return await fail_update(connection, update.id, "ValueError")

    async def select(self, sql: str) -> list[Any]:
        async with self.db.read() as connection:
            return await run(connection, sql)


TestRoad = Road.TestCase
TestRoad.settings = settings(
    max_examples=50,
    stateful_step_count=40,
)
