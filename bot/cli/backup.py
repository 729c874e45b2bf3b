"""`paragraf backup` and `restore`: the whole database copied, and put back."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import out
from bot.config import load_settings
from bot.locales import Locale, get_locale
from bot.store.backups import Settled, back_up, prepare_restore, put_in_place, settle
from bot.store.database import DATABASE_NAME, open_database
from bot.store.lock import LOCK_NAME, hold_lock

To = Annotated[Path | None, typer.Option(help="The file to write, not there yet.")]
Backup = Annotated[Path, typer.Argument(help="The file that backup made.")]
Resend = Annotated[
    bool, typer.Option("--resend", help="Send what was unsent in the backup, maybe twice.")
]


def backup(to: To = None) -> None:
    """Copy the database, beside a running bot too; by default into the folder of backups."""
    settings = load_settings()
    locale = get_locale(settings.language)
    copy = back_up(settings.data / DATABASE_NAME, datetime.now(UTC), to)
    words = locale.text("Backup: {file}, {size}.", file=copy, size=locale.size(copy.stat().st_size))
    out.print(words, markup=False, soft_wrap=True)


def restore(file: Backup, resend: Resend = False) -> None:
    """Put a backup in the place of the database, which is kept aside. Stop the bot first."""
    settings = load_settings()
    locale, at = get_locale(settings.language), datetime.now(UTC)
    path = settings.data / DATABASE_NAME
    settings.data.mkdir(parents=True, exist_ok=True)
    with hold_lock(settings.data / LOCK_NAME):
        copy = prepare_restore(file, path)
        asyncio.run(_migrate(copy))
        settled = settle(copy, at, resend=resend)
        aside = put_in_place(copy, path, at)
    for line in _report(settled, aside, at, locale):
        out.print(line, markup=False, soft_wrap=True)


async def _migrate(copy: Path) -> None:
    """Bring a backup of an older program to the tables of this one."""
    async with open_database(copy):
        pass


def _report(settled: Settled, aside: Path | None, at: datetime, locale: Locale) -> list[str]:
    lines = [locale.text("The backup is in place.")]
    if settled.known_until is not None:
        lines.append(
            locale.text(
                "What came from {first} to {last} is not in it: articles, messages, settings.",
                first=locale.moment(settled.known_until),
                last=locale.moment(at),
            )
        )
    if settled.messages or settled.updates:
        lines.append(
            locale.text(
                "Given up, since it may have been sent after the backup: {messages}, {updates}. "
                "To send it all the same, restore with --resend.",
                messages=locale.count("{n} message", "{n} messages", settled.messages),
                updates=locale.count("{n} update", "{n} updates", settled.updates),
            )
        )
    if aside is not None:
        lines.append(locale.text("The database before is kept: {file}", file=aside))
    return lines
