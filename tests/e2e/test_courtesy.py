"""Greetings, thanks and calls for help are no questions."""

import pytest

from bot.simulator import Person, Room, Simulator
from tests.e2e.conftest import PORT

pytestmark = pytest.mark.usefixtures("articles")


@pytest.mark.parametrize("words", ["Привет!", "добрый день", "что ты умеешь?", "salam", "ghbdtn"])
async def test_a_greeting_opens_the_first_screen(chat: Room, words: str) -> None:
    """As /start does."""
    await chat.send("/start")
    welcome = await chat.reply()
    await chat.send(words)
    reply = await chat.reply()
    assert (reply.text, reply.labels) == (welcome.text, welcome.labels)


@pytest.mark.parametrize("words", ["что нового?", "последние новости"])
async def test_who_asks_for_news_gets_the_newest_articles(chat: Room, words: str) -> None:
    """As /articles shows them."""
    await chat.send("/articles")
    newest = await chat.reply()
    await chat.send(words)
    assert (await chat.reply()).text == newest.text


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("стоп", "/subscriptions"),
        ("хроника порт", "/timeline порт"),
        ("цитаты", "/quote"),
        ("/глубина причала", "/ask глубина причала"),
    ],
)
async def test_a_command_may_be_a_word(chat: Room, words: str, command: str) -> None:
    """As people write it who know no commands."""
    await chat.send(command)
    shown = await chat.reply()
    await chat.send(words)
    reply = await chat.reply()
    assert (reply.text, reply.labels) == (shown.text, shown.labels)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Спасибо большое!", "Пожалуйста. Спрашивайте, когда понадобится."),
        ("спасибо 👍", "Пожалуйста. Спрашивайте, когда понадобится."),
        ("понятно", "Спрашивайте, когда понадобится."),
    ],
)
async def test_thanks_are_returned(chat: Room, words: str, said: str) -> None:
    """In a line, without buttons."""
    await chat.send(words)
    reply = await chat.reply()
    assert (reply.text, reply.labels) == (said, ())


async def test_courtesy_around_a_question_is_no_word_of_it(chat: Room) -> None:
    """It neither hides the answer nor is told to be missing."""
    await chat.send("Добрый день! Какова глубина причала? Заранее спасибо")
    assert list((await chat.reply()).marked("blockquote")) == [PORT.splitlines()[1]]


async def test_a_group_is_not_filled_with_thanks(sim: Simulator, anna: Person) -> None:
    """Nobody waits for an answer to them there."""
    group = sim.add_group("Редакция", [anna])
    await group.reply()  # the greeting
    await group.send(f"@{sim.username} спасибо", by=anna)
    await group.send(f"@{sim.username} глубина причала", by=anna)
    assert list((await group.reply()).marked("blockquote")) == [PORT.splitlines()[1]]
