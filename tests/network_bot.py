"""The whole bot in a network namespace with a public site: links and feeds from end to end.

Run as a program by `unshare`; prints what the owner and a reader were told, step by step.
"""

import asyncio
import json
import sys
from pathlib import Path

from bot.app import RunningBot, running
from bot.config import Settings
from bot.simulator import FloodRules, Room, Simulator
from bot.simulator.views import Seen
from bot.store.database import run
from tests.network import HEAD, PAGES, serving, setup

OWNER_ID = 1
SITE = "http://public.test"
PATIENCE_S = 60.0

#: A server that is broken.
BROKEN = b"HTTP/1.1 500 Internal Server Error\r\n\r\n"


def page(title: str, day: str, words: str) -> bytes:
    """Return a page with an article."""
    html = (
        f"<html><head><title>{title}</title><meta property='og:site_name' content='Вестник'>"
        f"<meta property='article:published_time' content='{day}T08:00:00Z'></head><body>"
        f"<article><h1>{title}</h1><p>{words}</p><script>плохо()</script></article></body></html>"
    )
    return HEAD + b"\r\n" + html.encode()


def feed(*paths: str) -> bytes:
    """Return a feed with items at these paths, the newest last."""
    items = "".join(
        f"<item><title>{path}</title><link>{SITE}{path}</link></item>" for path in paths
    )
    body = f"<rss version='2.0'><channel><title>Лента порта</title>{items}</channel></rss>"
    kind = b"Content-Type: application/rss+xml\r\n"
    return HEAD.replace(b"Content-Type: text/html\r\n", kind) + b"\r\n" + body.encode()


async def main() -> dict[str, str]:
    """Return what was told, by the step after which it was."""
    data = Path(sys.argv[1])
    async with serving(), Simulator(flood=FloodRules.off()) as sim:
        settings = Settings(data=data, token=sim.token, api_url=sim.api_url, owners=str(OWNER_ID))
        async with running(settings) as bot:
            owner = sim.private_chat(sim.add_user("Ольга", user_id=OWNER_ID, language_code="ru"))
            reader = sim.private_chat(sim.add_user("Анна", language_code="ru"))
            return {
                **await links(owner, reader, bot),
                **await feeds(owner, bot),
            }


async def links(owner: Room, reader: Room, bot: RunningBot) -> dict[str, str]:
    """Send a link, publish its article, ask for it."""
    told: dict[str, str] = {}
    PAGES["/port"] = page("Порт открыт", "2026-02-11", "Морской порт откроют осенью.")
    await owner.send(f"/add {SITE}/port")
    card = await settled(owner)
    told["link"] = card.text
    await owner.press(card, "Опубликовать")
    told["published"] = (await owner.edited(card, PATIENCE_S)).text
    await reader.send("что откроют осенью")
    told["answer"] = (await reader.reply(PATIENCE_S)).text
    rows = await bot.services.db.fetch("SELECT count(*) FROM source_page WHERE version_id = 1")
    told["pages kept"] = str(rows[0][0])
    await owner.send(f"/add {SITE}/port")
    told["again"] = (await settled(owner)).text
    await owner.send(f"/add {SITE}/gone")
    told["gone"] = (await settled(owner)).text
    return told


async def feeds(owner: Room, bot: RunningBot) -> dict[str, str]:
    """Follow a feed in which one item is old and others come, then one that breaks."""
    told: dict[str, str] = {}
    PAGES["/feed"] = feed("/port")
    await owner.send(f"/feeds add {SITE}/feed")
    await owner.reply(PATIENCE_S)
    told["added"] = (await owner.reply(PATIENCE_S)).text
    PAGES["/bridge"] = page("Мост построен", "2026-02-12", "Мост построят к весне.")
    PAGES["/feed"] = feed("/port", "/bridge")
    await look_again(bot)
    told["item"] = (await settled(owner)).text
    await bot.services.db.change("UPDATE feed SET mode = 'auto'")
    PAGES["/tower"] = page("Башня", "2026-02-13", "Башню построят к зиме, сказал министр.")
    PAGES["/feed"] = feed("/port", "/bridge", "/tower")
    await look_again(bot)
    told["auto"] = (await settled(owner)).text
    PAGES["/feed"] = BROKEN
    for turn in range(1, 11):
        await look_again(bot)
        await failed(bot, turn)
    told["broken"], told["paused"] = [each.text for each in await owner.replies(2, PATIENCE_S)]
    await owner.send("/feeds")
    told["list"] = (await owner.reply(PATIENCE_S)).text
    await owner.send(f"/feeds add {SITE}/port")
    await owner.reply(PATIENCE_S)
    told["no feed"] = (await owner.reply(PATIENCE_S)).text
    return told


async def settled(room: Room) -> Seen:
    """Return the message that a job ends with."""
    seen = await room.reply(PATIENCE_S)
    while "Остановить" in seen.labels:
        seen = await room.edited(seen, PATIENCE_S)
    return seen


async def look_again(bot: RunningBot) -> None:
    """Let the feed be due now."""
    async with bot.services.db.write() as connection:
        await run(connection, "UPDATE feed SET due_at = 0 WHERE state = 'active'")
    bot.services.wake_feeds()


async def failed(bot: RunningBot, times: int) -> None:
    """Return when the feed has failed so often."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            rows = await bot.services.db.fetch("SELECT failures, state FROM feed WHERE id = 1")
            if rows[0][0] >= times or rows[0][1] == "paused":
                return
            await asyncio.sleep(0.01)


if __name__ == "__main__":
    setup(Path(sys.argv[1]))
    outcome = asyncio.run(main())
    sys.stdout.write("\n" + json.dumps(outcome, ensure_ascii=False))
