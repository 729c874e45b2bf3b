"""Replies to a message of the bot that want what is behind it, in words instead of a button."""

import pytest

from bot.simulator import Person, Room, Simulator
from bot.simulator.views import Seen
from tests.e2e.conftest import HARVEST, PORT, Publish

pytestmark = pytest.mark.usefixtures("articles")

DEPTH = PORT.splitlines()[1]


async def _after(chat: Room, question: str, words: str) -> tuple[Seen, Seen]:
    """Return the answer to a question, and the reply to words that reply to it."""
    await chat.send(question)
    answer = await chat.reply()
    asked = await chat.send(words, reply_to=answer)
    reply = await chat.reply()
    assert reply.reply_to_id == asked.id
    return answer, reply


@pytest.mark.parametrize("words", ["контекст", "Контекст?", "а подробнее", "context", "kontekst"])
async def test_who_replies_with_context_gets_it(chat: Room, words: str) -> None:
    """In a message of its own: the answer above it stays."""
    _, reply = await _after(chat, "глубина главного причала", words)
    assert list(reply.marked("blockquote")) == [DEPTH]
    assert PORT.splitlines()[0] in reply.text
    assert PORT.splitlines()[2] in reply.text


@pytest.mark.parametrize("words", ["статья", "покажи всю статью", "целиком", "full text", "məqalə"])
async def test_who_replies_with_article_reads_it(chat: Room, words: str) -> None:
    """From the place where the passage stands."""
    _, reply = await _after(chat, "глубина главного причала", words)
    assert list(reply.marked("blockquote")) == PORT.splitlines()


@pytest.mark.parametrize("words", ["источник?", "а источник", "дай ссылку", "Source", "mənbə"])
async def test_who_replies_with_source_gets_the_way_there(chat: Room, words: str) -> None:
    """As a link in the text and as a button; what can be cited can be copied."""
    _, reply = await _after(chat, "глубина главного причала", words)
    assert reply.labels == ("Источник", "Копировать")
    assert (reply.button("Источник").url or "").startswith("https://example.org/port#:~:text=")
    assert "https://example.org/port" in reply.text
    assert "11 февраля 2026" in reply.text


async def test_of_an_article_without_a_link_that_is_said(chat: Room) -> None:
    """Not a dead end: what can be cited is there."""
    _, reply = await _after(chat, "урожай пшеницы", "источник")
    assert "У статьи нет ссылки на источник." in reply.text
    assert reply.labels == ("Копировать",)


async def test_who_replies_with_more_gets_the_next_passage(chat: Room) -> None:
    """With the same buttons, until there is none; then that is said."""
    await chat.send("порт")
    answer = await chat.reply()
    count = 0
    while any(label.startswith(("Ещё", "Вперёд")) for label in answer.labels):
        await chat.send("ещё", reply_to=answer)
        answer = await chat.reply()
        count += 1
        assert answer.text.startswith(f"{count + 1} из ")
    assert count > 0
    await chat.send("ещё", reply_to=answer)
    assert (await chat.reply()).text == "Это всё, что нашлось. Спросите другими словами."


async def test_a_quote_and_an_event_have_a_context_too(chat: Room, add_article: Publish) -> None:
    """As every message has that cites a passage."""
    said = "«Мост закроют 5 мая 2026 года», — сказал министр Игорь Лисовец."
    await add_article(f"Дороги чинят.\n{said}\nОбъезд открыт.", "Мост")
    for asked in ("/quote Лисовец о мосте", "хроника мост"):
        await chat.send(asked)
        listed = await chat.reply()
        if "Хроника" in listed.text:
            await chat.press(listed, "1")
            listed = await chat.reply()
        await chat.send("контекст", reply_to=listed)
        assert said in (await chat.reply()).marked("blockquote")


async def test_in_a_group_too_and_only_to_the_bot(sim: Simulator, anna: Person) -> None:
    """A reply to what somebody else wrote is a question, if it is for the bot at all."""
    group = sim.add_group("Политика", [anna])
    await group.reply()
    question = await group.send(f"@{sim.username} глубина причала", by=anna)
    answer = await group.reply()
    await group.send("контекст", by=anna, reply_to=answer)
    assert PORT.splitlines()[2] in (await group.reply()).text
    await group.send(f"@{sim.username} контекст", by=anna, reply_to=question)
    assert "В статьях нет ответа." in (await group.reply()).text


async def test_other_words_of_a_reply_are_a_question(chat: Room) -> None:
    """Even if they begin with such a word."""
    _, reply = await _after(chat, "глубина главного причала", "источник субсидий на элеваторы")
    assert HARVEST.splitlines()[2] in reply.text
