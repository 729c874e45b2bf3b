"""Dates are found where the tables say, and nowhere else."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from index.dates import find_dates
from index.types import DateMention, Language, Precision, Span, SpeechDay

DATA = Path(__file__).parent.parent / "data"
DAY = date(2026, 1, 22)


def lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def dated(language: Language) -> Iterator[tuple[Language, date, str, str]]:
    day = DAY
    for line in lines(f"dates_{language}.txt"):
        if line.startswith("@"):
            day = date.fromisoformat(line[1:].strip())
            continue
        text, expected = line.split(" => ")
        yield language, day, text.rstrip(), expected.strip()


def undated() -> Iterator[tuple[Language, str]]:
    language = Language.RU
    for line in lines("not_dates.txt"):
        if line.startswith("@"):
            language = Language(line[1:].strip())
        else:
            yield language, line


def written(mention: DateMention) -> str:
    """Return the interval of a mention as the tables write it."""
    first = mention.first.isoformat() if mention.first else ""
    last = mention.last.isoformat() if mention.last else ""
    return first if first == last else f"{first}..{last}"


ROWS = [row for language in Language for row in dated(language)]


@pytest.mark.parametrize(("language", "day", "marked", "expected"), ROWS)
def test_dates_are_found_as_a_reader_finds_them(
    language: Language, day: date, marked: str, expected: str
) -> None:
    """Each date of the line has its words and its days, and there is no other."""
    text = re.sub(r"[\[\]]", "", marked)
    found = find_dates(text, day, language)
    intervals = [written(mention) for mention in found]
    names = [mention.span.of(text) for mention in found]
    assert intervals == expected.split()
    if marked.count("[") == len(intervals):  # a line may leave a date unmarked that it needs
        assert names == re.findall(r"\[(.+?)\]", marked)


@pytest.mark.parametrize(("language", "text"), [*undated()])
def test_what_looks_like_a_date_is_none(language: Language, text: str) -> None:
    assert find_dates(text, DAY, language) == ()


def test_the_tables_are_large() -> None:
    """The promise that these are the forms of the language stands on their number."""
    assert len(ROWS) + len([*undated()]) >= 200


def find(text: str, *speech: SpeechDay) -> DateMention:
    [mention] = find_dates(text, DAY, Language.RU, speech)
    return mention


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Мост открыт 5 мая 2025 года", Precision.DAY),
        ("Мост открыт 5–6 мая 2025 года", Precision.RANGE),
        ("Мост открыт на прошлой неделе", Precision.WEEK),
        ("Мост открыт в мае 2025 года", Precision.MONTH),
        ("Мост открыт в I квартале 2025 года", Precision.QUARTER),
        ("Мост открыт в первом полугодии 2025 года", Precision.HALF),
        ("Мост открыт летом 2025 года", Precision.SEASON),
        ("Мост открыт в 2025 году", Precision.YEAR),
        ("Мост открыт в 1990-е годы", Precision.DECADE),
        ("Мост открыт в XIX веке", Precision.CENTURY),
    ],
)
def test_a_date_is_as_fine_as_its_source(text: str, precision: Precision) -> None:
    assert find(text).precision is precision


@pytest.mark.parametrize(
    "text",
    [
        "Суд прошёл около 5 мая 2025 года",
        "Суд прошёл в начале мая 2025 года",
        "Суд был месяц назад",
    ],
)
def test_what_a_text_leaves_vague_is_marked(text: str) -> None:
    assert find(text).is_approximate


@pytest.mark.parametrize("text", ["Построят до конца 2026 года", "Построят к концу мая"])
def test_the_end_of_a_period_as_a_limit_is_not_vague(text: str) -> None:
    assert find(text).first is None
    assert not find(text).is_approximate


def test_only_a_date_that_says_its_year_is_absolute() -> None:
    assert not find("Суд прошёл 5 мая 2025 года").is_relative
    assert find("Суд прошёл 5 мая").is_relative


@pytest.mark.parametrize(
    "opening",
    ["Порт-Вега. 20 января. Мост открыт вчера", "ПОРТ-ВЕГА, 20 января – Мост открыт вчера"],
)
def test_dates_count_from_the_dateline(opening: str) -> None:
    """The agency's report is two days older than its page."""
    assert find_dates(opening, DAY, Language.RU)[-1].first == date(2026, 1, 19)


def test_an_old_dateline_is_no_reference() -> None:
    text = "Порт-Вега. 10 января. Мост открыт вчера"
    assert find_dates(text, DAY, Language.RU)[-1].first == date(2026, 1, 21)


def test_dates_in_a_quote_count_from_the_day_of_speech() -> None:
    text = "«Хартия будет готова в следующем месяце»"
    said = SpeechDay(Span(1, len(text) - 1), date(2025, 11, 3))
    assert written(find(text, said)) == "2025-12-01..2025-12-31"


def test_a_quotes_today_is_a_day_only_with_a_deed() -> None:
    """«Сегодня мы имеем» is of an age; «сегодня мы подписали» is of a day."""
    assert find("«Сегодня мы подписали договор», — сказал он").first == DAY
    assert find_dates("«Сегодня мы растём», — сказал он", DAY, Language.RU) == ()


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_error(day: date) -> None:
    text = (
        "вчера, завтра, через год откроют, год назад, в прошлом году, 5 мая, в мае, до мая, в среду"
    )
    found = find_dates(text, day, Language.RU)
    assert all(mention.first or mention.last for mention in found)


@pytest.mark.parametrize("unit", ["1", "5, ", "5 мая ", "2015, ", "в ", "«", "с ", "90-х, ", "1."])
def test_hostile_texts_are_read(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    found = find_dates(text, DAY, Language.RU)
    assert all(one.span.stop <= two.span.start for one, two in pairwise(found))
