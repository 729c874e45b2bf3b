"""Every line of the tables finds its paragraph of the demo among the first three."""

import pytest

from index.engine import PolicyIndex
from index.evaluation import as_articles
from tests.unit.tables import pairs
from tests.unit.test_golden import passages

TABLES = (
    *("found_forms", "found_numbers", "found_latin"),
    *("found_layouts", "found_transliterations", "found_synonyms", "found_slips"),
)
LINES = [(name, *pair) for name in TABLES for pair in pairs(f"{name}.txt")]

#: A table shorter than this shows nothing.
LEAST_LINES = 12


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Return the paragraphs of the demo."""
    return [passage.text for passage in passages()]


@pytest.fixture(scope="module")
def index() -> PolicyIndex:
    """Return the demo's index; paragraph ids are places in `texts`."""
    index = PolicyIndex()
    index.add(as_articles(passages()), version=1)
    return index


@pytest.mark.parametrize(("table", "question", "words"), LINES)
def test_found(table: str, question: str, words: str, texts: list[str], index: PolicyIndex) -> None:
    """Each line of the tables holds."""
    hits = index.answer(question).hits[:3]
    assert any(words in texts[hit.paragraph_id] for hit in hits), table


@pytest.mark.parametrize("table", TABLES)
def test_the_words_of_a_line_are_in_the_demo(table: str, texts: list[str]) -> None:
    """And a table has lines enough."""
    lines = pairs(f"{table}.txt")
    assert len(lines) >= LEAST_LINES
    for _, words in lines:
        assert any(words in text for text in texts), words
