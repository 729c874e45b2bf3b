"""What readers say of answers, quotes and events, and what editors do with it."""

import re
from datetime import date

import pytest

from bot.app import RunningBot
from bot.simulator import Room, Seen, Simulator
from tests.e2e.conftest import Publish

pytestmark = pytest.mark.usefixtures("articles")

SPEECH = "Министр Анна Берг заявила 3 марта 2026 года: «Причал сдадут в срок и без долгов»."


async def asked(chat: Room, question: str = "глубина причала") -> Seen:
    await chat.send(question)
    return await chat.reply()


async def blamed(chat: Room, reply: Seen) -> Seen:
    """Return the answer with the reasons under it."""
    toast = await chat.press(reply, "Не то")
    assert toast.text == "Спасибо. Это увидят редакторы."
    return await chat.edited(reply)


async def queue(owner_chat: Room) -> Seen:
    await owner_chat.send("/feedback")
    return await owner_chat.reply()


async def test_votes_have_a_row_of_their_own(chat: Room) -> None:
    """The last one, under the passage."""
    reply = await asked(chat)
    assert reply.labels[-2:] == ("Полезно", "Не то")
    assert (await chat.press(reply, "Полезно")).text == "Спасибо."


async def test_a_helpful_vote_waits_for_nobody(chat: Room, owner_chat: Room) -> None:
    """It is counted beside the paragraph's remarks."""
    await chat.press(await asked(chat), "Полезно")
    assert (await queue(owner_chat)).text.startswith("Замечаний нет.")
    await blamed(chat, await asked(chat))
    assert "полезно — 1, не то — 1" in (await queue(owner_chat)).text


async def test_a_reason_in_one_tap(chat: Room, owner_chat: Room) -> None:
    """The buttons come in place and go again; the editor sees passage, reason, index version."""
    reply = await asked(chat)
    reasons = await blamed(chat, reply)
    assert reasons.text == reply.text
    assert reasons.labels == (
        *("Не о том", "Устарело", "Ошибка в цитате", "Другое", "Приложить вопрос", "Назад"),
    )
    assert (await chat.press(reasons, "Устарело")).text == "Спасибо. Это увидят редакторы."
    assert (await chat.edited(reasons)).labels == reply.labels
    entry = await queue(owner_chat)
    assert entry.text.startswith("1 из 1 · ответ · Устарело · ")
    assert list(entry.marked("blockquote")) == list(reply.marked("blockquote"))
    assert "Состояние указателя: 2." in entry.text
    assert entry.labels == ("Решено", "Ответить читателю", "Контекст", "Статья")


async def test_the_question_goes_along_only_by_a_tap(chat: Room, owner_chat: Room) -> None:
    """Nothing else shows it to the editors."""
    reasons = await blamed(chat, await asked(chat))
    assert "глубина причала" not in (await queue(owner_chat)).text
    toast = await chat.press(reasons, "Приложить вопрос")
    assert toast.text == "Редакторы увидят ваш вопрос."
    assert "Вопрос: глубина причала" in (await queue(owner_chat)).text


async def test_another_reason_in_words(chat: Room, owner_chat: Room) -> None:
    """The next message is the reason, and no question."""
    reasons = await blamed(chat, await asked(chat))
    await chat.press(reasons, "Другое")
    prompt = await chat.reply()
    assert "Напишите, что не так" in prompt.text
    await chat.send("глубина <указана> у другого причала")
    assert (await chat.reply()).text == "Спасибо. Это увидят редакторы."
    entry = await queue(owner_chat)
    assert "Читатель: глубина <указана> у другого причала" in entry.text


async def test_whoever_changes_his_mind_cancels(chat: Room, owner_chat: Room) -> None:
    """And asks again as before."""
    await chat.press(await blamed(chat, await asked(chat)), "Другое")
    await chat.reply()
    await chat.send("/cancel")
    assert "больше ничего не жду" in (await chat.reply()).text
    assert "Читатель:" not in (await queue(owner_chat)).text
    assert "Контекст" in (await asked(chat)).labels


