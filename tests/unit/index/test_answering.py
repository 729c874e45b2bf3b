"""What of a passage is shown."""

import pytest

from index.answering import find_excerpt
from index.bm25 import BM25
from index.paragraphs import find_terms
from index.ranking import passage_bag, read_question

TEXT = (
    "Хартию готовят два года. Её подпишут 14 марта в Сольвике. "
    "«Мы довольны», — сказал министр Арно Велин. Участвуют 12 стран."
)


def sentence_for(question: str) -> str:
    """Return the sentence of TEXT shown for a question."""
    model = BM25([passage_bag(find_terms(TEXT), ())])
    return find_excerpt(TEXT, read_question(question, model.snapshot)).sentence.of(TEXT)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("сколько лет готовят хартию", "Хартию готовят"),
        ("где подпишут", "Её подпишут"),
        ("кто доволен?", "«Мы довольны"),
        ("какие страны участвуют", "Участвуют"),
    ],
)
def test_the_best_sentence(question: str, start: str) -> None:
    """The one with most of the question's words, or what it asks for."""
    assert sentence_for(question).startswith(start)


def test_matching_words_are_marked_once_each() -> None:
    """In text order, whole words, compounds whole."""
    text = "Дата-центры и порт: порты, дата-центр."
    model = BM25([passage_bag(find_terms(text), ())])
    excerpt = find_excerpt(text, read_question("дата-центр в порту", model.snapshot))
    assert [span.of(text) for span in excerpt.highlights] == [
        *("Дата-центры", "порт", "порты", "дата-центр"),
    ]


def test_a_text_without_sentences_is_shown_whole() -> None:
    """Nothing to choose from."""
    model = BM25([("порт",)])
    excerpt = find_excerpt("", read_question("порт", model.snapshot))
    assert (excerpt.sentence.start, excerpt.sentence.stop) == (0, 0)
