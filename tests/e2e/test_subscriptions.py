"""/subscriptions, /hours, /deliveries: what one follows is changed, paused, ended and had back."""

from datetime import date

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from bot.store.database import Database
from bot.store.subscriptions import Mode, Wish, add_subscription
from bot.store.topics import add_topic, words_topic
from index.percolation import read_topic
from tests.e2e.conftest import PORT, Publish
from tests.e2e.followers import NOON, Time, expanded, followed, tapped


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock, at noon of a winter day."""
    return Time()


@pytest.fixture
def db(bot: RunningBot) -> Database:
    """Return the bot's database."""
    return bot.services.db


async def follow_piers(db: Database, person: Person, count: int) -> None:
    """Let a person follow so many piers by number, each at another hour."""
    async with db.write() as connection:
        for number in range(1, count + 1):
            words = f"причал {number}"
            topic_id = await add_topic(connection, words_topic(read_topic(words), words))
            wish = Wish(
                Mode.WEEKLY if number % 2 else Mode.INSTANT,
                hour=number % 24,
                weekday=number % 7,
                is_silent=number > 50,
            )
            place = (person.id, 0)
            await add_subscription(connection, topic_id, place, person.id, words, NOON, wish)


async def test_a_hundred_are_on_ten_pages_of_working_buttons(
    chat: Room, anna: Person, db: Database
) -> None:
    """Turned in place; each opens; words narrow the list."""
    await chat.send("/subscriptions")
    assert (await chat.reply()).text == "Подписок пока нет."
    await follow_piers(db, anna, 100)
    await chat.send("/subscriptions")
    page = await chat.reply()
    seen = []
    for number in range(1, 11):
        assert page.text.splitlines()[0] == f"100 подписок · страница {number} из 10"
        seen += page.text.splitlines()[1:]
        await chat.press(page, page.labels[0])
        card = await chat.edited(page)
        assert card.text.splitlines()[0] == f"тема «причал {101 - int(page.labels[0])}»"
        await chat.press(card, "Назад")
        page = await chat.edited(card)
        if number < 10:
            await chat.press(page, "Вперёд")
            page = await chat.edited(page)
    assert len(set(seen)) == 100
    await chat.send("/subscriptions причал 9")
    assert (await chat.reply()).text.splitlines()[0] == "11 подписок · страница 1 из 2"
    await chat.send("/subscriptions огурцы")
    assert (await chat.reply()).text == "Подписок с такими словами нет."


async def test_how_and_when_it_tells_is_changed_on_its_card(chat: Room) -> None:
    """How often, at which hour and day, quiet hours, sound, pause."""
    made = await followed(chat, "порт")
    await chat.press(made, "Изменить")
    card = await chat.reply()
    assert card.text.splitlines() == [
        "тема «порт»",
        "Сразу, тихие часы 22:00–8:00",
        "Часовой пояс: Москва",
        "Со звуком",
    ]
    for labels, line in (
        (("Раз в неделю",), "Раз в неделю: понедельник, 9:00, тихие часы 22:00–8:00"),
        (("Час", "18:00"), "Раз в неделю: понедельник, 18:00, тихие часы 22:00–8:00"),
        (("День недели", "пятница"), "Раз в неделю: пятница, 18:00, тихие часы 22:00–8:00"),
        (("Тихие часы", "Нет"), "Раз в неделю: пятница, 18:00"),
        (("Без звука",), "Без звука"),
        (("Пауза",), "Сейчас на паузе."),
        (("Раз в день",), "Раз в день в 18:00"),
    ):
        for label in labels:
            await chat.press(card, label)
            card = await chat.edited(card)
        assert line in card.text.splitlines()


async def test_an_alert_is_silent_where_that_was_chosen(
    sim: Simulator, chat: Room, add_article: Publish
) -> None:
    """The choice belongs to the subscription."""
    made = await followed(chat, "порт")
    await chat.press(made, "Изменить")
    card = await chat.reply()
    await chat.press(card, "Без звука")
    await chat.edited(card)
    await add_article("Порт открыт.", "Порт")
    await chat.reply()
    assert sim.journal.requests("sendMessage")[-1].params["disable_notification"] in {True, "true"}


