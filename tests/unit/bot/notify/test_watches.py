"""Questions that wait for an answer: told once, when the message has left, and never forgotten."""

import pytest

from bot.errors import UserError
from bot.notify import asking
from bot.store.chats import resume_chat, see_chat
from bot.store.database import Database
from bot.store.outbox import claim_messages
from bot.store.publishing import withdraw_article
from bot.store.queues import retry_message
from bot.store.retention import erase_old
from bot.store.sending import Sent, bury_message, mark_sent, mark_undeliverable, take_back
from bot.store.synonyms import add_synonyms, remove_synonyms
from bot.store.watches import add_watch, list_watches
from index.types import Answer
from tests.unit.bot.notify.house import House

QUESTION = "Когда откроют порт в Кортане?"
FIRST = "Порт в Кортане откроют 14 сентября."
SECOND = "Порт в Кортане откроют 15 сентября, сказал министр."
FOUND = f"🔔 Появился ответ на ваш вопрос: «{QUESTION}»"


async def wait(house: House, question: str = QUESTION, chat_id: int = 1, thread_id: int = 0) -> int:
    async with house.db.write() as connection:
        await see_chat(connection, chat_id, "private", None, house.at)
        return await add_watch(connection, (chat_id, thread_id), 1, question, house.at)


async def waiting(house: House) -> list[str]:
    return [watch.question for watch in await list_watches(house.db, 1, 0)]


async def send_again(house: House, message_id: int) -> None:
    """Let a message be sent again, as an owner does."""
    async with house.db.write() as connection:
        await retry_message(connection, message_id, by=9, at=house.at)


async def equate(house: House, *phrases: str) -> None:
    """Let phrases mean the same, as an editor does."""
    async with house.db.write() as connection:
        await add_synonyms(connection, phrases, by=9, at=house.at)


async def test_a_question_that_waits_is_answered_once(house: House, db: Database) -> None:
    """With the passage, when an article passes the bar; then it waits no more."""
    await wait(house)
    await house.publish("Рынок в Кортане закрыт.")
    await house.settle()
    assert await house.texts() == []
    await house.publish(FIRST)
    await house.publish(SECOND)
    await house.settle()
    (text,) = await house.texts()
    assert text.startswith(FOUND)
    assert "14 сентября" in text or "15 сентября" in text
    assert await waiting(house) == []
    await house.let_go()
    assert await db.fetch("SELECT count(*) FROM watch") == [(0,)]
    await house.publish("Порт в Кортане откроют 16 сентября, сообщил мэр.")
    await house.settle()
    assert await house.texts() == []
    assert await house.notices() == [(1, "sent", None), (1, "dropped", "answered")]


async def test_an_answer_comes_where_it_was_asked_for(house: House, db: Database) -> None:
    """In two topics of a forum the same question is two: one answered leaves the other waiting."""
    for thread_id in (7, 9):
        await wait(house, chat_id=-5, thread_id=thread_id)
    await house.publish(FIRST)
    await house.settle()
    made = await db.fetch("SELECT id, chat_id, thread_id FROM outbox ORDER BY thread_id")
    assert [place for _, *place in made] == [[-5, 7], [-5, 9]]
    await db.change("UPDATE outbox SET state = 'leased' WHERE thread_id = 7")
    await mark_sent(db, [Sent(made[0][0], 70)], house.at)
    assert await db.fetch("SELECT thread_id FROM watch") == [(9,)]


async def test_an_answer_withdrawn_before_it_leaves_lets_the_question_wait(
    house: House, db: Database
) -> None:
    """The next article answers it."""
    await wait(house)
    article_id = await house.publish(FIRST)
    await house.settle()
    (leased,) = await claim_messages(db, "run", 1, house.at)
    await withdraw_article(db, article_id, house.at)
    assert await take_back(db, leased.id, "article withdrawn", house.at)
    await house.settle()
    assert await house.texts() == []
    assert await waiting(house) == [QUESTION]
    await house.publish(SECOND)
    await house.settle()
    (text,) = await house.texts()
    assert "15 сентября" in text


