"""A start when Telegram does not answer, and a start after a long absence."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram.ext import ApplicationBuilder

from bot.app import HEARTBEAT_NAME, running
from bot.config import Settings
from bot.errors import SettingsError
from bot.intake.connection import connected
from bot.simulator import Simulator
from tests.faults.roads import PATIENCE_S, Naps, texts_sent


async def connect(sim: Simulator, naps: Naps, token: str | None = None) -> None:
    """Connect once, as the bot does at its start, and close again."""
    builder = ApplicationBuilder().token(token or sim.token).base_url(f"{sim.api_url}/bot")
    app = builder.updater(None).build()
    async with asyncio.timeout(PATIENCE_S), connected(app, sim.api_url, sleep=naps):
        pass


@pytest.mark.parametrize("fault", ["status", "html"])
async def test_a_start_is_tried_again_later_and_later(sim: Simulator, fault: str) -> None:
    """Row 16: up to a minute, for as long as Telegram does not answer."""
    getattr(sim.faults, fault)("getMe", 502, times=9)
    naps = Naps()
    await connect(sim, naps)
    assert len(naps.seconds) == 9
    assert naps.seconds[0] <= 1
    assert 30 <= min(naps.seconds[-2:]) <= max(naps.seconds) <= 60


async def test_a_start_in_a_pause_waits_for_its_end(sim: Simulator) -> None:
    """Row 14: not asked again before, since that would prolong it."""
    sim.faults.flood("getMe", 7200)
    naps = Naps()
    await connect(sim, naps)
    assert naps.seconds == [7200]


async def test_a_wrong_token_is_not_tried_again(sim: Simulator) -> None:
    """It will not become right by waiting."""
    naps = Naps()
    with pytest.raises(SettingsError, match="BotFather"):
        await connect(sim, naps, token=f"1:{'x' * 35}")
    assert naps.seconds == []


@pytest.mark.parametrize("how", ["age", "words"])
@pytest.mark.parametrize(("hours", "is_told"), [(23, False), (25, True)])
async def test_a_bot_that_was_off_for_a_day_says_so(
    sim: Simulator, tmp_path: Path, hours: float, how: str, *, is_told: bool
) -> None:
    """Row 16: Telegram keeps updates for a day, whoever was away; the owner hears of the loss.

    Also when the bot was alive all the while, and was only restarted.
    """
    chat = sim.private_chat(sim.add_user("Ольга", language_code="ru"))
    await chat.send("/help")
    beat = tmp_path / HEARTBEAT_NAME
    ago = datetime.now(UTC) - timedelta(hours=hours)
    if how == "words":
        beat.write_text(ago.isoformat())
    else:
        beat.touch()
        os.utime(beat, (ago.timestamp(), ago.timestamp()))
    settings = Settings(data=tmp_path, token=sim.token, api_url=sim.api_url, owners=str(chat.id))
    async with running(settings) as bot:
        await chat.reply(timeout_s=PATIENCE_S)
        told = [text for text in await texts_sent(bot.services.db) if "больше суток" in text]
    assert len(told) == is_told
    assert datetime.fromisoformat(beat.read_text().strip()) > ago
