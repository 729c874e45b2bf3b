"""What speaks for an answer, each signal by itself, and what verdict it makes."""

from datetime import date

import pytest

from index.confidence import BY_WORDS, confidence, judge
from index.engine import PolicyIndex
from index.paragraphs import find_terms
from index.reranking import Match
from index.types import IndexedArticle, IndexedParagraph, Language, Question, QuestionWord, Verdict

FILLER = " ".join(f"слово{n}" for n in range(20))


def signals(question: str, *texts: str, title: str = "Новости") -> tuple[float, ...]:
    """Return what speaks for the first paragraph of one article: score, own, named, close."""
    paragraphs = tuple(IndexedParagraph(n, n, find_terms(text)) for n, text in enumerate(texts, 1))
    index = PolicyIndex()
    day = date(2026, 1, 22)
    index.add((IndexedArticle(1, title, day, Language.RU, None, paragraphs),), 1)
    return index.answer(question).signals


def test_words_of_the_title_alone_tell_nothing() -> None:
    """Every paragraph of the article has them; what counts is what it has beside."""
    texts = ("Его откроют весной.", "Глубина у причала восемь метров.")
    assert signals("когда откроют порт", *texts, title="Новый порт")[1] == 1.0
    assert signals("какой флаг у порта", *texts, title="Новый порт")[1] == 0.0
    assert signals("новый порт", *texts, title="Новый порт")[1] == 0.5
    some = signals("глубина причала", *texts, title="Новый порт")[1]
    assert some == 1.0
    assert 0 < signals("глубина моря", *texts, title="Новый порт")[1] < 1


def test_a_name_or_a_number_that_is_lacking_speaks_against() -> None:
    """Beside the rarest word; other words lacking do not."""
    texts = ("Порт Кортан открыли в 2024 году.", "Рынок закрыт.")
    assert signals("когда открыли порт Кортан", *texts)[2] == 1.0
    assert signals("кто чинил порт Кортан", *texts)[2] == 1.0
    assert signals("когда открыли порт Сольвик", *texts)[2] == 0.0
    assert signals("порт открыли в 2031", *texts)[2] == 0.0


@pytest.mark.parametrize("lacking", ["франции", "Франции", "смирнов"])
def test_a_name_is_known_in_small_letters_too(lacking: str) -> None:
    """By the dictionary: who is in a hurry writes none with a capital."""
    texts = ("Порт Кортан открыли в 2024 году.", "Рынок закрыт.")
    assert signals(f"порт открыли {lacking}", *texts)[2] == 0.0
    assert signals("порт открыли рыбаки", *texts)[2] == 1.0


def test_many_words_close_together_say_more_than_few() -> None:
    """And more than the same ones far apart."""
    near, far = "Морской порт примет суда.", f"Морской {FILLER} порт. {FILLER} Примет суда."
    other = "Рынок закрыт."
    many = signals("морской порт примет суда", near, other)[3]
    assert many > signals("морской порт", near, other)[3]
    assert many > signals("морской порт примет суда", far, other)[3]


def test_no_signals_are_no_confidence() -> None:
    """Nothing was found."""
    assert confidence(()) == 0.0
    assert 0 < confidence((0.0,) * len(BY_WORDS.weights)) < BY_WORDS.near_bar


@pytest.mark.parametrize(
    ("sure", "shares", "missing", "verdict"),
    [
        (0.9, (1.0, 1.0, 0.0), (), Verdict.ANSWER),
        (0.9, (1.0, 0.0), (), Verdict.NEAR),  # a matter, and not what is asked of it
        (0.9, (0.5, 0.5, 0.5), (), Verdict.NEAR),  # «привет» is not «привёл»
        (BY_WORDS.near_bar, (1.0, 0.0, 0.0), (), Verdict.NEAR),
        (BY_WORDS.near_bar, (1.0, 0.0, 0.0), (1, 2), Verdict.NONE),  # most is in no article
        (0.0, (1.0, 1.0, 1.0), (), Verdict.NONE),
    ],
)
def test_a_verdict(
    sure: float, shares: tuple[float, ...], missing: tuple[int, ...], verdict: Verdict
) -> None:
    """By how sure it is, and by what the paragraph has of the question."""
    words = tuple(
        QuestionWord(str(n), str(n), () if n in missing else (str(n),), 1.0)
        for n in range(len(shares))
    )
    match = Match(0, 1.0, shares, 0.0)
    assert judge(sure, Question("", words), match) is verdict


def test_nothing_found_is_no_answer() -> None:
    """However sure."""
    assert judge(1.0, Question("", ()), None) is Verdict.NONE
