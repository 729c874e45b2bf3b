"""Any order of updates, news, sends, faults and crashes: each follower is told of each thing once.

The machine plays Telegram, the readers, the editors and the bot's processes around the real store,
the real expander, composer and ticker. A crash forgets everything that is not in the database;
Telegram may have taken a message that the bot does not know of.
"""

import asyncio
import json
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.delivery.citations import Finding, check_citations
from bot.errors import StoreError
from bot.ingest.drafts import Draft, Overrides, make_draft
from bot.notify.composing import Composer, Plan
from bot.notify.expander import Expander
from bot.notify.followed import Followed
from bot.notify.letters import MOST_ALERTS
from bot.notify.moving import Mover
from bot.notify.news import Newsroom
from bot.notify.ticker import Ticker
from bot.search import Search
from bot.store.chats import see_chat
from bot.store.database import Database, Transaction, open_database, run
from bot.store.followers import Follower, save_follower
from bot.store.inbox import Received, Waiting, add_updates, finishing, list_waiting
from bot.store.jumps import follow_jump
from bot.store.notices import Cause, drop_of_cause
from bot.store.outbox import Leased, Message, add_messages, claim_messages
from bot.store.pauses import BOT
from bot.store.personal import erase_person
from bot.store.publishing import add_article, withdraw_article
from bot.store.sending import (
    UNKNOWN_OUTCOMES,
    Pause,
    Sent,
    count_unknown,
    mark_sent,
    mark_undeliverable,
    postpone_messages,
    replace_payload,
    take_back,
    void_foreign_leases,
)
from bot.store.subscriptions import Mode, Wish, add_subscription, delete_subscription
from bot.store.topics import add_topic, words_topic
from index.percolation import read_topic
from index.types import Language

BOT_ID = 77
#: Noon, so that nobody sleeps.
START = datetime(2026, 2, 12, 12, tzinfo=UTC)
PAUSE = timedelta(seconds=5)
CONCURRENCY = 3
MOST_ARTICLES = 8
GOODBYE, WITHDRAWN = '{"text": "erased"}', '{"text": "withdrawn"}'

#: The chats: one that hears at once, one that sleeps at night, one that wants a digest at nine.
QUIET = (22 * 60, 8 * 60)
CHATS = {1: (None, Wish()), 2: (QUIET, Wish()), 3: (None, Wish(mode=Mode.DAILY, hour=9))}
TOPICS = {"порт": "Порт открыт.", "урожай": "Урожай собран."}

#: What happens in the midst of the notifier's work.
MEANWHILE = [*["nothing"] * 5, "full disk", "leave порт", "leave урожай", "forget", "withdraw"]

#: How long the machine waits: for a pause to end, or much longer.
TIMES = [PAUSE, PAUSE, timedelta(hours=3), timedelta(hours=10)]

#: How a call ends.
ENDS = [*["taken"] * 4, *["later"] * 3, "429 to the chat", "502", "403", "cut", "taken, then cut"]

chats = st.sampled_from(sorted(CHATS))
topics = st.sampled_from(sorted(TOPICS))
#: What updates ask for; some more often than others.
ACTS = [*["ask"] * 4, *("follow порт", "follow урожай") * 4, "leave порт", "forget"]

acts = st.sampled_from(ACTS)

T = TypeVar("T")


@cache
def draft_of(number: int, words: tuple[str, ...], day: date) -> Draft:
    """Return an article about topics, known by its title."""
    text = "\n".join(f"{TOPICS[word][:-1]} в день {number}." for word in words)
    return make_draft(text, Overrides(title=marker(number), day=day))


def marker(number: int) -> str:
    return f"Весть {number:03}"


@cache
def empty_database() -> Path:
    """Return a database without rows: making its tables takes longer than an example."""
    path = Path(tempfile.mkdtemp()) / "empty.db"

    async def make() -> None:
        async with open_database(path):
            pass

    asyncio.run(make())
    return path


class Interrupted(Composer):
    """A composer in whose back something happens before what it wrote is accepted."""

    between: Coroutine[Any, Any, None] | None = None

    async def compose(self, notices: Any, follower: Follower, at: datetime) -> Plan:  # noqa: ANN401 - handed on
        plan = await super().compose(notices, follower, at)
        if self.between is not None:
            work, self.between = self.between, None
            await work
        return plan


