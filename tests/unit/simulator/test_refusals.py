"""Telegram's refusals, word for word, over HTTP."""

import struct
from typing import Any

import httpx
import pytest

from bot.simulator import FloodRules, ManualClock, Room, Simulator

from .conftest import Api

INLINE = "inline_keyboard"


@pytest.fixture
async def room(sim: Simulator) -> Room:
    anna = sim.add_user("Анна")
    await anna.chat.send("/start")
    return anna.chat


def data(value: str) -> dict[str, Any]:
    return {INLINE: [[{"text": "а", "callback_data": value}]]}


BAD_SENDS = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "message text is empty"),
    ({"text": "\ud83d"}, "strings must be encoded in UTF-8"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "а" * 4097}, "message is too long"),
    ({"text": "а<br>", "parse_mode": "HTML"},
     'can\'t parse entities: Unsupported start tag "br" at byte offset 2'),
    ({"text": "а", "parse_mode": "Klingon"}, "unsupported parse_mode"),
    ({"text": "а", "reply_markup": data("я" * 32 + "a")}, "BUTTON_DATA_INVALID"),
    ({"text": "а", "reply_markup": data("")}, "BUTTON_DATA_INVALID"),
    ({"text": "а", "reply_markup": {"force_reply": True, "input_field_placeholder": "а" * 65}},
     "reply keyboard placeholder is too long"),
    ({"text": "а", "reply_markup": {INLINE: [[data("1")[INLINE][0][0] | {"url": "https://e.org"}]]}},
     "can't parse inline keyboard button: more than one action"),
    ({"text": "а", "reply_parameters": {"message_id": 1, "quote": "а" * 1025}},
     "QUOTE_TEXT_INVALID"),
    ({"text": "а", "reply_markup": {INLINE: [[{"text": "а"}]]}},
     "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ({"text": "а", "reply_markup": {INLINE: [[{"text": "а", "url": "http://localhost/"}]]}},
     "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL"),
    ({"text": "а", "reply_markup": {INLINE: [[{"text": "а", "copy_text": {"text": "x" * 257}}]]}},
     "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "а", "reply_markup": {INLINE: [data("1")[INLINE][0]] * 101}},
     "REPLY_MARKUP_TOO_LONG"),
    ({"text": "а", "reply_markup": {INLINE: [data("1")[INLINE][0] * 9]}},
     "REPLY_MARKUP_TOO_LONG"),
    ({"text": "а", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "а", "reply_parameters": {"message_id": 1, "quote": "чужое"}},
     "QUOTE_TEXT_INVALID"),
    ({"text": "а", "message_thread_id": 5}, "message thread not found"),
    ({"text": "а", "chat_id": 12345}, "chat not found"),
    ({"text": "а", "chat_id": "@nobody"}, "chat not found"),
]  # fmt: skip


@pytest.mark.parametrize(("params", "words"), BAD_SENDS)
async def test_what_cannot_be_sent(
    api: Api, room: Room, params: dict[str, Any], words: str
) -> None:
    refusal = await api.refusal("sendMessage", **{"chat_id": room.id, **params})
    assert refusal == f"Bad Request: {words}"
    assert room.unread() == []


GOOD_SENDS: list[dict[str, Any]] = [
    {"text": "а" * 4096},
    {"text": "<b>" + "&lt;" * 4096 + "</b>", "parse_mode": "HTML"},
    {"text": "а", "reply_markup": data("я" * 32)},
    {"text": "а", "reply_markup": {INLINE: [data("1")[INLINE][0]] * 100}},
    {"text": "а", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}},
    {"text": "а", "reply_parameters": {"message_id": 1, "quote": "start"}},
]


@pytest.mark.parametrize("params", GOOD_SENDS)
async def test_what_is_just_within_the_limits(
    api: Api, sim: Simulator, room: Room, params: dict[str, Any]
) -> None:
    await api.result("sendMessage", chat_id=room.id, **params)
    assert len(room.unread()) == 1
    assert sim.journal.violations == []


