"""What a handler is given, and the entries by which features are listed."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.config import Settings
from bot.locales import Locale, get_locale
from bot.replies.outcome import Outcome
from bot.search import Search
from bot.store.database import Database
from bot.store.roles import Role


@dataclass(slots=True)
class Services:
    """What lives as long as the application: settings, database, index, clock."""

    settings: Settings
    db: Database
    search: Search
    username: str = ""
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context of one update: services, and the language of whoever asks.

    `locale` is set by the dispatch before a handler runs.
    """

    services: Services
    locale: Locale

    @classmethod
    def from_update(
        cls, update: object, application: "Application[Any, Any, Any, Any, Any, Any]"
    ) -> "Context":
        """Return the context of an update, with the services of the application."""
        context = super().from_update(update, application)
        context.services = application.bot_data["services"]
        context.locale = get_locale(context.services.settings.language)
        return context

    @property
    def db(self) -> Database:
        """Return the database."""
        return self.services.db

    @property
    def search(self) -> Search:
        """Return the live index."""
        return self.services.search


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
