"""What a topic in everyday words matches."""

import pytest

from index.languages import tokenize
from index.percolation import read_topic, widen
from index.synonyms import with_own
from tests.unit.tables import pairs


@pytest.mark.parametrize(("line", "expected"), pairs("topics_ru.txt"))
def test_topics(line: str, expected: str) -> None:
    """In any form, by synonyms, and without what is excluded."""
    words, passage = (part.strip() for part in line.split("|"))
    lemmas = {lemma for token in tokenize(passage) for lemma in token.lemmas}
    assert read_topic(words).matches(lemmas) == (expected == "yes")


def test_a_topic_is_no_longer_than_a_question() -> None:
    """Whoever pastes an article follows its first words."""
    assert len(read_topic(" ".join(f"слово{number}" for number in range(1000))).include) == 64


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("дебаркадер -учения", "дебаркадер -учения"),
        ("дебаркадер -учения", "дебаркадер в порту…"),
        ("плавучий кран", "плавучий кран"),
    ],
)
def test_a_topic_takes_the_synonyms_that_came_after_it(words: str, title: str) -> None:
    """Also one whose first words alone are remembered; what is excluded stays excluded."""
    table = with_own((("дебаркадер", "причал"), ("плавучий кран", "причал")))
    query = read_topic(words)
    assert not query.matches({"причал"})
    assert widen(query, title, table).matches({"причал"})
    assert not widen(read_topic("порт -дебаркадер"), "порт", table).matches({"порт", "причал"})
    assert widen(query, title, with_own(())) is query
