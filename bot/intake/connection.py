"""The connection to Telegram: waited for while there is no network, refused for a wrong token."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot.delivery.backoff import Backoff
from bot.errors import SettingsError

log = structlog.get_logger(__name__)

Sleep = Callable[[float], Awaitable[None]]


@asynccontextmanager
async def connected(
    app: Application[Any, Any, Any, Any, Any, Any],
    api_url: str,
    *,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[None]:
    """Hold the connection to Telegram, once there is one; until then say in words why not.

    Raises: SettingsError if Telegram does not know the token.
    """
    backoff = Backoff()
    try:
        # A machine may start before its network: it is waited for, as it is later.
        while error := await _try(app):
            wait_s = max(backoff.next_s(), _asked_s(error))
            log.warning(
                "Telegram cannot be reached; look at the network and at PARAGRAF_API_URL",
                url=api_url,
                reason=error.message,
                wait_s=round(wait_s, 1),
            )
            await sleep(wait_s)
        yield
    finally:
        await app.shutdown()
        # The line above does nothing for an application that never came up.
        await app.bot.shutdown()


async def _try(app: Application[Any, Any, Any, Any, Any, Any]) -> TelegramError | None:
    """Return why Telegram did not answer, None if it did."""
    try:
        await app.initialize()
    except InvalidToken as error:
        raise SettingsError(
            "Telegram does not know the token in PARAGRAF_TOKEN. Ask BotFather for a new one."
        ) from error
    except TelegramError as error:
        return error
    return None


def _asked_s(error: TelegramError) -> float:
    """Return how long Telegram asks to wait: a request before that would prolong it."""
    if not isinstance(error, RetryAfter):
        return 0.0
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
