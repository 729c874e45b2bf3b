"""The sender when Telegram refuses, fails or asks to wait: pauses hold, order holds, all arrives.

Its clock is the test's; only its look around, a second at most, takes real time.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from telegram import Bot

from bot.delivery.client import Client
from bot.delivery.clock import WatchedClock
from bot.delivery.messages import as_message
from bot.delivery.sender import Sender
from bot.delivery.settling import FLOODED_CHATS
from bot.replies.outcome import Body, Send, Target
from bot.simulator import Room, Simulator
from bot.store.database import Database, open_database
from bot.store.outbox import Prio, add_messages
from bot.store.roles import Role, set_role
from tests.faults.roads import PATIENCE_S, rows
from tests.unit.store.samples import NOON


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "paragraf.db") as database:
        yield database


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    url = f"{sim.api_url}/bot"
    client = Client(url, 8)
    async with Bot(sim.token, url, request=client, get_updates_request=client) as bot:
        yield bot


MONTH_S = 30 * 24 * 3600


class Post:
    """An outbox with its sender, whose clock stands still until it is moved."""

    def __init__(self, db: Database, bot: Bot) -> None:
        self.db, self.bot = db, bot
        self.at = NOON
        self._jumped = timedelta()
        self._looks = 0
        self._looked = asyncio.Event()
        self._causes = 0
        self.sender: Sender | None = None

    def now(self) -> datetime:
        """Return the moment; the sender asks for it before each look at its outbox."""
        self._looks += 1
        self._looked.set()
        return self.at

    def seconds(self) -> float:
        """Return the moment as the sender's monotonic clock."""
        return (self.at - self._jumped - NOON).total_seconds()

    def advance(self, **duration: float) -> None:
        """Let time pass."""
        self.at += timedelta(**duration)
        if self.sender:
            self.sender.wake()

    def set_clock(self, **by: float) -> None:
        """Set the clock on the wall forward or back; no time passes by that."""
        self.at += timedelta(**by)
        self._jumped += timedelta(**by)
        if self.sender:
            self.sender.wake()

    async def accept(self, room: Room, *texts: str, prio: Prio = Prio.REPLY) -> None:
        """Accept messages to a chat."""
        self._causes += 1
        messages = [as_message(Send(Target(room.id), Body(text), prio)) for text in texts]
        async with self.db.write() as connection:
            await add_messages(connection, f"t:{self._causes}", messages, self.at)
        if self.sender:
            self.sender.wake()

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Let a run of the sender work for as long as the block lasts; each block is a run."""
        self._causes += 1
        self.sender = Sender(
            self.db,
            self.bot,
            f"run {self._causes}",
            monotonic=self.seconds,
            now=self.now,
            clock=WatchedClock(self.seconds, self.now, "boot"),
            kept=self.db.path.with_name("clock"),
        )
        task = asyncio.create_task(self.sender.run())
        try:
            yield
        finally:
            self.sender.stop()
            async with asyncio.timeout(PATIENCE_S):
                await task
            self.sender = None

    async def looked_around(self) -> None:
        """Return when the sender has looked at its outbox from now on, and begins again."""
        seen = self._looks
        async with asyncio.timeout(PATIENCE_S):
            while self._looks < seen + 2:
                self._looked.clear()
                await self._looked.wait()

    async def state(self, text: str) -> tuple[object, object]:
        """Return the state and the attempts of the message with this text."""
        found = await rows(
            self.db, "SELECT state, attempts FROM outbox WHERE payload LIKE ?", f'%"{text}"%'
        )
        ((state, attempts),) = found
        return state, attempts

    async def paused_s(self) -> list[float]:
        """Return how long each pause still lasts."""
        found = await rows(self.db, "SELECT until FROM pause")
        return [int(str(until)) / 1e6 - self.at.timestamp() for (until,) in found]


@pytest.fixture
def post(db: Database, bot: Bot) -> Post:
    return Post(db, bot)


def texts(sim: Simulator, *, tried: bool = False) -> list[str]:
    """Return the texts that the bot has sent, in order; with `tried`, refused ones too."""
    requests = sim.journal.requests("sendMessage")
    return [str(each.params["text"]) for each in requests if tried or each.code == 200]


async def met(sim: Simulator, *names: str) -> list[Room]:
    """Return the private chats of people who have opened the bot."""
    rooms = [sim.private_chat(sim.add_user(name)) for name in names]
    for room in rooms:
        await room.send("/start")
    return rooms


async def until(look: Callable[[], bool], post: Post) -> None:
    """Return when something holds; the sender looks again meanwhile."""
    async with asyncio.timeout(PATIENCE_S):
        while not look():
            with suppress(TimeoutError):
                await post.looked_around()


async def test_a_chat_that_asks_for_hours_gets_nothing_meanwhile(
    sim: Simulator, post: Post
) -> None:
    """Row 14: not after a restart either; other chats go on, and then its order holds."""
    anna, boris = await met(sim, "Анна", "Борис")
    sim.faults.flood("sendMessage", 5 * 3600, chat_id=anna.id)
    await post.accept(anna, "один", "два")
    async with post.sending():
        await until(lambda: bool(texts(sim, tried=True)), post)
        await post.accept(boris, "ответ")
        await boris.reply()
    post.advance(hours=4.9)
    async with post.sending():
        await post.accept(boris, "ещё")
        await boris.reply()
        await post.looked_around()
        assert texts(sim, tried=True) == ["один", "ответ", "ещё"]
        post.advance(hours=0.2)
        assert [(await anna.reply()).text, (await anna.reply()).text] == ["один", "два"]
    assert await post.state("один") == ("sent", 0)


@pytest.mark.parametrize("days", [30, -30])
async def test_a_clock_that_jumps_changes_no_pause(sim: Simulator, post: Post, days: float) -> None:
    """Row 28: neither is it over at once, nor does it last a month; budgets do not notice."""
    anna, boris = await met(sim, "Анна", "Борис")
    sim.faults.flood("sendMessage", 60, chat_id=anna.id)
    await post.accept(anna, "один")
    async with post.sending():
        await until(lambda: bool(texts(sim, tried=True)), post)
        await post.looked_around()
        post.set_clock(days=days)
        await post.looked_around()
        await post.accept(boris, "ответ")
        await boris.reply()
        post.advance(seconds=50)
        await post.looked_around()
        assert texts(sim, tried=True) == ["один", "ответ"]
        post.advance(seconds=11)
        await anna.reply()
        post.set_clock(days=days)  # the pause that is over stays over
        await post.looked_around()
        await post.accept(anna, "два")
        await anna.reply()


@pytest.mark.parametrize("days", [30, -30])
async def test_a_clock_that_jumps_while_the_bot_is_off_changes_no_pause(
    sim: Simulator, post: Post, days: float
) -> None:
    """Row 28: the next run finds the jump; once, though it is killed before it could keep that."""
    (anna,) = await met(sim, "Анна")
    sim.faults.flood("sendMessage", 60, chat_id=anna.id)
    await post.accept(anna, "один")
    kept = post.db.path.with_name("clock")
    async with post.sending():
        await until(lambda: bool(texts(sim, tried=True)), post)
        while not await post.paused_s():
            await post.looked_around()
    before = kept.read_bytes()
    post.set_clock(days=days)
    for _ in range(2):
        async with post.sending():
            await post.looked_around()
        kept.write_bytes(before)
    assert await post.paused_s() == [pytest.approx(60)]


async def test_a_jump_that_the_store_refused_is_followed_later(
    sim: Simulator, post: Post, db: Database
) -> None:
    """Row 28: until then pauses go by the clock as it was."""
    (anna,) = await met(sim, "Анна")
    sim.faults.flood("sendMessage", 60, chat_id=anna.id)
    await post.accept(anna, "один")
    async with post.sending():
        await until(lambda: bool(texts(sim, tried=True)), post)
        while not await post.paused_s():
            await post.looked_around()
        await db.change("PRAGMA query_only = ON")
        post.set_clock(days=30)
        await post.looked_around()
        assert texts(sim, tried=True) == ["один"]
        assert await post.paused_s() == [pytest.approx(-MONTH_S + 60)]
        await db.change("PRAGMA query_only = OFF")
        await post.looked_around()
        assert await post.paused_s() == [pytest.approx(60)]


async def test_a_clock_set_back_while_the_bot_was_off_silences_no_chat(
    sim: Simulator, post: Post
) -> None:
    """Row 28: what was sent in the future is in no budget, or its chat would wait a month."""
    (anna,) = await met(sim, "Анна")
    await post.accept(anna, "один", "два", "три")
    async with post.sending():
        for _ in range(3):
            await anna.reply()
            await post.looked_around()
            post.advance(seconds=0.1)
    post.set_clock(days=-30)
    post.db.path.with_name("clock").unlink()  # as after a power cut, by the clock alone
    await post.accept(anna, "четыре")
    async with post.sending():
        assert (await anna.reply()).text == "четыре"


async def test_a_ban_of_the_whole_bot_stops_everything(sim: Simulator, post: Post) -> None:
    """Row 14: several chats refused at once mean the bot; afterwards replies go first."""
    *rooms, other = await met(sim, *(f"Анна {n}" for n in range(FLOODED_CHATS)), "Борис")
    sim.faults.flood("sendMessage", 3600, times=FLOODED_CHATS)
    for number, room in enumerate(rooms):
        await post.accept(room, f"рассылка {number}", prio=Prio.BROADCAST)
    async with post.sending():
        await until(lambda: len(texts(sim, tried=True)) == FLOODED_CHATS, post)
        await post.looked_around()
    tried = len(texts(sim, tried=True))
    async with post.sending():
        await post.accept(other, "ответ")
        await post.looked_around()
        assert len(texts(sim, tried=True)) == tried
        post.advance(hours=1, seconds=1)
        await until(lambda: len(texts(sim)) == FLOODED_CHATS + 1, post)
    assert texts(sim)[0] == "ответ"


@pytest.mark.parametrize("fault", ["status", "html"])
async def test_a_telegram_that_fails_is_left_alone_longer_and_longer(
    sim: Simulator, post: Post, fault: str
) -> None:
    """Row 15: up to a minute, never the same, and nothing overtakes."""
    (anna,) = await met(sim, "Анна")
    getattr(sim.faults, fault)("sendMessage", 502, times=9)
    await post.accept(anna, "один", "два")
    pauses: list[float] = []
    async with post.sending():
        for number in range(9):
            await until(lambda n=number: len(texts(sim, tried=True)) == n + 1, post)
            await post.looked_around()
            pauses += await post.paused_s()
            post.advance(minutes=1)
        assert [(await anna.reply()).text, (await anna.reply()).text] == ["один", "два"]
    assert set(texts(sim, tried=True)[:-1]) == {"один"}
    assert max(pauses) <= 60
    assert min(pauses[-3:]) >= 30
    assert pauses[0] <= 1
    assert len(set(pauses[-3:])) == 3
    assert await post.state("один") == ("sent", 0)


async def test_a_cut_after_the_send_is_counted_and_sent_again(sim: Simulator, post: Post) -> None:
    """Row 10: nobody can know whether it arrived; the doubt is on record."""
    (anna,) = await met(sim, "Анна")
    sim.faults.reset_after("sendMessage")
    await post.accept(anna, "один")
    async with post.sending():
        await anna.reply()
        await post.looked_around()
        assert await post.state("один") == ("ready", 1)
        post.advance(seconds=5)
        await anna.reply()
        await post.looked_around()
    assert await post.state("один") == ("sent", 1)


async def test_an_outcome_waits_until_it_can_be_stored(sim: Simulator, post: Post) -> None:
    """A row that stayed claimed would keep its chat silent until a restart."""
    (anna,) = await met(sim, "Анна")
    held = sim.faults.hold_before("sendMessage")
    await post.accept(anna, "один")
    async with post.sending():
        await held.reached.wait()
        await post.db.change("PRAGMA query_only = ON")
        with capture_logs() as logs:
            held.drop()
            await until(lambda: any("cannot be stored" in log["event"] for log in logs), post)
        await post.db.change("PRAGMA query_only = OFF")
        while await post.state("один") != ("ready", 1):
            await post.looked_around()
        post.advance(seconds=5)
        await anna.reply()
        await post.looked_around()
    assert await post.state("один") == ("sent", 1)


async def test_a_message_without_end_is_given_up(sim: Simulator, post: Post) -> None:
    """Row 10: after eight doubts the fault is not the network's, and the owner is told."""
    anna, owner = await met(sim, "Анна", "Ольга")
    async with post.db.write() as connection:
        await set_role(connection, owner.id, Role.OWNER, NOON, None)
    sim.faults.reset_after("sendMessage", times=8)
    await post.accept(anna, "один")
    async with post.sending():
        for _ in range(8):
            await anna.reply()
            await post.looked_around()
            post.advance(seconds=5)
        assert "не дошло" in (await owner.reply()).text
    assert await post.state("один") == ("dead", 8)