async def test_what_came_while_the_answer_was_on_its_way_answers_when_that_is_called_back(
    house: House, db: Database
) -> None:
    """It had been passed over then."""
    await wait(house)
    article_id = await house.publish(FIRST)
    await house.settle()
    (leased,) = await claim_messages(db, "run", 1, house.at)
    await house.publish(SECOND)
    await house.settle()
    assert await house.texts() == []
    await withdraw_article(db, article_id, house.at)
    assert await take_back(db, leased.id, "article withdrawn", house.at)
    await house.settle()
    (text,) = await house.texts()
    assert "15 сентября" in text


async def test_a_chat_that_was_away_has_its_answer_when_it_is_back(
    house: House, db: Database
) -> None:
    """The question waits as long."""
    await wait(house)
    await house.publish(FIRST)
    await house.settle()
    (leased,) = await claim_messages(db, "run", 1, house.at)
    await mark_undeliverable(db, leased.id, "bot was blocked", house.at, suspend=True)
    await house.publish(SECOND)
    await house.settle()
    async with db.write() as connection:
        await resume_chat(connection, 1)
    await house.settle()
    assert [text.startswith(FOUND) for text in await house.texts()] == [True]


async def test_an_answer_that_cannot_be_sent_lets_the_question_wait(
    house: House, db: Database
) -> None:
    """The operator sees the message; the asker is told of the next article."""
    await wait(house)
    await house.publish(FIRST)
    await house.settle()
    (leased,) = await claim_messages(db, "run", 1, house.at)
    await bury_message(db, leased.id, "400", house.at)
    assert await waiting(house) == [QUESTION]
    await house.publish(SECOND)
    await house.settle()
    assert len(await house.texts()) == 1
    for _ in range(2):  # another answer is on its way, and has left
        with pytest.raises(UserError):
            await send_again(house, leased.id)
        await house.let_go()
    assert await house.texts() == []


async def test_an_answer_sent_again_by_the_operator_is_the_one(house: House, db: Database) -> None:
    """Whatever kept it from its topic: the question waits no more."""
    await wait(house)
    await house.publish(FIRST)
    await house.settle()
    (leased,) = await claim_messages(db, "run", 1, house.at)
    await mark_undeliverable(db, leased.id, "topic closed", house.at, suspend=False)
    await send_again(house, leased.id)
    await house.let_go()
    assert await waiting(house) == []
    await house.publish(SECOND)
    await house.settle()
    assert await house.texts() == []


async def test_what_a_chat_was_told_when_it_was_back_is_not_sent_again(
    house: House, db: Database
) -> None:
    """The message that it refused is not for the operator any more."""
    await house.follow("порт")
    await house.publish(FIRST)
    await house.settle()
    (leased,) = await claim_messages(db, "run", 1, house.at)
    await mark_undeliverable(db, leased.id, "bot was blocked", house.at, suspend=True)
    async with db.write() as connection:
        await resume_chat(connection, 1)
    await house.settle()
    assert len(await house.texts()) == 1
    with pytest.raises(UserError):
        await send_again(house, leased.id)


async def test_a_question_that_cannot_be_asked_keeps_no_news_waiting(house: House) -> None:
    """It is our fault, not that of the article, nor of its followers."""

    async def find(_question: str) -> Answer:
        raise RuntimeError("boom")

    house.find = find
    house.notifier = house.started()
    await wait(house)
    await house.follow("порт", 2)
    await house.publish(FIRST)
    await house.settle()
    assert [chat_id for chat_id, _, _ in await house.notices()] == [2]


async def test_what_was_answered_may_wait_again(house: House, db: Database) -> None:
    """Its article was withdrawn, and it is asked anew; even after a kill before it was erased."""
    await wait(house)
    article_id = await house.publish(FIRST)
    await house.settle()
    await db.change("UPDATE outbox SET state = 'sent', ended_at = 0")
    await withdraw_article(db, article_id, house.at)
    await wait(house)
    await house.publish(SECOND)
    await house.settle()
    (text,) = await house.texts()
    assert "15 сентября" in text