async def test_white_space_at_the_ends_is_cut_and_entities_follow(api: Api, room: Room) -> None:
    text = "\r\n 😀 <b>а\r\n </b> "
    sent = await api.result("sendMessage", chat_id=room.id, text=text, parse_mode="HTML")
    assert sent["text"] == "😀 а"
    assert sent["entities"] == [{"type": "bold", "offset": 3, "length": 1}]


async def test_length_in_utf16_units_is_told(api: Api, sim: Simulator, room: Room) -> None:
    await api.result("sendMessage", chat_id=room.id, text="😀" * 2049)
    assert "longer than 4096 UTF-16 units" in sim.journal.violations[0]


async def test_entities_after_the_hundredth_are_dropped(
    api: Api, sim: Simulator, room: Room
) -> None:
    text = "<b>а</b> " * 101
    sent = await api.result("sendMessage", chat_id=room.id, text=text, parse_mode="HTML")
    assert len(sent["entities"]) == 100
    assert "101 entities" in sim.journal.violations[0]


async def test_quotations_have_a_length(api: Api, room: Room) -> None:
    long = await room.send("а" * 1100)
    for length, taken in ((1024, True), (1025, False)):
        quoting = {"message_id": long.id, "quote": "а" * length}
        answer = await api("sendMessage", chat_id=room.id, text="б", reply_parameters=quoting)
        assert answer["ok"] == taken


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height)


