"""What leaves is what the store says, at Telegram's pace, in order, and once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.app import RunningBot
from bot.delivery.messages import as_message
from bot.delivery.sender import CONCURRENCY
from bot.replies.outcome import Body, Send, Target
from bot.simulator import Person, Room, Simulator
from bot.store.chats import resume_chat
from bot.store.database import run
from bot.store.outbox import OutboxState, Prio, add_messages
from bot.store.pauses import delete_pause, set_pause
from bot.store.publishing import withdraw_article
from bot.store.queues import count_messages
from tests.e2e.conftest import PORT, Publish
from tests.e2e.followers import Time, expanded, followed

pytestmark = pytest.mark.usefixtures("articles")


async def change_stored_text(bot: RunningBot) -> None:
    """Change a letter of a stored article behind the program's back."""
    async with bot.services.db.write() as connection:
        await connection.execute(text("UPDATE article_version SET text = replace(text, '5', '6')"))


async def test_a_changed_byte_stops_the_answer(
    bot: RunningBot, chat: Room, owner_chat: Room, sim: Simulator
) -> None:
    """Nothing is sent to the reader, and the owner is told."""
    await owner_chat.send("/cancel")
    await owner_chat.reply()
    await chat.send("глубина главного причала")
    message = await chat.reply()
    await change_stored_text(bot)
    await chat.press(message, "Контекст", timeout_s=20)  # after three attempts
    alarm = await owner_chat.reply()
    assert "Текст версии 1" in alarm.text
    assert all("16,6" not in seen.text for seen in chat.messages())


async def test_a_quotation_that_is_not_in_the_store_is_not_sent(
    bot: RunningBot, chat: Room, owner_chat: Room, sim: Simulator
) -> None:
    """A block quote without its slice is wrong, whoever wrote it."""
    await owner_chat.send("/cancel")
    await owner_chat.reply()
    await chat.send("/cancel")
    await chat.reply()
    forged = Send(Target(chat.id), Body("<blockquote>Порт закрыт навсегда.</blockquote>"))
    async with bot.services.db.write() as connection:
        await add_messages(connection, "t:1", [as_message(forged)], bot.services.now())
    bot.sender.wake()
    assert "отличается" in (await owner_chat.reply()).text
    assert (OutboxState.DEAD, Prio.REPLY) in await count_messages(bot.services.db)


async def test_broken_markup_goes_out_plain_and_the_owner_is_told(
    bot: RunningBot, chat: Room, owner_chat: Room, sim: Simulator
) -> None:
    """Once, with its words."""
    await owner_chat.send("/cancel")
    await owner_chat.reply()
    await chat.send("/cancel")
    await chat.reply()
    broken = Send(Target(chat.id), Body("<b>Порт <i>открыт</b>"))
    async with bot.services.db.write() as connection:
        await add_messages(connection, "t:2", [as_message(broken)], bot.services.now())
    bot.sender.wake()
    assert (await chat.reply()).text == "Порт открыт"
    assert "разметк" in (await owner_chat.reply()).text


async def test_a_withdrawn_article_is_not_quoted_any_more(
    bot: RunningBot, chat: Room, sim: Simulator
) -> None:
    """A line says so in its place."""
    await chat.send("глубина главного причала")
    message = await chat.reply()
    async with bot.services.db.write() as connection:
        await connection.execute(text("UPDATE article SET withdrawn_at = 1"))
    toast = await chat.press(message, "Статья")
    assert toast.text


