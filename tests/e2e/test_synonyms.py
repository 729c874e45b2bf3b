"""Synonyms of a corpus: tried on known questions before they take effect, then at once in use."""

from datetime import UTC, datetime

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room
from bot.store.golden import Golden, Place, add_golden
from bot.store.roles import Role, set_role
from tests.e2e.conftest import OWNER_ID, PORT
from tests.e2e.followers import followed

DEPTH = PORT.splitlines()[1]


async def keep_golden(bot: RunningBot, *questions: Golden) -> None:
    async with bot.services.db.write() as connection:
        await add_golden(connection, questions)


@pytest.mark.usefixtures("articles")
async def test_synonyms_are_tried_added_removed_and_undone(
    bot: RunningBot, owner_chat: Room, chat: Room
) -> None:
    """Each step shows at once in the answers."""
    await keep_golden(bot, Golden("какова осадка у дебаркадера", (Place(1, 2),)))
    await chat.send("дебаркадер")
    assert DEPTH not in (await chat.reply()).text
    await owner_chat.send("/synonyms")
    assert "Своих синонимов пока нет." in (await owner_chat.reply()).text
    await owner_chat.send("/synonyms дебаркадер = причал")
    tried = await owner_chat.reply()
    assert "Иначе отвечают на:\n1. какова осадка у дебаркадера" in tried.text
    version = bot.services.search.version
    await owner_chat.press(tried, "Применить")
    assert (await owner_chat.reply()).text.startswith("Добавлено: дебаркадер = причал.")
    assert bot.services.search.version == version + 1
    await chat.send("дебаркадер")
    assert DEPTH in (await chat.reply()).text
    toast = await owner_chat.press(tried, "Применить")
    assert toast.text == "Эта кнопка устарела."
    await owner_chat.send("/undo")
    assert "«дебаркадер = причал» добавлены" in (await owner_chat.reply()).text
    assert bot.services.search.version == version + 2
    await chat.send("дебаркадер")
    assert DEPTH not in (await chat.reply()).text
    await owner_chat.send("/undo")
    await owner_chat.reply()
    await owner_chat.send("/synonyms")
    listed = await owner_chat.reply()
    assert "1. дебаркадер = причал" in listed.text
    await owner_chat.press(listed, "Удалить 1")
    tried = await owner_chat.reply()
    assert tried.text.startswith("Убрать: дебаркадер = причал\nОстановлено")
    assert "1. какова осадка у дебаркадера" in tried.text
    await owner_chat.press(tried, "Всё равно сделать")
    assert (await owner_chat.reply()).text.startswith("Убрано: дебаркадер = причал.")


@pytest.mark.usefixtures("articles")
async def test_a_bad_synonym_is_stopped_and_its_questions_named(
    bot: RunningBot, owner_chat: Room, chat: Room, anna: Person
) -> None:
    """An editor cannot go on with it, an owner can."""
    question = "какая глубина у причала"
    await keep_golden(bot, Golden(question, (Place(1, 2),)), Golden("урожай хлопка", ()))
    async with bot.services.db.write() as connection:
        at = datetime.now(UTC)
        await set_role(connection, anna.id, Role.EDITOR, at, given_by=OWNER_ID)
    await chat.send("/synonyms хлопок = пшеница")
    stopped = (await chat.reply()).text
    assert "Остановлено: на эталонные вопросы ответы стали бы хуже." in stopped
    assert "Верные отказы: 0 из 1, раньше: 1" in stopped
    assert "Потеряли бы:\n1. урожай хлопка" in stopped
    assert stopped.endswith("Продолжить может только владелец.")
    await owner_chat.send("/synonyms хлопок = пшеница")
    tried = await owner_chat.reply()
    await owner_chat.press(tried, "Всё равно сделать")
    assert (await owner_chat.reply()).text.startswith("Добавлено")


@pytest.mark.parametrize("words", ["порт", "порт = порт", "и = или", "порт =", "=" * 9])
async def test_what_is_no_synonym_is_refused(owner_chat: Room, words: str) -> None:
    """In words, and nothing is kept."""
    await owner_chat.send(f"/synonyms {words}")
    reply = (await owner_chat.reply()).text
    assert reply.startswith(("Напишите слова с одним значением", "По этим словам вопрос"))


@pytest.mark.usefixtures("articles")
async def test_quality_is_measured_against_the_last_time(bot: RunningBot, owner_chat: Room) -> None:
    """With the questions that are not answered right."""
    await owner_chat.send("/quality")
    assert (await owner_chat.reply()).text.startswith("Эталонных вопросов пока нет.")
    await keep_golden(bot, Golden("какая глубина у причала", (Place(1, 2),)))
    await owner_chat.send("/quality")
    assert "Верный абзац первый: 1 из 1\n" in (await owner_chat.reply()).text
    await keep_golden(bot, Golden("сколько стоит хлопок", (Place(2, 1),)))
    await owner_chat.send("/withdraw 1")
    asked = await owner_chat.reply()
    await owner_chat.press(asked, "Отозвать")
    await owner_chat.edited(asked)
    await owner_chat.send("/quality")
    again = (await owner_chat.reply()).text
    assert "Верный абзац первый: 0 из 2, раньше: 1" in again
    assert "1. какая глубина у причала" in again


@pytest.mark.usefixtures("articles", "nobody_is_told")
async def test_a_paragraph_that_moved_is_no_drop(bot: RunningBot, owner_chat: Room) -> None:
    """And one that says other things is to be looked at: neither is a question answered worse."""
    await keep_golden(
        bot,
        Golden("какая глубина у причала", (Place(1, 2),)),
        Golden("сколько стоит строительство", (Place(1, 3),)),
    )
    await owner_chat.send("/quality")
    assert "Верный абзац первый: 2 из 2" in (await owner_chat.reply()).text
    opening, depth, _, *rest = PORT.splitlines()
    await owner_chat.send("/edit 1")
    await owner_chat.reply()
    await owner_chat.send("\n".join(("Новость вестника.", opening, depth, *rest)))
    card = await owner_chat.reply()
    await owner_chat.press(card, "Опубликовать")
    await owner_chat.edited(card)
    await owner_chat.send("/quality")
    said = (await owner_chat.reply()).text
    assert "Верный абзац первый: 1 из 1" in said
    assert said.endswith(
        "Проверьте, их абзац теперь говорит другое:\n1. сколько стоит строительство"
    )


@pytest.mark.usefixtures("articles")
async def test_stats_count_and_name_nobody(owner_chat: Room, chat: Room, anna: Person) -> None:
    """Questions a day by how they ended, what is followed, what waits."""
    await followed(chat, "порт")
    for words in ("глубина главного причала", "цена марсианского хлопка"):
        await chat.send(words)
        await chat.reply()
    await owner_chat.send("/stats")
    said = (await owner_chat.reply()).text
    assert said.startswith("2 статьи, 8 абзацев.")
    assert "2; с ответом 1, близко 0, без ответа 1" in said
    assert "Подписок: 1, чатов: 1, приостановлено: 0." in said
    assert "Ждут: прочесть 0, отправить 0." in said
    assert str(anna.id) not in said
