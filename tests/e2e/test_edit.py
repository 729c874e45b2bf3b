"""A new version of an article: asked for, shown beside the old one, published, undone."""

from datetime import date, timedelta

import pytest

from bot.app import RunningBot
from bot.ingest.preparing import LONG
from bot.simulator import Person, Room, Seen, Simulator
from bot.store.drafts import Described, Origin, add_draft, count_drafts
from bot.store.passages import list_paragraphs
from index.types import Language
from tests.e2e.conftest import PORT

OPENING, DEPTH, COST, MINISTER, PILOTS = PORT.splitlines()
LATER = OPENING.replace("14 сентября", "20 октября")
ADDED = "Первым придёт танкер «Заря»."
NEW = "\n".join((LATER, DEPTH, ADDED, MINISTER, PILOTS))

#: Corrections of what was shown are in test_corrections.
pytestmark = pytest.mark.usefixtures("nobody_is_told")


async def offer(owner_chat: Room, text: str = NEW) -> object:
    """Return the card of a new version of the first article."""
    await owner_chat.send("/edit 1")
    assert (await owner_chat.reply()).text.startswith("Пришлите новый текст статьи 1")
    await owner_chat.send(text)
    return await owner_chat.reply()


@pytest.mark.usefixtures("articles")
async def test_a_new_version_is_shown_and_published(
    sim: Simulator, bot: RunningBot, owner_chat: Room, chat: Room, anna: Person
) -> None:
    """Old links say what became of their passage; /undo brings the former one back."""
    old = await list_paragraphs(bot.services.db, 1)
    await chat.send("когда откроется морской порт")
    answer = await chat.reply()
    assert list(answer.marked("blockquote")) == [OPENING]
    await owner_chat.send("/article 1")
    await owner_chat.press(await owner_chat.reply(), "Изменить")
    await owner_chat.reply()
    await owner_chat.send(NEW)
    card = await owner_chat.reply()
    assert "Изменено абзацев: 1, добавлено: 1, удалено: 1, без перемен: 3." in card.text
    assert f"Было: {OPENING}\nСтало: {LATER}" in card.text
    assert list(card.marked("bold"))[2:4] == ["14", "сентября"]
    await chat.send("когда откроется морской порт")
    assert list((await chat.reply()).marked("blockquote")) == [OPENING]
    await owner_chat.press(card, "Опубликовать")
    said = await owner_chat.edited(card)
    assert said.text.startswith("У статьи 1 новая версия.")
    assert said.labels == ("Статья",)
    await chat.send("когда откроется морской порт")
    assert list((await chat.reply()).marked("blockquote")) == [LATER]

    async def banner(place: int) -> tuple[str, object]:
        await anna.open_link(f"https://t.me/{sim.username}?start=p{old[place].paragraph_id}")
        shown = await chat.reply()
        return shown.text.splitlines()[0], shown

    (event,) = await bot.services.db.fetch(
        "SELECT min(id) FROM event WHERE paragraph_id = ?", (old[0].paragraph_id,)
    )
    await anna.open_link(f"https://t.me/{sim.username}?start=t{event[0]}")
    assert (await chat.reply()).text.startswith("Есть новая версия. Этот абзац в ней изменён.")
    first, shown = await banner(0)
    assert first == "Есть новая версия. Этот абзац в ней изменён."
    assert OPENING in shown.text
    await chat.press(shown, "В новой версии")
    assert LATER in (await chat.reply()).text
    assert (await banner(2))[0] == "Есть новая версия. Этого абзаца в ней больше нет."
    assert (await banner(3))[0] == "Есть новая версия. Этот абзац в ней тот же, теперь абзац 4."
    await chat.press(answer, "Действия")
    assert (await chat.edited(answer)).text.startswith("Есть новая версия. Этот абзац в ней")
    await owner_chat.send("/undo")
    assert "версия 2 вместо 1" in (await owner_chat.reply()).text
    await chat.send("когда откроется морской порт")
    assert list((await chat.reply()).marked("blockquote")) == [OPENING]
    assert not (await banner(0))[0].startswith("Есть новая версия")


@pytest.mark.usefixtures("articles")
async def test_a_version_that_nobody_has_seen_waits_again_when_undone(
    owner_chat: Room, bot: RunningBot
) -> None:
    """Its card is one tap away, and publishes it anew."""
    await owner_chat.send("/edit 1")
    await owner_chat.reply()
    await owner_chat.send(NEW)
    card = await owner_chat.reply()
    await owner_chat.press(card, "Опубликовать")
    await owner_chat.edited(card)
    await owner_chat.send("/undo")
    undone = await owner_chat.reply()
    assert undone.text.endswith("Новая версия снова ждёт. Ещё раз /undo — вернёт.")
    await owner_chat.press(undone, "Открыть")
    again = await owner_chat.edited(undone)
    assert f"Стало: {LATER}" in again.text
    await owner_chat.press(again, "Опубликовать")
    assert (await owner_chat.edited(again)).text.startswith("У статьи 1 новая версия.")


