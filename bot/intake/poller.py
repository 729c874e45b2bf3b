"""Long polling by hand: raw updates are on the disk before Telegram is told that we have them."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.errors import DiskFullError, StoreError
from bot.intake.received import KINDS, receive
from bot.store.database import Database
from bot.store.inbox import add_updates, count_waiting

log = structlog.get_logger(__name__)

#: How long Telegram keeps a poll open when there is nothing; well under its limit of 50 s.
POLL_S = 25

#: A hung poll delays everything, so ours ends soon after Telegram's.
READ_TIMEOUT_S = POLL_S + 5

#: Updates in a batch. Source: Bot API, getUpdates.
BATCH = 100

#: Above so many waiting updates polling pauses; Telegram keeps the rest for a day.
MOST_WAITING = 50_000

FIRST_BACKOFF_S = 1.0
MOST_BACKOFF_S = 60.0

#: With a full disk nothing is polled but a probe each half minute.
PROBE_S = 30.0

_OK = 200
_CONFLICT = 409


class PollError(Exception):
    """A poll that brought no updates; the message says why."""


class Poller:
    """Stores what Telegram has for a bot, batch by batch, until cancelled."""

    def __init__(
        self,
        db: Database,
        request: BaseRequest,
        url: str,
        bot_id: int,
        *,
        on_updates: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self._db, self._request, self._url, self._bot_id = db, request, url, bot_id
        self._on_updates, self._now = on_updates, now
        self._offset: int | None = None  # Telegram remembers what was confirmed before a start
        self._failures = 0
        self._chance = Random()  # noqa: S311 - jitter, no secret

    async def run(self) -> None:
        """Poll until cancelled. Failures are waited out, longer each time in a row."""
        while True:
            try:
                await self._turn()
                self._failures = 0
            except DiskFullError:
                log.exception("disk full, polling stopped")
                await asyncio.sleep(PROBE_S)
            except (PollError, StoreError, TelegramError) as error:
                log.warning("polling failed", reason=str(error))
                await asyncio.sleep(self._backoff_s())

    async def _turn(self) -> None:
        """Ask for a batch, store it, and only then move the offset past it."""
        if await count_waiting(self._db, self._bot_id) > MOST_WAITING:
            await asyncio.sleep(FIRST_BACKOFF_S)
            return
        batch = await self._ask()
        if not batch:
            return
        new = await add_updates(self._db, self._bot_id, map(receive, batch), self._now())
        numbers = [item["update_id"] for item in batch if _is_numbered(item)]
        if numbers:
            self._offset = max(numbers) + 1
        if new:
            self._on_updates()

    async def _ask(self) -> list[Any]:
        parameters = {
            "timeout": POLL_S,
            "limit": BATCH,
            "allowed_updates": json.dumps(KINDS),
            **({} if self._offset is None else {"offset": self._offset}),
        }
        code, content = await self._request.do_request(
            f"{self._url}/getUpdates?{urlencode(parameters)}", "GET", read_timeout=READ_TIMEOUT_S
        )
        if code == _CONFLICT:
            raise PollError("another program polls with this token; stop it")
        if code != _OK:
            raise PollError(f"Telegram answered {code}")
        try:
            result = json.loads(content)["result"]
        except (ValueError, KeyError, TypeError) as error:
            raise PollError("Telegram's answer is not JSON") from error
        if not isinstance(result, list):
            raise PollError("Telegram's answer is not a list of updates")
        return result

    def _backoff_s(self) -> float:
        longest = min(FIRST_BACKOFF_S * 2.0**self._failures, MOST_BACKOFF_S)
        self._failures += 1
        return longest * self._chance.uniform(0.5, 1.0)


def _is_numbered(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("update_id"), int)
