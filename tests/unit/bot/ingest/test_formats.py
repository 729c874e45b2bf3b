"""Bytes become text, whatever encoding they come in."""

import codecs

import pytest

from bot.errors import UserError
from bot.ingest.formats import read_format
from bot.ingest.signatures import find_format


def read(content: bytes, name: str) -> str:
    """Return the text of a file."""
    return read_format(content, find_format(content, name)).text


TEXT = "Морской порт откроют 14 марта — так сказал министр. Ёмкость складов: 500 тонн."


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp1251"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_encodings(content: bytes) -> None:
    """UTF-8 with or without a mark, Windows-1251, UTF-16 with a mark."""
    assert read(content, "a.txt") == TEXT


def test_line_ends_are_one_kind() -> None:
    """So that a paragraph is a line."""
    assert read("Один\r\nДва\rТри".encode(), "a.txt") == "Один\nДва\nТри"


@pytest.mark.parametrize(
    "content", [b"BM6\x00\x00\x00\x00\x00", b"\x00\x01\x02\x03", b"\xff\xfe\x00"]
)
def test_what_is_not_text_is_refused(content: bytes) -> None:
    """A picture named .txt is still a picture."""
    with pytest.raises(UserError, match="not a text file"):
        read(content, "a.txt")


def test_unknown_kinds_are_refused_with_the_known_ones() -> None:
    """By name."""
    with pytest.raises(UserError) as caught:
        read(b"MZ", "a.exe")
    assert "txt" in str(caught.value.values["formats"])


def test_markdown_is_read_as_its_words() -> None:
    """Signs are left out, a wrapped paragraph is one line, header lines stay."""
    source = (
        "---\ntitle: Порт\ndate: 2026-01-22\n---\n# Порт открыт\n\nЕго *ждали*\n"
        "[десять лет](https://example.org).\n\n- раз\n- два\n\n> Цитата `кода`\n\n"
        "| а | б |\n|---|---|\n| в | г |\n"
    )
    lines = read(source.encode(), "a.md").splitlines()
    assert lines[1:3] == ["title: Порт", "date: 2026-01-22"]
    assert lines[4:] == [
        *("Порт открыт", "Его ждали десять лет.", "раз", "два", "Цитата кода"),
        *("а", "б", "в", "г"),
    ]
