"""What is done now and then: what has grown old goes, a copy of the day is kept."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from bot.context import Services
from bot.delivery.alarms import raise_alarm
from bot.errors import BotError, UserError
from bot.ingest.likeness import sign_missing
from bot.locales import get_locale
from bot.store.backups import back_up, drop_old_backups, is_backup_due
from bot.store.queues import cancel_expired
from bot.store.retention import erase_deleted, erase_old

log = structlog.get_logger(__name__)

#: Batches of articles that are signed at each look: seconds of a processor, no more.
SIGNED_AT_ONCE = 20


async def every(seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do the work now and then; a fault of the store is logged and does not end it."""
    while True:
        try:
            await work()
        except (BotError, OSError):
            log.exception("care failed")
        await asyncio.sleep(seconds)


async def take_care(services: Services) -> None:
    """Give up what came too late, erase what has grown old, sign what is not signed."""
    db, at = services.db, services.now()
    await cancel_expired(db, at)
    await erase_old(db, at)
    await erase_deleted(db, at)
    await sign_missing(db, SIGNED_AT_ONCE)


async def keep_backups(services: Services) -> None:
    """Make the backup of the day if it is due, and drop those that are too old."""
    db, at = services.db, services.now()
    if not await asyncio.to_thread(is_backup_due, db.path, at):
        return
    try:
        copy = await asyncio.to_thread(back_up, db.path, at)
        dropped = await asyncio.to_thread(drop_old_backups, db.path, at)
    except UserError as error:
        locale = get_locale(services.settings.language)
        await raise_alarm(db, "backup", locale.text(error.message_id, **error.values), at)
        return
    log.info("backup made", file=copy.name, dropped=len(dropped))