async def test_followers_hear_of_the_rest_when_an_article_goes_before_its_letter(
    bot: RunningBot, chat: Room, add_article: Publish
) -> None:
    """One message tells of both, and waits; what is withdrawn meanwhile is not in what leaves."""
    db = bot.services.db
    bot.services.now = Time()
    await followed(chat, "мост")
    async with db.write() as connection:
        await set_pause(connection, chat.id, datetime.now(UTC) + timedelta(hours=1), "test")
        # Told together, as after a night.
        await run(connection, "UPDATE chat SET state = 'suspended' WHERE id = ?", (chat.id,))
    gone = await add_article("Мост через Вельму откроют.", "Мост открывают")
    await add_article("Мост через Ольту закроют.", "Мост закрывают")
    await expanded(bot)
    async with db.write() as connection:
        await resume_chat(connection, chat.id)
    while (OutboxState.READY, Prio.BROADCAST) not in await count_messages(db):
        await bot.notifier.step()
    await withdraw_article(db, gone.article_id, bot.services.now())
    async with db.write() as connection:
        await delete_pause(connection, chat.id)
    bot.sender.wake()
    letter = await chat.reply(timeout_s=20)
    assert "Мост закрывают" in letter.text
    assert "Мост открывают" not in letter.text


@pytest.mark.parametrize("fault", ["status", "html", "reset_before", "flood"])
async def test_a_fault_before_the_send_delays_and_doubles_nothing(
    chat: Room, sim: Simulator, fault: str
) -> None:
    """The answer comes once, whatever Telegram said first."""
    match fault:
        case "status":
            sim.faults.status("sendMessage", 502)
        case "html":
            sim.faults.html("sendMessage", 502)
        case "reset_before":
            sim.faults.reset_before("sendMessage")
        case _:
            sim.faults.flood("sendMessage", 1)
    await chat.send("глубина главного причала")
    reply = await chat.reply(timeout_s=20)
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[1]]
    await chat.send("/cancel")
    assert (await chat.reply(timeout_s=20)).text.startswith("Отменять")


async def test_a_cut_after_the_send_is_sent_again(chat: Room, sim: Simulator) -> None:
    """At least once is the promise; nobody can know better."""
    sim.faults.reset_after("sendMessage")
    await chat.send("глубина главного причала")
    first = await chat.reply(timeout_s=20)
    second = await chat.reply(timeout_s=20)
    assert first.text == second.text


async def test_messages_of_a_chat_keep_their_order(chat: Room, sim: Simulator) -> None:
    """A refused one is not overtaken by the next."""
    sim.faults.status("sendMessage", 500)
    await chat.send("глубина главного причала")
    await chat.send("/cancel")
    assert "15,5" in (await chat.reply(timeout_s=20)).text
    assert (await chat.reply(timeout_s=20)).text.startswith("Отменять")


async def test_who_blocks_the_bot_is_suspended_and_keeps_his_settings(
    bot: RunningBot, anna: Person, chat: Room, sim: Simulator
) -> None:
    """The send is given up, not repeated."""
    await chat.send("/cancel")
    await chat.reply()
    sim.faults.error("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await chat.send("глубина главного причала")
    await sim.asked("sendMessage", 2)
    await chat.send("/cancel")
    assert (await chat.reply(timeout_s=20)).text.startswith("Отменять")
    assert (OutboxState.UNDELIVERABLE, Prio.REPLY) in await count_messages(bot.services.db)


@pytest.mark.usefixtures("bot")
async def test_a_slow_telegram_stops_only_what_it_holds(sim: Simulator) -> None:
    """With every slot of the sender taken the program goes on, and then the rest is sent."""
    others = sim.faults.hold_before("sendMessage", times=CONCURRENCY - 1)
    last = sim.faults.hold_before("sendMessage", times=None)
    chats = [sim.private_chat(sim.add_user(f"Читатель {n}")) for n in range(CONCURRENCY + 2)]
    for chat in chats:
        await chat.send("/cancel")
    await last.reached.wait()
    others.release()
    last.release()
    for chat in chats:
        await chat.reply()


async def test_many_askers_are_answered_within_telegrams_limits(
    sim: Simulator, bot: RunningBot
) -> None:
    """Sixty at once, none refused by flood control."""
    rooms = [sim.private_chat(sim.add_user(f"Анна {n}", language_code="ru")) for n in range(60)]
    for room in rooms:
        await room.send("глубина главного причала")
    for room in rooms:
        assert "15,5" in (await room.reply(timeout_s=30)).text
    assert all(request.code == 200 for request in sim.journal.requests("sendMessage"))
