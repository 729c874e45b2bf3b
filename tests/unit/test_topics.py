"""What a topic in everyday words matches."""

import pytest

from index.languages import tokenize
from index.percolation import read_topic
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