async def test_a_kill_between_a_letter_and_its_question_leaves_no_question(
    house: House, db: Database
) -> None:
    """Care erases it within the hour."""
    await wait(house)
    await house.publish(FIRST)
    await house.settle()
    await erase_old(db, house.at)
    assert await db.fetch("SELECT count(*) FROM watch") == [(1,)]
    await db.change("UPDATE outbox SET state = 'sent', ended_at = 0")
    await erase_old(db, house.at)
    assert await db.fetch("SELECT count(*) FROM watch") == [(0,)]


async def test_words_that_come_to_mean_the_same_answer_what_waits(house: House) -> None:
    """By an article that was there before; once, however often words change."""
    await wait(house, "Когда откроют гавань в Кортане?")
    await wait(house, "Когда построят мост в Ливене?", chat_id=2)
    await house.publish(FIRST)
    await house.settle()
    assert await house.texts() == []
    await equate(house, "гавань", "порт")
    await house.settle()
    (text,) = await house.texts()
    assert text.startswith("🔔 Появился ответ на ваш вопрос: «Когда откроют гавань в Кортане?»")
    assert "<blockquote>" in text
    assert "14 сентября" in text
    await equate(house, "рынок", "базар")
    await house.settle()
    assert len(await house.texts()) == 1
    await house.let_go()
    await equate(house, "мэр", "градоначальник")
    await house.settle()
    assert await house.texts() == []


async def test_a_round_of_questions_goes_on_where_a_run_ended(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is asked, each asker told once, whenever the process dies."""
    monkeypatch.setattr(asking, "BATCH", 2)
    for chat_id in range(1, 6):
        await wait(house, "Когда откроют гавань в Кортане?", chat_id)
    await house.publish(FIRST)
    await house.settle()
    await equate(house, "гавань", "порт")
    for _ in range(3):
        assert await house.started().asker.ask(house.at)
    assert not await house.started().asker.ask(house.at)
    assert [chat_id for chat_id, _, _ in await house.notices()] == [1, 2, 3, 4, 5]
    await house.settle()
    assert len(await house.texts()) == 5


async def test_words_that_change_in_the_midst_of_a_round_begin_it_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those who were asked already are asked by the new words too."""
    monkeypatch.setattr(asking, "BATCH", 1)
    await wait(house, "Когда откроют гавань в Кортане?", 1)
    await wait(house, "Когда откроют пристань в Кортане?", 2)
    await house.publish(FIRST)
    await house.settle()
    await equate(house, "пристань", "порт")
    assert await house.notifier.asker.ask(house.at)
    assert await house.notices() == []
    await equate(house, "гавань", "порт")
    await house.settle()
    assert sorted(chat_id for chat_id, _, _ in await house.notices()) == [1, 2]
    assert len(await house.texts()) == 2


async def test_words_that_mean_the_same_no_more_tell_nobody(house: House) -> None:
    """An editor takes them back before anybody was asked again."""
    await wait(house, "Когда откроют гавань в Кортане?")
    await house.publish(FIRST)
    await house.settle()
    await equate(house, "гавань", "порт")
    async with house.db.write() as connection:
        await remove_synonyms(connection, ("гавань", "порт"), by=9, at=house.at)
    await house.settle()
    assert await house.notices() == []
    assert await waiting(house) == ["Когда откроют гавань в Кортане?"]


async def test_an_answer_that_waits_for_the_morning_must_still_be_one(house: House) -> None:
    """Words that do not mean the same any more find nothing, and the question waits on."""
    house.at = house.at.replace(hour=22)
    await wait(house, "Когда откроют гавань в Кортане?")
    await house.publish(FIRST)
    await house.settle()
    await equate(house, "гавань", "порт")
    await house.settle()
    assert [state for _, state, _ in await house.notices()] == ["held"]
    async with house.db.write() as connection:
        await remove_synonyms(connection, ("гавань", "порт"), by=9, at=house.at)
    house.at = house.at.replace(day=13)
    await house.settle()
    house.at = house.at.replace(hour=9)
    await house.settle()
    assert await house.texts() == []
    assert await waiting(house) == ["Когда откроют гавань в Кортане?"]
