"""`paragraf demo`: the bot in a browser, with sample articles and a stand-in for Telegram."""

import asyncio
import json
import tempfile
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import running
from bot.cli.run import until_stopped
from bot.cli.terminal import open_store, out
from bot.config import Settings, load_settings
from bot.errors import InputError
from bot.ingest.drafts import draft_document
from bot.ingest.files import find_sources
from bot.ingest.publish import publish
from bot.locales import get_locale
from bot.logs import set_up_logs
from bot.simulator import FloodRules, Simulator

#: The sample articles and questions, beside the packages in a clone.
FOLDER = Path(__file__).parents[2] / "demo"

#: Questions to try, of the kind that a newcomer would ask.
EXAMPLES = ("g001", "g002", "g003")

_READER_ID, _EDITOR_ID, _OWNER_ID = 1001, 1002, 1003


def demo(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.")] = 8008,
    keep: Annotated[bool, typer.Option(help="Keep the data, in PARAGRAF_DATA.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Try the bot in a browser: no token, nothing to set up. Stop it with Ctrl-C."""
    if not FOLDER.is_dir():
        raise InputError(f"The sample articles are not at {FOLDER}. Run this in a clone.")
    settings = load_settings()
    set_up_logs(settings.model_copy(update={"log_level": "warning"}))
    with tempfile.TemporaryDirectory(prefix="paragraf-") as folder:
        data = settings.data if keep else Path(folder)
        asyncio.run(_demo(settings.model_copy(update={"data": data}), port, browser=browser))


async def _demo(settings: Settings, port: int, *, browser: bool) -> None:
    await _add_articles(settings)
    async with Simulator(port=port, flood=FloodRules.off()) as telegram:
        _people(telegram)
        own = {"token": telegram.token, "api_url": telegram.api_url, "owners": str(_OWNER_ID)}
        async with running(settings.model_copy(update=own), examples=_examples()) as bot:
            stopped = asyncio.create_task(until_stopped(bot))
            await asyncio.sleep(0)  # lets it heed Ctrl-C before the address is out
            address = f"{telegram.api_url}/"
            text = get_locale(settings.language).text
            out.print(text("The chat is at {address} Stop with Ctrl-C.", address=address))
            if browser:
                await asyncio.to_thread(webbrowser.open, address)
            await stopped


async def _add_articles(settings: Settings) -> None:
    async with open_store(settings) as db:
        for source in find_sources([str(FOLDER / "articles")]):
            await publish(db, draft_document(await source.read()), at=datetime.now(UTC))


def _people(telegram: Simulator) -> None:
    """Put a reader, an editor, the owner, a group and a forum into the little Telegram."""
    anna = telegram.add_user("Анна", user_id=_READER_ID, language_code="ru")
    oleg = telegram.add_user("Олег", user_id=_EDITOR_ID, language_code="ru")
    olga = telegram.add_user("Ольга (владелец)", user_id=_OWNER_ID, language_code="ru")
    telegram.add_group("Аналитики", [anna, oleg, olga])
    forum = telegram.add_group("Форум", [anna, oleg, olga], forum=True)
    forum.topic("Энергетика")
    forum.topic("Транспорт")


def _examples() -> tuple[str, ...]:
    """Return questions to try, from the golden ones."""
    with (FOLDER / "golden.jsonl").open(encoding="utf-8") as file:
        golden = {record["id"]: record["question"] for record in map(json.loads, file)}
    return tuple(golden[key] for key in EXAMPLES)
