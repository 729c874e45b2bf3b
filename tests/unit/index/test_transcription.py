"""Names that articles have in two alphabets."""

from datetime import date

import pytest

from index.engine import PolicyIndex
from index.languages import tokenize
from index.paragraphs import find_terms
from index.transcription import find_otherwise
from index.types import IndexedArticle, IndexedParagraph, Language

TEXTS = (
    "Компания «Масдар» построит парк.",
    "Masdar вложит миллиард.",
    "Philtex и «Филтекс» — одно и то же.",
    "Морской порт закрыт, as the port authority said.",
)


@pytest.fixture(scope="module")
def index() -> PolicyIndex:
    """Return an index of one article."""
    paragraphs = tuple(IndexedParagraph(n, n, find_terms(text)) for n, text in enumerate(TEXTS, 1))
    index = PolicyIndex()
    day = date(2026, 1, 22)
    index.add((IndexedArticle(1, "Новости", day, Language.RU, None, paragraphs),), 1)
    return index


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("масдар", {"masdar"}),
        ("Масдара", {"masdar"}),
        ("Masdar", {"масдар"}),
        ("филтексу", {"philtex"}),
        ("порт", set()),  # no name
        ("port", set()),
        ("парк", set()),
        ("2026", set()),
    ],
)
def test_a_name_in_other_letters(typed: str, terms: set[str], index: PolicyIndex) -> None:
    """Of those that articles have, in any case; a word of the dictionary is none."""
    (token,) = tokenize(typed)
    assert terms <= set(find_otherwise(token, index._state.words.document_frequency))
    assert bool(terms) == bool(find_otherwise(token, index._state.words.document_frequency))


@pytest.mark.parametrize("question", ["Масдар", "Masdar"])
def test_both_are_found_by_either(question: str, index: PolicyIndex) -> None:
    """Whichever of the two is typed."""
    assert {hit.paragraph_id for hit in index.answer(question).hits} == {1, 2}


def test_a_name_that_begins_with_ph_is_found_by_its_sound(index: PolicyIndex) -> None:
    """And the other way round."""
    assert index.answer("филтекс").hits[0].paragraph_id == 3
    assert index.answer("Philtex").hits[0].paragraph_id == 3
