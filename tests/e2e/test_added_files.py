"""Files from a chat: of every kind, hostile ones, several together, archives."""

import re
from collections.abc import Callable

import pytest

from bot.app import RunningBot
from bot.simulator import Room, Simulator
from bot.store.articles import count_articles
from bot.store.drafts import count_drafts
from tests.e2e.adding import PORT, settled
from tests.e2e.conftest import published
from tests.files import (
    make_docx,
    make_docx_bomb,
    make_locked_docx,
    make_locked_pdf,
    make_looped_pdf,
    make_pdf,
    make_zip,
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("port.txt", "date: 2026-02-11\nМорской порт откроют осенью.".encode("cp1251")),
        ("port.md", "date: 2026-02-11\n\nМорской порт **откроют** осенью.".encode()),
        ("port.docx", make_docx("date: 2026-02-11", "Морской порт откроют осенью.")),
        ("port.pdf", make_pdf("date: 2026-02-11", "Морской порт откроют осенью.")),
    ],
)
async def test_a_file_is_an_article(
    owner_chat: Room, chat: Room, name: str, content: bytes
) -> None:
    """Of each kind, from `/add` to the reader's answer."""
    await owner_chat.send("/add")
    assert "txt, md, html, docx, pdf" in (await owner_chat.reply()).text
    await owner_chat.send_file(name, content)
    await published(owner_chat, await settled(owner_chat))
    await chat.send("Когда откроют порт?")
    assert "Морской порт откроют осенью." in (await chat.reply()).text


async def test_an_undated_page_asks_for_its_date_before_it_can_be_published(
    owner_chat: Room,
) -> None:
    """It is not the day on which it was sent."""
    page = "<html><body><article><p>Морской порт откроют осенью.</p></article></body></html>"
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("page.html", page.encode())
    card = await settled(owner_chat)
    assert "Какого числа вышла статья?" in card.text
    assert "Опубликовать" not in card.labels
    await owner_chat.press(card, "Дата")
    await owner_chat.reply()
    await owner_chat.send("11.02.2026")
    assert (await published(owner_chat, await owner_chat.reply())).text.startswith(
        "Статья 1 опубликована"
    )


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.docx", make_docx_bomb, "В распакованном виде файл больше 50 МБ."),
        ("a.docx", lambda: make_zip(a=bytes(9_000_000)), "Файл распаковывается во много раз"),
        ("a.docx", make_locked_docx, "Файл под паролем."),
        ("a.zip", lambda: make_zip(**{"a.txt": bytes(9_000_000)}), "Файл распаковывается во много"),
        ("a.zip", lambda: make_zip(a=b"x")[:40], "Файл повреждён."),
        ("a.pdf", make_looped_pdf, "Файл повреждён."),
        ("a.pdf", make_pdf, "В PDF нет текста, только картинки."),
        ("a.pdf", lambda: make_locked_pdf("Порт"), "Файл под паролем."),
        ("a.pdf", "Не PDF".encode, "Это не pdf, хотя так называется."),
        ("a.txt", lambda: b" \n", "Файл пустой."),
        ("a.txt", "הנמל נפתח היום".encode, "Я читаю по-русски"),
        (
            "a.html",
            lambda: b"<html><script>alert(1)</script></html>",
            "На этой странице нет статьи.",
        ),
    ],
)
async def test_a_hostile_file_ends_in_a_sentence(
    owner_chat: Room, bot: RunningBot, name: str, make: Callable[[], bytes], words: str
) -> None:
    """No draft is made, and the bot takes the next one."""
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file(name, make())
    assert (await settled(owner_chat)).text.startswith(words)
    await owner_chat.send(PORT)
    assert "📄 О порте" in (await owner_chat.reply()).text
    assert await count_drafts(bot.services.db) == 1


HOSTILE_PAGE = (
    "<html><head><title>Порт <b>&amp; море</b></title><script>alert(1)</script></head><body>"
    "<article><p onclick='alert(1)'>Глубина порта <script>alert(1)</script>составит пятнадцать"
    " метров у самого &lt;b&gt;причала&lt;/b&gt;, сказал министр.</p><p>Открыть его обещают"
    " осенью, когда вернутся из моря первые суда.</p></article></body></html>"
)
TURNED = (
    "title: Порт\ndate: 2026-02-11\n\u202eГлубина порта составит\u202c пятнадцать метров"
    " у самого \u2067<b>причала</b>\u2069, сказал министр."
)


@pytest.mark.parametrize(("name", "content"), [("page.html", HOSTILE_PAGE), ("turned.txt", TURNED)])
async def test_what_a_hostile_text_hides_is_not_shown(
    owner_chat: Room, chat: Room, name: str, content: str
) -> None:
    """Scripts are gone, marks are words, letters stay in their order: to the reader's answer."""
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file(name, content.encode())
    card = await settled(owner_chat)
    if "Опубликовать" not in card.labels:
        await owner_chat.press(card, "Дата")
        await owner_chat.reply()
        await owner_chat.send("11.02.2026")
        card = await owner_chat.reply()
    await published(owner_chat, card)
    await chat.send("Какая глубина порта?")
    answer = (await chat.reply()).text
    assert "составит пятнадцать метров у самого <b>причала</b>, сказал министр." in answer
    assert not {"alert", "\u202e", "\u2067"} & set(re.findall(r"alert|[\u202a-\u2069]", answer))