async def test_too_many_words_may_be_tried_again(chat: Room) -> None:
    """The question stays open."""
    await chat.press(await blamed(chat, await asked(chat)), "Другое")
    await chat.reply()
    await chat.send("слово " * 100)
    assert (await chat.reply()).text.startswith("Это длиннее 500 знаков.")
    await chat.send("короче")
    assert (await chat.reply()).text == "Спасибо. Это увидят редакторы."


async def test_a_voice_is_no_reason(chat: Room) -> None:
    """Nor an answer to a reader; the question stays open."""
    await chat.press(await blamed(chat, await asked(chat)), "Другое")
    await chat.reply()
    await chat.send_file("a.ogg", b"voice", kind="voice", mime="audio/ogg")
    assert (await chat.reply()).text.startswith("Я читаю только текст.")
    await chat.send("не о том")
    assert (await chat.reply()).text == "Спасибо. Это увидят редакторы."


async def test_a_vote_can_be_changed_and_counts_once(chat: Room, owner_chat: Room) -> None:
    """The last one stands."""
    reply = await asked(chat)
    back = await blamed(chat, reply)
    await chat.press(back, "Назад")
    reply = await chat.edited(back)
    await chat.press(reply, "Полезно")
    await chat.press(reply, "Полезно")
    assert (await queue(owner_chat)).text.startswith("Замечаний нет.")
    await blamed(chat, reply)
    assert "полезно — 0, не то — 1" in (await queue(owner_chat)).text


async def test_votes_change_no_ranking(chat: Room, sim: Simulator) -> None:
    """The same question gives the same bytes before and after."""
    question = "морской порт"
    before = await asked(chat, question)
    for number in range(5):
        reader = sim.private_chat(sim.add_user(f"Читатель {number}", language_code="ru"))
        await reader.press(await asked(reader, question), "Не то")
    await blamed(chat, before)
    after = await asked(chat, question)
    assert (after.html, after.labels) == (before.html, before.labels)


async def test_in_a_group_everybody_votes(
    sim: Simulator, bot: RunningBot, owner_chat: Room
) -> None:
    """One vote each; only the asker is asked why."""
    anna, boris = (sim.add_user(name, language_code="ru") for name in ("Анна", "Борис"))
    group = sim.add_group("Политика", [anna, boris])
    await group.reply()
    await group.send(f"/ask@{sim.username} глубина причала", by=anna)
    reply = await group.reply()
    for _ in range(2):
        toast = await group.press(reply, "Не то", by=boris)
        assert toast.text == "Спасибо. Это увидят редакторы."
    assert sim.journal.requests("editMessageText") == []
    await group.press(reply, "Не то", by=anna)
    reasons = await group.edited(reply)
    forged = next(row for row in reasons.labels if row == "Устарело")
    toast = await group.press(reasons, forged, by=boris)
    assert toast.text == "Эта кнопка не для вас."
    assert "не то — 2" in (await queue(owner_chat)).text


async def test_editors_resolve_one_after_another(chat: Room, owner_chat: Room) -> None:
    """In place; paragraphs that most complain of come first."""
    await blamed(chat, await asked(chat, "субсидии фермерам"))
    for _ in range(2):
        await blamed(chat, await asked(chat))
    entry = await queue(owner_chat)
    assert entry.text.startswith("1 из 3")
    assert "причала" in entry.text
    await owner_chat.press(entry, "Вперёд")
    second = await owner_chat.edited(entry)
    assert second.text.startswith("2 из 3")
    assert (await owner_chat.press(second, "Решено")).text == "Решено."
    left = await owner_chat.edited(second)
    assert left.text.startswith("2 из 2")
    await owner_chat.press(left, "Решено")
    last = await owner_chat.edited(left)
    await owner_chat.press(last, "Решено")
    assert (await owner_chat.edited(last)).text.startswith("Замечаний нет.")


