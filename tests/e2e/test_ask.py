"""A question in the chat, and what one can do with the answer."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from tests.e2e.conftest import PORT, Publish

pytestmark = pytest.mark.usefixtures("articles")


async def test_the_answer_is_the_paragraph_with_its_citation(chat: Room) -> None:
    """Title and date, the words, the paragraph number; the matched words are bold."""
    question = await chat.send("когда откроется новый морской порт в Кортане?")
    reply = await chat.reply()
    assert reply.text.splitlines()[0] == "📄 Морской порт откроется осенью · 11 февраля 2026"
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[0]]
    assert "порт" in reply.marked("bold")
    assert "абзац 1" in reply.text.splitlines()
    assert reply.reply_to_id == question.id
    assert reply.labels[:3] == ("Контекст", "Статья", "Источник")


@pytest.mark.parametrize("number", range(1, 6))
async def test_a_quotation_is_the_stored_text(chat: Room, number: int) -> None:
    """Between the marks, unescaped, stands the paragraph to the letter."""
    paragraph = PORT.splitlines()[number - 1]
    await chat.send(paragraph)
    reply = await chat.reply()
    (quote,) = re.findall("<blockquote>(.*?)</blockquote>", reply.html)
    assert html.unescape(re.sub("<[^>]+>", "", quote)) == paragraph


async def test_context_widens_in_place(chat: Room) -> None:
    """By one paragraph each way, then two; the passage is seen whole, its neighbours fold."""
    await chat.send("глубина причала")
    reply = await chat.reply()
    await chat.press(reply, "Контекст")
    wider = await chat.edited(reply)
    before, passage, after, last = PORT.splitlines()[:4]
    assert list(wider.marked("blockquote")) == [passage]
    assert list(wider.marked("expandable_blockquote")) == [before, after]
    await chat.press(wider, "Ещё контекст")
    widest = await chat.edited(wider)
    assert list(widest.marked("expandable_blockquote")) == [before, after, last]
    await chat.press(widest, "Назад")
    back = await chat.edited(widest)
    assert (back.text, back.labels) == (reply.text, reply.labels)
    assert list(back.marked("bold")) == list(reply.marked("bold"))


async def test_the_whole_article_in_one_tap(chat: Room) -> None:
    """To the letter."""
    await chat.send("глубина причала")
    await chat.press(await chat.reply(), "Статья")
    article = await chat.reply()
    assert list(article.marked("blockquote")) == PORT.splitlines()


async def test_a_paragraph_longer_than_a_message_is_read_to_its_end(
    chat: Room, add_article: Publish
) -> None:
    """Page by page, cut between sentences, nothing left out."""
    sentences = [f"Верфь получит док номер {number}." for number in range(300)]
    added = await add_article("Начало.\n" + " ".join(sentences) + "\nКонец.", "Верфь")
    await chat.send(f"/article {added.article_id}")
    page = await chat.reply()
    quotes = list(page.marked("blockquote"))
    while "Вперёд" in page.labels:
        await chat.press(page, "Вперёд")
        page = await chat.edited(page)
        quotes += page.marked("blockquote")
    assert quotes[0] == "Начало."
    assert quotes[-1] == "Конец."
    assert " ".join(quotes[1:-1]) == " ".join(sentences)
    assert all(quote.endswith(".") for quote in quotes)


async def test_more_passages_come_in_place(chat: Room) -> None:
    """With their number among them."""
    await chat.send("морской порт")
    reply = await chat.reply()
    await chat.press(reply, "Ещё")
    more = await chat.edited(reply)
    assert more.text.startswith("2 из ")
    assert list(more.marked("blockquote")) != list(reply.marked("blockquote"))
    assert "Назад" in more.labels
    assert any(word in more.marked("bold") for word in ("порт", "порта", "Кортане"))


async def test_an_old_article_says_so(chat: Room) -> None:
    """On its first line."""
    await chat.send("урожай пшеницы")
    first = (await chat.reply()).text.splitlines()[0]
    assert first == "📄 Урожай вырос · 2 октября 2024 · материалу больше года"


async def test_an_honest_no_names_the_missing_words_and_the_nearest(chat: Room) -> None:
    """And opens them."""
    await chat.send("какой урожай хлопка")
    reply = await chat.reply()
    assert "В статьях нет ответа." in reply.text
    assert "Не встречается слово: «хлопок»." in reply.text
    assert "1. Урожай вырос · 2 октября 2024" in reply.text
    await chat.press(reply, "1")
    assert "Урожай пшеницы вырос на треть." in (await chat.reply()).text


async def test_a_mistyped_question_is_read_as_it_was_meant(chat: Room) -> None:
    """And says so."""
    await chat.send("kogda otkroetsya morskoy port")
    reply = await chat.reply()
    assert reply.text.startswith("Ищу: когда откроется морской порт")
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[0]]
    await chat.press(reply, "Искать как написано")
    assert (await chat.edited(reply)).text.startswith("В статьях нет ответа.")


async def test_an_edit_that_changes_nothing_edits_nothing(sim: Simulator, chat: Room) -> None:
    """Telegram tells of changes that nobody sees, too."""
    question = await chat.send("глубина причала")
    await chat.reply()
    await chat.edit(question, "Глубина причала?")
    await chat.send("/cancel")
    await chat.reply()
    assert sim.journal.requests("editMessageText") == []


async def test_why_this_answer(chat: Room) -> None:
    """The words that were found, with their shares, those that were not, and the versions."""
    await chat.send("глубина причала на луне")
    reply = await chat.reply()
    await chat.press(reply, "Действия")
    acting = await chat.edited(reply)
    assert acting.text == reply.text
    assert acting.labels == ("Почему этот ответ?", "Копировать", "Подписаться", "Сузить", "Назад")
    await chat.press(acting, "Почему")
    why = (await chat.reply()).text
    assert re.search(r"1\. «(глубина|причала)» — \d+\xa0%", why)
    assert "Нет в этом абзаце: «луне»." in why
    assert "Статья 1, версия 1, абзац 2." in why
    assert "?start=a" in why
    await chat.press(acting, "Назад")
    assert (await chat.edited(acting)).labels == reply.labels


async def test_an_answer_has_a_link(chat: Room, sim: Simulator) -> None:
    """Whoever opens it sees the same passages."""
    await chat.send("глубина причала")
    reply = await chat.reply()
    await chat.press(reply, "Действия")
    await chat.press(await chat.edited(reply), "Почему")
    payload = re.search(r"start=(a\d+)", (await chat.reply()).text)
    assert payload
    other = sim.add_user("Борис", language_code="ru")
    room = await other.open_link(f"https://t.me/{sim.username}?start={payload[1]}")
    assert list((await room.reply()).marked("blockquote")) == list(reply.marked("blockquote"))


async def test_only_the_asker_turns_his_answer(chat: Room, sim: Simulator, bot: RunningBot) -> None:
    """In a group everybody sees the buttons."""
    anna, boris = (sim.add_user(name, language_code="ru") for name in ("Анна", "Борис"))
    group = sim.add_group("Политика", [anna, boris])
    await group.reply()
    await group.send(f"/ask@{sim.username} порт в Кортане", by=anna)
    reply = await group.reply()
    toast = await group.press(reply, "Действия", by=boris)
    assert toast.text == "Эта кнопка не для вас."
    await group.press(reply, "Контекст", by=boris)
    await group.edited(reply)


async def test_a_question_of_the_bot_shows_in_its_answer(chat: Room) -> None:
    """There is no message of the reader that shows it; its buttons know it all the same."""
    await chat.send("/start")
    welcome = await chat.reply()
    await chat.press(welcome, 0)
    reply = await chat.reply()
    assert reply.text.startswith("Вопрос: ")
    await chat.press(reply, "Действия")
    acting = await chat.edited(reply)
    await chat.press(acting, "Почему")
    assert "Найдено по словам:" in (await chat.reply()).text


async def test_a_copy_is_named_and_rivals_stand_side_by_side(
    chat: Room, add_article: Publish
) -> None:
    """A reprint collapses into its original; another figure for one fact is shown beside it."""
    await add_article(PORT.splitlines()[2], "Перепечатка о порте", day=date(2026, 2, 10))
    other = "Строительство порта обошлось в 2,4 млрд талеров."
    await add_article(other, "Счётная палата о порте", day=date(2026, 2, 13))
    await chat.send("во сколько обошлось строительство")
    reply = await chat.reply()
    assert reply.text.startswith("Источники расходятся:")
    assert set(reply.marked("blockquote")) == {PORT.splitlines()[2], other}
    assert "То же:" in reply.text
    assert "3 абзаца из 3 статей, 2026" in reply.text


async def test_a_mended_question_mends_its_answer(chat: Room) -> None:
    """In place; its buttons work on the new passages."""
    question = await chat.send("глубина причала")
    reply = await chat.reply()
    await chat.edit(question, "субсидии фермерам")
    mended = await chat.edited(reply)
    assert list(mended.marked("blockquote")) == ["Фермеры получат субсидии на элеваторы."]


async def test_an_edited_command_is_no_question(chat: Room) -> None:
    """Its answer stays as it is."""
    question = await chat.send("/ask глубина причала")
    reply = await chat.reply()
    await chat.edit(question, "/ask субсидии фермерам")
    await chat.send("/cancel")
    await chat.reply()
    kept = next(message for message in chat.messages() if message.id == reply.id)
    assert kept.text == reply.text


async def test_a_question_is_mended_for_a_quarter_of_an_hour(chat: Room, bot: RunningBot) -> None:
    """Later the answer stays as it is."""
    question = await chat.send("глубина причала")
    reply = await chat.reply()
    bot.services.now = lambda: datetime.now(UTC) + timedelta(minutes=16)
    await chat.edit(question, "субсидии фермерам")
    await chat.send("/cancel")
    await chat.reply()
    kept = next(message for message in chat.messages() if message.id == reply.id)
    assert kept.text == reply.text


@pytest.mark.parametrize("words", ["/article", "/article " + "9" * 30, "/start p" + "9" * 30])
async def test_numbers_that_no_article_can_have(chat: Room, words: str) -> None:
    """Are answered in words, not as a fault of ours."""
    await chat.send(words)
    assert "код" not in (await chat.reply()).text


async def test_a_permalink_opens_the_passage_in_its_context(chat: Room, anna: Person) -> None:
    """Whoever has the link."""
    await chat.send("глубина причала")
    link = (await chat.reply()).links()[0]
    await anna.open_link(link)
    opened = await chat.reply()
    before, passage, after = PORT.splitlines()[:3]
    assert list(opened.marked("blockquote")) == [passage]
    assert list(opened.marked("expandable_blockquote")) == [before, after]


@pytest.mark.parametrize("payload", ["p999", "p", "a12345", "ixxx", "zzz", "p1x"])
async def test_a_stale_link_leads_to_the_first_screen(
    chat: Room, anna: Person, sim: Simulator, payload: str
) -> None:
    """With a line that says so."""
    await anna.open_link(f"https://t.me/{sim.username}?start={payload}")
    assert "устарел" in (await chat.reply()).text


async def test_too_long_a_question(chat: Room) -> None:
    """Is refused in words."""
    await chat.send("порт " * 300)
    assert (await chat.reply()).text == "Вопрос длиннее 1000 знаков. Сократите его, пожалуйста."


async def test_only_text_is_read(chat: Room) -> None:
    """A sticker gets a sentence."""
    await chat.send_file("a.webp", b"x", kind="sticker")
    assert (await chat.reply()).text == "Я читаю только текст. Напишите вопрос словами."


@pytest.mark.parametrize(
    "data",
    [
        *(
            "ctx:1",
            "ctx:x:y",
            "ctx:1:1",
            "ctx:1:1:1",
            "more:1:1",
            "why:1:1",
            "act:1:1",
            "asis:1",
            "art:99",
            "zzz",
        ),
        *(f"{verb}:{'9' * 20}" for verb in ("art", "list", "try", "more:1", "ctx:1:1:0", "page:1")),
    ],
)
async def test_a_forged_button_is_out_of_date(chat: Room, data: str) -> None:
    """Whatever bytes a hostile client sends."""
    await chat.send("глубина причала")
    toast = await chat.press(await chat.reply(), data=data)
    assert toast.text
    assert "код" not in toast.text


async def test_hostile_words_are_shown_as_they_are(chat: Room, add_article: Publish) -> None:
    """Markup in titles and texts is text."""
    text = "Тег <b>жирный</b> & <blockquote>цитата</blockquote> в отчёте аудитора 🙂."
    await add_article(text, "<i>Отчёт</i> & аудит", day=date(2026, 2, 12))
    await chat.send("отчёт аудитора")
    reply = await chat.reply()
    assert list(reply.marked("blockquote")) == [text]
    assert "<i>Отчёт</i> & аудит" in reply.text


async def test_who_asks_when_gets_the_date_in_full(
    chat: Room, anna: Person, add_article: Publish
) -> None:
    """Beside the words of the text, and only where these do not say it all."""
    text = "Бизнес-миссия приедет в Кортан 9–10 марта. Её примут в порту."
    await add_article(text, "Бизнес-миссия", day=date(2026, 2, 20))
    await chat.send("когда приедет бизнес-миссия")
    reply = await chat.reply()
    assert reply.text.splitlines()[-1] == "абзац 1 · 9–10 марта → 9–10 марта 2026"
    await chat.send("куда приедет бизнес-миссия")
    assert "→" not in (await chat.reply()).text
    await chat.send("когда откроется морской порт")
    assert "→" not in (await chat.reply()).text
    answer = await anna.inline("когда приедет бизнес-миссия")
    posted = await anna.choose(answer, answer.cards[0], chat)
    assert posted.text.splitlines()[-1] == "абзац 1 · 9–10 марта → 9–10 марта 2026"
