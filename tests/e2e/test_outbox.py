"""/outbox: what could not be delivered, sent again or given up by the owner."""

import pytest

from bot.app import RunningBot
from bot.simulator import Room, Simulator
from bot.store.audit import Kind, list_acts
from bot.store.database import run

pytestmark = pytest.mark.usefixtures("articles")


async def fail_to_answer(sim: Simulator, chat: Room, owner_chat: Room) -> None:
    """Ask a question whose answer Telegram refuses for a reason that nobody knows."""
    sim.faults.status("sendMessage", 400)
    await chat.send("глубина причала")
    assert (await owner_chat.reply()).text.endswith("/outbox")


async def test_nothing_failed(owner_chat: Room) -> None:
    """The owner sees so."""
    await owner_chat.send("/outbox")
    assert "Неудач нет." in (await owner_chat.reply()).text


async def test_a_message_is_sent_again(
    sim: Simulator, chat: Room, owner_chat: Room, bot: RunningBot
) -> None:
    """It arrives, the act is noted, and the button does it once."""
    await owner_chat.send("/cancel")
    await owner_chat.reply()
    await fail_to_answer(sim, chat, owner_chat)
    await owner_chat.send("/outbox")
    page = await owner_chat.reply()
    assert f"Сообщение для {chat.id}" in page.text
    again = page.button(0)
    assert again.label.endswith("ещё раз")
    await owner_chat.press(page, again.label)
    assert "15,5 метра" in (await chat.reply()).text
    act, *_ = await list_acts(bot.services.db, 1)
    assert act.kind is Kind.MESSAGE
    assert (await owner_chat.press(page, data=again.data)).is_alert


async def test_a_message_is_given_up_and_that_is_undone(
    sim: Simulator, chat: Room, owner_chat: Room
) -> None:
    """It waits for a decision again."""
    await owner_chat.send("/cancel")
    await owner_chat.reply()
    await fail_to_answer(sim, chat, owner_chat)
    await owner_chat.send("/outbox")
    page = await owner_chat.reply()
    await owner_chat.press(page, page.button(1).label)
    given_up = await owner_chat.edited(page)
    await owner_chat.press(given_up, "Посмотреть снова")
    assert "Неудач нет." in (await owner_chat.edited(given_up)).text
    await owner_chat.send("/undo")
    await owner_chat.reply()
    await owner_chat.send("/outbox")
    assert f"Сообщение для {chat.id}" in (await owner_chat.reply()).text


async def test_an_update_is_handled_again(chat: Room, owner_chat: Room, bot: RunningBot) -> None:
    """One that was dead, at once."""
    await chat.send("/cancel")
    await chat.reply()
    async with bot.services.db.write() as connection:
        await run(
            connection,
            "INSERT INTO inbox (bot_id, update_id, chat_key, received_at, body, state, attempts)"
            " SELECT bot_id, 1, ?, received_at, ?, 'dead', 3 FROM inbox LIMIT 1",
            (
                str(chat.id),
                (
                    '{"update_id": 1, "message": {"message_id": 1, "date": 1767225600, "chat": '
                    f'{{"id": {chat.id}, "type": "private"}}, "from": {{"id": {chat.id}, '
                    '"is_bot": false, "first_name": "A", "language_code": "ru"}, "text": "порт"}}'
                ),
            ),
        )
    await owner_chat.send("/outbox")
    page = await owner_chat.reply()
    assert "Входящее сообщение" in page.text
    await owner_chat.press(page, page.button(0).label)
    assert "порт" in (await chat.reply()).text
    await owner_chat.send("/log")
    assert "обрабатывается снова" in (await owner_chat.reply()).text
