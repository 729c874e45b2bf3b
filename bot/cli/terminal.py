"""What the verbs share: the two consoles, the store opened for one command."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import TextIO, TypeVar

from rich.console import Console

from bot.config import LogLevel, Settings, load_settings
from bot.errors import SettingsError
from bot.ingest.drafts import MOST_TEXT_BYTES
from bot.locales import Locale, get_locale
from bot.logs import set_up_logs
from bot.store.database import DATABASE_NAME, Database, open_database

T = TypeVar("T")

#: Columns where nobody reads along: a line for a file or a program is as long as its text.
NO_EDGE = MOST_TEXT_BYTES

#: Numbers on the command line: beyond any corpus, far below the largest that SQLite can hold.
MOST_NUMBER = 10**9


def _console(stream: TextIO, *, stderr: bool = False) -> Console:
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else NO_EDGE)


out = _console(sys.stdout)
err = _console(sys.stderr, stderr=True)


def complain(sentence: str) -> None:
    """Print a sentence about what went wrong, where it does not mix with the output."""
    err.print(sentence, style="red", markup=False)


def run(work: Callable[[Database, Locale], Coroutine[None, None, T]]) -> T:
    """Return what `work` makes of the instance's database, in the operator's language."""
    settings = load_settings()
    set_up_logs(settings.model_copy(update={"log_level": LogLevel.WARNING}))

    async def session() -> T:
        async with open_store(settings) as db:
            return await work(db, get_locale(settings.language))

    return asyncio.run(session())


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Database]:
    """Open the database in the data folder, which is made when it is not there."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"PARAGRAF_DATA={settings.data} does not fit: {error.strerror}. "
            "Use a folder that can be written."
        ) from error
    async with open_database(settings.data / DATABASE_NAME) as db:
        yield db