async def test_stop_pause_and_undo_from_the_alert(
    chat: Room, add_article: Publish, bot: RunningBot
) -> None:
    """One tap each, and one that takes it back as it was."""
    await followed(chat, "порт")
    await add_article("Порт открыт.", "Первая")
    alert = await chat.reply()
    await chat.press(alert, "Пауза")
    paused = await chat.reply()
    assert paused.text == "Пауза: тема «порт»"
    await add_article("Порт закрыт.", "Вторая")
    await expanded(bot)
    await chat.press(paused, "Продолжить")
    assert (await chat.edited(paused)).text == "Снова сообщаю: тема «порт»"
    await add_article("Порт снова открыт.", "Третья")
    third = await chat.reply()
    assert "Третья" in third.text
    await chat.press(third, "Изменить")
    await chat.press(await chat.reply(), "Без звука")
    await chat.press(third, "Отписаться")
    gone = await chat.reply()
    assert gone.text == "Вы отписались: тема «порт»"
    await add_article("Порт перекрасили.", "Четвёртая")
    await expanded(bot)
    await chat.press(gone, "Вернуть")
    back = await chat.edited(gone)
    assert back.text.startswith("Вы подписались: тема «порт»")
    await chat.press(back, "Изменить")
    assert "Без звука" in (await chat.reply()).text
    toast = await chat.press(third, "Пауза")
    assert toast.text == "Этой подписки уже нет."


async def test_pause_all(chat: Room, add_article: Publish) -> None:
    """And let all go on."""
    await followed(chat, "порт")
    await followed(chat, "урожай")
    await chat.send("/subscriptions")
    shown = await chat.reply()
    await chat.press(shown, "Пауза для всех")
    paused = await chat.edited(shown)
    assert paused.text.count("— пауза") == 2
    await chat.press(paused, "Продолжить все")
    assert (await chat.edited(paused)).text.count("— Сразу") == 2


async def test_another_zone_is_another_hour(
    chat: Room, add_article: Publish, clock: Time, bot: RunningBot
) -> None:
    """What waits for a digest comes at nine of the new zone."""
    await followed(chat, "порт", "Раз в день")
    await add_article("Порт открыт.", "Порт", day=date(2026, 2, 12))
    await expanded(bot)
    await chat.send("/deliveries")
    assert "«Порт» — ждёт до 13 февраля 2026, 9:00" in (await chat.reply()).text
    await chat.send("/hours")
    hours = await chat.reply()
    assert hours.text.splitlines()[:3] == [
        "Часовой пояс: Москва",
        "Он угадан по языку.",
        "Тихие часы: 22:00–8:00",
    ]
    await chat.press(hours, "Часовой пояс")
    await chat.reply()
    await chat.send("Урюпинск")
    assert (await chat.reply()).text.startswith("Этого города я не знаю.")
    await chat.send("Нью-Йорк")
    assert (await chat.reply()).text.splitlines()[0] == "Часовой пояс: Нью-Йорк"
    await chat.send("/deliveries")
    # The article came at four in the morning there.
    assert (
        "12 февраля 2026, 4:00 · «Порт» — ждёт до 12 февраля 2026, 9:00"
        in (await chat.reply()).text
    )
    clock.pass_(hours=5)
    assert (await chat.reply()).text.startswith("🔔 Новое по теме «порт»")
    await chat.send("/deliveries")
    assert (await chat.reply()).text.splitlines()[1].endswith("— отправлено")


async def test_quiet_hours_of_the_chat(chat: Room, bot: RunningBot) -> None:
    """Chosen from a few, or none; the same for all that has none of its own."""
    made = await followed(chat, "порт")
    await chat.press(made, "Подписки")
    await chat.press(await chat.edited(made), "Часы")
    hours = await chat.reply()
    await chat.press(hours, "Тихие часы")
    choices = await chat.edited(hours)
    assert choices.labels == ("Нет", "22:00–8:00", "23:00–7:00", "21:00–9:00", "Назад")
    await chat.press(choices, "23:00–7:00")
    kept = await chat.edited(choices)
    assert kept.text.splitlines()[:3] == [
        "Часовой пояс: Москва",
        "Он угадан по языку.",  # still: only the hours were chosen
        "Тихие часы: 23:00–7:00",
    ]
    await chat.press(await _card(chat), "Назад")


async def _card(chat: Room):  # noqa: ANN202 - a message
    await chat.send("/subscriptions")
    shown = await chat.reply()
    await chat.press(shown, "1")
    card = await chat.edited(shown)
    assert "тихие часы 23:00–7:00" in card.text
    return card


