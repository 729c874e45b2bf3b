"""Articles out: withdrawn after one question and brought back by /undo, or erased after two."""

import re

import pytest

from bot.app import RunningBot
from bot.locales import get_locale
from bot.simulator import Person, Room, Simulator
from bot.store.database import run
from bot.store.passages import list_paragraphs
from bot.store.tables import metadata
from index.types import Language
from tests.e2e.conftest import PORT, Publish, published

QUESTION = "глубина главного причала"
SAID = "«Порт готов принять суда», — сказал министр Игорь Лисовец."
DEPTH = PORT.splitlines()[1]


async def link_of(sim: Simulator, bot: RunningBot) -> str:
    """Return the permalink of the paragraph that tells the depth."""
    passages = await list_paragraphs(bot.services.db, 1)
    return f"https://t.me/{sim.username}?start=p{passages[1].paragraph_id}"


@pytest.mark.usefixtures("articles")
async def test_withdrawn_is_gone_everywhere_and_undo_brings_it_back(
    sim: Simulator, bot: RunningBot, owner_chat: Room, chat: Room, anna: Person
) -> None:
    """From answers, cards, timelines, people and links; then there again, to the letter."""
    await chat.send(QUESTION)
    shown = await chat.reply()
    await owner_chat.send("/article 1")
    card = await owner_chat.reply()
    await owner_chat.press(card, "Отозвать")
    asked = await owner_chat.edited(card)
    assert asked.text == (
        "Отозвать: 1. Морской порт откроется осенью?\n5 абзацев, показаны в 1 ответе за 30 дней."
    )
    await owner_chat.press(asked, "Отозвать")
    assert (await owner_chat.edited(asked)).text == "Статья 1 отозвана. Вернуть: /undo"
    await chat.send(QUESTION)
    assert (await chat.reply()).text.startswith("В статьях нет ответа.")
    assert (await anna.inline(QUESTION)).cards == ()
    for command in ("/timeline порт", "/people Лисовец", "/quote Лисовец", "/article 1"):
        await chat.send(command)
        assert "Лисовец" not in (await chat.reply()).text.replace("«Лисовец»", "")
    await anna.open_link(await link_of(sim, bot))
    day = get_locale(Language.RU).day(bot.services.now().date())
    assert (await chat.reply()).text.startswith(f"Статья отозвана {day}.")
    await owner_chat.send("/article 1")
    assert (await owner_chat.reply()).text.startswith(f"Статья 1 отозвана: {day}, ")
    await owner_chat.send("/articles")
    listed = await owner_chat.reply()
    await owner_chat.press(listed, "Отозванные: 1")
    gone = await owner_chat.edited(listed)
    assert re.search(rf"1\. Морской порт .* · {day}, .* UTC · вы", gone.text)
    assert gone.labels == ("Вернуть 1", "Все статьи")
    await owner_chat.press(gone, "Вернуть 1")
    await owner_chat.reply()
    await chat.send(QUESTION)
    again = await chat.reply()
    assert again.text == shown.text
    assert list(again.marked("blockquote")) == [DEPTH]
    await owner_chat.press(asked, data=asked.button("Отозвать").data)
    assert "опубликована" not in owner_chat.messages()[-1].text


async def test_links_to_what_it_says_tell_that_it_was_withdrawn(
    sim: Simulator, owner_chat: Room, chat: Room, anna: Person, add_article: Publish
) -> None:
    """Of its events and quotes as well; the passage itself is not shown."""
    await add_article(f"Порт откроют 3 мая 2026 года. {SAID}", "О порте")
    links = [f"https://t.me/{sim.username}?start={payload}" for payload in ("p1", "t1", "q1")]
    for link in links:
        await anna.open_link(link)
        assert "Порт" in (await chat.reply()).text, link
    await owner_chat.send("/withdraw 1")
    asked = await owner_chat.reply()
    await owner_chat.press(asked, "Отозвать")
    await owner_chat.edited(asked)
    for link in links:
        await anna.open_link(link)
        assert (await chat.reply()).text.startswith("Статья отозвана "), link


