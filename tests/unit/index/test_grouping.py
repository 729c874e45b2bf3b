"""Which passages are copies, and which tell one fact differently."""

from datetime import date

import pytest

from index.answering import find_excerpt
from index.grouping import find_rival, group_copies
from index.types import Excerpt, Passage, Question, QuestionWord, Quotation, Span

PORT = "Порт в Кортане откроют 14 марта, сообщил министр транспорта."


def quoted(text: str, question: Question | None = None) -> Quotation:
    passage = Passage(
        1, 1, 1, 1, "Статья", date(2026, 1, 1), None, None, 1, Span(0, len(text)), text
    )
    excerpt = find_excerpt(text, question) if question else Excerpt(Span(0, len(text)), ())
    return Quotation(passage, excerpt, 1.0)


def asked(*lemmas: str) -> Question:
    words = tuple(QuestionWord(lemma, lemma, (lemma,), 3.0) for lemma in lemmas)
    return Question(" ".join(lemmas), words)


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (PORT, True),
        ("«Порт в Кортане откроют 14 марта», – сообщил министр транспорта.", True),
        ("Порт в Кортане откроют 14 марта, сообщила министр транспорта.", True),
        ("Порт в Кортане откроют 15 марта, сообщил министр транспорта.", False),
        ("Порт в Кортане откроют 14 апреля, сообщил министр транспорта.", False),
        ("Порт откроют 14 марта.", False),
        ("", False),
    ],
)
def test_a_copy_has_nearly_all_the_words_and_all_the_numbers(other: str, is_copy: bool) -> None:
    """Punctuation and a word's form do not count; a figure does."""
    groups = group_copies([quoted(PORT), quoted(other)])
    assert [len(group.copies) for group in groups] == ([1] if is_copy else [0, 0])


def test_groups_keep_the_order_of_their_first() -> None:
    """The best passage stays the best."""
    harvest = "Урожай вырос на треть."
    groups = group_copies([quoted(PORT), quoted(harvest), quoted(PORT), quoted(harvest)])
    assert [group.quotation.passage.text for group in groups] == [PORT, harvest]
    assert [len(group.copies) for group in groups] == [1, 1]


@pytest.mark.parametrize(
    ("first", "other", "differ"),
    [
        ("Строительство порта обошлось в 2 млрд.", "Строительство порта обошлось в 3 млрд.", True),
        ("Порт откроют в марте.", "Порт откроют в апреле.", True),
        # One tells more than the other, and nothing else.
        ("Порт откроют в марте.", "Порт откроют 14 марта.", False),
        # Two facts of one subject.
        ("Строительство порта обошлось в 2 млрд.", "В порту работают 22 лоцмана.", False),
        ("Порт откроют в марте.", "Школу откроют в апреле.", False),
        ("Порт откроют.", "Порт закроют.", False),
    ],
)
def test_two_sentences_differ_when_their_numbers_do(first: str, other: str, differ: bool) -> None:
    """They share the rare words of the question and most of the rest."""
    question = asked("порт")
    groups = group_copies([quoted(first, question), quoted(other, question)])
    assert find_rival(groups, question) == (1 if differ else None)


def test_nothing_differs_from_nothing() -> None:
    """No groups, one group, a question without words that articles have."""
    one = group_copies([quoted("Порт откроют в марте.")])
    two = group_copies([quoted("Порт откроют в марте."), quoted("Порт откроют в мае.")])
    assert find_rival((), asked("порт")) is None
    assert find_rival(one, asked("порт")) is None
    assert find_rival(two, Question("что", ())) is None
