"""Articles from a chat: whatever is sent becomes a draft, and by one tap an article."""

import re
from datetime import UTC, datetime, timedelta

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from bot.store.articles import count_articles, get_article
from bot.store.drafts import count_drafts
from tests.e2e.adding import PORT
from tests.e2e.conftest import published


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