async def test_others_have_no_say(sim: Simulator, chat: Room, bot: RunningBot) -> None:
    """A button of one chat does nothing in another, whatever a client sends."""
    made = await followed(chat, "порт")
    other = sim.private_chat(sim.add_user("Борис", language_code="ru"))
    await other.send("/subscriptions")
    shown = await other.reply()
    for verb in ("subedit:1", "subdel:1", "subpause:1", "subcard:1:1", "submode:1:1:1"):
        toast = await other.press(shown, data=verb)
        assert toast.text == "Эта кнопка не для вас.", verb
    await chat.press(made, "Подписки")
    assert (await chat.edited(made)).text.startswith("1 подписка")


async def test_a_question_that_says_where_to_look_waits_for_an_answer_from_there(
    chat: Room, add_article: Publish, bot: RunningBot
) -> None:
    """An article of another time answers it no more than it did when it was asked."""
    await add_article("Порт в Кортане открыт.", "Порт", day=date(2026, 2, 11))
    await chat.send("порт в Кортане до 2026")
    await chat.press(await chat.reply(), "Сообщить, когда появится")
    await add_article("Порт в Кортане закрыт до весны.", "Зима", day=date(2026, 2, 11))
    await expanded(bot)
    await add_article("Порт в Кортане готов.", "Архив", day=date(2025, 3, 1))
    assert "📄 Архив" in (await chat.reply()).text


async def test_a_question_without_an_answer_may_wait_for_one(
    chat: Room, add_article: Publish
) -> None:
    """Told once, with the passage; or given up before."""
    await add_article(PORT, "Порт")
    await chat.send("сколько стоит космодром в Озёрном")
    refused = await chat.reply()
    assert "Сообщить, когда появится" in refused.labels
    toast = await chat.press(refused, "Сообщить, когда появится")
    assert toast.text.startswith("Сообщу здесь один раз")
    await add_article("Космодром в Озёрном стоит 2 млрд талеров.", "Цена космодрома")
    told = await chat.reply()
    assert told.text.splitlines()[:2] == [
        "🔔 Появился ответ на ваш вопрос: «сколько стоит космодром в Озёрном»",
        "📄 Цена космодрома · 11 февраля 2026",
    ]
    assert list(told.marked("blockquote")) == ["Космодром в Озёрном стоит 2 млрд талеров."]
    await add_article("Космодром в Озёрном стоит уже 3 млрд талеров.", "Цена растёт")
    await chat.send("где построят метро")
    await chat.press(await chat.reply(), "Сообщить, когда появится")
    await chat.send("/subscriptions")
    shown = await chat.reply()
    await chat.press(shown, "Вопросы")
    waiting = await chat.edited(shown)
    assert "1. где построят метро" in waiting.text
    await chat.press(waiting, "1. Больше не ждать")
    assert (await chat.edited(waiting)).text == "Ни один вопрос не ждёт ответа."


async def test_follow_from_an_answer_a_sector_a_person(chat: Room, add_article: Publish) -> None:
    """By a button there."""
    await add_article(PORT, "Порт")
    await chat.send("какова глубина главного причала")
    answer = await chat.reply()
    await chat.press(answer, "Действия")
    await chat.press(await chat.edited(answer), "Подписаться")
    assert (await chat.reply()).text.startswith("тема «глубина главного причала»")
    for command, name in (
        ("/sectors транспорт", "сектор «Транспорт"),
        ("/people Лисовец", "человек: Игорь Лисовец"),
    ):
        await chat.send(command)
        await chat.press(await chat.reply(), "Подписаться")
        assert (await chat.reply()).text.startswith(name)


async def test_a_file_brings_back_what_was_deleted(chat: Room, bot: RunningBot) -> None:
    """As it was; another file is refused in words."""
    await followed(chat, "хартия -учения", "Раз в день")
    await followed(chat, "порт")
    await chat.send("/subscriptions")
    shown = await chat.reply()
    await chat.press(shown, "В файл")
    saved = await chat.reply()
    content = chat.file(saved)
    for number in (1, 2):
        await chat.press(shown, data=f"subdel:{number}")
        await chat.reply()
    file = await chat.send_file("subscriptions.json", content)
    await chat.reply()
    await chat.send("/subscriptions", reply_to=file)
    assert (await chat.reply()).text == "Добавлено 2 подписки."
    await chat.send("/subscriptions")
    assert (await chat.reply()).text == shown.text
    other = await chat.send_file("x.json", b"[1]")
    await chat.reply()
    await chat.send("/subscriptions", reply_to=other)
    assert (await chat.reply()).text == "Это не файл подписок."


