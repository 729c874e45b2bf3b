"""A refusal is counted; whoever wants sends his question; editors see the board."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import RunningBot
from bot.simulator import Room, Seen, Simulator
from bot.store.golden import list_golden
from tests.e2e.conftest import Publish

pytestmark = pytest.mark.usefixtures("articles")

COTTON = "какой урожай хлопка"
ANSWER = "Урожай хлопка в Озёрном составил 40 тонн, какой и ждали."


async def asked(chat: Room, question: str = COTTON) -> Seen:
    await chat.send(question)
    return await chat.reply()


async def asked_by_others(sim: Simulator, count: int, question: str = COTTON) -> None:
    for number in range(count):
        reader = sim.private_chat(sim.add_user(f"Читатель {number}", language_code="ru"))
        await asked(reader, question)


async def board(owner_chat: Room) -> Seen:
    await owner_chat.send("/unanswered")
    return await owner_chat.reply()


async def test_a_question_is_shown_from_three_askers_up(
    sim: Simulator, chat: Room, owner_chat: Room
) -> None:
    """As its words, in no order and without what was written; one asker counts once."""
    for _ in range(3):
        await asked(chat)
    await asked_by_others(sim, 1)
    assert (await board(owner_chat)).text.startswith("Вопросов без ответа нет.")
    await asked_by_others(sim, 1, "Урожай хлопков?")
    entry = await board(owner_chat)
    assert entry.text == "1 из 1 · спросили 3 человека\nСлова: «урожай», «хлопок»"
    assert entry.labels == ("Добавить статью", "Синоним", "Эталонный вопрос", "Скрыть")


async def test_a_sent_question_is_shown_with_its_words(chat: Room, owner_chat: Room) -> None:
    """By its asker's tap, at once, without who sent it."""
    reply = await asked(chat)
    assert reply.labels[-1] == "Передать редактору"
    assert (await chat.press(reply, "Передать редактору")).text == "Редакторы увидят ваш вопрос."
    entry = await board(owner_chat)
    assert entry.text == (
        "1 из 1\nСлова: «урожай», «хлопок»\nПрисланные вопросы:\n1. какой урожай хлопка"
    )


async def test_an_answered_question_leaves_the_board(
    chat: Room, owner_chat: Room, add_article: Publish
) -> None:
    """As soon as an article answers it."""
    await chat.press(await asked(chat), "Передать редактору")
    await add_article(ANSWER, "Урожай хлопка")
    assert (await board(owner_chat)).text.startswith("Вопросов без ответа нет.")


async def test_a_draft_says_which_questions_it_would_answer(
    sim: Simulator, chat: Room, owner_chat: Room
) -> None:
    """Sent ones in their words, others from three askers up; one that is published says none."""
    await chat.press(await asked(chat), "Передать редактору")
    await asked_by_others(sim, 3, "где строят космодром")
    await chat.press(await asked(chat, "кто открыл планетарий"), "Передать редактору")
    await owner_chat.send(
        f"/add title: Урожай и космодром\ndate: 2026-02-11\n{ANSWER}\n"
        "Космодром в Озёрном строят у озера."
    )
    card = await owner_chat.reply()
    assert card.text.split("Читатели об этом спрашивали, и статья ответит:\n")[1] == (
        "1. какой урожай хлопка\n2. космодром, строить"
    )
    assert (await board(owner_chat)).text.startswith("1 из 3")
    await owner_chat.press(card, "Без уведомления")
    assert "опубликована" in (await owner_chat.edited(card)).text
    assert (await board(owner_chat)).text.startswith("1 из 1")
    await owner_chat.send(f"/add title: Хлопок\ndate: 2026-02-12\n{ANSWER} Это много.")
    assert "спрашивали" not in (await owner_chat.reply()).text


async def test_numbers_of_people_are_not_kept(chat: Room, owner_chat: Room) -> None:
    """A telephone number is no word to look for."""
    reply = await asked(chat, "чей телефон 994501234567")
    await chat.press(reply, "Передать редактору")
    entry = await board(owner_chat)
    assert "994501234567" not in entry.text.split("Присланные")[0]


async def test_an_editor_hides_and_takes_it_back(chat: Room, owner_chat: Room) -> None:
    """In place; the log says so."""
    await chat.press(await asked(chat), "Передать редактору")
    await chat.press(await asked(chat, "где космодром"), "Передать редактору")
    first = await board(owner_chat)
    assert first.text.startswith("1 из 2")
    await owner_chat.press(first, "Вперёд")
    second = await owner_chat.edited(first)
    assert second.text.startswith("2 из 2")
    assert (await owner_chat.press(second, "Скрыть")).text == "Скрыто."
    assert (await owner_chat.edited(second)).text.startswith("1 из 1")
    await owner_chat.send("/undo")
    assert "Вопрос без ответа" in (await owner_chat.reply()).text
    assert (await board(owner_chat)).text.startswith("1 из 2")


async def test_an_article_is_added_from_the_board(chat: Room, owner_chat: Room) -> None:
    """As by /add: the next message is the article."""
    await chat.press(await asked(chat), "Передать редактору")
    await owner_chat.press(await board(owner_chat), "Добавить статью")
    await owner_chat.reply()
    await owner_chat.send(ANSWER)
    assert "хлопка" in (await owner_chat.reply()).text