async def test_a_large_file_is_refused_before_it_is_fetched(
    owner_chat: Room, sim: Simulator
) -> None:
    """Telegram tells its size."""
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("a.pdf", b"%PDF-", size=30 * 1024 * 1024)
    assert (await owner_chat.reply()).text == "Файл больше 20 МБ."
    assert "getFile" not in {request.method for request in sim.journal.requests()}


async def test_a_file_without_a_command_is_offered_to_editors_alone(
    owner_chat: Room, chat: Room
) -> None:
    """Readers hear the old sentence."""
    await owner_chat.send_file("port.txt", PORT.encode())
    await owner_chat.press(await owner_chat.reply(), "Добавить как статью")
    assert "📄 О порте" in (await settled(owner_chat)).text
    await chat.send_file("port.txt", PORT.encode())
    assert (await chat.reply()).text.startswith("Я читаю только текст.")


async def test_a_reply_to_a_file_takes_it(owner_chat: Room) -> None:
    """As a reply to a text does."""
    file = await owner_chat.send_file("port.txt", PORT.encode())
    await owner_chat.reply()
    await owner_chat.send("/add", reply_to=file)
    assert "📄 О порте" in (await settled(owner_chat)).text


async def test_an_archive_is_one_job_with_a_report(
    owner_chat: Room, bot: RunningBot, chat: Room
) -> None:
    """A draft for each file, a reason for each refused one; all are published by one tap."""
    files = {f"{n}.txt": f"date: 2026-02-11\nМост номер {n} построят.".encode() for n in range(3)}
    files |= {"без даты.md": "Башню построят.".encode(), "a.pdf": "Не PDF".encode()}
    files |= {"__MACOSX/1.txt": b"x", "note.exe": b"x"}
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("many.zip", make_zip(**files))
    report = await settled(owner_chat)
    assert report.text.splitlines() == [
        *("4 черновика готовы: /drafts", "У 1 из них нет даты", "1 файл не принят:"),
        "a.pdf — Это не pdf, хотя так называется.",
    ]
    await owner_chat.press(report, "Опубликовать все (3)")
    said = await settled(owner_chat)
    assert said.text == ("3 статьи опубликованы. 1 черновик пропущен: уже решён или без даты.")
    assert await count_articles(bot.services.db) == 3
    assert await count_drafts(bot.services.db) == 1


async def test_files_sent_together_are_one_job_with_a_report(
    owner_chat: Room, bot: RunningBot
) -> None:
    """One message tells of all of them, and publishes all; what comes later is another article."""
    files = {f"{n}.txt": f"date: 2026-02-11\nМост номер {n} построят.".encode() for n in range(3)}
    await owner_chat.send("/add")
    await owner_chat.reply()
    for name, content in (files | {"a.pdf": "Не PDF".encode()}).items():
        await owner_chat.send_file(name, content, album="13579")
    report = await settled(owner_chat)
    assert report.text.splitlines() == [
        *("3 черновика готовы: /drafts", "1 файл не принят:"),
        "a.pdf — Это не pdf, хотя так называется.",
    ]
    assert owner_chat.unread() == []
    await owner_chat.press(report, "Опубликовать все (3)")
    assert (await settled(owner_chat)).text == "3 статьи опубликованы."
    await owner_chat.send_file("b.txt", "date: 2026-02-11\nБашню построят.".encode())
    assert "Черновик 4" in (await settled(owner_chat)).text


async def test_files_sent_together_without_the_command_are_offered_once(
    owner_chat: Room, bot: RunningBot
) -> None:
    """One question for all of them, whose button takes them once."""
    for number in range(2):
        content = f"date: 2026-02-11\nМост номер {number} построят.".encode()
        await owner_chat.send_file(f"{number}.txt", content, album="24680")
    offer = await owner_chat.reply()
    assert offer.text == "Добавить как статьи: 2 файла?"
    assert owner_chat.unread() == []
    await owner_chat.press(offer, "Добавить все")
    assert (await settled(owner_chat)).text == "2 черновика готовы: /drafts"
    toast = await owner_chat.press(offer, "Добавить все")
    assert toast.text == "Эта кнопка устарела."
    assert await count_drafts(bot.services.db) == 2


@pytest.mark.parametrize("name", ["../a.txt", "/a.txt", "C:/a.txt"])
async def test_an_archive_that_leads_out_of_itself_is_refused(owner_chat: Room, name: str) -> None:
    """Whole: who makes one means no good."""
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("a.zip", make_zip(**{name: b"x", "b.txt": b"y"}))
    assert "ведёт за его пределы" in (await settled(owner_chat)).text
