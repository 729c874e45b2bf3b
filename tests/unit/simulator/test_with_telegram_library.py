"""The real python-telegram-bot client finds in the simulator what it expects of Telegram."""

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.simulator import Simulator

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x01\x08\x00\x00\x00\x00"
    b"\xd2\x18\x0b\x7f"
)


async def test_the_bot_knows_who_it_is(bot: Bot, sim: Simulator) -> None:
    me = await bot.get_me()
    assert me.username == sim.username
    assert me.supports_inline_queries
    assert not me.can_read_all_group_messages


async def test_a_question_is_answered_and_the_answer_edited(bot: Bot, sim: Simulator) -> None:
    """Text, entities, keyboard, reply, edit, and the keyboard lost by an edit without one."""
    anna = sim.add_user("Анна", language_code="ru")
    question = await anna.chat.send("Когда откроется порт? 😀 /ask")
    (update,) = await bot.get_updates(timeout=0)
    assert update.message is not None
    assert update.message.parse_entities() == {update.message.entities[0]: "/ask"}
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "ru"

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Контекст", callback_data="c:1")]])
    sent = await bot.send_message(
        anna.id,
        "😀 <b>Порт</b>\n<blockquote>открыт &lt;скоро&gt;</blockquote>",
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard,
        reply_parameters=ReplyParameters(question.id),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    answer = await anna.chat.reply()
    assert answer.id == sent.message_id
    assert answer.text == "😀 Порт\nоткрыт <скоро>"
    assert answer.html == "😀 <b>Порт</b>\n<blockquote>открыт &lt;скоро&gt;</blockquote>"
    assert answer.marked("bold") == ("Порт",)
    assert answer.reply_to_id == question.id
    assert answer.labels == ("Контекст",)
    assert sent.text_html == answer.html

    await bot.edit_message_text("другое", anna.id, sent.message_id)
    edited = await anna.chat.edited(answer)
    assert (edited.text, edited.labels) == ("другое", ())
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("другое", anna.id, sent.message_id)
    assert sim.journal.violations == []


async def test_a_pressed_button_gets_its_toast(bot: Bot, sim: Simulator) -> None:
    anna = sim.add_user("Анна")
    await anna.chat.send("вопрос")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ещё", callback_data="m:7")]])
    await bot.send_message(anna.id, "ответ", reply_markup=keyboard)
    answer = await anna.chat.reply()

    pressing = asyncio.create_task(anna.chat.press(answer, "Ещё"))
    query = await _next(bot, Update.CALLBACK_QUERY)
    assert query.callback_query is not None
    assert query.callback_query.data == "m:7"
    assert len(sim.unanswered()) == 1
    await bot.answer_callback_query(query.callback_query.id, "Готово", show_alert=True)
    toast = await pressing
    assert (toast.text, toast.is_alert) == ("Готово", True)
    assert sim.unanswered() == []


async def test_inline_cards_are_shown_and_chosen(bot: Bot, sim: Simulator) -> None:
    anna = sim.add_user("Анна")
    asking = asyncio.create_task(anna.inline("хартия"))
    update = await _next(bot, Update.INLINE_QUERY)
    assert update.inline_query is not None
    assert update.inline_query.query == "хартия"
    button = InlineKeyboardButton("Открыть", url=f"https://t.me/{sim.username}?start=p1")
    card = InlineQueryResultArticle(
        "p1",
        "Хартия",
        InputTextMessageContent("<b>Хартия</b>", parse_mode=ParseMode.HTML),
        reply_markup=InlineKeyboardMarkup([[button]]),
    )
    await bot.answer_inline_query(update.inline_query.id, [card], cache_time=10, is_personal=True)
    answer = await asking
    assert [c.title for c in answer.cards] == ["Хартия"]
    assert (await anna.inline("хартия")).cards == answer.cards

    placed = await anna.choose(answer, 0)
    assert placed.text == "Хартия"
    chosen = await _next(bot, Update.CHOSEN_INLINE_RESULT)
    assert chosen.chosen_inline_result is not None
    inline_id = chosen.chosen_inline_result.inline_message_id
    assert inline_id == placed.inline_message_id
    assert await bot.edit_message_text("новое", inline_message_id=inline_id)
    assert (await anna.chat.edited(placed)).text == "новое"


async def test_a_guest_question_is_answered_once(bot: Bot, sim: Simulator) -> None:
    anna = sim.add_user("Анна")
    group = sim.add_group("Чужая", [anna], bot=None)
    asking = asyncio.create_task(anna.ask_guest(group, f"@{sim.username} когда порт?"))
    update = await _next(bot, Update.GUEST_MESSAGE)
    assert update.guest_message is not None
    query_id = update.guest_message.guest_query_id
    assert query_id is not None
    card = InlineQueryResultArticle("g", "Порт", InputTextMessageContent("скоро"))
    sent = await bot.answer_guest_query(query_id, card)
    answer = await asking
    assert (answer.text, answer.inline_message_id) == ("скоро", sent.inline_message_id)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_guest_query(query_id, card)


async def test_files_go_both_ways(bot: Bot, sim: Simulator) -> None:
    anna = sim.add_user("Анна")
    await anna.chat.send_file("статья.txt", "Порт открыт".encode(), caption="вот")
    update = await _next(bot, Update.MESSAGE)
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.document.file_name == "статья.txt"
    file = await bot.get_file(update.message.document.file_id)
    assert bytes(await file.download_as_bytearray()).decode() == "Порт открыт"

    await bot.send_document(anna.id, b"a,b\n", filename="таблица.csv", caption="<i>таблица</i>",
                            parse_mode=ParseMode.HTML)  # fmt: skip
    sent = await anna.chat.reply()
    assert (sent.text, anna.chat.file(sent)) == ("таблица", b"a,b\n")
    assert sent.json["document"]["file_name"] == "таблица.csv"
    photo = await bot.send_photo(anna.id, PNG)
    assert (photo.photo[0].width, photo.photo[0].height) == (2, 1)
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(anna.id, b"not a picture")


async def test_large_files_cannot_be_downloaded(bot: Bot, sim: Simulator) -> None:
    anna = sim.add_user("Анна")
    sent = await anna.chat.send_file("big.pdf", b"%PDF", size=20 * 1024 * 1024 + 1)
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(sent.json["document"]["file_id"])


async def test_menus_follow_scope_and_language(bot: Bot, sim: Simulator) -> None:
    anna = sim.add_user("Анна", language_code="ru")
    await anna.chat.send("/start")
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("pomosch", "Помощь")], language_code="ru")
    assert anna.menu() == ["pomosch"]
    anna.set_language("az")
    assert anna.menu() == ["help"]
    await bot.set_my_commands([BotCommand("add", "Add")], scope=BotCommandScopeChat(anna.id))
    assert anna.menu() == ["add"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(anna.id))
    assert anna.menu() == ["help"]
    await bot.set_my_description("Описание", "ru")
    assert (await bot.get_my_description("ru")).description == "Описание"
    await bot.set_chat_menu_button(anna.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(anna.id)).type == "commands"


