"""What a handler is given, and the entries by which features are listed."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.config import Settings
from bot.ingest.preparing import Preparer
from bot.intake.floods import Floods
from bot.locales import Locale, get_locale
from bot.replies.outcome import Outcome
from bot.search import Search
from bot.store.database import Database
from bot.store.prompts import Prompt
from bot.store.roles import Role, Standing, get_standing
from bot.store.scopes import Sources
from index.types import Language


def wall_clock() -> datetime:
    """Return the moment that the machine's clock shows."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Services:
    """What lives as long as the application: settings, database, index, clock.

    `salt` is the secret by which askers are counted without their ids.
    """

    settings: Settings
    db: Database
    search: Search
    username: str = ""
    examples: tuple[str, ...] = ()
    salt: bytes = b""
    floods: Floods = field(default_factory=Floods)
    # The sources of the corpus, as of a version of the index; see chat/filters.
    sources: tuple[int, Sources] | None = None
    # (chat, user) → whether he manages it, and until when that is believed; see chat/managers.
    managers: dict[tuple[int, int], tuple[bool, float]] = field(default_factory=dict)
    preparer: Preparer = field(default_factory=Preparer)
    # Told from within the transaction that begins or stops a job.
    wake_jobs: Callable[[], None] = field(default=lambda: None)
    stop_job: Callable[[int], None] = field(default=lambda _: None)
    wake_feeds: Callable[[], None] = field(default=lambda: None)
    now: Callable[[], datetime] = field(default=wall_clock)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context of one update: services, and the language and role of whoever asks.

    `locale` and `role` are found by `prepare`, before a handler runs, and whether anything was
    asked of the sender, `is_prompted`; `prompt` is what the update replies to, None for whatever
    was not asked for. `channel` is the channel that an administrator manages from his private chat
    by this very update, checked; see chat/elsewhere.
    """

    services: Services
    locale: Locale
    role: Role
    is_prompted: bool
    prompt: Prompt | None = None
    channel: int | None = None

    @classmethod
    def from_update(
        cls, update: object, application: "Application[Any, Any, Any, Any, Any, Any]"
    ) -> "Context":
        """Return the context of an update, with the services of the application."""
        context = super().from_update(update, application)
        context.services = application.bot_data["services"]
        return context

    async def prepare(self, update: Update) -> None:
        """Find out which language and which role the update's sender has."""
        standing = await _find_standing(self.services, update)
        self.locale = _locale_of(standing, self.services, update)
        self.role, self.is_prompted = standing.role, standing.is_prompted

    @property
    def db(self) -> Database:
        """Return the database."""
        return self.services.db

    @property
    def search(self) -> Search:
        """Return the live index."""
        return self.services.search


async def find_locale(services: Services, update: Update) -> Locale:
    """Return the language of an update: the chat's choice, else the sender's, else ours."""
    return _locale_of(await _find_standing(services, update), services, update)


async def _find_standing(services: Services, update: Update) -> Standing:
    chat, user = update.effective_chat, update.effective_user
    # The chat of a guest message may bear the number of another chat of ours.
    chat_id = chat.id if chat and not update.guest_message else None
    return await get_standing(services.db, chat_id, user.id if user else None)


def _locale_of(standing: Standing, services: Services, update: Update) -> Locale:
    user = update.effective_user
    language = standing.language
    if language is None:
        code = (user.language_code or "") if user else ""
        try:
            language = Language(code[:2])
        except ValueError:
            language = services.settings.language
    return get_locale(language)


Handler = Callable[[Update, Context], Coroutine[Any, Any, Outcome]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the bot: `/name`, who may use it, and what the menu says of it.

    `description` is a sentence of `locales`, None for a command that no menu shows.
    """

    name: str
    handler: Handler
    description: str | None = None
    role: Role = Role.READER
    in_groups: bool = True


@dataclass(frozen=True, slots=True)
class ButtonHandler:
    """What answers buttons whose callback data is `verb:…`."""

    verb: str
    handler: Handler
    role: Role = Role.READER


@dataclass(frozen=True, slots=True)
class PromptHandler:
    """What takes the next message of whoever was sent a prompt of this kind.

    The prompt is `context.prompt`, over with the outcome's write. A UserError leaves it open, for
    another try; so does a write that sets it anew.
    """

    kind: str
    handler: Handler
    role: Role = Role.READER