async def test_a_hundred_are_deleted_at_once_and_had_back(
    chat: Room, anna: Person, db: Database, bot: RunningBot
) -> None:
    """By the undo, or by the file that was saved before; asked once, with their number."""
    await follow_piers(db, anna, 100)
    await chat.send("/subscriptions")
    shown = await chat.reply()
    await chat.press(shown, "В файл")
    content = chat.file(await chat.reply())
    asked = await tapped(chat, shown, "Удалить все")
    assert asked.text == "Удалить все 100 подписок?"
    before = await tapped(chat, asked, "Назад")
    assert before.text == shown.text
    gone = await tapped(chat, before, "Удалить все", "Удалить все")
    assert gone.text == "Удалено 100 подписок."
    back = await tapped(chat, gone, "Вернуть все")
    assert back.text == "Вернули 100 подписок."
    listed = await tapped(chat, back, "Подписки")
    assert listed.text == shown.text
    empty = await tapped(chat, listed, "Удалить все", "Удалить все", "Подписки")
    assert empty.labels == ("Подписаться", "Часы", "Из файла")
    await chat.press(empty, "Из файла")
    await chat.reply()
    await chat.send("это не файл")
    assert (await chat.reply()).text == "Это не файл подписок."
    await chat.send_file("subscriptions.json", content)
    assert (await chat.reply()).text == "Добавлено 100 подписок."
    await chat.send("/subscriptions")
    again = await chat.reply()
    assert again.text == shown.text
    await chat.press(again, "В файл")
    assert chat.file(await chat.reply()) == content


async def test_a_used_or_foreign_permission_deletes_nothing(
    sim: Simulator, chat: Room, bot: RunningBot
) -> None:
    """Each question has its own, once, for whom it was asked."""
    await followed(chat, "порт")
    await followed(chat, "урожай")
    await chat.send("/subscriptions")
    shown = await chat.reply()
    asked = await tapped(chat, shown, "Удалить все")
    data = asked.button("Удалить все").data or ""
    other = sim.private_chat(sim.add_user("Борис", language_code="ru"))
    await followed(other, "порт")
    await other.send("/subscriptions")
    theirs = await other.reply()
    assert (await other.press(theirs, data=data)).text == "Эта кнопка не для вас."
    await chat.press(asked, "Удалить все")
    await chat.edited(asked)
    await followed(chat, "порт")
    assert (await chat.press(asked, data=data)).text == "Эта кнопка устарела."
    await chat.send("/subscriptions")
    assert (await chat.reply()).text.startswith("1 подписка")


async def test_a_card_leads_back_to_its_own_page(
    chat: Room, anna: Person, db: Database, bot: RunningBot
) -> None:
    """Of the whole list, also when it was found by words; what is ended there stands in place."""
    await follow_piers(db, anna, 30)
    await chat.send("/subscriptions причал 3")
    found = await chat.reply()
    assert found.text.splitlines()[1:] == [
        "1. тема «причал 30» — Сразу",
        "2. тема «причал 3» — Раз в неделю: четверг, 3:00",
    ]
    gone = await tapped(chat, found, "2", "Отписаться")
    assert gone.text == "Вы отписались: тема «причал 3»"
    assert (await tapped(chat, gone, "Подписки")).text.splitlines()[
        0
    ] == "29 подписок · страница 3 из 3"


async def test_every_choice_has_a_way_back(chat: Room, add_article: Publish) -> None:
    """To where it was opened."""
    await add_article(PORT, "Порт")
    await chat.send("/subscribe")
    choose = await chat.reply()
    for label in ("Сектор", "Человек"):
        back = await tapped(chat, choose, label, "Назад")
        assert back.text == choose.text
        choose = back
    made = await followed(chat, "порт", "Раз в неделю")
    await chat.press(made, "Изменить")
    card = await chat.reply()
    for label in ("Час", "День недели", "Тихие часы"):
        back = await tapped(chat, card, label, "Назад")
        assert back.text == card.text
        card = back
    await chat.send("/hours")
    hours = await chat.reply()
    assert (await tapped(chat, hours, "Тихие часы", "Назад")).labels == hours.labels


async def test_a_digest_within_quiet_hours_says_when_it_comes(chat: Room) -> None:
    """Its own hour would be a promise that is not kept."""
    made = await followed(chat, "порт", "Раз в день")
    await chat.press(made, "Изменить")
    card = await chat.reply()
    assert "после тихих часов" not in card.text
    assert "Придёт в 8:00, после тихих часов." in (await tapped(chat, card, "Час", "23:00")).text
