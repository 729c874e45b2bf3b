"""Sentences are found whole: abbreviations and initials do not end them."""

import pytest

from index.sentences import find_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in find_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Порт построили в 2025 г. на берегу залива.", "Он открыт."],
        ["На это ушло 3 млрд руб. из бюджета.", "Ещё 5 тыс. чел. ждут."],
        ["Проект подписал А. С. Веснин.", "Министр промолчал."],
        ["«Мы готовы», — сказал он.", "Потом ушёл."],
        ["Готово!", "Да?", "Нет…", "Пора."],
        ["В 2025 г. Веснин ушёл с поста.", "Комиссия закрыта."],
        ["The charter is ready.", "It was signed in May."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("Заголовок без точки\nТекст\r\n\r\nЕщё") == [
        "Заголовок без точки",
        "Текст",
        "Ещё",
    ]


@pytest.mark.parametrize("text", ["", " \n\t ", "\n\n"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert find_sentences(text) == ()


def test_a_long_line_is_split_as_its_parts_are() -> None:
    """The line is longer than the blocks it is read in; no sentence is cut by their borders."""
    sentence = "Министерство опубликовало отчёт о работе портов за год."
    assert sentences(" ".join([sentence] * 500)) == [sentence] * 500


@pytest.mark.parametrize("unit", ["А. ", ". ", "!", "«", "слово ", "1. ", "», ", "\n"])
def test_hostile_lines_are_covered(unit: str) -> None:
    """Nothing but white space stands outside the sentences, whatever the line repeats."""
    text = unit * 20_000
    kept = "".join(span.of(text) for span in find_sentences(text))
    assert "".join(kept.split()) == "".join(text.split())
