"""Words are found where they are and known by their dictionary forms."""

from pathlib import Path

import pytest

from index.languages import detect_language, fold, is_stop_word, lemmas, tokenize
from index.types import Language

DATA = Path(__file__).parents[2] / "data"


def _lines(name: str) -> list[tuple[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=>") for line in lines if line and not line.startswith("#"))
    return [(left.strip(), right.strip()) for left, right in pairs]


@pytest.mark.parametrize(("text", "forms"), _lines("tokens.txt"))
def test_tokens(text: str, forms: str) -> None:
    """Each line of the table holds."""
    assert [token.form for token in tokenize(text)] == forms.split()


@pytest.mark.parametrize(("form", "expected"), _lines("lemmas_ru.txt"))
def test_russian_lemmas(form: str, expected: str) -> None:
    """Each line of the table holds."""
    if expected.startswith("!"):
        assert lemmas(form)[0] == expected[1:]
    else:
        assert expected in lemmas(form)


@pytest.mark.parametrize(
    "forms", ["партнёрство партнёрства партнерством", "charter charters charter's"]
)
def test_forms_of_a_word_meet(forms: str) -> None:
    """A word is found by any of its forms."""
    assert len({lemmas(form)[0] for form in forms.split()}) == 1


def test_azerbaijani_letters() -> None:
    """The dotted and the dotless i meet, and a word typed without its letters is found."""
    assert fold("QIZIL") == fold("qızıl")
    assert fold("İlham") == fold("Ilham") == "ilham"
    assert "seki" in lemmas("Şəki")


def test_spans_are_of_the_text_as_it_is() -> None:
    """Decomposed letters and signs outside the basic plane do not shift anything."""
    text = "🙂 и\u0306од, догово\u0301р"
    assert [token.span.of(text) for token in tokenize(text)] == ["и\u0306од", "догово\u0301р"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Порт откроют весной.", Language.RU),
        ("The port opens in spring.", Language.EN),
        ("Liman yazda açılacaq, dedi nazir.", Language.AZ),
        ("Компания SOCAR и AmCham", Language.RU),
        ("2026", Language.RU),
        ("", Language.RU),
    ],
)
def test_language_of_a_text(text: str, language: Language) -> None:
    """Most letters decide."""
    assert detect_language(text) is language


def test_stop_words_are_known_by_form_and_lemma() -> None:
    """Question words say nothing; names and numbers do."""
    said = [
        token.form for token in tokenize("Когда и где открылся порт?") if not is_stop_word(token)
    ]
    assert said == ["открылся", "порт"]
