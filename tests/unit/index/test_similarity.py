"""What likeness in meaning does to the first paragraphs. Likeness is given by hand here."""

from collections.abc import Sequence
from datetime import date

import pytest

from index.engine import PolicyIndex
from index.paragraphs import find_terms
from index.reranking import Match
from index.similarity import LIFTED, Similar, lift, likeness_share, likeness_signals
from index.types import IndexedArticle, IndexedParagraph, Language


def a_match(document: int, score: float) -> Match:
    return Match(document, score, (), 0.0)


def order(scores: Sequence[float], likeness: Sequence[float | None]) -> list[int]:
    matches = [a_match(document, score) for document, score in enumerate(scores)]
    lifted, _ = lift(matches, likeness)
    return [match.document for match in lifted]


def an_index(*texts: str) -> PolicyIndex:
    paragraphs = tuple(IndexedParagraph(n, n, find_terms(text)) for n, text in enumerate(texts, 1))
    day = date(2026, 1, 22)
    index = PolicyIndex()
    index.add((IndexedArticle(1, "О порте", day, Language.RU, None, paragraphs),), 1)
    return index


def knows(**likeness: float) -> Similar:
    """Return a likeness of paragraphs, named `p1`, `p2`; others have none."""
    return lambda _text, ids: [likeness.get(f"p{key}") for key in ids]


def test_the_liker_of_two_equals_comes_first() -> None:
    assert order([2, 2, 2], [0.4, 0.5, 0.45]) == [1, 2, 0]


def test_words_still_count() -> None:
    """A little liker is not enough to go before twice the words."""
    assert order([2, 1], [0.50, 0.52]) == [0, 1]
    assert order([2, 1], [0.50, 0.60]) == [1, 0]


def test_without_likeness_words_alone_decide() -> None:
    assert order([3, 2, 1], []) == [0, 1, 2]
    assert order([3, 2, 1], [None, None, None]) == [0, 1, 2]


def test_one_without_a_vector_keeps_its_place_among_equals() -> None:
    """It counts as the mean of the others: neither first nor last."""
    assert order([2, 2, 2], [0.4, None, 0.6]) == [2, 1, 0]


@pytest.mark.parametrize(
    ("shares", "likeness", "signals"),
    [
        (((1.0,), (1.0,), (1.0,)), (0.6, 0.5, 0.4), (6.0, 1.0)),
        (((1.0,), (1.0,), (1.0,)), (0.6, 0.7, None), (6.0, -1.0)),
        # a copy is no rival; what has other words of the question is
        (((1.0,), (1.0,), (1.0,)), (0.6, 0.6, 0.5), (6.0, 1.0)),
        (((1.0,), (0.5,), (1.0,)), (0.6, 0.6, 0.5), (6.0, 0.0)),
        (((1.0,),), (0.6,), (6.0, 0.0)),
        (((1.0,), (1.0,)), (None, 0.5), ()),
        ((), (), ()),
    ],
)
def test_the_first_has_its_likeness_and_its_lead(
    shares: Sequence[tuple[float, ...]],
    likeness: Sequence[float | None],
    signals: tuple[float, ...],
) -> None:
    matches = [Match(document, 1.0, each, 0.0) for document, each in enumerate(shares)]
    assert likeness_signals(matches, likeness) == pytest.approx(signals)


def test_only_the_first_are_moved() -> None:
    """Those further down stay where their words put them."""
    scores = [float(20 - n) for n in range(LIFTED + 2)]
    likeness = [0.4 + n / 10 for n in range(LIFTED)]
    assert order(scores, likeness)[LIFTED:] == [LIFTED, LIFTED + 1]


def test_the_share_of_likeness_counts_from_the_least_like() -> None:
    """What all of them have is no reason to show one."""
    ranked = [a_match(7, 2.0), a_match(8, 1.0), a_match(9, 1.0)]
    assert likeness_share(ranked, [0.5, 0.625, None], 7) == 0.0
    assert likeness_share(ranked, [0.5, 0.625, None], 8) == pytest.approx(2 / 3)
    assert likeness_share(ranked, [0.5, 0.625, None], 9) is None
    assert likeness_share(ranked, (), 7) is None


PORT = ("Порт откроют.", "Порт откроют.", "Порт откроют.")


def test_the_engine_takes_likeness_into_account() -> None:
    """In the order, in the confidence, and in saying why."""
    index = an_index(*PORT)
    by_words = index.answer("когда откроют порт")
    like = knows(p1=0.45, p2=0.6, p3=0.5)
    answer = index.answer("когда откроют порт", similar=like)
    assert by_words.hits[0].paragraph_id == 1
    assert [hit.paragraph_id for hit in answer.hits] == [2, 3, 1]
    liker = index.answer("когда откроют порт", similar=knows(p1=0.45, p2=0.7, p3=0.5))
    assert liker.confidence > answer.confidence
    told = [index.explain("когда откроют порт", n, similar=like) for n in (1, 2)]
    assert [each.likeness for each in told if each] == [0.0, pytest.approx(1.2 / 2.2)]
    untold = index.explain("когда откроют порт", 1)
    assert untold is not None
    assert untold.likeness is None


def test_where_the_first_has_no_vector_confidence_is_that_of_words() -> None:
    """An answer is no less sure for what the background has not done yet."""
    index = an_index("Порт откроют в мае.", "Порт.")
    by_words = index.answer("когда откроют порт в мае")
    answer = index.answer("когда откроют порт в мае", similar=knows(p2=0.4))
    assert (answer.confidence, answer.hits) == (by_words.confidence, by_words.hits)


def test_a_question_without_words_has_no_likeness() -> None:
    answer = an_index(*PORT).answer("что это?", similar=knows(p1=0.9))
    assert (answer.hits, answer.confidence) == ((), 0.0)
