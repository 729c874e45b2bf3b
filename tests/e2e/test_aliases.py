"""/aliases: another name or a title of somebody is tried on the quotes, then known everywhere."""

from datetime import date

import pytest

from bot.app import RunningBot
from bot.simulator import Room
from bot.store.golden import Golden, add_golden
from tests.e2e.conftest import Publish

NAMED = "Мэр Хасан Зираев открыл мост через Лиру."
CALLED = "Хасанов сказал: «Мы откроем ещё один мост через год»."
TITLED = "Начальник порта сообщил: «Работы закончены осенью прошлого года»."


@pytest.fixture
async def articles(add_article: Publish) -> None:
    await add_article(NAMED, "Мост", day=date(2026, 1, 1))
    await add_article(CALLED, "Ещё мост", day=date(2026, 1, 2))
    await add_article(TITLED, "Порт", day=date(2026, 1, 3))


async def settled(bot: RunningBot) -> None:
    """Return when what is out of date has been read anew."""
    await bot.services.search.refresh()
    await bot.rereader.step()


@pytest.mark.usefixtures("articles")
async def test_a_name_is_tried_added_and_undone(
    bot: RunningBot, owner_chat: Room, chat: Room
) -> None:
    """The quotes are the person's, and questions find him by either name."""
    await chat.send("/quote Зираев")
    assert CALLED[16:-2] not in (await chat.reply()).text
    await owner_chat.send("/aliases Хасанов = Зираев")
    tried = await owner_chat.reply()
    assert tried.text.splitlines()[:3] == [
        "Добавить: Хасанов = Хасан Зираев",
        "1 цитата сменит автора:",
        "«Мы откроем ещё один мост через год»: Хасанов → Хасан Зираев",
    ]
    assert tried.labels == ("Применить", "Отмена")
    await owner_chat.press(tried, "Применить")
    assert (await owner_chat.reply()).text.startswith("Добавлено: Хасанов = Хасан Зираев.")
    await settled(bot)
    await chat.send("что сказал Зираев о мосте")
    said = await chat.reply()
    assert "Мы откроем ещё один мост через год" in said.text
    assert "Хасанов (по контексту: Хасан Зираев)" in said.text
    await chat.send("/people Хасанов")
    assert (await chat.reply()).text.startswith("Хасан Зираев")
    await owner_chat.send("/aliases Зираев")
    found = await owner_chat.reply()
    assert "1. Хасанов = Хасан Зираев" in found.text
    assert "Статьи называют: Хасанов" in found.text
    await owner_chat.send("/undo")
    assert "«Хасанов = Хасан Зираев» добавлено" in (await owner_chat.reply()).text
    await settled(bot)
    await chat.send("/quote Зираев")
    assert "Мы откроем" not in (await chat.reply()).text


@pytest.mark.usefixtures("articles")
async def test_a_title_is_added_and_removed_by_buttons(bot: RunningBot, owner_chat: Room) -> None:
    """Only within its days."""
    await owner_chat.send("/aliases")
    listed = await owner_chat.reply()
    assert listed.text.startswith("Своих имён и должностей пока нет.")
    await owner_chat.press(listed, "Добавить")
    await owner_chat.reply()
    await owner_chat.send("начальник порта = Анна Лисовец, до декабря 2025")
    assert "Ни одна цитата не сменит автора." in (await owner_chat.reply()).text
    await owner_chat.send("/aliases начальник порта = Анна Лисовец с 2025")
    tried = await owner_chat.reply()
    assert "Добавить: начальник порта = Анна Лисовец (с 1 января 2025" in tried.text
    assert "прошлого года»: не установлен → Анна Лисовец" in tried.text
    await owner_chat.press(tried, "Применить")
    await owner_chat.reply()
    await settled(bot)
    await owner_chat.send("/quote Лисовец")
    assert "Работы закончены осенью прошлого года" in (await owner_chat.reply()).text
    await owner_chat.send("/aliases")
    listed = await owner_chat.reply()
    await owner_chat.press(listed, "Удалить 1")
    tried = await owner_chat.reply()
    assert "Анна Лисовец → не установлен" in tried.text
    await owner_chat.press(tried, "Отмена")
    assert (await owner_chat.edited(tried)).text == "Ничего не изменилось."


async def test_a_post_that_ships_is_struck_out_and_brought_back(
    bot: RunningBot, owner_chat: Room, add_article: Publish
) -> None:
    """Tried first as any change; it stands in the list with its way back, and in the log."""
    words = "Глава МИД Турции сообщил: «Работы закончены осенью прошлого года»."
    await add_article(words, "Порт", day=date(2025, 5, 1))
    await owner_chat.send("/aliases fidan")
    found = await owner_chat.reply()
    assert found.text.startswith(
        "1. Из общей таблицы: Хакан Фидан, министр иностранных дел, Турция, "
    )
    await owner_chat.press(found, "Вычеркнуть 1")
    tried = await owner_chat.reply()
    assert tried.text.splitlines()[:3] == [
        "Вычеркнуть: foreign minister TR = Хакан Фидан",
        "1 цитата сменит автора:",
        "«Работы закончены осенью прошлого года»: Хакан Фидан → не установлен",
    ]
    await owner_chat.press(tried, "Применить")
    assert (await owner_chat.reply()).text.startswith("Вычеркнуто: foreign minister TR = Хакан")
    await settled(bot)
    await owner_chat.send("/quote Фидан")
    assert "Работы закончены" not in (await owner_chat.reply()).text
    await owner_chat.send("/aliases Фидан")
    found = await owner_chat.reply()
    assert found.text == "1. Вычеркнуто: foreign minister TR = Хакан Фидан"
    await owner_chat.press(found, "Вернуть 1")
    assert "Хакан Фидан" in (await owner_chat.reply()).text.splitlines()[2].partition("→")[2]
    await owner_chat.send("/undo")
    assert "«foreign minister TR = Хакан Фидан» вычеркнуто" in (await owner_chat.reply()).text
    await settled(bot)
    await owner_chat.send("/quote Фидан")
    assert "Работы закончены" in (await owner_chat.reply()).text


@pytest.mark.usefixtures("articles")
async def test_a_name_that_spoils_answers_is_stopped(bot: RunningBot, owner_chat: Room) -> None:
    """As a bad synonym is: with the questions by name."""
    async with bot.services.db.write() as connection:
        await add_golden(connection, (Golden("что открыл Лисовец", ()),))
    await owner_chat.send("/aliases Лисовец = Зираев")
    tried = (await owner_chat.reply()).text
    assert "Остановлено: на эталонные вопросы ответы стали бы хуже." in tried
    assert "Потеряли бы:\n1. что открыл Лисовец" in tried


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Хасанов =", "Напишите, кто как зовётся"),
        ("= Зираев", "Напишите, кто как зовётся"),
        ("— = Зираев", "Напишите, кто как зовётся"),
        ("Хасанов = Олег Сомов", "Ни одна статья не называет: Олег Сомов."),
        ("Хасанов = Зираев с 2024", "Срок бывает только у должности"),
        ("Хасан Зираев = Зираев", "Статьи уже называют его так."),
    ],
)
@pytest.mark.usefixtures("articles")
async def test_what_cannot_be_is_said(owner_chat: Room, words: str, answer: str) -> None:
    """In words, and nothing is kept."""
    await owner_chat.send(f"/aliases {words}")
    assert (await owner_chat.reply()).text.startswith(answer)


async def test_it_is_for_editors(chat: Room) -> None:
    """A reader is told so."""
    await chat.send("/aliases Хасанов = Зираев")
    assert (await chat.reply()).text == "Эта команда для редакторов."