@pytest.mark.usefixtures("articles")
async def test_withdrawing_asks_and_can_be_left(owner_chat: Room, chat: Room) -> None:
    """«Назад» shows the card again; nothing has happened."""
    await owner_chat.send("/withdraw")
    assert (await owner_chat.reply()).text.startswith("Напишите номер статьи: /withdraw 3.")
    await owner_chat.send("/withdraw 1")
    asked = await owner_chat.reply()
    assert "показаны в 0 ответах" in asked.text
    await owner_chat.press(asked, "Назад")
    assert DEPTH in (await owner_chat.edited(asked)).text
    await chat.send(QUESTION)
    assert DEPTH in (await chat.reply()).text


@pytest.mark.usefixtures("articles")
async def test_a_reader_has_no_buttons_of_editors(sim: Simulator, chat: Room) -> None:
    """Nor has an editor in a group, where everybody could press them."""
    await chat.send("/article 1")
    assert (await chat.reply()).labels == ("Источник",)


@pytest.mark.usefixtures("articles")
async def test_erased_is_in_no_table(
    sim: Simulator, bot: RunningBot, owner_chat: Room, chat: Room, anna: Person
) -> None:
    """No word of it, nor its persons, nor messages that were sent; links and /log tell why."""
    await chat.send(QUESTION)
    await chat.reply()
    await chat.send("/people Лисовец")
    await chat.reply()
    link = await link_of(sim, bot)
    await owner_chat.send("/erase 1")
    first = await owner_chat.reply()
    assert first.text.startswith("Стереть навсегда: 1. Морской порт откроется осенью")
    await owner_chat.press(first, "Стереть…")
    second = await owner_chat.edited(first)
    await owner_chat.press(second, "Стереть навсегда")
    assert (await owner_chat.edited(second)).text == "Статья 1 стёрта навсегда."
    await anna.open_link(link)
    assert (await chat.reply()).text.startswith("Статью стёрли навсегда.")
    await chat.send("/article 1")
    assert (await chat.reply()).text == "Статью стёрли навсегда."
    await owner_chat.send("/undo")
    assert (await owner_chat.reply()).text == "Стёртое навсегда не вернуть."
    await owner_chat.send("/log")
    assert "статья 1 стёрта навсегда" in (await owner_chat.reply()).text
    async with bot.services.db.read() as connection:
        for name in metadata.tables:
            rows = await run(connection, f"SELECT * FROM {name}")
            held = [str(row) for row in rows if re.search("причал|Лисов|лисов|лоцман", str(row))]
            assert held == [], name


async def test_drafts_and_versions_of_what_is_erased_go_with_it(
    bot: RunningBot, owner_chat: Room
) -> None:
    """What an editor sent, what he was about to publish, and the versions before."""
    await owner_chat.send("/add title: Пристань\ndate: 2026-02-11\nДебаркадер откроют в мае.")
    await published(owner_chat, await owner_chat.reply())
    await owner_chat.send("/add title: Пристань\ndate: 2026-02-11\nДебаркадер откроют в мае.")
    await owner_chat.reply()
    for text, button in (("Дебаркадер в июне.", "Опубликовать"), ("Дебаркадер в июле.", None)):
        await owner_chat.send("/edit 1")
        await owner_chat.reply()
        await owner_chat.send(text)
        card = await owner_chat.reply()
        if button:
            await owner_chat.press(card, button)
            await owner_chat.edited(card)
    await owner_chat.send("/erase 1")
    first = await owner_chat.reply()
    await owner_chat.press(first, "Стереть…")
    second = await owner_chat.edited(first)
    await owner_chat.press(second, "Стереть навсегда")
    await owner_chat.edited(second)
    async with bot.services.db.read() as connection:
        for name in metadata.tables:
            rows = await run(connection, f"SELECT * FROM {name}")
            assert [row for row in rows if re.search("[Дд]ебаркадер", str(row))] == [], name
