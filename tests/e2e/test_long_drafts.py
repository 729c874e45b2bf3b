"""Long texts from a chat: read and published by jobs, which tell how far they are."""

from bot.app import RunningBot
from bot.simulator import Room
from bot.store.articles import count_articles
from bot.store.drafts import count_drafts
from tests.e2e.adding import PORT, settled
from tests.files import (
    make_busy_pdf,
)


async def test_a_very_long_article_is_read_by_a_job(owner_chat: Room, bot: RunningBot) -> None:
    """Ten thousand paragraphs: the card and the publishing come when they are ready."""
    lines = [f"Причал номер {n} примет суда." for n in range(10_000)]
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("long.txt", ("date: 2026-02-11\n" + "\n".join(lines)).encode())
    card = await settled(owner_chat)
    assert "10000 абзацев" in card.text
    await owner_chat.press(card, "Опубликовать", timeout_s=60)
    assert "опубликована" in (await settled(owner_chat)).text
    assert await count_articles(bot.services.db) == 1


async def test_a_long_draft_is_published_by_one_job(owner_chat: Room, bot: RunningBot) -> None:
    """A second would wait for the first, and publish again what was undone in the meantime."""
    lines = "\n".join(f"Причал номер {n} примет суда." for n in range(1_000))
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("long.txt", f"date: 2026-02-11\n{lines}".encode())
    card = await settled(owner_chat)
    wake, bot.services.wake_jobs = bot.services.wake_jobs, lambda: None
    await owner_chat.press(card, "Опубликовать")
    toast = await owner_chat.press(card, "Опубликовать")
    assert toast.text == "Это уже публикуется."
    bot.services.wake_jobs = wake
    wake()
    assert "опубликована" in (await settled(owner_chat)).text
    await owner_chat.send("/undo")
    assert (await owner_chat.reply()).text.startswith("Отменено")
    assert await count_articles(bot.services.db) == 0
    await owner_chat.press(card, "Опубликовать")
    assert "опубликована" in (await settled(owner_chat)).text


async def test_long_work_tells_of_itself_and_is_stopped(owner_chat: Room, bot: RunningBot) -> None:
    """In one message, which then says so; the bot takes the next article."""
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("a.pdf", make_busy_pdf())
    progress = await owner_chat.reply(timeout_s=60)
    assert progress.text == "Читаю."
    await owner_chat.press(progress, "Остановить")
    assert (await owner_chat.edited(progress)).text.startswith("Остановлено.")
    await owner_chat.send(PORT)
    assert "Черновик 1" in (await owner_chat.reply()).text
    assert await count_drafts(bot.services.db) == 1
