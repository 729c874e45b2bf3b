"""What would make golden questions fare worse is stopped before it is published, and named."""

from datetime import UTC, date, datetime

import pytest

from bot.app import RunningBot
from bot.ingest.taking import Sent
from bot.simulator import Person, Room
from bot.simulator.views import Seen
from bot.store.articles import count_articles
from bot.store.drafts import Origin, count_drafts
from bot.store.golden import Golden, Place, add_golden
from bot.store.jobs import JobKind, NewJob, add_job
from bot.store.roles import Role, set_role
from tests.e2e.conftest import OWNER_ID
from tests.files import make_zip

QUESTION = "какая глубина у причала"
WORSE = "Какая глубина у причала, никто не знает.\nГлубина у причала, какая бы она ни была, тайна."


@pytest.fixture(autouse=True)
async def golden(bot: RunningBot, articles: None) -> None:
    """Keep a question that the port's second paragraph answers."""
    async with bot.services.db.write() as connection:
        await add_golden(connection, (Golden(QUESTION, (Place(1, 2),)),))


async def settled(room: Room) -> Seen:
    """Return the message that a job ends with."""
    seen = await room.reply(timeout_s=60)
    while "Остановить" in seen.labels:
        seen = await room.edited(seen, timeout_s=60)
    return seen


async def sent(room: Room, **files: str) -> Seen:
    """Return the report of an archive."""
    await room.send("/add")
    await room.reply()
    packed = {f"{name}.txt": f"date: 2026-02-11\n{text}".encode() for name, text in files.items()}
    await room.send_file("many.zip", make_zip(**packed))
    return await settled(room)


async def test_an_archive_that_spoils_answers_waits_for_the_owner(
    bot: RunningBot, owner_chat: Room
) -> None:
    """Nothing of it is published till then; the questions are named."""
    report = await sent(owner_chat, a=WORSE, b="Мост построят.")
    await owner_chat.press(report, "Опубликовать все (2)")
    stopped = await settled(owner_chat)
    assert stopped.text.splitlines() == [
        "Остановлено: на эталонные вопросы ответы стали бы хуже.",
        "Верный абзац первый: 0 из 1, раньше: 1",
        "Верный абзац среди первых трёх: 1 из 1",
        "Отказ, хотя ответ есть: 0 из 1",
        "Верные отказы: 0 из 0",
        "Потеряли бы:",
        f"1. {QUESTION}",
        "Ничего не опубликовано, черновики ждут: /drafts",
    ]
    assert await count_articles(bot.services.db) == 2
    await owner_chat.press(stopped, "Всё равно сделать")
    assert (await settled(owner_chat)).text == "2 статьи опубликованы."
    assert await count_articles(bot.services.db) == 4


async def test_an_editor_cannot_go_on(bot: RunningBot, chat: Room, anna: Person) -> None:
    """His drafts wait; what does no harm is published as ever."""
    async with bot.services.db.write() as connection:
        at = datetime.now(UTC)
        await set_role(connection, anna.id, Role.EDITOR, at, given_by=OWNER_ID)
    report = await sent(chat, a=WORSE, b="Мост построят.")
    await chat.press(report, "Опубликовать все (2)")
    stopped = await settled(chat)
    assert stopped.text.endswith("Продолжить может только владелец.")
    assert stopped.labels == ()
    assert await count_drafts(bot.services.db) == 2
    report = await sent(chat, c="Башню построят.", d="Завод построят.")
    await chat.press(report, "Опубликовать все (2)")
    assert (await settled(chat)).text == "2 статьи опубликованы."


async def test_an_item_of_a_feed_that_spoils_answers_is_a_draft(
    bot: RunningBot, owner_chat: Room
) -> None:
    """Though its feed is published without asking; another item is."""

    async def come(text: str) -> Seen:
        item = Sent(Origin.FEED, text, day=date(2026, 2, 11), feed="Лента", is_auto=True)
        new = NewJob(JobKind.TAKE, item.to_payload(), OWNER_ID, OWNER_ID)
        async with bot.services.db.write() as connection:
            await add_job(connection, new, datetime.now(UTC))
        bot.services.wake_jobs()
        return await settled(owner_chat)

    await owner_chat.send("/drafts")  # nobody is written to who has not opened the bot
    await owner_chat.reply()
    card = await come(WORSE)
    assert card.text.startswith(
        "Новое в ленте «Лента»:\nОстановлено: на эталонные вопросы ответы стали бы хуже."
    )
    assert f"1. {QUESTION}" in card.text
    assert "Опубликовать" in card.labels
    assert await count_articles(bot.services.db) == 2
    assert "опубликована" in (await come("Мост построят.")).text
