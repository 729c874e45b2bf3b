"""Sectors are what the paragraph is about, by a table that can be extended without code."""

import pytest

from index.sectors import find_sectors, list_sectors, read_sectors
from index.types import Language
from tests.unit.tables import pairs

TABLE = """
[[sector]]
id = "ports"
ru = "Порты"
en = "Ports"
az = "Limanlar"
patterns = ["порт", "морской ворота", "судоходств*", "=ПОРТ"]
weak = ["причал"]
"""


@pytest.mark.parametrize(("text", "expected"), pairs("sectors_ru.txt"))
def test_paragraphs_have_their_sectors(text: str, expected: str) -> None:
    assert " ".join(hit.sector for hit in find_sectors(text)) == expected


@pytest.mark.parametrize("language", list(Language))
def test_every_sector_has_a_name_in_every_language(language: Language) -> None:
    names = [sector.name(language) for sector in list_sectors()]
    assert len(set(names)) == 19


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Порты открыты.", ("Порты",)),
        ("Это морские ворота страны.", ("морские ворота",)),
        ("О судоходстве и речном пароходстве.", ("судоходстве",)),
        ("Это ПОРТ.", ("ПОРТ", "ПОРТ")),
        ("Причал пуст.", None),
        ("Портфель утерян.", None),
    ],
)
def test_patterns_are_lemmas_sequences_prefixes_and_tokens(
    text: str, terms: tuple[str, ...] | None
) -> None:
    hits = find_sectors(text, read_sectors(TABLE))
    assert [hit.terms for hit in hits] == ([terms] if terms else [])


def test_more_evidence_weighs_more() -> None:
    table = read_sectors(TABLE)
    (one,) = find_sectors("Порт открыт.", table)
    (two,) = find_sectors("Порт открыт, судоходство растёт.", table)
    assert two.weight > one.weight


def test_words_of_a_phrase_aside_do_not_count() -> None:
    table = read_sectors('aside = ["порт ввод"]' + TABLE)
    assert find_sectors("Порты ввода закрыты.", table) == ()
    (hit,) = find_sectors("Порты ввода закрыты, порт открыт.", table)
    assert hit.terms == ("порт",)


def test_a_form_that_is_likelier_of_another_word_counts_half() -> None:
    table = read_sectors(TABLE.replace('"порт"', '"порт", "суд"'))
    assert find_sectors("Судов больше нет.", table) == ()
    assert [hit.weight for hit in find_sectors("Судов нет, есть суд.", table)] == [1.5]


def test_words_of_a_longer_match_count_once() -> None:
    table = read_sectors(TABLE.replace('"порт"', '"порт", "ворота"'))
    (hit,) = find_sectors("Это морские ворота страны.", table)
    assert hit.terms == ("морские ворота",)


def test_a_prefix_of_two_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        read_sectors(TABLE.replace("судоходств*", "су*"))