async def test_a_synonym_is_tried_from_the_board(chat: Room, owner_chat: Room) -> None:
    """As by /synonyms; what is no pair may be written again."""
    await chat.press(await asked(chat), "Передать редактору")
    await owner_chat.press(await board(owner_chat), "Синоним")
    assert "ЦОД = дата-центр" in (await owner_chat.reply()).text
    await owner_chat.send("хлопок")
    assert "/synonyms" in (await owner_chat.reply()).text
    await owner_chat.send("хлопок = пшеница")
    tried = await owner_chat.reply()
    assert "хлопок = пшеница" in tried.text
    await owner_chat.press(tried, 0)
    await owner_chat.reply()
    assert list((await asked(chat)).marked("blockquote")) == ["Урожай пшеницы вырос на треть."]


async def test_a_golden_question_is_made_of_it(chat: Room, owner_chat: Room) -> None:
    """Paragraphs alone are those of the question that was sent; what is not there is refused."""
    await chat.press(await asked(chat), "Передать редактору")
    await owner_chat.press(await board(owner_chat), "Эталонный вопрос")
    assert "3/12" in (await owner_chat.reply()).text
    await owner_chat.send("2/77")
    assert (await owner_chat.reply()).text == "В статье 2 нет абзаца 77."
    await owner_chat.send("2/1, 2/2")
    assert (await owner_chat.reply()).text == "Эталонный вопрос сохранён: какой урожай хлопка"
    await owner_chat.send("/start")
    assert "Какой урожай хлопка" in (await owner_chat.reply()).text
    await owner_chat.send("/undo")
    assert "Эталонный вопрос" in (await owner_chat.reply()).text
    await owner_chat.send("/start")
    assert "какой урожай хлопка" not in (await owner_chat.reply()).text


async def test_a_golden_question_that_must_be_refused(chat: Room, owner_chat: Room) -> None:
    """Has no line with paragraphs."""
    await chat.press(await asked(chat), "Передать редактору")
    await owner_chat.press(await board(owner_chat), "Эталонный вопрос")
    await owner_chat.reply()
    await owner_chat.send("сколько хлопка\nсобрали на луне")
    said = await owner_chat.reply()
    assert said.text == "Эталонный вопрос сохранён: сколько хлопка собрали на луне"
    await owner_chat.press(said, "Вопросы без ответа")
    assert (await owner_chat.edited(said)).text.startswith("1 из 1")


async def test_a_golden_question_names_its_paragraph_by_a_link(
    bot: RunningBot, chat: Room, owner_chat: Room
) -> None:
    """As «Копировать» gives it: numbers are hard to find on a phone."""
    await chat.press(await asked(chat), "Передать редактору")
    await owner_chat.press(await board(owner_chat), "Эталонный вопрос")
    await owner_chat.reply()
    await owner_chat.send("https://t.me/paragraf_bot?start=p9999")
    assert (await owner_chat.reply()).text == "Этого абзаца больше нет."
    await owner_chat.send("https://t.me/paragraf_bot?start=p6")
    assert (await owner_chat.reply()).text == "Эталонный вопрос сохранён: какой урожай хлопка"
    (golden,) = await list_golden(bot.services.db)
    assert [(place.article_id, place.number) for place in golden.places] == [(2, 1)]


async def test_a_narrowed_refusal_is_not_counted(sim: Simulator, owner_chat: Room) -> None:
    """The corpus may have the answer elsewhere."""
    await asked_by_others(sim, 3, "Лисовец: урожай хлопка")
    assert (await board(owner_chat)).text.startswith("Вопросов без ответа нет.")


async def test_after_thirty_days_nobody_is_counted(
    sim: Simulator, bot: RunningBot, owner_chat: Room
) -> None:
    """What was asked long ago is not asked any more."""
    await asked_by_others(sim, 3)
    bot.services.now = lambda: datetime.now(UTC) + timedelta(days=31)
    assert (await board(owner_chat)).text.startswith("Вопросов без ответа нет.")


async def test_in_a_group_only_the_asker_sends(sim: Simulator, bot: RunningBot) -> None:
    """It is his question."""
    anna, boris = (sim.add_user(name, language_code="ru") for name in ("Анна", "Борис"))
    group = sim.add_group("Политика", [anna, boris])
    await group.reply()
    await group.send(f"/ask@{sim.username} {COTTON}", by=anna)
    reply = await group.reply()
    toast = await group.press(reply, "Передать редактору", by=boris)
    assert toast.text == "Эта кнопка не для вас."
    toast = await group.press(reply, "Передать редактору", by=anna)
    assert toast.text == "Редакторы увидят ваш вопрос."


async def test_the_board_is_for_editors(chat: Room) -> None:
    """By command and by button."""
    await chat.send("/unanswered")
    assert (await chat.reply()).text == "Эта команда для редакторов."
    reply = await asked(chat)
    for data in ("un:1", "unhide:1:1", "unsyn", "ungold:1"):
        assert (await chat.press(reply, data=data)).text == "Эта команда для редакторов."


@pytest.mark.parametrize("data", ["send:1", "send:x", "send"])
async def test_a_forged_button_is_out_of_date(chat: Room, data: str) -> None:
    """Whatever it names."""
    assert (await chat.press(await asked(chat), data=data)).text == "Эта кнопка устарела."
