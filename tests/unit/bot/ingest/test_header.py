"""What an article says of itself is read, in every form it comes in."""

from datetime import date

import pytest

from bot.errors import UserError
from bot.ingest.header import Header, parse_day, parse_header
from index.types import Language

DAY = date(2026, 1, 22)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Порт открыт.\n", Header("Порт открыт.\n")),
        (
            "title: Порт\ndate: 2026-01-22\n\nОткрыт.",
            Header("Открыт.", title="Порт", day=DAY),
        ),
        (
            "Language: EN\nSOURCE:  Gazette \nURL: https://example.org/a\ntitle:\nOpen.",
            Header("Open.", url="https://example.org/a", source="Gazette", language=Language.EN),
        ),
        ("---\ndate: 22.01.2026\n---\nОткрыт.", Header("Открыт.", day=DAY)),
        (" date 2026-01-22 Порт\nоткрыт.", Header("Порт\nоткрыт.", day=DAY)),
        ("\n\ndate: 22 января 2026 г.\nДа.", Header("Да.", day=DAY)),
        ("date: 2026-01-22", Header("", day=DAY)),
        ("Он сказал: да.\ntitle: не заголовок", Header("Он сказал: да.\ntitle: не заголовок")),
    ],
)
def test_header(text: str, header: Header) -> None:
    """Header lines in any order and case, or the inline form; the rest is the body as it is."""
    assert parse_header(text) == header


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-22",
        "22.01.2026",
        "22/1/2026",
        "22 января 2026",
        "January".join(["22 ", " 2026"]),
        "22 yanvar 2026",
        " 22 января 2026 года ",
    ],
)
def test_days(text: str) -> None:
    """As people write them in three languages."""
    assert parse_day(text) == DAY


@pytest.mark.parametrize("text", ["", "вчера", "31.02.2026", "2026-13-01", "22 явнаря 2026", "1"])
def test_what_is_no_day_is_named(text: str) -> None:
    """In a sentence that shows how to write one."""
    with pytest.raises(UserError) as caught:
        parse_day(text)
    assert caught.value.values == {"text": text}


@pytest.mark.parametrize(
    "line", ["url: example.org/a", "url: javascript:alert(1)", "url: https://", "language: de"]
)
def test_what_cannot_be_read_is_refused(line: str) -> None:
    """Rather than stored wrong."""
    with pytest.raises(UserError):
        parse_header(f"{line}\nТекст.")