async def test_alarms_of_a_kind_come_once_an_hour(sim: Simulator, post: Post) -> None:
    """Row 18: each broken message goes out plain and once; the owner hears of the first."""
    anna, owner = await met(sim, "Анна", "Ольга")
    async with post.db.write() as connection:
        await set_role(connection, owner.id, Role.OWNER, NOON, None)
    async with post.sending():
        for text in ("<b>раз", "<b>два", "<b>три"):
            await post.accept(anna, text)
            assert (await anna.reply()).text == text[3:]
            post.advance(minutes=25)
        assert "без разметки" in (await owner.reply()).text
        await post.accept(anna, "<b>четыре")
        await anna.reply()
        assert "без разметки" in (await owner.reply()).text
        await post.looked_around()
    assert len([text for text in texts(sim) if "без разметки" in text]) == 2
    assert [text for text in texts(sim) if "без разметки" not in text] == [
        *("раз", "два", "три", "четыре")
    ]


async def test_a_restart_is_no_burst(sim: Simulator, post: Post) -> None:
    """What an earlier run has just sent counts: a chat that had its three waits for its second."""
    (anna,) = await met(sim, "Анна")
    await post.accept(anna, "один", "два", "три")
    async with post.sending():
        for _ in range(3):
            await anna.reply()
            await post.looked_around()
            post.advance(seconds=0.1)
    await post.accept(anna, "четыре")
    async with post.sending():
        await post.looked_around()
        await post.looked_around()  # the first looks are those of its start
        assert await post.state("четыре") == ("ready", 0)
        post.advance(seconds=1)
        assert (await anna.reply()).text == "четыре"
