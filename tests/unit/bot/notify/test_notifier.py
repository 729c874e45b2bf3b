"""From an announcement to the messages: each follower once, whatever fails in between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.notify import expander, moving
from bot.store.announcements import next_announcement
from bot.store.chats import rename_chat, resume_chat, see_chat, suspend_chat
from bot.store.database import Database, run
from bot.store.followers import Follower, save_follower
from bot.store.jumps import follow_jump
from bot.store.moments import from_micros
from bot.store.outbox import claim_messages
from bot.store.publishing import withdraw_article
from bot.store.sending import mark_undeliverable, take_back
from bot.store.subscriptions import (
    Mode,
    SubscriptionState,
    Wish,
    delete_subscription,
    get_subscription,
    save_subscription,
)
from tests.unit.bot.notify.house import House


async def test_each_batch_is_made_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run goes on where one ended, in the middle of a topic or between two."""
    monkeypatch.setattr(expander, "BATCH", 3)
    monkeypatch.setattr(expander, "TOPICS_A_QUERY", 2)
    for chat_id in range(1, 8):
        await house.follow("порт", chat_id)
        await house.follow("открыт", chat_id)
    await house.follow("", 9)
    await house.publish("Порт открыт.")
    while await next_announcement(house.db):
        await house.started().expander.expand(house.at)
    assert len(await house.notices()) == 15
    await house.settle()
    assert len(await house.texts()) == 8


async def test_a_repeated_batch_makes_nothing_twice(house: House, db: Database) -> None:
    """As after a restored cursor."""
    await house.follow("порт")
    await house.publish("Порт открыт.")
    await house.settle()
    await db.change("UPDATE announcement SET expanded_at = NULL, topic_cursor = 0")
    await house.settle()
    assert len(await house.notices()) == len(await house.texts()) == 1


async def test_who_follows_later_is_told_of_what_comes_later(house: House) -> None:
    """Not of what was there before."""
    await house.publish("Порт открыт.")
    house.at += timedelta(seconds=1)
    await house.follow("порт")
    await house.settle()
    assert await house.notices() == []


async def test_who_follows_while_notices_are_made_is_told_of_what_comes_later(
    house: House,
) -> None:
    """A step takes its time; he began after the moment at which it began."""
    await house.publish("Порт открыт.")
    began = house.at
    house.at += timedelta(seconds=1)
    await house.follow("порт")
    await house.notifier.expander.expand(began)
    assert await house.notices() == []


async def test_a_clock_set_back_loses_no_follower(house: House) -> None:
    """Who began to follow by a clock that was ahead is told of what comes then."""
    house.at += timedelta(days=30)
    await house.follow("порт")
    house.at -= timedelta(days=30)
    await house.publish("Порт открыт.")
    await house.settle()
    assert len(await house.texts()) == 1


@pytest.mark.parametrize(
    ("wish", "hours"),
    [
        (Wish(mode=Mode.DAILY, hour=21), 9),
        (Wish(mode=Mode.WEEKLY, hour=9, weekday=4), 21),  # from Thursday noon to Friday
        (Wish(quiet_from=11 * 60, quiet_to=14 * 60), 2),
    ],
)
async def test_a_clock_set_back_holds_nothing_for_a_month(
    house: House, db: Database, wish: Wish, hours: int
) -> None:
    """What was held by a clock that was ahead comes at the next hour of its follower."""
    back = timedelta(days=28)  # the same day of the week
    house.at += back
    await house.follow("порт", wish=wish)
    await house.publish("Порт открыт.", day=house.at.date())
    await house.settle()
    assert [state for _, state, _ in await house.notices()] == ["held"]
    await follow_jump(db, house.at, -back)
    house.at -= back
    await house.settle()
    house.at += timedelta(hours=hours, minutes=-1)
    await house.settle()
    assert await house.texts() == []
    house.at += timedelta(minutes=1)
    await house.settle()
    assert len(await house.texts()) == 1


async def test_what_a_clock_that_was_ahead_announced_is_told(house: House, db: Database) -> None:
    """At once: its moment is no reason to wait for a month; nor for a chat that was away."""
    await house.follow("порт")
    house.at += timedelta(days=30)
    async with db.write() as connection:
        await suspend_chat(connection, 1, "kicked", house.at)
    await house.publish("Порт открыт.", "Первая", day=house.at.date())
    await house.settle()
    await house.publish("Порт закрыт.", "Вторая", day=house.at.date())
    await follow_jump(db, house.at, -timedelta(days=30))
    house.at -= timedelta(days=30)
    async with db.write() as connection:
        await resume_chat(connection, 1)
    await house.settle()
    assert "Первая" in "".join(await house.texts())
    await house.let_go()
    await house.settle()
    assert [state for _, state, _ in await house.notices()] == ["sent", "sent"]


