"""Articles from a chat: whatever is sent becomes a draft, and by one tap an article."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from bot.simulator.views import Seen
from bot.store.articles import count_articles, get_article
from bot.store.drafts import count_drafts
from tests.e2e.conftest import published
from tests.files import (
    make_busy_pdf,
    make_docx,
    make_docx_bomb,
    make_locked_docx,
    make_locked_pdf,
    make_looped_pdf,
    make_pdf,
    make_zip,
)

PORT = "title: О порте\ndate: 2026-02-11\nМорской порт откроют осенью.\nЕго глубина 15 метров."


async def settled(room: Room) -> Seen:
    """Return the message that a job ends with: its only one, or that which told how far it was."""
    seen = await room.reply(timeout_s=60)
    while "Остановить" in seen.labels:
        seen = await room.edited(seen, timeout_s=60)
    return seen


async def test_a_text_is_an_article_after_one_tap(owner_chat: Room, chat: Room) -> None:
    """The card says what was understood; a reader then gets the cited answer."""
    await owner_chat.send(f"/add {PORT}")
    card = await owner_chat.reply()
    assert card.text.splitlines() == [
        "📄 О порте",
        "Черновик 1 · 11 февраля 2026",
        "источник не указан",
        "2 абзаца, на русском",
        "1 событие",
        "Транспорт и логистика",
    ]
    said = await published(owner_chat, card)
    assert said.text == "Статья 1 опубликована: «О порте», 11 февраля 2026, 2 абзаца."
    assert said.labels == ("Статья",)
    await owner_chat.press(said, "Статья")
    read = await owner_chat.reply()
    assert list(read.marked("blockquote")) == PORT.splitlines()[2:]
    assert read.labels == ("Изменить", "Отозвать")
    await chat.send("Какая глубина порта?")
    answer = await chat.reply()
    assert "15 метров" in answer.text
    assert "О порте · 11 февраля 2026" in answer.text


async def test_two_taps_publish_once(owner_chat: Room, bot: RunningBot) -> None:
    """The second is told so."""
    await owner_chat.send(f"/add {PORT}")
    card = await owner_chat.reply()
    await published(owner_chat, card)
    toast = await owner_chat.press(card, "Опубликовать")
    assert toast.text == "Этот черновик уже опубликован."
    assert await count_articles(bot.services.db) == 1


async def test_the_card_is_mended_field_by_field(owner_chat: Room, bot: RunningBot) -> None:
    """By a question and an answer each; a wrong answer is asked for again."""
    await owner_chat.send("/add Мост построят к весне.")
    card = await owner_chat.reply()
    assert "Дата не указана" in card.text
    for button, words, seen in (
        ("Заголовок", "Новый мост", "📄 Новый мост"),
        ("Дата", "3 марта 2026", "Черновик 1 · 3 марта 2026"),
        ("Кто опубликовал", "Вестник", "Вестник"),
        ("Ссылка", "https://example.org/a", "Вестник · https://example.org/a"),
    ):
        await owner_chat.press(card, button)
        await owner_chat.reply()
        await owner_chat.send(words)
        card = await owner_chat.reply()
        assert seen in card.text.splitlines()
    await owner_chat.press(card, "Дата")
    await owner_chat.reply()
    await owner_chat.send("завтра")
    assert (await owner_chat.reply()).text.startswith("«завтра» — не дата.")
    await owner_chat.send("4.03.2026")
    card = await owner_chat.reply()
    await owner_chat.press(card, "Язык")
    await owner_chat.press(await owner_chat.edited(card), "английский")
    card = await owner_chat.reply()
    assert "1 абзац, на английском" in card.text
    await published(owner_chat, card)
    article = (await get_article(bot.services.db, 1)).article
    assert (article.title, article.source, article.day.isoformat()) == (
        *("Новый мост", "Вестник", "2026-03-04"),
    )


async def test_what_was_done_to_a_draft_is_noted_and_taken_back(owner_chat: Room) -> None:
    """Its fields, its facts, its end: each by /undo, which shows the way to its card."""
    await owner_chat.send("/add title: Мост\ndate: 2026-02-11\nМост построят 3 марта 2026 года.")
    card = await owner_chat.reply()
    await owner_chat.press(card, "Кто опубликовал")
    await owner_chat.reply()
    await owner_chat.send("Вестник")
    card = await owner_chat.reply()
    assert "Вестник" in card.text
    await owner_chat.send("/undo")
    undone = await owner_chat.reply()
    assert undone.text == "Отменено: черновик 1 «Мост» исправлен. Ещё раз /undo — вернёт."
    await owner_chat.press(undone, "Открыть")
    card = await owner_chat.edited(undone)
    assert "источник не указан" in card.text
    await owner_chat.press(card, "Факты")
    facts = await owner_chat.edited(card)
    await owner_chat.press(facts, "Убрать 1")
    assert "Убрать 2" in facts.labels
    assert "Убрать 2" not in (await owner_chat.edited(facts)).labels
    await owner_chat.send("/undo")
    await owner_chat.press(undone := await owner_chat.reply(), "Открыть")
    card = await owner_chat.edited(undone)
    assert "1 событие" in card.text
    await owner_chat.press(card, "Удалить черновик")
    await owner_chat.edited(card)
    await owner_chat.send("/undo")
    assert (await owner_chat.reply()).text.startswith("Отменено: черновик 1 «Мост» удалён.")
    await owner_chat.send("/drafts")
    assert "1. Мост" in (await owner_chat.reply()).text
    await owner_chat.send("/log")
    assert (await owner_chat.reply()).text.count("черновик 1") >= 3


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


async def test_a_private_address_is_refused_at_once(owner_chat: Room) -> None:
    """In every spelling; here one."""
    await owner_chat.send("/add http://127.0.0.1/")
    assert (await owner_chat.reply()).text == "Этот адрес открыть нельзя."


async def test_several_in_a_row_are_several_drafts(owner_chat: Room, bot: RunningBot) -> None:
    """Until /cancel; then a text is a question again."""
    await owner_chat.send("/add")
    await owner_chat.reply()
    for number in range(3):
        await owner_chat.send(f"date: 2026-02-11\nМост номер {number} построят к весне.")
        assert f"Черновик {number + 1}" in (await owner_chat.reply()).text
    await owner_chat.send("/cancel")
    await owner_chat.reply()
    await owner_chat.send("Когда построят мост?")
    assert "Статей пока нет" in (await owner_chat.reply()).text
    await owner_chat.send("/drafts")
    listed = await owner_chat.reply()
    assert [label[:2] for label in listed.labels] == ["3.", "2.", "1."]


async def test_a_forwarded_post_is_offered_as_an_article(
    owner_chat: Room, sim: Simulator, anna: Person, chat: Room
) -> None:
    """With its channel as the source and its day; a reader's forward is a question as ever."""
    channel = sim.add_channel("Вестник порта", anna, username="vestnik")
    post = await channel.send("Морской порт откроют осенью.")
    await owner_chat.forward(post)
    offer = await owner_chat.reply()
    assert offer.text == "Добавить это как статью?"
    await owner_chat.press(offer, "Добавить как статью")
    card = await owner_chat.reply()
    assert "Вестник порта · https://t.me/vestnik/" in card.text
    assert "Дата не указана" not in card.text
    await chat.forward(post)
    assert "Статей пока нет" in (await chat.reply()).text


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


