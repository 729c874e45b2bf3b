"""/subscribe: what one follows, how much there was of it, and what comes when it is told."""

from datetime import UTC, date, datetime

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from bot.store.notices import count_ready
from bot.store.pauses import delete_pause, set_pause
from bot.store.publishing import withdraw_article
from tests.e2e.conftest import Publish
from tests.e2e.followers import NOON, Time, expanded, followed

CENTRE = "Под Озёрным строят дата-центр на сто мегаватт.\nОн заработает в мае."
DRILL = "Хартию флота подписали на учениях."


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock, at noon of a winter day."""
    return Time()


async def test_an_offer_says_how_much_there_was(chat: Room, add_article: Publish) -> None:
    """Before one follows: the paragraphs of thirty days, and the last of them, cited."""
    await add_article("Дата-центр в Кортане закрыли.", "Старое", day=date(2025, 3, 1))
    await add_article(CENTRE, "Дата-центр", day=date(2026, 2, 1))
    await chat.send("/subscribe дата-центры")
    offer = await chat.reply()
    assert offer.text.splitlines()[0] == "тема «дата-центры»"
    assert "За последние 30 дней: 2 абзаца." in offer.text
    assert list(offer.marked("blockquote")) == [CENTRE.splitlines()[0]]
    assert offer.labels == ("Сразу", "Раз в день", "Раз в неделю")


async def test_an_alert_says_what_why_and_the_passage(chat: Room, add_article: Publish) -> None:
    """With buttons that end it there and then."""
    made = await followed(chat, "дата-центры")
    assert made.text.splitlines()[:2] == [
        "Вы подписались: тема «дата-центры»",
        "Сразу, тихие часы 22:00–8:00",
    ]
    await add_article("Рынок открыт.\nСтроят ЦОД.", "Новости недели")
    alert = await chat.reply()
    assert alert.text.splitlines() == [
        "🔔 Новое по теме «дата-центры»",
        "📄 Новости недели · 11 февраля 2026",
        "Строят ЦОД.",
        "абзац 2",
    ]
    assert alert.marked("bold") == ("Новости недели", "ЦОД")
    assert alert.labels == ("Статья", "Пауза", "Изменить", "Отписаться")
    await chat.press(alert, "Статья")
    assert "Рынок открыт." in (await chat.reply()).text


async def test_own_synonyms_count_for_what_is_followed_already(
    chat: Room, owner_chat: Room, add_article: Publish
) -> None:
    """From the next article on, for topics and for questions that wait."""
    await followed(chat, "дебаркадер")
    await owner_chat.send("/synonyms дебаркадер = причал")
    await owner_chat.press(await owner_chat.reply(), "Применить")
    assert (await owner_chat.reply()).text.startswith("Добавлено")
    await add_article("Рынок открыт.\nГлавный причал закрыли.", "Новости")
    alert = await chat.reply()
    assert alert.text.splitlines()[2] == "Главный причал закрыли."
    assert alert.marked("bold") == ("Новости", "причал")


async def test_what_is_excluded_is_not_told(
    chat: Room, add_article: Publish, bot: RunningBot
) -> None:
    """A word with a minus."""
    await followed(chat, "хартия -учения")
    await add_article(DRILL, "Учения")
    await add_article("Хартию порта подписали в мае.", "Хартия")
    assert "📄 Хартия" in (await chat.reply()).text
    assert chat.unread() == []


async def test_several_subscriptions_make_one_message(chat: Room, add_article: Publish) -> None:
    """About one article, with both reasons."""
    await followed(chat, "порт")
    await followed(chat, "лоцманы")
    await add_article("Порт открыт.\nЛоцман доволен.", "Порт")
    alert = await chat.reply()
    assert alert.text.splitlines()[0] == "🔔 Новое: тема «порт»; тема «лоцманы»"
    assert list(alert.marked("blockquote")) == ["Порт открыт.", "Лоцман доволен."]
    assert alert.labels == ("Статья", "Подписки")
    await chat.press(alert, "Подписки")
    assert (await chat.reply()).text.startswith("2 подписки")
    assert chat.unread() == []


async def test_a_sector_a_person_an_article_or_all(
    chat: Room, add_article: Publish, bot: RunningBot
) -> None:
    """By name, by number, or from the lists behind the buttons."""
    await add_article("Электростанцию открыл министр Игорь Лисовец.", "Свет")
    for words, name in (
        ("энергетика", "сектор «Энергетика»"),
        ("Лисовец", "человек: Игорь Лисовец"),
        ("статья 1", "статья «Свет»"),
    ):
        assert (await followed(chat, words)).text.startswith(f"Вы подписались: {name}")
    await chat.send("/subscribe")
    menu = await chat.reply()
    assert menu.labels == ("Все статьи", "Сектор", "Человек", "Тема словами")
    await chat.press(menu, "Все статьи")
    offer = await chat.reply()
    await chat.press(offer, "Сразу")
    assert (await chat.edited(offer)).text.startswith("Вы подписались: все статьи")
    await chat.press(menu, "Тема словами")
    assert "Какая тема?" in (await chat.reply()).text
    await chat.send("морские порты")
    assert (await chat.reply()).text.startswith("тема «морские порты»")
    await chat.press(menu, "Сектор")
    sectors = await chat.edited(menu)
    await chat.press(sectors, 0)
    assert (await chat.reply()).text.startswith("Вы уже подписаны: сектор «Энергетика»")
    await add_article("Игорь Лисовец осмотрел электросети.", "Осмотр")
    alert = await chat.reply()
    assert alert.text.splitlines()[0] == (
        "🔔 Новое: сектор «Энергетика»; человек: Игорь Лисовец; все статьи"
    )


async def test_everything_is_meant_by_any_of_its_names(chat: Room, bot: RunningBot) -> None:
    """And not the word «все»."""
    for words in ("все", "Всё", "все статьи", "all articles"):
        await chat.send(f"/subscribe {words}")
        assert (await chat.reply()).text.startswith("все статьи"), words


async def test_words_that_say_nothing_are_refused(chat: Room, bot: RunningBot) -> None:
    """There is nothing to follow in them, nor in an article that is not there."""
    await chat.send("/subscribe и о том")
    assert (await chat.reply()).text.startswith("Здесь нет слов")
    await chat.send("/subscribe статья 77")
    assert (await chat.reply()).text == "Статьи 77 нет."
    for words in ("😀 🎉", "-хартия", "?!", "🔔"):
        await chat.send(f"/subscribe {words}")
        assert (await chat.reply()).text.startswith("Здесь нет слов"), words
    await chat.send("/subscribe " + "причал " * 500)
    assert (await chat.reply()).text == "Тема — не длиннее 200 знаков. Оставьте главные слова."
    await chat.send("/subscribe причал маяк створ")
    assert "все слова должны стоять в одном абзаце" in (await chat.reply()).text


async def test_what_is_followed_already_is_shown_as_it_is(chat: Room, bot: RunningBot) -> None:
    """In other words for the same, too; paused or not."""
    await followed(chat, "морской порт", "Раз в день")
    await chat.send("/subscribe МОРСКОЙ ПОРТ")
    known = await chat.reply()
    assert known.text.splitlines()[:2] == [
        "Вы уже подписаны: тема «морской порт»",
        "Раз в день в 9:00, тихие часы 22:00–8:00",
    ]
    await chat.press(known, "Изменить")
    await chat.press(await chat.reply(), "Пауза")
    await chat.send("/subscribe морской порт")
    assert (await chat.reply()).text.splitlines()[1] == "Сейчас на паузе."


async def test_at_night_it_is_held_and_comes_once_in_the_morning(
    chat: Room, add_article: Publish, clock: Time, bot: RunningBot
) -> None:
    """As one digest, however much there was."""
    await followed(chat, "порт")
    clock.pass_(hours=12)
    for number in range(3):
        await add_article(f"Порт номер {number} открыт.", f"Порт {number}", day=date(2026, 2, 12))
    await expanded(bot)
    clock.pass_(hours=12)
    digest = await chat.reply()
    assert digest.text.splitlines()[0] == "🔔 Дайджест · 3 статьи"
    assert len(digest.marked("blockquote")) == 3
    assert chat.unread() == []


async def test_many_at_once_are_one_digest_of_headings(
    chat: Room, add_article: Publish, clock: Time, bot: RunningBot
) -> None:
    """More than five articles are told by their titles, each a button."""
    await followed(chat, "порт", "Раз в день")
    for number in range(7):
        await add_article(f"Порт номер {number} открыт.", f"Порт {number}", day=date(2026, 2, 12))
    await expanded(bot)
    clock.pass_(hours=24)
    digest = await chat.reply()
    assert digest.text.splitlines()[:2] == ["🔔 Дайджест · 7 статей", "1. Порт 0 · 12 февраля 2026"]
    assert digest.marked("blockquote") == ()
    assert digest.labels[:7] == tuple("1234567")
    await chat.press(digest, "1")
    assert "Порт номер 0 открыт." in (await chat.reply()).text


async def test_an_old_article_waits_for_a_digest(
    chat: Room, add_article: Publish, clock: Time, bot: RunningBot
) -> None:
    """Whoever files an archive does not wake anybody."""
    await followed(chat, "порт")
    await add_article("Порт построен.", "Архив", day=date(2026, 1, 2))
    await add_article("Порт открыт.", "Новость", day=date(2026, 2, 12))
    assert "Новость" in (await chat.reply()).text
    await expanded(bot)
    await chat.send("/hours")
    await chat.press(await chat.reply(), "Часовой пояс")
    await chat.reply()
    await chat.send("Баку")
    assert (await chat.reply()).text.startswith("Часовой пояс: Баку")
    await chat.send("/deliveries")
    assert "«Архив» — ждёт до 13 февраля 2026, 9:00" in (await chat.reply()).text
    clock.pass_(hours=24)
    assert "Архив" in (await chat.reply()).text


async def test_what_is_withdrawn_meanwhile_is_not_told(
    chat: Room, add_article: Publish, clock: Time, bot: RunningBot
) -> None:
    """A digest is worded when it is sent."""
    await followed(chat, "порт", "Раз в день")
    gone = await add_article("Порт взорван.", "Слух", day=date(2026, 2, 12))
    await add_article("Порт открыт.", "Новость", day=date(2026, 2, 12))
    await withdraw_article(bot.services.db, gone.article_id, NOON)
    await expanded(bot)
    clock.pass_(hours=24)
    assert "Слух" not in (await chat.reply()).text


async def test_news_withdrawn_before_it_leaves_is_worded_anew(
    chat: Room, add_article: Publish, bot: RunningBot
) -> None:
    """A message that waits for its chat tells of what is left, and never of a withdrawal."""
    db = bot.services.db
    await followed(chat, "порт")
    async with db.write() as connection:
        await set_pause(connection, chat.id, datetime.max.replace(tzinfo=UTC), "flood control")
    gone = await add_article("Порт взорван.", "Слух")
    await add_article("Порт открыт.", "Новость")
    await expanded(bot)
    while not await count_ready(db, 1):
        await bot.notifier.step()
    await withdraw_article(db, gone.article_id, NOON)
    async with db.write() as connection:
        await delete_pause(connection, chat.id)
    alert = await chat.reply()
    assert ("Новость" in alert.text, "Слух" in alert.text) == (True, False)


async def test_a_link_offers_and_does_not_subscribe(
    sim: Simulator, chat: Room, anna: Person, bot: RunningBot
) -> None:
    """Whoever opens it decides; a stale one leads to the first screen."""
    await followed(chat, "порт")
    boris = sim.add_user("Борис", language_code="ru")
    await boris.open_link(f"https://t.me/{sim.username}?start=s1")
    assert (await boris.chat.reply()).text.startswith("тема «порт»")
    await boris.open_link(f"https://t.me/{sim.username}?start=s99")
    assert (await boris.chat.reply()).text.startswith("Эта ссылка устарела.")
    await boris.chat.send("/subscriptions")
    assert (await boris.chat.reply()).text == "Подписок пока нет."


async def test_in_a_group_its_administrators_subscribe_a_topic(
    sim: Simulator, anna: Person, add_article: Publish
) -> None:
    """Whoever else tries is refused; the alert comes into the topic."""
    boris = sim.add_user("Борис", language_code="ru")
    group = sim.add_group("Политика", [anna, boris], forum=True)
    await group.reply()
    topic = group.topic("Порты")
    await topic.send(f"/subscribe@{sim.username} порт", by=boris)
    assert (await topic.reply()).text == "Это меняют только администраторы группы."
    await topic.send(f"/subscribe@{sim.username} порт", by=anna)
    offer = await topic.reply()
    assert (await topic.press(offer, "Сразу", by=boris)).text.startswith("Это меняют только")
    await topic.press(offer, "Сразу", by=anna)
    await topic.edited(offer)
    await add_article("Порт открыт.", "Порт")
    alert = await topic.reply()
    assert alert.thread_id == topic.thread_id
    assert alert.text.startswith("🔔")
