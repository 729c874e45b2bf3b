"""Required parameters and types of every supported method, against a table written apart."""

import pytest

from bot.simulator.errors import ApiError
from bot.simulator.methods import METHODS
from bot.simulator.parameters import METHOD_PARAMETERS, proper_name, read_parameters
from bot.simulator.wire import RawCall, Upload, read_call

# method, required parameters, an optional one and a value of a wrong type for it
TABLE = [
    ("getMe", {}, None, None),
    ("getUpdates", {}, "offset", "soon"),
    ("deleteWebhook", {}, "drop_pending_updates", "perhaps"),
    ("getWebhookInfo", {}, None, None),
    ("sendMessage", {"chat_id": 1, "text": "а"}, "disable_notification", 1),
    ("sendPhoto", {"chat_id": 1, "photo": "id"}, "has_spoiler", "1"),
    ("sendDocument", {"chat_id": 1, "document": "id"}, "caption", 5),
    ("forwardMessage", {"chat_id": 1, "from_chat_id": 2, "message_id": 3}, "protect_content", 0),
    ("copyMessage", {"chat_id": 1, "from_chat_id": 2, "message_id": 3}, "caption", []),
    ("sendChatAction", {"chat_id": 1, "action": "typing"}, "message_thread_id", "a"),
    ("editMessageText", {"text": "а"}, "message_id", "1.5"),
    ("editMessageCaption", {}, "inline_message_id", 7),
    ("editMessageReplyMarkup", {}, "reply_markup", "none"),
    ("deleteMessage", {"chat_id": 1, "message_id": 2}, None, None),
    ("deleteMessages", {"chat_id": 1, "message_ids": [2]}, None, None),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "show_alert", "ja"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": []}, "cache_time", True),
    (
        "answerGuestQuery",
        {
            "guest_query_id": "1",
            "result": {
                "type": "article",
                "id": "1",
                "title": "а",
                "input_message_content": {"message_text": "а"},
            },
        },
        None,
        None,
    ),
    ("getFile", {"file_id": "1"}, None, None),
    ("setMyCommands", {"commands": []}, "scope", "default"),
    ("getMyCommands", {}, "language_code", 1),
    ("deleteMyCommands", {}, "scope", []),
    ("setMyName", {}, "name", 1),
    ("getMyName", {}, "language_code", 1),
    ("setMyDescription", {}, "description", 1),
    ("getMyDescription", {}, "language_code", 1),
    ("setMyShortDescription", {}, "short_description", 1),
    ("getMyShortDescription", {}, "language_code", 1),
    ("setChatMenuButton", {}, "chat_id", "@name"),
    ("getChatMenuButton", {}, "chat_id", "@name"),
    ("getChat", {"chat_id": "@name"}, None, None),
    ("getChatMember", {"chat_id": 1, "user_id": 2}, None, None),
    ("getChatAdministrators", {"chat_id": 1}, "return_bots", "x"),
    ("getChatMemberCount", {"chat_id": 1}, None, None),
    ("leaveChat", {"chat_id": 1}, None, None),
]


@pytest.mark.parametrize(("method", "required", "optional", "wrong"), TABLE)
def test_required_parameters_and_types(
    method: str, required: dict[str, object], optional: str | None, wrong: object
) -> None:
    told: list[str] = []
    assert read_parameters(method, RawCall(dict(required)), told.append) == required
    assert told == []
    for name in required:
        rest = {other: value for other, value in required.items() if other != name}
        with pytest.raises(ApiError):
            read_parameters(method, RawCall(rest), told.append)
    if optional:
        with pytest.raises(ApiError):
            read_parameters(method, RawCall({**required, optional: wrong}), told.append)


def test_the_table_is_complete() -> None:
    assert [row[0] for row in TABLE] == list(METHOD_PARAMETERS)
    assert METHOD_PARAMETERS.keys() == METHODS.keys() | {"getUpdates"}


def test_unknown_parameters_are_told_and_left_out() -> None:
    told: list[str] = []
    raw = RawCall({"file_id": "1", "colour": "red"}, {"extra": Upload("a", "b", b"")})
    assert read_parameters("getFile", raw, told.append) == {"file_id": "1"}
    assert told == ["unknown parameter colour='red'", "unknown file extra"]


def test_unknown_fields_are_told_and_wrong_ones_refused() -> None:
    told: list[str] = []
    raw = RawCall({"chat_id": 1, "text": "а", "reply_parameters": '{"message_id": 5, "x": 1}'})
    params = read_parameters("sendMessage", raw, told.append)
    assert params["reply_parameters"] == {"message_id": 5}
    assert told == ["unknown field reply_parameters.x"]
    raw = RawCall({"chat_id": 1, "text": "а", "reply_parameters": '{"message_id": "5"}'})
    with pytest.raises(ApiError):
        read_parameters("sendMessage", raw, told.append)


def test_methods_are_found_in_any_case() -> None:
    assert proper_name("SENDMESSAGE") == "sendMessage"
    assert proper_name("sendEverything") is None


@pytest.mark.parametrize(
    ("query", "content_type", "body", "expected"),
    [
        ("a=1&b=", "", b"", {"a": "1", "b": ""}),
        ("", "application/json", '{"a": 1, "б": [2]}'.encode(), {"a": 1, "б": [2]}),
        (
            "a=0",
            "application/x-www-form-urlencoded",
            b"a=1%2B1&c=%D0%B0+b",
            {"a": "1+1", "c": "а b"},
        ),
        (
            "",
            'multipart/form-data; boundary="x"',
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n2\r\n--x--\r\n',
            {"a": "1\r\n2"},
        ),
    ],
)
def test_every_encoding_gives_the_same_parameters(
    query: str, content_type: str, body: bytes, expected: dict[str, object]
) -> None:
    assert read_call(query, content_type, body).params == expected


def test_files_in_multipart_keep_their_bytes() -> None:
    content = b"\x00\r\n--y\r\n\xff"
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="\xd0\xb0.bin"\r\n'
        b"Content-Type: image/png\r\n\r\n" + content + b"\r\n--x--\r\n"
    )
    uploads = read_call("", "multipart/form-data; boundary=x", body).uploads
    assert uploads == {"f": Upload("а.bin", "image/png", content)}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"[1]"),
        ("application/json", b"{"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: a\r\n\r\n1\r\n--x--"),
    ],
)
def test_broken_bodies_are_refused(content_type: str, body: bytes) -> None:
    with pytest.raises(ApiError):
        read_call("", content_type, body)