async def test_facts_are_dropped_and_corrected_before_publishing(
    owner_chat: Room, chat: Room
) -> None:
    """What the editor says stands; what he drops is nowhere."""
    text = (
        "date: 2026-02-11\n«Порт примет суда», — сказал он.\nПорт откроют 14 сентября 2026 года.\n"
        "Мост открыли 3 января 2026 года."
    )
    await owner_chat.send(f"/add {text}")
    card = await owner_chat.reply()
    assert "1 цитата без говорящего" in card.text
    await owner_chat.press(card, "Факты")
    facts = await owner_chat.edited(card)
    assert facts.text.splitlines()[1] == "1. «Порт примет суда» — говорящий не установлен"
    await owner_chat.press(facts, "Исправить 1")
    await owner_chat.reply()
    await owner_chat.send("Игорь Лисовец")
    facts = await owner_chat.reply()
    assert "«Порт примет суда» — Игорь Лисовец (исправлено)" in facts.text
    number = next(line[0] for line in facts.text.splitlines() if "— Мост открыли" in line)
    await owner_chat.press(facts, f"Убрать {number}")
    facts = await owner_chat.edited(facts)
    assert not any(
        "Мост открыли" in line and "2026" in line[:40] for line in facts.text.split("\n")
    )
    await owner_chat.press(facts, "Назад")
    await published(owner_chat, await owner_chat.edited(facts))
    await chat.send("/quote Лисовец")
    assert "Порт примет суда" in (await chat.reply()).text
    await chat.send("/timeline")
    assert "Мост открыли" not in (await chat.reply()).text


