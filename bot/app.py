"""The parts put together: start, run, stop. Production, demo and tests go through here."""

import asyncio
import contextlib
import gc
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot.care import every, keep_backups, take_care
from bot.chat.periods import find_answer_within
from bot.commands import set_menus, set_role_menu
from bot.config import Settings
from bot.context import Context, Services, find_locale, wall_clock
from bot.delivery.alarms import raise_alarm
from bot.delivery.client import Client
from bot.delivery.clock import WatchedClock, boot_id, elapsed
from bot.delivery.sender import Sender
from bot.embedding import Embedding
from bot.errors import BotError
from bot.handlers import add_handlers
from bot.ingest.feeds import Feeds
from bot.ingest.jobs import Jobs
from bot.ingest.preparing import Preparer
from bot.ingest.progress import Tools
from bot.ingest.rereading import Rereader
from bot.intake.connection import connected
from bot.intake.dispatch import dispatch
from bot.intake.downloads import downloading
from bot.intake.handling import Handling
from bot.intake.heartbeat import Heartbeat
from bot.intake.poller import Poller
from bot.intake.workers import WORKERS, Workers
from bot.locales import get_locale
from bot.notify.followed import Followed
from bot.notify.notifier import Notifier
from bot.owners import first_owner_link, grant_owners
from bot.search import Search, open_meaning
from bot.store.chats import see_chat
from bot.store.database import DATABASE_NAME, Transaction, open_database
from bot.store.inbox import last_waiting_id
from bot.store.lock import LOCK_NAME, hold_lock
from bot.store.prompts import end_prompt
from bot.store.roles import get_role, list_roles
from bot.store.salts import read_salt
from index.types import Answer

log = structlog.get_logger(__name__)


#: A file whose age tells whether the bot is alive; see intake/heartbeat.
HEARTBEAT_NAME = "heartbeat"

#: A file with what the clocks showed last; see delivery/clock.
CLOCK_NAME = "clock"

#: Changes made by other programs (`paragraf add`) are in the answers within this.
REFRESH_S = 1.0

#: Between two looks whether the index is to be kept in its file.
KEEP_S = 60.0

#: Between two looks for what has grown old.
CARE_S = 3600.0

#: What is under way gets so long to end; container engines kill after ten seconds.
STOP_S = 8.0

#: Connections to Telegram: the workers' and the sender's, and a few for menus and files.
_CONNECTIONS = WORKERS + 24

type_of_application = Application[Any, Any, Any, Any, Any, Any]


