"""A date is an event when its clause says that something happened or will."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.dates import find_dates
from index.events import LABEL_CHARS, find_conflicts, find_events, statement
from index.types import Event, Language, Modality

DATA = Path(__file__).parent.parent / "data"
DAY = date(2026, 1, 22)


def rows() -> Iterator[tuple[str, str]]:
    for line in (DATA / "events_ru.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            marked, expected = line.split(" => ")
            yield marked, expected


def events(text: str, language: Language = Language.RU) -> tuple[Event, ...]:
    return find_events(text, find_dates(text, DAY, language), DAY, language)


@pytest.mark.parametrize(("marked", "expected"), [*rows()])
def test_events_are_told_from_references(marked: str, expected: str) -> None:
    """Each line has one date; its label and modality are those of the line, or it is no event."""
    text = re.sub(r"[\[\]{}]", "", marked)
    found = events(text)
    if expected == "none":
        assert len(find_dates(text, DAY, Language.RU)) == 1
        assert found == ()
        return
    [event] = found
    assert event.modality == expected
    assert event.date.span.of(text) == re.findall(r"\[(.+?)\]", marked)[0]
    assert event.label.of(text) == re.sub(r"[\[\]]", "", re.findall(r"\{(.+?)\}", marked)[0])


def test_a_long_sentence_is_cut_at_the_borders_of_its_clauses() -> None:
    text = (
        "Правительство, которое долго искало средства для расширения северного порта и прилегающей "
        "к нему дороги, подписало 5 мая 2025 года договор с банком, а парламент, собравшись на "
        "особое заседание поздним вечером, одобрил его единогласно."
    )
    [event] = events(text)
    assert event.label.of(text).startswith("подписало 5 мая 2025 года договор с банком")
    assert event.label.stop - event.label.start <= LABEL_CHARS


def test_a_label_without_borders_is_cut_between_words() -> None:
    """Nothing of the sentence is rewritten: the label is whole words of it, the date among them."""
    text = "слово " * 40 + "открыли 5 мая 2025 года " + "слово " * 40
    [event] = events(text)
    assert event.label.stop - event.label.start <= LABEL_CHARS
    assert "открыли 5 мая 2025 года" in event.label.of(text)
    assert set(event.label.of(text).split()) == {"слово", "открыли", "5", "мая", "2025", "года"}


@pytest.mark.parametrize(
    ("language", "text", "modality"),
    [
        (Language.EN, "The bridge was opened on 5 May 2025.", Modality.HAPPENED),
        (Language.EN, "The bridge will be opened on 1 June.", Modality.PLANNED),
        (Language.EN, "The bridge may be opened in March.", Modality.HOPED),
        (Language.AZ, "Yol dekabrın 5-də açılıb.", Modality.HAPPENED),
        (Language.AZ, "Yol 2027-ci ildə açılacaq.", Modality.PLANNED),
    ],
)
def test_other_languages_have_events(language: Language, text: str, modality: Modality) -> None:
    [event] = events(text, language)
    assert event.modality is modality


def conflicts(*texts: str) -> tuple[tuple[int, ...], ...]:
    told = [
        statement(number, text, event, Language.RU)
        for number, text in enumerate(texts)
        for event in events(text)
    ]
    return find_conflicts(told)


def test_two_dates_of_one_fact_stand_side_by_side() -> None:
    """Both send three missions; the group is by date, not by article."""
    later = "Начиная с октября 2025 года в Вегу были посланы три торговые миссии."
    earlier = "С 8 августа 2025 года мы отправили туда три миссии."
    assert conflicts(later, earlier) == ((1, 0),)


def test_the_same_words_with_another_date_are_a_conflict() -> None:
    assert conflicts(
        "Новый северный порт откроют 5 мая.", "Новый северный порт откроют 7 июня."
    ) == ((0, 1),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Порт открыли 5 мая 2025 года.", "Порт открыли в мае 2025 года."),
        ("Три миссии прибыли 5 мая 2025 года.", "Школу открыли 7 июня 2025 года."),
        ("Две недели шли дожди в мае 2025 года.", "Две недели шла жара в июне 2024 года."),
    ],
)
def test_a_finer_date_or_another_fact_is_no_conflict(one: str, other: str) -> None:
    assert conflicts(one, other) == ()


def test_two_dates_of_one_clause_are_no_conflict() -> None:
    assert conflicts("Три миссии прибыли 5 мая 2025 года и уехали 9 мая 2025 года.") == ()