async def test_who_is_where(bot: Bot, sim: Simulator) -> None:
    anna, boris = sim.add_user("Анна"), sim.add_user("Борис")
    group = sim.add_group("Группа", [anna, boris])
    assert (await bot.get_chat(group.id)).title == "Группа"
    admins = await bot.get_chat_administrators(group.id)
    assert [admin.user.id for admin in admins] == [anna.id]
    assert (await bot.get_chat_member(group.id, boris.id)).status == "member"
    assert await bot.get_chat_member_count(group.id) == 3
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(boris.id, "здравствуйте")


async def test_faults_are_what_the_library_calls_them(bot: Bot, sim: Simulator) -> None:
    anna = sim.add_user("Анна")
    await anna.chat.send("вопрос")
    sim.faults.reset_after("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "дошло")
    assert [m.text for m in anna.chat.unread()] == ["дошло"]
    sim.faults.reset_before("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "не дошло")
    assert len(anna.chat.unread()) == 1
    sim.faults.html("sendMessage", 502)
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "не дошло")
    held = sim.faults.hold_after("sendMessage")
    sending = asyncio.create_task(bot.send_message(anna.id, "придержано"))
    await held.reached.wait()
    assert not sending.done()
    held.release()
    assert (await sending).text == "придержано"
    await sim.go_down()
    with pytest.raises(NetworkError):
        await bot.get_me()
    await sim.come_up()
    assert (await bot.get_me()).is_bot


async def _next(bot: Bot, kind: str) -> Update:
    """Return the next update of this kind, confirming those before it."""
    offset = 0
    while True:
        for update in await bot.get_updates(offset, timeout=5, allowed_updates=Update.ALL_TYPES):
            offset = update.update_id + 1
            if getattr(update, kind) is not None:
                return update
