"""The whole bot against the stand-in for Telegram, in one process: real library, real HTTP."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.app import RunningBot, running
from bot.config import Settings
from bot.context import wall_clock
from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.simulator import Person, Room, Simulator
from bot.simulator.views import Seen
from bot.store.publishing import Added
from tests.accessibility import find_faults

#: The owner that the settings of these tests name.
OWNER_ID = 900_001

PORT = (
    "Новый морской порт в Кортане откроется 14 сентября 2026 года.\n"
    "Глубина у главного причала составит 15,5 метра.\n"
    "Строительство обошлось в 1,8 млрд талеров.\n"
    "Министр Игорь Лисовец назвал порт воротами страны.\n"
    "За безопасность у входа в гавань отвечают 22 лоцмана."
)
HARVEST = (
    "Урожай пшеницы вырос на треть.\n"
    "Вывоз зерна ограничат квотой в 2 000 тонн.\n"
    "Фермеры получат субсидии на элеваторы."
)

Publish = Callable[..., Awaitable[Added]]


def _parse(markup: object) -> dict[str, list[list[dict[str, str]]]]:
    """Return a keyboard as JSON, nothing for a request without one."""
    found = json.loads(markup) if isinstance(markup, str) else markup
    return found if isinstance(found, dict) else {}


def _keyboards(sim: Simulator) -> list[list[list[str]]]:
    """Return the labels of every keyboard that the bot has sent."""
    markups = [request.params.get("reply_markup") for request in sim.journal.requests()]
    return [
        [[button["text"] for button in row] for row in markup["inline_keyboard"]]
        for markup in map(_parse, markups)
        if "inline_keyboard" in markup
    ]


async def published(room: Room, card: Seen) -> Seen:
    """Return the card of a draft after «Опубликовать»."""
    await room.press(card, "Опубликовать")
    return await room.edited(card)


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    """Return a stand-in for Telegram on loopback; its rules were never broken."""
    async with Simulator() as simulator:
        yield simulator
        assert simulator.journal.violations == []
        assert [
            fault for keyboard in _keyboards(simulator) for fault in find_faults(keyboard)
        ] == []


@pytest.fixture
def settings(sim: Simulator, tmp_path: Path) -> Settings:
    """Return the settings of a bot that talks to the stand-in."""
    return Settings(data=tmp_path, token=sim.token, api_url=sim.api_url, owners=str(OWNER_ID))


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Return the clock that the bot has from its start: a file of tests may set another."""
    return wall_clock


@pytest.fixture
async def bot(settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[RunningBot]:
    """Return a running bot without articles."""
    async with running(settings, now=clock) as bot:
        yield bot


@pytest.fixture
async def nobody_is_told(bot: RunningBot) -> None:
    """Let followers be told nothing, where a test is about something else."""
    notifier = next(task for task in bot.tasks if task.get_name() == "notifier")
    notifier.cancel()


@pytest.fixture
async def add_article(bot: RunningBot) -> Publish:
    """Return a function that publishes a text and lets the index see it."""

    async def add(text: str, title: str, day: date = date(2026, 2, 11), url: str = "") -> Added:
        draft = make_draft(text, Overrides(title=title, day=day, url=url or None))
        added = await publish(bot.services.db, draft, at=bot.services.now())
        await bot.services.search.refresh()
        return added

    return add


@pytest.fixture
async def articles(add_article: Publish) -> None:
    """Publish two articles."""
    await add_article(PORT, "Морской порт откроется осенью", url="https://example.org/port")
    await add_article(HARVEST, "Урожай вырос", day=date(2024, 10, 2))


@pytest.fixture
def anna(sim: Simulator, bot: RunningBot) -> Person:
    """Return a reader whose Telegram speaks Russian."""
    return sim.add_user("Анна", language_code="ru")


@pytest.fixture
def chat(sim: Simulator, anna: Person) -> Room:
    """Return the reader's private chat."""
    return sim.private_chat(anna)


@pytest.fixture
def owner_chat(sim: Simulator, bot: RunningBot) -> Room:
    """Return the owner's private chat."""
    return sim.private_chat(sim.add_user("Ольга", user_id=OWNER_ID, language_code="ru"))
