"""Which questions ask for somebody's words."""

from pathlib import Path

import pytest

from bot.chat.sayings import Saying, read_saying

TABLE = Path(__file__).parents[2] / "data" / "sayings.txt"
LINES = [
    line
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def expected(words: str) -> Saying | None:
    """Return what the right side of a line says."""
    if words == "-":
        return None
    if words.startswith("~"):
        return Saying(words[1:], "", is_mixed=True)
    who, _, about = words.partition("|")
    return Saying(who.strip(), about.strip())


@pytest.mark.parametrize("line", LINES)
def test_who_is_asked_for_and_about_what(line: str) -> None:
    """In any order of words, in three languages; another question asks for nobody's words."""
    question, _, words = line.partition(" =>")
    assert read_saying(question) == expected(words.strip())