async def test_an_editor_answers_the_reader(chat: Room, owner_chat: Room) -> None:
    """In the reader's private chat; the remark is resolved."""
    await blamed(chat, await asked(chat))
    await owner_chat.press(await queue(owner_chat), "Ответить читателю")
    assert "уйдёт читателю" in (await owner_chat.reply()).text
    await owner_chat.send("Исправили, <спасибо>.")
    said = await owner_chat.reply()
    assert said.text == "Отправлено. Замечание закрыто."
    answer = await chat.reply()
    first, words, about = answer.text.splitlines()
    assert (first, words) == ("Редактор отвечает на ваше замечание:", "Исправили, <спасибо>.")
    assert re.fullmatch(r"📄 .+ · абзац \d", about)
    await owner_chat.press(said, "Другие замечания")
    assert (await owner_chat.edited(said)).text.startswith("Замечаний нет.")
    assert (await queue(owner_chat)).text.startswith("Замечаний нет.")


async def test_a_reader_who_never_opened_the_bot_cannot_be_told(
    sim: Simulator, bot: RunningBot, owner_chat: Room
) -> None:
    """And the editor learns so before he writes."""
    boris = sim.add_user("Борис", language_code="ru")
    group = sim.add_group("Политика", [boris])
    await group.reply()
    await group.send(f"/ask@{sim.username} глубина причала", by=boris)
    await group.press(await group.reply(), "Не то", by=boris)
    toast = await owner_chat.press(await queue(owner_chat), "Ответить читателю")
    assert toast.text == "Читатель не открывал бота, написать ему нельзя."


async def test_the_queue_is_for_editors(chat: Room) -> None:
    """By command and by button."""
    await chat.send("/feedback")
    assert (await chat.reply()).text == "Эта команда для редакторов."
    reply = await asked(chat)
    for data in ("fb:1", "fbok:1:1", "fbsay:1"):
        assert (await chat.press(reply, data=data)).text == "Эта команда для редакторов."


@pytest.mark.parametrize(
    "data",
    ["good:1:0", "bad:1:0", "badwhy:1:0:1", "badq:1:0", "err:9:9", "err:1:99", "errwhy:1:1:9"],
)
async def test_a_forged_vote_is_out_of_date(chat: Room, data: str) -> None:
    """Whatever it names."""
    toast = await chat.press(await asked(chat), data=data)
    assert toast.text
    assert "код" not in toast.text


async def test_a_quote_is_reported_with_what_is_wrong(
    chat: Room, owner_chat: Room, add_article: Publish
) -> None:
    """The editor sees the quote as readers do."""
    await add_article(SPEECH, "Причал сдадут", day=date(2026, 3, 4))
    await chat.send("/quote Берг")
    quote = await chat.reply()
    await chat.press(quote, "Сообщить об ошибке")
    asking = await chat.reply()
    assert asking.text == "Спасибо. Это увидят редакторы.\nЧто не так?"
    await chat.press(asking, "Не тот говорящий")
    assert (await chat.edited(asking)).text == "Спасибо. Это увидят редакторы."
    entry = await queue(owner_chat)
    assert entry.text.startswith("1 из 1 · цитата · Не тот говорящий · ")
    assert "— Анна Берг" in entry.text
    assert list(entry.marked("blockquote")) == ["Причал сдадут в срок и без долгов"]


async def test_an_event_is_reported(chat: Room, owner_chat: Room) -> None:
    """With its date beside the passage."""
    await chat.send("/timeline порт")
    await chat.press(await chat.reply(), "1")
    event = await chat.reply()
    await chat.press(event, "Сообщить об ошибке")
    await chat.press(await chat.reply(), "Не та дата")
    entry = await queue(owner_chat)
    assert entry.text.startswith("1 из 1 · событие · Не та дата · ")
    assert "→ 14 сентября 2026" in entry.text


async def test_in_a_group_a_report_is_a_tap(
    sim: Simulator, bot: RunningBot, owner_chat: Room, add_article: Publish
) -> None:
    """Without a message for everybody."""
    await add_article(SPEECH, "Причал сдадут", day=date(2026, 3, 4))
    anna, boris = (sim.add_user(name, language_code="ru") for name in ("Анна", "Борис"))
    group = sim.add_group("Политика", [anna, boris])
    await group.reply()
    await group.send(f"/quote@{sim.username} Берг", by=anna)
    toast = await group.press(await group.reply(), "Сообщить об ошибке", by=boris)
    assert toast.text == "Спасибо. Это увидят редакторы."
    assert group.unread() == []
    assert (await queue(owner_chat)).text.startswith("1 из 1 · цитата · ")