@dataclass(slots=True)
class RunningBot:
    """A bot that runs; `owner_link` is there when it has no owner yet.

    `embedding` is there with the extra `[semantic]`.
    """

    services: Services
    sender: Sender
    workers: Workers
    notifier: Notifier
    rereader: Rereader
    owner_link: str | None = None
    embedding: Embedding | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def wait(self) -> None:
        """Wait until a part of the bot ends, which it does only by a fault, and raise that."""
        done, _ = await asyncio.wait(self.tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
        raise RuntimeError(f"the {done.pop().get_name()} has ended by itself")


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    examples: tuple[str, ...] = (),
    now: Callable[[], datetime] = wall_clock,
) -> AsyncIterator[RunningBot]:
    """Run the bot of these settings for as long as the block lasts; `now` is its clock.

    Raises:
        SettingsError: the token is missing or unknown, or a package that a setting needs.
        StoreError: the database cannot be used, or another bot holds it.

    """
    token = settings.read_token()
    meaning = open_meaning(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / DATABASE_NAME
    with hold_lock(settings.data / LOCK_NAME):
        async with open_database(path) as db:
            salt = read_salt(settings.data)
            search = Search(db, meaning)
            services = Services(settings, db, search, examples=examples, salt=salt, now=now)
            services.preparer = Preparer(lambda: search.lexicon)
            followed = Followed(db)
            with _reading_what_stays():
                await services.search.load()
                await followed.refresh()
            app = _build(settings, token, services)
            heartbeat = Heartbeat(settings.data / HEARTBEAT_NAME)
            async with heartbeat.beating(), connected(app, settings.api_url):
                services.username = app.bot.username
                embedding = Embedding(db, services.search, meaning.encoder) if meaning else None
                bot = await _assemble(app, services, token, heartbeat, followed, embedding)
                try:
                    yield bot
                finally:
                    await _stop(bot)


@contextmanager
def _reading_what_stays() -> Iterator[None]:
    """Read the index, the dictionaries and what is followed: none of it is ever garbage.

    Collections neither look through it while it grows nor afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def _build(settings: Settings, token: str, services: Services) -> type_of_application:
    """Return python-telegram-bot's part: handlers and the connection; it fetches nothing itself."""
    url = settings.api_url.rstrip("/")
    client = Client(url, _CONNECTIONS)
    app: type_of_application = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .request(client)
        .get_updates_request(client)
        .updater(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    app.bot_data["services"] = services
    add_handlers(app)
    return app


async def _assemble(
    app: type_of_application,
    services: Services,
    token: str,
    heartbeat: Heartbeat,
    followed: Followed,
    embedding: Embedding | None,
) -> RunningBot:
    """Start the poller, the workers, the sender and the care of all of them."""
    db, settings = services.db, services.settings
    await grant_owners(services)
    link = await first_owner_link(services)
    sender = Sender(
        db,
        app.bot,
        secrets.token_hex(8),
        language=settings.language,
        now=services.now,
        clock=WatchedClock(elapsed, services.now, boot_id()),
        kept=settings.data / CLOCK_NAME,
    )

    async def note(update: Update, connection: Transaction) -> None:
        # Each time: whoever writes takes messages again, whatever a refused send has told of him.
        chat = update.effective_chat
        if chat and not update.guest_message:
            await see_chat(connection, chat.id, chat.type, chat.title, services.now())
        message = update.message
        if message and message.from_user and (message.text or "").startswith("/"):
            # Before the outcome's own writes, which may be a prompt; and even if it is refused.
            await end_prompt(connection, message.chat.id, message.from_user.id)

    async def on_index_change() -> None:
        with contextlib.suppress(BotError):  # what this one misses, the next of each second sees
            await services.search.refresh()

    async def on_role_change(user_id: int) -> None:
        # Who never opened the bot has no menu yet; his first /start sets it.
        with contextlib.suppress(TelegramError):
            await set_role_menu(app.bot, user_id, await get_role(db, user_id))

    async def on_gap(_gap: timedelta) -> None:
        words = get_locale(settings.language).text(
            "Telegram was out of reach for more than a day. Questions of that time may be lost."
        )
        await raise_alarm(db, "gap", words, services.now())
        sender.wake()

    async def find(question: str) -> Answer:
        # As it was asked: with the period, the source or the sector in its words.
        context = Context(app)
        context.services = services
        return (await find_answer_within(context, question)).answer

    tools = Tools(db, services.search, services.preparer, downloading(app.bot), services.now)
    jobs = Jobs(
        tools,
        on_message=sender.wake,
        on_index_change=on_index_change,
        language=settings.language,
    )
    services.wake_jobs, services.stop_job = jobs.wake, jobs.stop
    feeds = Feeds(tools, wake_jobs=jobs.wake, on_message=sender.wake, language=settings.language)
    services.wake_feeds = feeds.wake
    handling = Handling(
        db,
        app.bot,
        handle=lambda update: dispatch(app, update),
        find_locale=lambda update: find_locale(services, update),
        note=note,
        on_index_change=on_index_change,
        on_role_change=on_role_change,
        on_outcome=sender.wake,
        now=services.now,
        language=settings.language,
    )
    workers = Workers(
        db, app.bot.id, handling, last_of_backlog=await last_waiting_id(db, app.bot.id)
    )
    notifier = Notifier(
        db,
        services.search,
        followed,
        find=find,
        language=settings.language,
        username=lambda: services.username,
        now=lambda: services.now(),  # noqa: PLW0108 - another clock may be set
        on_messages=sender.wake,
    )
    rereader = Rereader(db, services.search, services.preparer)
    bot = RunningBot(services, sender, workers, notifier, rereader, link, embedding)
    request = Client(settings.api_url, 1)
    poller = Poller(
        db,
        request,
        f"{settings.api_url.rstrip('/')}/bot{token}",
        bot_id=app.bot.id,
        on_updates=workers.wake,
        on_gap=on_gap,
        now=services.now,
        answered_at=heartbeat.answered_at,
        on_answer=heartbeat.note,
    )
    parts: dict[str, Coroutine[Any, Any, None]] = {
        "poller": _polling(poller, request),
        "workers": workers.run(),
        "sender": sender.run(),
        "notifier": notifier.run(),
        "jobs": jobs.run(),
        "feeds": feeds.run(),
        "index": every(REFRESH_S, services.search.refresh),
        "rereading": every(REFRESH_S, rereader.step),
        "keeping": every(KEEP_S, services.search.keep),
        "care": every(CARE_S, lambda: take_care(services)),
        "backups": every(CARE_S, lambda: keep_backups(services)),
        "menus": _menus(app, services),
    }
    if embedding:
        parts["embedding"] = _embedding(embedding)
    bot.tasks = [asyncio.create_task(part, name=name) for name, part in parts.items()]
    return bot


async def _stop(bot: RunningBot) -> None:
    """End: take nothing new, finish what is under way, within `STOP_S`."""
    bot.workers.stop()
    bot.sender.stop()
    finishing = [task for task in bot.tasks if task.get_name() in {"workers", "sender"}]
    others = [task for task in bot.tasks if task not in finishing]
    for task in others:
        task.cancel()
    _, late = await asyncio.wait(finishing, timeout=STOP_S)
    for task in late:
        task.cancel()
    await asyncio.gather(*bot.tasks, return_exceptions=True)


async def _polling(poller: Poller, request: Client) -> None:
    async with request:
        await poller.run()


async def _embedding(embedding: Embedding) -> None:
    try:
        await every(REFRESH_S, embedding.catch_up)
    finally:
        embedding.close()


async def _menus(app: type_of_application, services: Services) -> None:
    """Set the menus, then rest: a part that ends would count as a fault."""
    with contextlib.suppress(TelegramError):
        await set_menus(app.bot)
    for grant in await list_roles(services.db):
        with contextlib.suppress(TelegramError):
            await set_role_menu(app.bot, grant.user_id, grant.role)
    await asyncio.Event().wait()
