"""`paragraf run`: the bot, until it is told to stop."""

import asyncio
import contextlib
import signal

from bot.app import RunningBot, running
from bot.cli.terminal import out
from bot.config import load_settings
from bot.locales import get_locale
from bot.logs import set_up_logs

#: Ctrl-C, and how a service manager or a container ends a program.
STOPS = (signal.SIGINT, signal.SIGTERM)


def run() -> None:
    """Run the bot. Stop it with Ctrl-C or SIGTERM."""
    settings = load_settings()
    set_up_logs(settings)
    locale = get_locale(settings.language)

    async def work() -> None:
        async with running(settings) as bot:
            name = bot.services.username
            out.print(locale.text("Running as @{name}. Stop with Ctrl-C.", name=name))
            if bot.owner_link:
                out.print(locale.text("Open this link to become the owner:"))
                out.print(bot.owner_link, soft_wrap=True)
            await until_stopped(bot)

    async def stoppable() -> None:
        # Until the bot runs, which may be long without a network, a stop is a cancelled start.
        working = asyncio.create_task(work())
        for number in STOPS:
            asyncio.get_running_loop().add_signal_handler(number, working.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await working

    asyncio.run(stoppable())


async def until_stopped(bot: RunningBot) -> None:
    """Wait for Ctrl-C or SIGTERM, or for a part of the bot to fail, which is raised."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOPS:
        loop.add_signal_handler(number, stopped.set)
    waiting = asyncio.create_task(stopped.wait())
    failing = asyncio.create_task(bot.wait())
    done, pending = await asyncio.wait({waiting, failing}, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()
