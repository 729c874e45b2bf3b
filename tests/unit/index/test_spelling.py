"""Questions are read as they were meant, and left alone when nothing speaks for another reading."""

from pathlib import Path

import pytest

from index.languages import tokenize
from index.spelling import correct, mend


class Words(dict[str, int]):
    """Words with their counts, all of which may be near."""

    def count(self, word: str) -> int:
        """Return the count of a word."""
        return self.get(word, 0)

    def near(self, _typed: str) -> list[str]:
        """Return all of them."""
        return list(self)


TABLE = Path(__file__).parents[2] / "data" / "spelling.txt"
VOCABULARY = Words(
    (word, count)
    for count, word in enumerate(
        "хартия партнерство морской порт открыться больница бережный искусственный интеллект "
        "socar кортан кордон м-4 g20 12 1.8 миллион млрд 2000 14.03.2025 февраль новый".split(),
        start=1,
    )
)


def _lines() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=>") for line in lines if not line.startswith("#"))
    return [(typed.strip(), meant.strip()) for typed, meant in pairs]


@pytest.mark.parametrize(("typed", "meant"), _lines())
def test_mend(typed: str, meant: str) -> None:
    """Each line of the table holds."""
    assert mend(typed, VOCABULARY) == meant


@pytest.mark.parametrize("word", ["канат", "год", "907", "g20", "порт-порт", "кот"])
def test_what_is_no_slip_is_left(word: str) -> None:
    """Words of the dictionary, short words, numbers, compounds."""
    assert correct(tokenize(word)[0], VOCABULARY) is None


def test_the_more_frequent_of_two_neighbours() -> None:
    """And of equals the first by alphabet."""
    (token,) = tokenize("кордан")
    assert correct(token, Words({"кортан": 1, "кордон": 2})) == "кордон"
    assert correct(token, Words({"кортан": 2, "кордон": 1})) == "кортан"
    assert correct(token, Words({"кортан": 1, "кордон": 1})) == "кордон"


def test_a_slip_is_for_a_word_that_tells_something() -> None:
    """«four» is not «our», though an article has that."""
    (token,) = tokenize("four")
    assert correct(token, Words({"our": 3})) is None


def test_an_empty_vocabulary_mends_nothing() -> None:
    """There is nothing to aim at."""
    assert mend("хартея и кортан", Words()) == "хартея и кортан"
