"""The long work of editors survives kills: an article is whole or absent, and its job goes on."""

import asyncio
import signal
from pathlib import Path

import pytest

from bot.simulator import Room, Simulator
from bot.simulator.views import Seen
from bot.store.articles import list_articles
from bot.store.database import DATABASE_NAME, open_database
from bot.store.drafts import count_drafts
from bot.store.passages import list_paragraphs
from tests.faults.conftest import Start, known
from tests.files import make_zip

PATIENCE_S = 60.0
FILE = "date: 2026-02-11\nМост построят к весне.\nЕго длина 200 метров.".encode()


@pytest.fixture
def owner(sim: Simulator) -> Room:
    """Return the private chat of the owner."""
    return sim.private_chat(sim.add_user("Ольга", user_id=1, language_code="ru"))


async def next_with(room: Room, label: str) -> Seen:
    """Return the next message with a button of this label, sent or edited.

    One that was in flight at a kill is sent again, and then it is the second that is edited.
    """
    seen = await room.reply(timeout_s=PATIENCE_S)
    while label not in seen.labels:
        looks = [
            asyncio.ensure_future(look)
            for look in (room.reply(PATIENCE_S), room.edited(seen, PATIENCE_S))
        ]
        done, rest = await asyncio.wait(looks, return_when=asyncio.FIRST_COMPLETED)
        for look in rest:
            look.cancel()
        seen = max((look.result() for look in done), key=lambda each: label in each.labels)
    return seen


@pytest.mark.parametrize("place", ["ingest.fetched", "ingest.before_commit"])
async def test_a_job_goes_on_after_a_kill(
    sim: Simulator, start: Start, owner: Room, data: Path, place: str
) -> None:
    """One draft comes of the file, whenever the bot was killed on the way to it."""
    killed = await start(FAIL_AT=place)
    await owner.send("/add")
    await owner.reply(timeout_s=PATIENCE_S)
    await owner.send_file("a.txt", FILE)
    assert await killed.wait() == -signal.SIGKILL
    again = await start()
    await next_with(owner, "Опубликовать")
    again.terminate()
    await again.wait()
    async with open_database(data / DATABASE_NAME) as db:
        assert await count_drafts(db) == 1
        assert len(await list_articles(db, 9)) == 1


async def test_a_kill_while_an_article_is_published(
    sim: Simulator, start: Start, owner: Room, data: Path
) -> None:
    """It is whole after the restart, which does the tap again, and there is one of it."""
    killed = await start(FAIL_AT="ingest.before_commit:2")
    await owner.send("/add " + FILE.decode())
    card = await next_with(owner, "Опубликовать")
    await known(data, card)
    with pytest.raises(TimeoutError):
        await owner.press(card, "Опубликовать", timeout_s=5)
    assert await killed.wait() == -signal.SIGKILL
    async with open_database(data / DATABASE_NAME) as db:
        assert [each.title for each in await list_articles(db, 9)] == ["Порт"]
    again = await start()
    said = await owner.edited(card, timeout_s=PATIENCE_S)
    assert said.text.startswith("Статья 2 опубликована")
    again.terminate()
    await again.wait()
    async with open_database(data / DATABASE_NAME) as db:
        assert len(await list_articles(db, 9)) == 2
        assert len(await list_paragraphs(db, 2)) == 2
        assert await count_drafts(db) == 0


async def test_a_job_that_ends_each_run_is_given_up(
    sim: Simulator, start: Start, owner: Room
) -> None:
    """After three runs; its editor is told, and the bot works on."""
    for turn in range(3):
        killed = await start(FAIL_AT="ingest.extracted")
        if turn == 0:
            await owner.send("/add")
            await owner.reply(timeout_s=PATIENCE_S)
            await owner.send_file("a.txt", FILE)
        assert await killed.wait() == -signal.SIGKILL
    await start()
    assert (await owner.reply(timeout_s=PATIENCE_S)).text.startswith("Не получилось")


async def test_an_archive_goes_on_where_it_was(
    sim: Simulator, start: Start, owner: Room, data: Path
) -> None:
    """After a kill at its third file: five drafts, none of them twice."""
    files = {f"{n}.txt": f"date: 2026-02-11\nМост номер {n} построят.".encode() for n in range(5)}
    killed = await start(FAIL_AT="bulk.before_commit:3")
    await owner.send("/add")
    await owner.reply(timeout_s=PATIENCE_S)
    await owner.send_file("a.zip", make_zip(**files))
    assert await killed.wait() == -signal.SIGKILL
    async with open_database(data / DATABASE_NAME) as db:
        assert await count_drafts(db) == 2
    again = await start()
    report = await next_with(owner, "Опубликовать все (5)")
    assert report.text == "5 черновиков готовы: /drafts"
    again.terminate()
    await again.wait()
    async with open_database(data / DATABASE_NAME) as db:
        assert await count_drafts(db) == 5
