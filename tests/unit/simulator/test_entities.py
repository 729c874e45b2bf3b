"""What Telegram's apps find in a text that a person types."""

import pytest

from bot.simulator.entities import find_entities
from bot.simulator.utf16 import utf16_length, utf16_positions, utf16_slice

FOUND = [
    ("/start p12", [("bot_command", "/start")]),
    ("/ask@paragraf_bot порт", [("bot_command", "/ask@paragraf_bot")]),
    ("😀😀 /help", [("bot_command", "/help")]),
    ("@paragraf_bot, когда?", [("mention", "@paragraf_bot")]),
    ("см. https://example.org/a?b=1.", [("url", "https://example.org/a?b=1")]),
    ("пишите на a.b@example.org", [("email", "a.b@example.org")]),
    ("открой example.org", [("url", "example.org")]),
    ("#порт и #2026", [("hashtag", "#порт")]),
    ("1/2 и/или км/ч", []),
    ("просто текст", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_commands_mentions_and_links_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_entities(text)
    assert [(e["type"], utf16_slice(text, e["offset"], e["length"])) for e in found] == expected


def test_nothing_is_found_in_monospaced_text() -> None:
    code = {"type": "code", "offset": 0, "length": 5}
    assert find_entities("/help /ask", [code]) == [
        {"type": "bot_command", "offset": 6, "length": 4}
    ]


def test_positions_count_surrogates_twice() -> None:
    assert utf16_length("а😀") == 3
    assert utf16_positions("а😀б") == [0, 1, 3, 4]
    assert utf16_slice("а😀б", 1, 2) == "😀"
