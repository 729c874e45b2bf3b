"""/sector: words of a sector are tried on the paragraphs, then count everywhere."""

import pytest

from bot.app import RunningBot
from bot.simulator import Room
from tests.e2e.conftest import Publish

TEXT = "Лопасти на мысе встали.\nБензин подорожал."


@pytest.fixture
async def article(add_article: Publish) -> None:
    await add_article(TEXT, "Лопасти")


async def settled(bot: RunningBot) -> None:
    """Return when what is out of date has been read anew."""
    await bot.services.search.refresh()
    await bot.rereader.step()


@pytest.mark.usefixtures("article")
async def test_a_word_is_tried_added_and_undone(bot: RunningBot, owner_chat: Room) -> None:
    """What it would bring is shown first; the sector's page and counts follow."""
    await owner_chat.send("/sector энергетика + лопасть")
    tried = await owner_chat.reply()
    assert tried.text.splitlines() == [
        "«Энергетика», добавить: лопасть",
        "Прибавится 1 абзац:",
        "1. Лопасти: «Лопасти на мысе встали.»",
    ]
    assert tried.labels == ("1", "Применить", "Отмена")
    await owner_chat.press(tried, "1")
    assert "Бензин подорожал." in (await owner_chat.reply()).text
    await owner_chat.press(tried, "Применить")
    assert (await owner_chat.reply()).text.startswith("Готово: лопасть, «Энергетика».")
    await settled(bot)
    await owner_chat.send("/sectors энергетика")
    shown = await owner_chat.reply()
    assert "2 абзаца" in shown.text
    assert "Лопасти" in shown.marked("bold")
    await owner_chat.send("/sector энергетика")
    assert "Добавлены: лопасть" in (await owner_chat.reply()).text
    await owner_chat.send("/undo")
    assert "«лопасть»" in (await owner_chat.reply()).text
    await settled(bot)
    await owner_chat.send("/sectors энергетика")
    assert "1 абзац" in (await owner_chat.reply()).text


@pytest.mark.usefixtures("article")
async def test_words_are_taken_and_given_back_by_buttons(bot: RunningBot, owner_chat: Room) -> None:
    """From the list of sectors to the word."""
    await owner_chat.send("/sector")
    listed = await owner_chat.reply()
    assert listed.text.startswith("Слова какого сектора?")
    await owner_chat.press(listed, "1. Энергетика")
    card = await owner_chat.edited(listed)
    assert "бензин" in card.text
    await owner_chat.press(card, "Убрать слово")
    await owner_chat.reply()
    await owner_chat.send("бензин")
    tried = await owner_chat.reply()
    assert "Убавится 1 абзац:\n1. Лопасти: «Бензин подорожал.»" in tried.text
    await owner_chat.press(tried, "Применить")
    await owner_chat.reply()
    await settled(bot)
    await owner_chat.send("/sector энергетика")
    card = await owner_chat.reply()
    assert "Убраны: бензин" in card.text
    assert "0 абзацев" in card.text
    await owner_chat.press(card, "Вернуть: бензин")
    tried = await owner_chat.reply()
    assert "Прибавится 1 абзац:" in tried.text
    await owner_chat.press(tried, "Отмена")
    assert (await owner_chat.edited(tried)).text == "Ничего не изменилось."
    await owner_chat.press(card, "Добавить слово")
    await owner_chat.reply()
    await owner_chat.send("лопаст*")
    assert "Прибавится 1 абзац:" in (await owner_chat.reply()).text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("мебель", "Такого сектора нет."),
        ("энергетика + га*", "По этому ничего не найти."),
        ("энергетика + бензин", "Эти слова уже есть в таблице."),
        ("энергетика - лопасть", "У этого сектора нет такого слова."),
        ("энергетика + " + "ток" * 30, "По этому ничего не найти."),
    ],
)
async def test_what_cannot_be_is_said(owner_chat: Room, words: str, answer: str) -> None:
    """In words, and nothing is kept."""
    await owner_chat.send(f"/sector {words}")
    assert (await owner_chat.reply()).text.startswith(answer)


async def test_it_is_for_editors(chat: Room) -> None:
    """A reader is told so."""
    await chat.send("/sector энергетика + лопасть")
    assert (await chat.reply()).text == "Эта команда для редакторов."