@pytest.mark.parametrize(
    ("method", "content", "words"),
    [
        ("sendPhoto", png(5000, 5000), None),
        ("sendPhoto", png(5000, 5001), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", png(2100, 100), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", png(0, 10), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", png(9, 9) + b"x" * 10 * 1024 * 1024, "Request Entity Too Large"),
        ("sendDocument", b"", "Bad Request: file must be non-empty"),
    ],
    ids=["fits", "sum", "ratio", "empty side", "too many bytes", "no bytes"],
)
async def test_uploads(
    api: Api, room: Room, method: str, content: bytes, words: str | None
) -> None:
    name = "photo" if method == "sendPhoto" else "document"
    response = await api.http.post(
        f"{api.base}/{method}", data={"chat_id": str(room.id)}, files={name: ("a", content)}
    )
    assert response.json().get("description") == words


async def test_names_and_descriptions(api: Api) -> None:
    await api.result("setMyName", name="а" * 64)
    await api.result("setMyShortDescription", short_description="а" * 120)
    await api.result("setMyDescription", description="а" * 512)
    for method, name, length in (
        ("setMyName", "name", 65),
        ("setMyShortDescription", "short_description", 121),
        ("setMyDescription", "description", 513),
    ):
        assert "is too long" in await api.refusal(method, **{name: "а" * length})


async def test_captions_are_shorter(api: Api, room: Room) -> None:
    file = (await room.send_file("a.txt", b"a")).json["document"]["file_id"]
    sending = {"chat_id": room.id, "document": file}
    await api.result("sendDocument", **sending, caption="а" * 1024)
    refusal = await api.refusal("sendDocument", **sending, caption="а" * 1025)
    assert refusal == "Bad Request: message caption is too long"


async def test_edits(api: Api, room: Room) -> None:
    sent = await api.result("sendMessage", chat_id=room.id, text="а", reply_markup=data("1"))
    which = {"chat_id": room.id, "message_id": sent["message_id"]}
    not_modified = (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )
    same = {**which, "text": "а", "reply_markup": data("1")}
    assert await api.refusal("editMessageText", **same) == not_modified
    edited = await api.result("editMessageText", **which, text="а")
    assert "reply_markup" not in edited
    assert await api.refusal("editMessageReplyMarkup", **which) == not_modified
    missing = {**which, "message_id": 999}
    words = await api.refusal("editMessageText", **missing, text="б")
    assert words == "Bad Request: message to edit not found"
    words = await api.refusal("editMessageText", chat_id=room.id, message_id=1, text="б")
    assert words == "Bad Request: message can't be edited"
    words = await api.refusal("editMessageCaption", **which, caption="б")
    assert words == "Bad Request: there is no caption in the message to edit"
    words = await api.refusal("editMessageText", inline_message_id="none", text="б")
    assert words == "Bad Request: MESSAGE_ID_INVALID"
    assert await api.result("deleteMessage", **which)
    words = await api.refusal("deleteMessage", **which)
    assert words == "Bad Request: message to delete not found"


async def test_old_messages_stay(api: Api, room: Room, clock: ManualClock) -> None:
    sent = await api.result("sendMessage", chat_id=room.id, text="а")
    clock.advance(48 * 3600)
    words = await api.refusal("deleteMessage", chat_id=room.id, message_id=sent["message_id"])
    assert words == "Bad Request: message can't be deleted"


TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_queries_grow_old(api: Api, sim: Simulator, clock: ManualClock) -> None:
    anna = sim.add_user("Анна")
    query = sim.state.queries.add("callback", anna.user, clock.now())
    long = await api.refusal("answerCallbackQuery", callback_query_id=query.id, text="а" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    url = await api.refusal(
        "answerCallbackQuery", callback_query_id=query.id, url="https://example.org/"
    )
    assert url == "Bad Request: URL_INVALID"
    clock.advance(150)
    assert await api.refusal("answerCallbackQuery", callback_query_id=query.id) == TOO_OLD
    assert await api.refusal("answerCallbackQuery", callback_query_id="none") == TOO_OLD
    inline = sim.state.queries.add("inline", anna.user, clock.now())
    clock.advance(30)
    late = await api.refusal("answerInlineQuery", inline_query_id=inline.id, results=[])
    assert late == TOO_OLD
    assert sim.unanswered() == [query]


def card(number: str, text: str = "а") -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "а", "input_message_content": content}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"results": [card(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [card("1"), card("1")]}, "RESULT_ID_DUPLICATE"),
        ({"results": [card("я" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [card("1", "")]}, "message text is empty"),
        ({"results": [card("1", "<b>")]},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ({"results": [], "next_offset": "я" * 33}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "а", "start_parameter": "а б"}},
         "START_PARAM_INVALID"),
    ],
)  # fmt: skip
async def test_inline_answers(api: Api, sim: Simulator, params: dict[str, Any], words: str) -> None:
    query = sim.state.queries.add("inline", sim.add_user("Анна").user, sim.state.clock.now())
    refusal = await api.refusal("answerInlineQuery", inline_query_id=query.id, **params)
    assert refusal == f"Bad Request: {words}"
    assert query.answer is None


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"command": "Help", "description": "а"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "а"}, "BOT_COMMAND_INVALID"),
        ({"command": "help", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "help", "description": "а" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands(api: Api, command: dict[str, str], words: str) -> None:
    assert await api.refusal("setMyCommands", commands=[command]) == f"Bad Request: {words}"


async def test_too_many_commands(api: Api) -> None:
    commands = [{"command": f"c{number}", "description": "а"} for number in range(101)]
    refusal = await api.refusal("setMyCommands", commands=commands)
    assert refusal == "Bad Request: BOT_COMMANDS_TOO_MUCH"


async def test_wrong_addresses(sim: Simulator, http: httpx.AsyncClient) -> None:
    wrong_token = await http.get(f"{sim.api_url}/bot1:wrong/getMe")
    assert wrong_token.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    wrong_method = await http.get(f"{sim.api_url}/bot{sim.token}/getRich")
    assert wrong_method.status_code == 404
    assert wrong_method.json()["description"] == "Not Found: method not found"
    assert sim.journal.violations == ["getRich: no such method"]
    assert (await http.get(f"{sim.api_url}/file/bot{sim.token}/none")).status_code == 404


async def test_floods_are_refused_and_knocking_is_told(
    api: Api, sim: Simulator, room: Room
) -> None:
    sim.flood.rules = FloodRules()
    answers = [await api("sendMessage", chat_id=room.id, text=str(n)) for n in range(7)]
    assert [a["ok"] for a in answers] == [True] * 5 + [False] * 2
    assert answers[5]["description"] == "Too Many Requests: retry after 1"
    assert answers[5]["parameters"] == {"retry_after": 1}
    assert answers[6]["parameters"] == {"retry_after": 2}
    assert len(sim.journal.violations) == 1
    assert "during a ban" in sim.journal.violations[0]
    assert [m.text for m in room.unread()] == ["0", "1", "2", "3", "4"]