async def test_a_deleted_draft_comes_back(owner_chat: Room, bot: RunningBot) -> None:
    """Deleting is one tap, and so is taking it back."""
    await owner_chat.send(f"/add {PORT}")
    card = await owner_chat.reply()
    await owner_chat.press(card, "Удалить черновик")
    gone = await owner_chat.edited(card)
    assert gone.text == "Черновик «О порте» удалён."
    assert await count_drafts(bot.services.db) == 0
    await owner_chat.press(gone, "Вернуть")
    back = await owner_chat.edited(gone)
    await owner_chat.press(back, "Открыть")
    await published(owner_chat, await owner_chat.edited(back))
    assert await count_articles(bot.services.db) == 1


async def test_a_draft_put_aside_waits_in_the_list(owner_chat: Room) -> None:
    """For as long as it takes."""
    await owner_chat.send(f"/add {PORT}")
    card = await owner_chat.reply()
    await owner_chat.press(card, "Отложить")
    assert (await owner_chat.edited(card)).text.startswith("«О порте» отложен.")
    await owner_chat.send("/drafts")
    listed = await owner_chat.reply()
    await owner_chat.press(listed, "1. О порте")
    assert "Опубликовать" in (await owner_chat.edited(listed)).labels


async def test_a_reader_can_do_none_of_it(chat: Room, bot: RunningBot, sim: Simulator) -> None:
    """Neither by command nor by a forged button."""
    await chat.send(f"/add {PORT}")
    seen = await chat.reply()
    assert seen.text == "Эта команда для редакторов."
    await chat.send("/drafts")
    assert (await chat.reply()).text == "Эта команда для редакторов."
    for data in ("drpub:1", "dr:1", "drdel:1", "dredit:1:title", "jobstop:1", "addit"):
        toast = await chat.press(seen, data=data)
        assert toast.text == "Эта команда для редакторов."
    assert await count_drafts(bot.services.db) == 0


async def test_a_very_long_article_is_read_by_a_job(owner_chat: Room, bot: RunningBot) -> None:
    """Ten thousand paragraphs: the card and the publishing come when they are ready."""
    lines = [f"Причал номер {n} примет суда." for n in range(10_000)]
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("long.txt", ("date: 2026-02-11\n" + "\n".join(lines)).encode())
    card = await settled(owner_chat)
    assert "10000 абзацев" in card.text
    await owner_chat.press(card, "Опубликовать", timeout_s=60)
    assert "опубликована" in (await settled(owner_chat)).text
    assert await count_articles(bot.services.db) == 1


async def test_a_long_draft_is_published_by_one_job(owner_chat: Room, bot: RunningBot) -> None:
    """A second would wait for the first, and publish again what was undone in the meantime."""
    lines = "\n".join(f"Причал номер {n} примет суда." for n in range(1_000))
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("long.txt", f"date: 2026-02-11\n{lines}".encode())
    card = await settled(owner_chat)
    wake, bot.services.wake_jobs = bot.services.wake_jobs, lambda: None
    await owner_chat.press(card, "Опубликовать")
    toast = await owner_chat.press(card, "Опубликовать")
    assert toast.text == "Это уже публикуется."
    bot.services.wake_jobs = wake
    wake()
    assert "опубликована" in (await settled(owner_chat)).text
    await owner_chat.send("/undo")
    assert (await owner_chat.reply()).text.startswith("Отменено")
    assert await count_articles(bot.services.db) == 0
    await owner_chat.press(card, "Опубликовать")
    assert "опубликована" in (await settled(owner_chat)).text


