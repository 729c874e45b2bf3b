"""Asks Telegram for updates and stores them; only what is stored is confirmed, by asking again.

Nothing is parsed beyond numbers, no handler runs, no other call is made here.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.delivery.backoff import Backoff
from bot.errors import BusyError, StoreError
from bot.intake.received import KINDS, receive
from bot.store.database import Database
from bot.store.inbox import add_updates, count_waiting

log = structlog.get_logger(__name__)

#: How long Telegram holds a poll that finds nothing; its server allows 50 s.
POLL_S = 30
#: A hung connection is given up this much later than Telegram would have answered.
GRACE_S = 5
BATCH = 100  # the most that getUpdates gives. Source: Bot API
#: Above so many waiting updates the rest stays with Telegram, which keeps it for a day.
MOST_WAITING = 50_000
#: Those waiting are counted anew after so many came: a count at each poll would cost a statement.
RECOUNT = 1_000
#: How long to wait before looking whether the disk or the queue has room again.
PROBE_S = 30.0
#: After so long without an answer Telegram has begun to drop updates. Source: Bot API, getUpdates
KEPT = timedelta(hours=24)

Sleep = Callable[[float], Awaitable[None]]


class Poller:
    """The one poller of a token.

    `url` is `<api>/bot<token>`, `request` a client of its own: polls are long, and must
    not hold the connections of others. `on_updates` is told that there is work, `on_gap` that
    updates may be missing, `on_answer` when Telegram answered; an earlier run it last answered at
    `answered_at`.
    """

    def __init__(
        self,
        db: Database,
        request: BaseRequest,
        url: str,
        *,
        bot_id: int,
        now: Callable[[], datetime],
        on_updates: Callable[[], None],
        on_gap: Callable[[timedelta], Awaitable[None]],
        on_answer: Callable[[datetime], None] = lambda _at: None,
        answered_at: datetime | None = None,
        poll_s: float = POLL_S,
        grace_s: float = GRACE_S,
        most_waiting: int = MOST_WAITING,
        sleep: Sleep = asyncio.sleep,
        backoff: Backoff | None = None,
    ) -> None:
        self._db = db
        self._request = request
        self._url = url
        self._bot_id = bot_id
        self._now = now
        self._on_updates = on_updates
        self._on_gap, self._on_answer = on_gap, on_answer
        self._poll_s = poll_s
        self._grace_s = grace_s
        self._most_waiting = most_waiting
        self._sleep = sleep
        self._backoff = backoff or Backoff()
        # None asks from what Telegram knows to be confirmed; we need not remember.
        self._offset: int | None = None
        self._answered_at = answered_at or now()
        # Updates that may come before those that wait are counted again.
        self._room = 0

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            wait_s = await self._step()
            if wait_s:
                await self._sleep(wait_s)

    async def _step(self) -> float:
        """Poll once; return how long to wait before the next time."""
        try:
            if await self._is_full():
                log.warning("too many updates wait; polling pauses", limit=self._most_waiting)
                return PROBE_S
            items = await self._ask()
            await self._note_answer()
            return await self._store(items)
        except TelegramError as error:
            return self._wait_after(error)
        except BusyError as error:
            log.warning("the database is busy", error=str(error))
            return self._backoff.next_s()
        except StoreError as error:
            # A full disk above all. Telegram keeps what we do not confirm.
            log.error("updates cannot be stored; polling pauses", error=str(error))  # noqa: TRY400 - no traceback needed
            return PROBE_S

    async def _is_full(self) -> bool:
        """Return whether too many updates wait. Counted again when enough came to make it so."""
        if self._room > 0:
            return False
        waiting = await count_waiting(self._db, self._bot_id)
        self._room = min(self._most_waiting - waiting, RECOUNT)
        return self._room <= 0

    async def _ask(self) -> list[object]:
        """Return the next batch. Raises: TelegramError."""
        parameters = {
            "timeout": int(self._poll_s),
            "limit": BATCH,
            "allowed_updates": json.dumps(KINDS),
        }
        if self._offset is not None:
            parameters["offset"] = self._offset
        answer = self._request.parse_json_payload(
            await self._request.retrieve(
                f"{self._url}/getUpdates?{urlencode(parameters)}",
                read_timeout=self._poll_s + self._grace_s,
            )
        )
        result = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(result, list):
            raise TelegramError("getUpdates gave no list")
        return result

    async def _store(self, items: list[object]) -> float:
        """Store a batch, and only then move the offset; return how long to wait."""
        if not items:
            self._backoff.succeed()
            return 0.0
        received = [receive(item) for item in items]
        if await add_updates(self._db, self._bot_id, received, self._now()):
            self._on_updates()
        numbers = [each.update_id for each in received if each.update_id is not None]
        if not numbers:
            # Without a number nothing can be confirmed, and the same batch comes again.
            log.error("a batch of updates without numbers", size=len(received))
            return self._backoff.next_s()
        self._backoff.succeed()
        self._room -= len(received)
        self._offset = max(numbers) + 1
        return 0.0

    async def _note_answer(self) -> None:
        now = self._now()
        gap, self._answered_at = now - self._answered_at, now
        self._on_answer(now)
        if gap > KEPT:
            log.warning("Telegram was out of reach; updates may be missing", hours=gap.days * 24)
            await self._on_gap(gap)

    def _wait_after(self, error: TelegramError) -> float:
        """Return how long to wait after a refusal; the offset stays where it is.

        Raises: MemoryError, which the library takes for a fault of the network.
        """
        if isinstance(error.__cause__, MemoryError):
            raise error.__cause__
        wait_s = self._backoff.next_s()
        match error:
            case Conflict():
                log.error("another program polls with this token; stop it", error=str(error))
            case InvalidToken():
                log.error("Telegram does not know this token", error=str(error))
            case RetryAfter():
                pause = error.retry_after
                asked_s = pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
                log.warning("Telegram asks to wait", seconds=asked_s)
                return max(wait_s, asked_s)
            case _:
                log.warning("no updates", error=str(error), wait_s=round(wait_s, 1))
        return wait_s
