"""A question with one of the words that mean the same finds the others too."""

import pytest

from index.bm25 import BM25
from index.paragraphs import find_terms
from index.ranking import passage_bag, read_question
from index.synonyms import Synonyms, shipped

TEXTS = [
    "Соединённые Штаты поддержали переговоры.",
    "Искусственный интеллект изменит экономику.",
    "В столице построят центр обработки данных.",
    "Новые дата-центры потребляют много энергии.",
    "SOCAR добыла нефть на шельфе.",
    "ВИЭ дают треть энергии.",
    "Министерство иностранных дел выразило протест.",
]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("что поддержали США", {0}),
        ("как ИИ изменит экономику", {1}),
        ("где построят ЦОД", {2, 3}),
        ("где построят дата-центр", {2, 3}),
        ("центры обработки данных", {2, 3}),
        ("сколько добыла ГНКАР", {4}),
        ("доля возобновляемых источников энергии", {5}),
        ("заявление МИД", {6}),
    ],
)
def test_each_word_of_a_group_finds_the_others(question: str, places: set[int]) -> None:
    """Whichever of them an article uses."""
    model = BM25([passage_bag(find_terms(text), ()) for text in TEXTS])
    terms = read_question(question, model.snapshot).terms
    found = {place for place, _ in model.top_n(terms, 10)}
    assert places <= found


def test_a_synonym_is_no_missing_word() -> None:
    """«США» is not said to be in no article when «Соединённые Штаты» are."""
    model = BM25([passage_bag(find_terms(TEXTS[0]), ())])
    assert read_question("США", model.snapshot).missing_words == ()


def test_without_a_table_a_word_is_itself() -> None:
    """An empty table changes nothing."""
    model = BM25([passage_bag(find_terms(text), ()) for text in TEXTS])
    assert read_question("США", model.snapshot, Synonyms.of([])).missing_words == ("сша",)


def test_an_own_table() -> None:
    """A corpus gives its own groups; one without telling words is passed over."""
    own = Synonyms.of([["порт", "гавань"], ["и", "или"]])
    model = BM25([("гавань",), ("рынок",)])
    assert read_question("порт", model.snapshot, own).terms == ("гавань",)


def test_every_group_of_the_table_has_two_phrases() -> None:
    """A group of one would be a slip of its writer."""
    assert all(shipped().others.values())
