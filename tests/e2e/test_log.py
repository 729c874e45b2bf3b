"""The log of what editors did, and taking it back."""

from bot.app import RunningBot
from bot.simulator import Room
from tests.e2e.conftest import PORT, published

TEXT = f"/add title: О порте\ndate: 2026-02-11\n{PORT}"


async def test_an_article_that_nobody_has_seen_is_a_draft_again(
    bot: RunningBot, owner_chat: Room, chat: Room
) -> None:
    """Without asking; its card is one tap away, and publishes it anew."""
    await owner_chat.send(TEXT)
    await published(owner_chat, await owner_chat.reply())
    await owner_chat.send("/undo")
    undone = await owner_chat.reply()
    assert undone.text == (
        "Отменено: статья 1 «О порте» опубликована. Черновик снова ждёт. Ещё раз /undo — вернёт."
    )
    await chat.send("глубина главного причала")
    assert (await chat.reply()).text.startswith("Статей пока нет")
    await owner_chat.press(undone, "Открыть")
    await published(owner_chat, await owner_chat.edited(undone))
    await chat.send("глубина главного причала")
    assert "15,5 метра" in (await chat.reply()).text


async def test_buttons_under_what_was_undone_say_that_it_is_withdrawn_and_once_more_brings_it_back(
    bot: RunningBot, owner_chat: Room, chat: Room
) -> None:
    """The passage is gone from the answers, then there again, as its links are."""
    await owner_chat.send(TEXT)
    await published(owner_chat, await owner_chat.reply())
    await chat.send("глубина главного причала")
    shown = await chat.reply()
    assert "15,5 метра" in shown.text
    await owner_chat.send("/undo")
    assert "Ещё раз /undo — вернёт." in (await owner_chat.reply()).text
    await chat.send("глубина главного причала")
    assert (await chat.reply()).text.startswith("Статей пока нет")
    assert (await chat.press(shown, "Контекст")).text.startswith("Статья отозвана ")
    await owner_chat.send("/undo")
    assert "статья 1 «О порте» отозвана" in (await owner_chat.reply()).text
    await chat.send("глубина главного причала")
    assert "15,5 метра" in (await chat.reply()).text
    await chat.press(shown, "Контекст")
    assert "15,5 метра" in (await chat.edited(shown)).text


async def test_the_log_tells_who_did_what_and_undoes_the_chosen(
    bot: RunningBot, owner_chat: Room, chat: Room
) -> None:
    """By a button; one that was pressed already does nothing."""
    for number in range(2):
        await owner_chat.send(f"/add title: Новость {number}\ndate: 2026-02-11\nМост {number}.")
        await published(owner_chat, await owner_chat.reply())
    await owner_chat.send("/log")
    page = await owner_chat.reply()
    assert "«Новость 0» опубликована" in page.text
    assert "· вы" in page.text
    await owner_chat.press(page, page.labels[1])
    assert "«Новость 0»" in (await owner_chat.reply()).text
    toast = await owner_chat.press(page, page.labels[1])
    assert toast.text == "Это уже отменено."
    assert bot.services.search.paragraph_count == 1


async def test_the_log_has_pages(owner_chat: Room) -> None:
    """Turned in place."""
    for number in range(9):
        await owner_chat.send(f"/add title: Новость {number}\ndate: 2026-02-11\nМост {number}.")
        await published(owner_chat, await owner_chat.reply())
    await owner_chat.send("/log")
    first = await owner_chat.reply()
    assert "страница 1 из 2" in first.text
    await owner_chat.press(first, "Вперёд")
    second = await owner_chat.edited(first)
    assert "900001 — теперь владелец" in second.text
    await owner_chat.press(second, "Назад")
    assert (await owner_chat.edited(second)).text == first.text


async def test_what_was_changed_since_is_not_undone(
    bot: RunningBot, owner_chat: Room, chat: Room
) -> None:
    """Or the later act would be lost without a word."""
    await owner_chat.send(TEXT)
    await published(owner_chat, await owner_chat.reply())
    await owner_chat.send("/log")
    page = await owner_chat.reply()
    await owner_chat.send("/undo")
    await owner_chat.reply()
    await owner_chat.send("/undo")
    await owner_chat.reply()
    toast = await owner_chat.press(page, page.labels[0])
    assert toast.text == "Это уже отменено."


async def test_the_last_owner_stays(owner_chat: Room) -> None:
    """Who undoes how he became one would leave the bot to nobody."""
    await owner_chat.send("/undo")
    assert (await owner_chat.reply()).text == "Без владельца нельзя. Что ещё сделано: /log"