class Ledger(RuleBasedStateMachine):
    """The bot between readers, editors and Telegram."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.at = START
        self.run_number = 0
        self.acts: dict[int, str] = {}  # update → what it asks for
        self.done: set[int] = set()
        self.follows: dict[int, set[str]] = defaultdict(set)
        self.articles: dict[int, int] = {}  # article → its number
        self.withdrawn: set[int] = set()
        self.owed: dict[tuple[int, int], set[str]] = {}  # chat, article → because of what
        self.void: set[int] = set()  # messages of those who wanted to be forgotten
        self.gone: set[int] = set()  # those who did, and have not written since
        self.told: Counter[tuple[int, int]] = Counter()
        self.excuses: Counter[tuple[int, int]] = Counter()  # sends that may have been repeated
        self.in_flight: dict[int, Leased] = {}
        self.items: dict[int, list[tuple[int, int]]] = {}  # message in flight → what it tells
        self.dead: set[tuple[int, int]] = set()

    # The bot's parts

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def now(self) -> datetime:
        """Return the moment; no two are the same."""
        self.at += timedelta(milliseconds=1)
        return self.at

    @property
    def owner(self) -> str:
        return f"run {self.run_number}"

    @initialize()
    def open(self) -> None:
        path = self.folder / "paragraf.db"
        shutil.copy(empty_database(), path)
        self.db: Database = self.do(self.stack.enter_async_context(open_database(path)))
        # No power is cut here, and waiting for the disk would take most of the time.
        self.do(self.db.change("PRAGMA synchronous = OFF"))
        self.start()
        for number, chat in enumerate(sorted(CHATS), 1):
            self.acts[-number] = f"follow {min(TOPICS)}"
            self.do(self.receive_update(-number, chat))
        while self.handle(dies=False):
            pass

    def start(self) -> None:
        """Let a run begin: it knows what is in the database."""
        search, newsroom = Search(self.db), Newsroom(self.db)
        self.composer = Interrupted(
            self.db,
            search,
            newsroom,
            search.find,
            language=Language.RU,
            username=lambda: "paragraf_bot",
        )
        self.expander = Expander(
            self.db, search, newsroom, Followed(self.db), search.find, Language.RU
        )
        self.ticker = Ticker(self.db, self.composer, Language.RU)

    def teardown(self) -> None:
        try:
            if hasattr(self, "db"):
                self.drain()
                self.check_all()
        finally:
            self.do(self.stack.aclose())
            self.runner.close()
            shutil.rmtree(self.folder)

    # Readers

    @rule(
        numbers=st.lists(st.integers(1, 30), min_size=1, max_size=4),
        what=st.lists(acts, min_size=4, max_size=4),
        dies=st.booleans(),
    )
    def receive(self, numbers: list[int], what: list[str], dies: bool) -> None:
        """Hand updates over, in any order, some of them again; a worker may die over the first."""
        for number, act in zip(numbers, what, strict=False):
            self.acts.setdefault(number, act)
            self.do(self.receive_update(number, number % len(CHATS) + 1))
        if dies:
            self.handle(dies=True)
        while self.handle(dies=False):
            pass

    async def receive_update(self, number: int, chat: int) -> None:
        body = json.dumps({"number": number})
        await add_updates(self.db, BOT_ID, [Received(number, str(chat), body)], self.now())

    def handle(self, *, dies: bool) -> bool:
        """Handle the next update, or die before its transaction ends; return whether it is one."""
        waiting = self.do(list_waiting(self.db, BOT_ID, 1))
        for update in waiting:
            assert update.update_id not in self.done
            with suppress(LookupError):
                self.do(self.finish(update, dies=dies))
        return bool(waiting)

    async def finish(self, update: Waiting, *, dies: bool) -> None:
        chat, act = int(update.chat_key), self.acts[update.update_id]
        reply = Message(chat, "sendMessage", GOODBYE if act == "forget" else '{"text": "yes"}')
        replies = [reply] * (3 if act == "ask" else 1)
        known = await self.messages_of(chat)
        async with finishing(self.db, update.id) as connection:
            await see_chat(connection, chat, "private", None, self.now())
            await self.carry_out(connection, chat, act)
            await add_messages(connection, f"u:{update.id}", replies, self.now())
            if dies:
                raise LookupError
        self.done.add(update.update_id)
        self.gone.discard(chat)
        self.note_act(chat, act, known)

    async def carry_out(self, connection: Transaction, chat: int, act: str) -> None:
        """Do what a reader asks for, as the handlers do."""
        verb, _, words = act.partition(" ")
        if verb == "follow":
            quiet, wish = CHATS[chat]
            await save_follower(connection, Follower(chat, "UTC", *(quiet or (None, None))))
            topic = await add_topic(connection, words_topic(read_topic(words), words))
            await add_subscription(connection, topic, (chat, 0), chat, words, self.now(), wish)
        elif verb == "leave":
            sql = "SELECT id FROM subscription WHERE chat_id = ? AND title = ?"
            for (key,) in await run(connection, sql, (chat, words)):
                await delete_subscription(connection, key)
                await drop_of_cause(connection, Cause.SUBSCRIPTION, key, "unsubscribed")
        elif verb == "forget":
            await erase_person(connection, chat)

    def note_act(self, chat: int, act: str, known: set[int]) -> None:
        """Note what a reader is owed from now on."""
        verb, _, words = act.partition(" ")
        if verb == "follow":
            self.follows[chat].add(words)
        elif verb == "leave":
            self.follows[chat].discard(words)
            for (owner, _), causes in self.owed.items():
                if owner == chat:
                    causes.discard(words)
        elif verb == "forget":
            self.follows.pop(chat, None)
            self.owed = {key: value for key, value in self.owed.items() if key[0] != chat}
            self.void |= known - self.in_flight.keys()
            self.gone.add(chat)

    async def act_between(self, chat: int, act: str) -> None:
        """Let a reader act while the ticker words its letters."""
        known = await self.messages_of(chat)
        async with self.db.write() as connection:
            await self.carry_out(connection, chat, act)
        self.note_act(chat, act, known)

    # Editors

    @precondition(lambda self: len(self.articles) < MOST_ARTICLES)
    @rule(
        subjects=st.lists(st.sets(topics, min_size=1), min_size=1, max_size=2),
        is_urgent=st.booleans(),
        is_told=st.booleans(),
    )
    def publish(self, subjects: list[set[str]], is_urgent: bool, is_told: bool) -> None:
        """Publish an article or two; letters may be written at once."""
        for words in subjects:
            self.do(self.publish_one(words, is_urgent=is_urgent))
        if is_told:
            self.tell()

    async def publish_one(self, words: set[str], *, is_urgent: bool) -> None:
        number = len(self.articles) + 1
        draft = draft_of(number, tuple(sorted(words)), self.at.date())
        added = await add_article(
            self.db, draft.article, draft.paragraphs, analysis=1, at=self.now(), facts=draft.facts
        )
        self.articles[added.article_id] = number
        if is_urgent:
            sql = "UPDATE announcement SET is_urgent = 1 WHERE article_id = ?"
            await self.db.change(sql, (added.article_id,))
        for chat, followed in self.follows.items():
            if causes := followed & words:
                self.owed[chat, added.article_id] = set(causes)

    @precondition(lambda self: self.articles.keys() - self.withdrawn)
    @rule(which=st.integers(0, 9))
    def withdraw(self, which: int) -> None:
        self.do(self.take_away(which))

    async def take_away(self, which: int) -> None:
        published = sorted(self.articles.keys() - self.withdrawn)
        article = published[which % len(published)]
        await withdraw_article(self.db, article, self.now())
        self.withdrawn.add(article)
        self.owed = {key: value for key, value in self.owed.items() if key[1] != article}

    # The notifier

    @rule(between=st.sampled_from(MEANWHILE), chat=chats, which=st.integers(0, 9))
    def notify(self, between: str, chat: int, which: int) -> None:
        """Let notices and letters be made, while something else happens, or the disk is full."""
        if between == "full disk":
            self.do(self.db.change("PRAGMA query_only = ON"))
            with suppress(StoreError):
                self.tick_and_look()
            with suppress(StoreError):
                self.do(self.expander.expand(self.now()))
            self.do(self.db.change("PRAGMA query_only = OFF"))
            self.start()
        elif between == "withdraw":
            if self.articles.keys() - self.withdrawn:
                self.composer.between = self.take_away(which)
        elif between != "nothing":
            self.composer.between = self.act_between(chat, between)
        self.tell()

    def tell(self) -> None:
        """Let all notices and then letters be made."""
        while self.do(Mover(self.db, Language.RU).move(self.now())):
            pass
        while self.do(self.expander.expand(self.now())):
            pass
        self.tick_and_look()

    def tick_and_look(self) -> None:
        """Let letters be written; none for whoever sleeps."""
        before = self.letters()
        moment = self.now()
        self.do(self.ticker.tick(moment))
        if self.composer.between is not None:  # nothing was due
            self.composer.between.close()
            self.composer.between = None
        sleeps = moment.hour >= 22 or moment.hour < 8
        urgent = "SELECT 1 FROM notice AS n JOIN announcement AS a ON a.id = n.item"
        for key, chat in (self.letters() - before) if sleeps else ():
            sql = f"{urgent} WHERE n.outbox_id = ? AND a.is_urgent"
            is_urgent = bool(self.select(sql, key))
            assert chat != 2 or is_urgent, "told at night"

    # Telegram

    @rule(ends=st.lists(st.sampled_from(ENDS), min_size=CONCURRENCY, max_size=CONCURRENCY))
    def send(self, ends: list[str]) -> None:
        """Claim what may go; of what is on its way then, each call ends in some way or not yet."""
        self.transmit(ends)

    def transmit(self, ends: list[str]) -> bool:
        """Return whether there was anything on its way."""
        room = CONCURRENCY - len(self.in_flight)
        found = self.do(claim_messages(self.db, self.owner, room, self.now()))
        for leased in found:
            self.look(leased)
        for key, how in zip(sorted(self.in_flight), ends, strict=False):
            if how != "later":
                self.end(self.in_flight.pop(key), how)
        return bool(found)

    def look(self, leased: Leased) -> None:
        """Look at a message before it leaves, as the sender does."""
        assert leased.id not in self.void, "sent to somebody who wanted to be forgotten"
        finding = self.do(check_citations(self.db, leased))
        assert finding is not Finding.WRONG
        if finding is Finding.SOUND:
            for article in self.withdrawn:
                assert marker(self.articles[article]) not in leased.payload
            self.in_flight[leased.id] = leased
            self.items[leased.id] = self.told_by(leased)
            self.look_for_digest(leased)
        elif not self.do(take_back(self.db, leased.id, "article withdrawn", self.now())):
            self.do(replace_payload(self.db, leased.id, WITHDRAWN, "article withdrawn"))

    def look_for_digest(self, leased: Leased) -> None:
        """Look why articles are told together: they are many, or waited."""
        sql = "SELECT reason, tries FROM notice WHERE outbox_id = ? AND state = 'sent'"
        if 1 < len(self.items[leased.id]) <= MOST_ALERTS:
            waited = [bool(reason) or tries > 1 for reason, tries in self.select(sql, leased.id)]
            assert all(waited), "no alert of its own"

    def end(self, leased: Leased, how: str) -> None:
        """Let Telegram answer a call, or nobody."""
        match how:
            case "taken":
                self.accept(leased)
                self.do(mark_sent(self.db, [Sent(leased.id, 500 + leased.id)], self.now()))
            case "429 to the chat" | "502":
                paused = BOT if how == "502" else leased.chat_id
                pause = Pause(paused, self.at + PAUSE, how)
                self.do(postpone_messages(self.db, [leased.id], how, pause))
            case "403":
                self.do(mark_undeliverable(self.db, leased.id, how, self.now(), suspend=True))
            case _:
                self.excuse(leased, was_accepted=how == "taken, then cut")
                self.do(count_unknown(self.db, leased.id, how, self.now()))

    @rule(
        time=st.sampled_from(TIMES),
        accepted=st.lists(st.booleans(), min_size=CONCURRENCY, max_size=CONCURRENCY),
        ends=st.booleans(),
    )
    def wait(self, time: timedelta, accepted: list[bool], ends: bool) -> None:
        """Let time pass; the process may end before."""
        if ends:
            self.crash(accepted)
        self.at += time

    @rule(by=st.sampled_from([timedelta(days=30), timedelta(days=-30)]))
    def set_clock(self, by: timedelta) -> None:
        """Set the clock wrong, or right again; the sender notices, and its pauses stay as long."""
        self.tell()  # within a second; who follows later than news came is known by the clock alone
        self.do(follow_jump(self.db, self.at, by))
        self.at += by

    def crash(self, accepted: list[bool]) -> None:
        """Kill the process; Telegram took some of what was on its way; a new run starts."""
        for leased, was_accepted in zip(self.in_flight.values(), accepted, strict=False):
            self.excuse(leased, was_accepted=was_accepted)
        self.in_flight.clear()
        self.run_number += 1
        self.do(void_foreign_leases(self.db, self.owner, self.now()))
        self.start()

    # What must hold

    @invariant()
    def nothing_is_told_twice_without_an_excuse(self) -> None:
        for key, times in self.told.items():
            assert times <= 1 + self.excuses[key], "told twice"

    @invariant()
    def one_message_of_a_chat_is_on_its_way(self) -> None:
        of_chats = Counter(leased.chat_id for leased in self.in_flight.values())
        assert max(of_chats.values(), default=0) <= 1

    @invariant()
    def nothing_is_kept_of_whoever_is_forgotten(self) -> None:
        for chat in self.gone:
            for table in ("notice", "subscription", "follower"):
                sql = f"SELECT count(*) FROM {table} WHERE chat_id = ?"
                assert self.select(sql, chat) == [(0,)]
            kept = self.select("SELECT payload FROM outbox WHERE chat_id = ?", chat)
            assert {payload for (payload,) in kept} <= {GOODBYE, None}

    def check_all(self) -> None:
        states = dict(self.select("SELECT update_id, state FROM inbox"))
        assert states == dict.fromkeys(self.acts, "done")
        for key, causes in self.owed.items():
            if causes and key not in self.dead:
                assert self.told[key], f"not told: {key}"
        left = self.select("SELECT state FROM notice WHERE state IN ('waiting', 'held')")
        assert left == []

    def drain(self) -> None:
        """Let the bot run until nothing waits, without faults; all readers are there."""
        self.crash([False] * CONCURRENCY)
        for number, chat in enumerate(sorted(CHATS), 100):
            self.acts[number] = "ask"
            self.do(self.receive_update(number, chat))
        while self.handle(dies=False):
            pass
        for _ in range(14):
            self.tell()
            while self.transmit(["taken"] * CONCURRENCY):
                pass
            self.at += timedelta(hours=3)

    # What the machine needs

    def accept(self, leased: Leased) -> None:
        self.told.update(self.items[leased.id])

    def excuse(self, leased: Leased, *, was_accepted: bool) -> None:
        if was_accepted:
            self.accept(leased)
        self.excuses.update(self.items[leased.id])
        if leased.attempts + 1 >= UNKNOWN_OUTCOMES:
            self.dead.update(self.items[leased.id])

    def told_by(self, leased: Leased) -> list[tuple[int, int]]:
        """Return the chat and article of all that a message tells."""
        sql = (
            "SELECT DISTINCT n.chat_id, a.article_id FROM notice AS n"
            " JOIN announcement AS a ON a.id = n.item WHERE n.outbox_id = ?"
        )
        return [(chat, article) for chat, article in self.select(sql, leased.id)]

    def letters(self) -> set[tuple[int, int]]:
        sql = "SELECT id, chat_id FROM outbox WHERE prio = 5 AND state = 'ready'"
        return {(key, chat) for key, chat in self.select(sql)}

    async def messages_of(self, chat: int) -> set[int]:
        rows = await self.db.fetch("SELECT id FROM outbox WHERE chat_id = ?", (chat,))
        return {key for (key,) in rows}

    def select(self, sql: str, *values: object) -> list[Any]:
        return self.do(self.db.fetch(sql, values))


TestLedger = Ledger.TestCase
TestLedger.settings = settings(
    max_examples=60,
    stateful_step_count=30,
)
