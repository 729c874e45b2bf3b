"""How an answer is shown: long paragraphs, several sources, what can be taken away."""

from datetime import date
from urllib.parse import unquote

import pytest

from bot.simulator import Room
from tests.e2e.conftest import PORT, Publish

pytestmark = pytest.mark.usefixtures("articles")

SHOWN = (
    "Перед спуском проверят швы.",
    "Паром «Мираж» спустят на воду в июне.",
    "После этого начнутся ходовые испытания.",
)
LONG = " ".join(
    (
        "Верфь в Лозне строит паромы.",
        *(f"Корпус номер {number} ждёт отделки." for number in range(20)),
        *SHOWN,
        *(f"Рабочих в смене номер {number} не хватает." for number in range(20)),
    )
)


async def test_a_long_paragraph_is_shown_by_its_best_sentence(
    chat: Room, add_article: Publish
) -> None:
    """With one neighbour on each side; what was asked is bold, and «Контекст» shows all of it."""
    await add_article(LONG, "Паромы")
    await chat.send("когда спустят на воду паром Мираж")
    reply = await chat.reply()
    (shown,) = reply.marked("blockquote")
    assert shown == " ".join(SHOWN)
    assert {"спустят", "воду", "Паром", "Мираж"} <= set(reply.marked("bold"))
    assert [line[0] for line in reply.text.splitlines()[1:2]] == ["…"]
    await chat.press(reply, "Контекст")
    wide = await chat.edited(reply)
    assert any(LONG in quote for quote in wide.marked("blockquote")) or LONG[:200] in wide.text


async def test_the_article_opens_where_the_passage_stands(chat: Room, add_article: Publish) -> None:
    """On its page, though that is not the first."""
    filler = "\n".join(f"Док номер {number} принимает баржи с песком." for number in range(200))
    last = "Паром «Мираж» стоит в последнем доке."
    await add_article(f"{filler}\n{last}", "Доки")
    await chat.send("где стоит паром Мираж")
    await chat.press(await chat.reply(), "Статья")
    page = await chat.reply()
    assert last in page.marked("blockquote")
    assert "Док номер 0 принимает" not in page.text


async def test_several_sources_are_counted_by_article_and_year(
    chat: Room, add_article: Publish
) -> None:
    """One line says how much there is, and one button turns to the next."""
    await add_article("Паром «Мираж» заложат весной.", "Закладка", day=date(2024, 3, 1))
    await add_article("Паром «Мираж» строят на верфи.", "Стройка", day=date(2025, 3, 1))
    await add_article("Паром «Мираж» выйдет в море.", "Выход", day=date(2026, 3, 1))
    await chat.send("паром Мираж")
    reply = await chat.reply()
    assert "3 абзаца из 3 статей, 2024–2026" in reply.text
    assert "Ещё 2 абзаца" in reply.labels


async def test_the_citation_is_copied_by_a_tap(chat: Room) -> None:
    """Title, day, paragraph and permalink in a line."""
    await chat.send("глубина причала")
    reply = await chat.reply()
    await chat.press(reply, "Действия")
    copied = (await chat.edited(reply)).button("Копировать").copied
    assert copied
    assert copied.startswith("«Морской порт откроется осенью», 11 февраля 2026, абзац 2. ")
    assert "?start=p" in copied


async def test_the_source_opens_at_the_quoted_words(chat: Room) -> None:
    """By a text fragment, in browsers that know it."""
    await chat.send("глубина причала")
    url = (await chat.reply()).button("Источник").url
    assert url
    address, _, fragment = url.partition("#:~:text=")
    assert address == "https://example.org/port"
    assert unquote(fragment) == PORT.splitlines()[1]


async def test_why_tells_what_was_corrected_and_expanded(chat: Room) -> None:
    """And the same again when it is asked again."""
    await chat.send("стоимость пирта строительства")
    reply = await chat.reply()
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[2]]
    await chat.press(reply, "Действия")
    acting = await chat.edited(reply)
    await chat.press(acting, "Почему")
    why = await chat.reply()
    await chat.press(acting, "Почему")
    assert (await chat.reply()).text == why.text
    assert "Прочитано как: стоимость порта строительства" in why.text
    assert "также как: обойтись" in why.text
    assert "Состояние указателя: 2." in why.text