@pytest.mark.usefixtures("articles")
async def test_a_file_is_a_new_version_as_well(owner_chat: Room, bot: RunningBot) -> None:
    """With a header for what else is another one."""
    await owner_chat.send("/edit 1")
    await owner_chat.reply()
    content = f"title: Порт откроют позже\ndate: 2026-02-12\n\n{NEW}".encode()
    await owner_chat.send_file("порт.txt", content, mime="text/plain")
    card = await owner_chat.reply(timeout_s=20)
    assert "Заголовок. Было: Морской порт откроется осенью. Стало: Порт откроют" in card.text
    assert "Дата. Было: 11 февраля 2026. Стало: 12 февраля 2026" in card.text
    await owner_chat.press(card, "Не публиковать")
    assert (await owner_chat.edited(card)).text == "Не публикую. Статья 1 остаётся как есть."
    toast = await owner_chat.press(card, data=card.button("Опубликовать").data)
    assert toast.text == "Эта версия больше не ждёт: она опубликована или отброшена."


@pytest.mark.usefixtures("articles")
async def test_the_prompt_ends_by_a_command_and_stays_after_a_slip(
    owner_chat: Room, chat: Room
) -> None:
    """/cancel says so; what cannot be a new version may be tried again; others ask meanwhile."""
    await owner_chat.send("/edit 1")
    await owner_chat.reply()
    await chat.send("глубина главного причала")
    assert DEPTH in (await chat.reply()).text
    await owner_chat.send(PORT)
    assert (await owner_chat.reply()).text.startswith("Это и так сказано в статье.")
    await owner_chat.send("/cancel")
    assert (await owner_chat.reply()).text == "Хорошо, больше ничего не жду."
    await owner_chat.send("глубина главного причала")
    assert DEPTH in (await owner_chat.reply()).text
    await owner_chat.send("/edit 404")
    assert (await owner_chat.reply()).text == "Статьи 404 нет."


@pytest.mark.usefixtures("articles")
async def test_a_version_made_from_another_is_not_published(owner_chat: Room) -> None:
    """What somebody published meanwhile would be lost without a word."""
    card = await offer(owner_chat)
    await owner_chat.send("/withdraw 1")
    asked = await owner_chat.reply()
    await owner_chat.press(asked, "Отозвать")
    await owner_chat.edited(asked)
    toast = await owner_chat.press(card, "Опубликовать")
    assert toast.text == "Статью тем временем изменили. Начните заново: /edit 1"


@pytest.mark.usefixtures("articles")
async def test_many_changes_have_pages(owner_chat: Room, add_article: object) -> None:
    """Turned in place."""
    await add_article("\n".join(f"Дом {number} снесут." for number in range(20)), "Дома")
    await owner_chat.send("/edit 3")
    await owner_chat.reply()
    await owner_chat.send("\n".join(f"Дом {number} построят." for number in range(20)))
    first = await owner_chat.reply()
    assert "страница 1 из" in first.text
    await owner_chat.press(first, "Вперёд")
    assert "страница 2 из" in (await owner_chat.edited(first)).text


@pytest.mark.usefixtures("articles")
async def test_after_a_quarter_of_an_hour_a_text_is_a_question(
    owner_chat: Room, bot: RunningBot
) -> None:
    """Whoever has other things in mind by then must not change an article by asking."""
    await owner_chat.send("/edit 1")
    await owner_chat.reply()
    now = bot.services.now
    bot.services.now = lambda: now() + timedelta(minutes=15)
    await owner_chat.send("глубина главного причала")
    assert DEPTH in (await owner_chat.reply()).text


@pytest.mark.usefixtures("articles")
async def test_a_long_text_is_compared_and_published_by_jobs(
    owner_chat: Room, bot: RunningBot
) -> None:
    """As a file, and as a draft that is to be a new version; one message tells what came of it."""
    long = "Причал примет суда.\n" * 1_100
    assert len(long) > LONG
    await owner_chat.send("/edit 1")
    asked = await owner_chat.reply()
    await owner_chat.send_file("порт.txt", long.encode(), mime="text/plain")
    card = await said(owner_chat, "Новая версия статьи 1")
    assert "добавлено: 1100, удалено: 5" in card.text.replace("\u00a0", "")
    await owner_chat.press(card, "Опубликовать")
    assert await said(owner_chat, "У статьи 1 новая версия.")
    assert len(await list_paragraphs(bot.services.db, 1)) == 1_100
    described = Described("Порт", f"{long}Конец.", date(2026, 2, 11), Language.RU)
    async with bot.services.db.write() as connection:
        draft_id = await add_draft(connection, described, Origin.FILE, 1, bot.services.now())
    await owner_chat.press(asked, data=f"drnew:{draft_id}:1")
    card = await said(owner_chat, "Новая версия статьи 1")
    assert "добавлено: 1, удалено: 0" in card.text
    assert await count_drafts(bot.services.db) == 0


async def said(room: Room, words: str) -> Seen:
    """Return the message that says these words, whether it comes so or is edited to say them."""
    seen = await room.reply()
    while words not in seen.text:
        seen = await room.edited(seen)
    return seen