async def test_a_near_twin_is_shown_and_becomes_a_new_version(
    owner_chat: Room, bot: RunningBot
) -> None:
    """The editor chooses: a new article, a new version, or neither."""
    lines = [f"Причал номер {n} примет суда с {n} контейнерами из порта." for n in range(2, 12)]
    for text in (lines, [*lines, "Открытие назначено на осень."]):
        await owner_chat.send("/add title: О причалах\ndate: 2026-02-11\n" + "\n".join(text))
        card = await owner_chat.reply()
        if text is lines:
            assert "Похоже" not in card.text
            await published(owner_chat, card)
    assert re.search(r"Похоже на статью 1 на \d\d\xa0%: «О причалах», 11 февраля 2026", card.text)
    await owner_chat.press(card, "Новая версия статьи 1")
    preview = await owner_chat.reply()
    assert "Открытие назначено на осень." in preview.text
    await owner_chat.press(preview, "Опубликовать")
    await owner_chat.edited(preview)
    assert (await get_article(bot.services.db, 1)).version == 2
    assert await count_drafts(bot.services.db) == 0


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


async def test_a_text_that_the_app_cuts_in_parts_is_one_article(
    owner_chat: Room, bot: RunningBot
) -> None:
    """Apps send the parts at once; what comes later is another article."""
    words = "Причал примет суда с зерном и вернёт их пустыми обратно в море "
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send("date: 2026-02-11\n" + words * 64)
    await owner_chat.reply()
    await owner_chat.send("и так до самой зимы. Потом порт закроют.")
    card = await owner_chat.reply()
    assert "Черновик 1" in card.text
    assert "1 абзац" in card.text
    await owner_chat.send("date: 2026-02-12\nМост построят к весне.")
    assert "Черновик 2" in (await owner_chat.reply()).text
    await published(owner_chat, card)
    text = (await get_article(bot.services.db, 1)).article.text
    assert text.endswith("обратно в море и так до самой зимы. Потом порт закроют.")


async def test_thirty_posts_in_a_row_are_no_flood(owner_chat: Room, bot: RunningBot) -> None:
    """What an editor was asked for is taken, all of it."""
    await owner_chat.send("/add")
    await owner_chat.reply()
    for number in range(30):
        await owner_chat.send(f"date: 2026-02-11\nМост номер {number} построят.")
    cards = await owner_chat.replies(30, timeout_s=60)
    assert all("Черновик" in card.text for card in cards)
    assert await count_drafts(bot.services.db) == 30


async def test_after_one_long_text_a_question_is_a_question(
    owner_chat: Room, bot: RunningBot
) -> None:
    """Only what comes at once is its rest."""
    text = "Причал примет суда с зерном из порта. " * 105
    await owner_chat.send(f"/add date: 2026-02-11\n{text}")
    await owner_chat.reply()
    bot.services.now = lambda: datetime.now(UTC) + timedelta(seconds=30)
    await owner_chat.send("Что примет причал?")
    assert "Статей пока нет" in (await owner_chat.reply()).text


async def test_long_work_tells_of_itself_and_is_stopped(owner_chat: Room, bot: RunningBot) -> None:
    """In one message, which then says so; the bot takes the next article."""
    await owner_chat.send("/add")
    await owner_chat.reply()
    await owner_chat.send_file("a.pdf", make_busy_pdf())
    progress = await owner_chat.reply(timeout_s=60)
    assert progress.text == "Читаю."
    await owner_chat.press(progress, "Остановить")
    assert (await owner_chat.edited(progress)).text.startswith("Остановлено.")
    await owner_chat.send(PORT)
    assert "Черновик 1" in (await owner_chat.reply()).text
    assert await count_drafts(bot.services.db) == 1