async def test_notices_are_moved_in_batches_that_survive_a_restart(
    house: House, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run goes on where one ended."""
    monkeypatch.setattr(moving, "BATCH", 2)
    house.at += timedelta(days=30)
    for chat_id in range(1, 6):
        await house.follow("порт", chat_id, Wish(mode=Mode.DAILY))
    await house.publish("Порт открыт.", day=house.at.date())
    await house.settle()
    await follow_jump(db, house.at, -timedelta(days=30))
    house.at -= timedelta(days=30)
    for _ in range(3):
        assert await house.started().mover.move(house.at)
    assert not await house.started().mover.move(house.at)
    ((latest,),) = await db.fetch("SELECT max(due_at) FROM notice")
    assert from_micros(latest) <= house.at + timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        ("delete", "dropped", "unsubscribed"),
        ("pause", "dropped", "paused"),
        ("withdraw", "dropped", "withdrawn"),
    ],
)
async def test_what_is_not_wanted_any_more_is_dropped(
    house: House, db: Database, change: str, state: str, reason: str
) -> None:
    """At the moment of telling, and the ledger says why."""
    key = await house.follow("порт", wish=Wish(mode=Mode.DAILY))
    article_id = await house.publish("Порт открыт.")
    await house.settle()
    if change == "withdraw":
        await withdraw_article(db, article_id, house.at)
    else:
        found = await get_subscription(db, key)
        async with db.write() as connection:
            if change == "delete":
                await delete_subscription(connection, key)
            else:
                await save_subscription(connection, replace(found, state=SubscriptionState.PAUSED))
    house.at += timedelta(days=1)
    await house.settle()
    assert await house.notices() == [(1, state, reason)]
    assert await house.texts() == []


async def test_a_bot_that_was_off_tells_what_was_due_but_not_at_night(house: House) -> None:
    """A digest of nine in the evening, and then it is eleven."""
    await house.follow("порт", wish=Wish(mode=Mode.DAILY, hour=21))
    await house.publish("Порт открыт.")
    house.at += timedelta(hours=11)  # 23:00 there
    await house.settle()
    assert await house.notices() == [(1, "held", "quiet hours")]
    house.at += timedelta(hours=9)
    await house.settle()
    assert [state for _, state, _ in await house.notices()] == ["sent"]


async def test_what_is_urgent_passes_quiet_hours(house: House, db: Database) -> None:
    """An editor may say so; however much came that night, the rest waits for the morning."""
    await house.follow("порт")
    house.at += timedelta(hours=12)
    for n in range(6):
        await house.publish(f"Порт номер {n} открыт.", f"Статья {n}")
    await db.change("UPDATE announcement SET is_urgent = 1 WHERE article_id = 1")
    await house.settle()
    (alert,) = await house.texts()
    assert "Статья 0" in alert
    await house.let_go()
    house.at += timedelta(hours=12)
    await house.settle()
    (digest,) = await house.texts()
    assert digest.startswith("🔔 <b>Дайджест</b> · 5 статей")


async def test_a_suspended_chat_gets_one_digest_when_it_is_back(house: House, db: Database) -> None:
    """What was refused, and all that came meanwhile."""
    await house.follow("порт")
    await house.publish("Порт открыт.", "Первая")
    await house.settle()
    (leased,) = await claim_messages(db, "run", 1, house.at)
    await mark_undeliverable(db, leased.id, "bot was blocked", house.at, suspend=True)
    await house.publish("Порт закрыт.", "Вторая")
    await house.settle()
    assert await house.texts() == []
    async with db.write() as connection:
        await see_chat(connection, 1, "private", None, house.at)
    await house.settle()
    (digest,) = await house.texts()
    assert "Первая" in digest
    assert "Вторая" in digest


@pytest.mark.parametrize(("number", "letters"), [(2, 2), (5, 5), (6, 1)])
async def test_up_to_five_at_once_are_an_alert_each(
    house: House, number: int, letters: int
) -> None:
    """With all that an alert has; more are one digest."""
    await house.follow("порт")
    for n in range(number):
        await house.publish(f"Порт номер {n} открыт.", f"Статья {n}")
    await house.settle()
    found = await house.texts()
    assert len(found) == letters
    for n, text in enumerate(found):
        assert text.startswith("🔔 Новое по теме «порт»\n" if letters > 1 else "🔔 <b>Дайджест</b>")
        assert f"Статья {n}" in text


async def test_an_article_of_several_subscriptions_is_one_alert(house: House) -> None:
    """At once where one of them asks for that, though another waits for its digest."""
    await house.follow("порт")
    await house.follow("открыт", wish=Wish(mode=Mode.DAILY, hour=9))
    await house.publish("Порт открыт.", "Первая")
    await house.publish("Рынок открыт.", "Вторая")
    await house.publish("Музей открыт.", "Третья")
    await house.settle()
    (alert,) = await house.texts()
    assert "Первая" in alert
    house.at += timedelta(days=1)
    await house.publish("Порт закрыт.", "Четвёртая")
    await house.let_go()
    await house.settle()
    now, digest = await house.texts()
    assert now.startswith("🔔 Новое по теме «порт»")
    assert digest.startswith("🔔 <b>Дайджест</b> · 3 статьи")


async def test_a_chat_that_was_away_is_told_by_one_digest(house: House, db: Database) -> None:
    """Nothing had been refused: it is known from Telegram that the bot was thrown out."""
    await house.follow("порт")
    for number in range(2):
        await house.publish(f"Порт номер {number} открыт.")
        while await next_announcement(db):
            await house.notifier.expander.expand(house.at)
        async with db.write() as connection:  # the first waits before that, the second comes after
            await suspend_chat(connection, 1, "kicked", house.at)
    await house.settle()
    async with db.write() as connection:
        await resume_chat(connection, 1)
    await house.settle()
    (digest,) = await house.texts()
    assert digest.startswith("🔔 <b>Дайджест</b> · 2 статьи")


async def test_a_digest_called_back_is_a_digest_again(house: House, db: Database) -> None:
    """Without what was withdrawn, and as often as that happens."""
    await house.follow("порт", wish=Wish(mode=Mode.DAILY))
    articles = [await house.publish(f"Порт номер {n} открыт.", f"Статья {n}") for n in range(4)]
    await house.settle()
    house.at += timedelta(days=1)
    for left in (4, 3, 2, 1):
        await house.settle()
        (text,) = await house.texts()
        assert text.startswith(f"🔔 <b>Дайджест</b> · {left}" if left > 1 else "🔔 Новое по теме")
        await withdraw_article(db, articles[left - 1], house.at)
        (leased,) = await claim_messages(db, "run", 1, house.at)
        assert await take_back(db, leased.id, "article withdrawn", house.at)
    await house.settle()
    assert await house.texts() == []


async def test_a_notifier_without_memory_ends_the_run(house: House) -> None:
    """No notice is to blame and put off for it: the next run tells at once."""
    await house.follow("порт")
    await house.publish("Порт открыт.")

    def starved() -> str:
        raise MemoryError

    house.username = starved
    with pytest.raises(MemoryError):
        await house.started().run()
    house.username = lambda: "paragraf_bot"
    house.notifier = house.started()
    await house.settle()
    assert len(await house.texts()) == 1


async def test_a_closed_topic_stops_its_own_subscriptions(house: House, db: Database) -> None:
    """Others of the chat go on."""
    key = await house.follow("порт", chat_id=-5)
    await db.change("UPDATE subscription SET thread_id = 7")
    await house.follow("порт", chat_id=-5)
    await house.publish("Порт открыт.")
    await house.settle()
    claimed = await claim_messages(db, "run", 1, house.at)
    assert [each.thread_id for each in claimed] == [7]
    await mark_undeliverable(db, claimed[0].id, "topic closed", house.at, suspend=False)
    assert (await get_subscription(db, key)).state is SubscriptionState.SUSPENDED
    await house.publish("Порт закрыт.")
    await house.settle()
    rows = await db.fetch("SELECT thread_id, state FROM notice ORDER BY id")
    assert rows == [(7, "undeliverable"), (0, "sent"), (0, "waiting")]


async def test_a_group_keeps_what_it_follows_under_its_new_number(
    house: House, db: Database
) -> None:
    """What both numbers follow is followed once."""
    await house.follow("порт", chat_id=-5, wish=Wish(mode=Mode.DAILY))
    await house.follow("урожай", chat_id=-5)
    await house.follow("порт", chat_id=-100)
    async with db.write() as connection:
        await save_follower(connection, Follower(-5, "Asia/Baku"))
        await rename_chat(connection, -5, -100, house.at)
        rows = await run(connection, "SELECT chat_id, title, mode FROM subscription ORDER BY title")
    assert rows == [(-100, "порт", "instant"), (-100, "урожай", "instant")]
    assert await db.fetch("SELECT chat_id, zone FROM follower") == [(-100, "Asia/Baku")]


async def test_what_cannot_be_worded_hinders_no_others(house: House, db: Database) -> None:
    """A damaged text is one follower's fault, and is tried again later."""
    await house.follow("порт", 1)
    await house.follow("урожай", 2)
    broken = await house.publish("Порт открыт.")
    await house.publish("Урожай собран.")
    while await next_announcement(db):
        await house.notifier.expander.expand(house.at)
    await db.change("UPDATE article_version SET text = 'Порт!' WHERE article_id = ?", (broken,))
    house.notifier = house.started()
    await house.settle()
    assert [state for _, state, _ in await house.notices()] == ["held", "sent"]
