"""Every sentence a person reads has its translations, and they fit."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.locales import FOLDER, get_locale
from index.types import Language

BOT = Path(__file__).parents[2] / "bot"

#: The calls that take a sentence, and the place of it among their arguments.
CALLS = {"text": 0, "count": 0, "UserError": 0, "Command": 2}

TRANSLATED = [Language.RU, Language.AZ]


def _sentences() -> set[str]:
    """Return the ids of the sentences that the code names, a plural one by its singular."""
    modules = (path for path in BOT.rglob("*.py") if "simulator" not in path.parts)
    return {first for path in modules for first in _named_in(path)}


def _named_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = CALLS.get(name, len(node.args))
            given = node.args[place] if place < len(node.args) else None
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value


def _messages(language: Language) -> dict[str, Message]:
    with (FOLDER / language.value / "messages.po").open("rb") as file:
        catalog = read_po(file, locale=language.value)
    return {_first(message.id): message for message in catalog if message.id}


def _first(value: str | tuple[str, ...] | list[str]) -> str:
    return value if isinstance(value, str) else value[0]


def _forms(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_none_is_left_over(language: Language) -> None:
    """`make texts` brings the catalogues up to date; a person fills them in."""
    messages = _messages(language)
    assert set(messages) == _sentences()
    empty = [key for key, message in messages.items() if not all(_forms(message.string))]
    assert empty == []
    assert [key for key, message in messages.items() if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_the_same(language: Language) -> None:
    """A translation that drops or invents a placeholder would fail before a reader's eyes."""
    for key, message in _messages(language).items():
        expected = set().union(*map(_placeholders, _forms(message.id)))
        for form in _forms(message.string):
            assert _placeholders(form) == expected, f"{key!r} → {form!r}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_the_english_text(language: Language) -> None:
    """A sentence copied over untranslated would pass for a translation."""
    same = [key for key, m in _messages(language).items() if key in _forms(m.string)]
    assert [key for key in same if any(char.isalpha() for char in key)] == []


def test_plural_forms() -> None:
    """Russian has three, Azerbaijani one, English two."""
    russian = get_locale(Language.RU)
    said = [russian.count("{n} article", "{n} articles", n) for n in (1, 2, 5, 11, 21, 104)]
    assert said == ["1 статья", "2 статьи", "5 статей", "11 статей", "21 статья", "104 статьи"]
    assert get_locale(Language.EN).count("{n} article", "{n} articles", 2) == "2 articles"
    assert get_locale(Language.AZ).count("{n} article", "{n} articles", 2) == "2 məqalə"
