"""What readers ask a list for."""

from datetime import date

import pytest

from bot.chat.requests import find_person, find_sector, read_request
from bot.errors import UserError
from index.sectors import Sector, list_sectors

TODAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("", "", None, None),
        ("хартия", "хартия", None, None),
        ("хартия 2025", "хартия", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025", "", date(2025, 1, 1), date(2025, 12, 31)),
        ("хартия 2024–2025", "хартия", date(2024, 1, 1), date(2025, 12, 31)),
        ("с августа", "", date(2025, 8, 1), None),
        ("порт до мая", "порт", None, date(2026, 4, 30)),
        ("порт в 2025 году", "порт", date(2025, 1, 1), date(2025, 12, 31)),
        ("морской порт август 2025", "морской порт", date(2025, 8, 1), date(2025, 8, 31)),
        ("вчера", "", date(2026, 1, 31), date(2026, 1, 31)),
        ("дом 2000 мегаватт", "дом 2000 мегаватт", None, None),
        ("since August", "", date(2025, 8, 1), None),
    ],
)
def test_a_period_is_told_from_the_topic(
    text: str, words: str, first: date | None, last: date | None
) -> None:
    """By the rules that read dates in articles, and by a bare year."""
    request = read_request(text, TODAY)
    period = request.period
    assert request.words == words
    assert (period and period.first, period and period.last) == (first, last)


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("энергетика", "energy"),
        ("в энергетике", "energy"),
        ("Сельское хозяйство", "agriculture"),
        ("логистика", "transport"),
        ("транспорт и логистика", "transport"),
        ("energy", "energy"),
        ("Nəqliyyat", "transport"),
        ("сектор: энергетика", "energy"),
        ("сектор транспорт", "transport"),
        ("energy sector", "energy"),
        ("энергетика sahəsi", "energy"),
        ("сектор", None),
        ("секторальная энергетика", None),
        ("хартия", None),
        ("хозяйство", None),
        ("", None),
    ],
)
def test_a_sector_is_known_by_its_name(words: str, sector: str | None) -> None:
    """In any language, in any case, by half of a double name."""
    found = find_sector(words)
    assert (found.id if found else None) == sector


@pytest.mark.parametrize(
    ("words", "name", "left"),
    [
        ("Гордеев", "Игорь Гордеев", ""),
        ("Гордеева о порте", "Игорь Гордеев", "порте"),
        ("И. Гордеев порт", "Игорь Гордеев", "порт"),
        ("Гордеев на форуме о порте", "Игорь Гордеев", "на форуме о порте"),
        ("о порте Гордеев", "Игорь Гордеев", "порте"),
        ("Gordeyev", "Игорь Гордеев", ""),
        ("порт", "", "порт"),
        ("", "", ""),
    ],
)
def test_a_person_is_told_from_the_topic(words: str, name: str, left: str) -> None:
    """In any case, with initials, in Latin letters."""
    assert find_person(words, ["Анна Берг", "Игорь Гордеев"]) == (name, left)


def test_too_long_a_request_is_refused() -> None:
    """As a question is."""
    with pytest.raises(UserError, match="1000"):
        read_request("порт " * 300, TODAY)


def test_a_sector_that_there_is_not_is_refused() -> None:
    """After «сектор:» nothing else is meant; without the colon it is about something."""
    with pytest.raises(UserError, match="no such sector"):
        read_request("сектор: абракадабра, 2025", TODAY)
    assert read_request("сектор абракадабра", TODAY).words == "сектор абракадабра"


@pytest.mark.parametrize("sector", list_sectors(), ids=lambda sector: str(sector.id))
def test_a_sector_is_found_by_its_whole_name(sector: Sector) -> None:
    """In each language: its buttons ask for its timeline by this name."""
    for language, name in sector.names:
        assert read_request(name, TODAY).sector == sector, language
