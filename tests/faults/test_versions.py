"""A new version that is being published when the bot is killed: the former one, then the new."""

import signal
from pathlib import Path

import pytest

from bot.simulator import Simulator
from bot.store.articles import get_article
from bot.store.changed_passages import list_changed
from bot.store.database import DATABASE_NAME, open_database
from bot.store.passages import list_paragraphs
from tests.faults.conftest import Start, known

PATIENCE_S = 60.0
NEW = "Порт закроют навсегда.\nВместо него построят мост."


async def test_a_kill_while_a_version_is_published(
    sim: Simulator, start: Start, data: Path
) -> None:
    """Nothing of it is there; the restart does the tap again, and all of it is."""
    owner = sim.private_chat(sim.add_user("Ольга", user_id=1, language_code="ru"))
    killed = await start(FAIL_AT="revision.before_commit")
    await owner.send("/edit 1")
    await owner.reply(timeout_s=PATIENCE_S)
    await owner.send(NEW)
    card = await owner.reply(timeout_s=PATIENCE_S)
    await known(data, card)
    with pytest.raises(TimeoutError):
        await owner.press(card, "Опубликовать", timeout_s=5)
    assert await killed.wait() == -signal.SIGKILL
    async with open_database(data / DATABASE_NAME) as db:
        assert (await get_article(db, 1)).version == 1
        assert await list_paragraphs(db, 1, version=2) == ()
        assert await list_changed(db, 2) == ()
    again = await start()
    said = await owner.edited(card, timeout_s=PATIENCE_S)
    assert said.text.startswith("У статьи 1 новая версия.")
    again.terminate()
    await again.wait()
    async with open_database(data / DATABASE_NAME) as db:
        assert (await get_article(db, 1)).version == 2
        assert [each.text for each in await list_paragraphs(db, 1)] == NEW.split("\n")
        assert await list_changed(db, 2)
