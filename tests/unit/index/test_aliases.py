"""The table of posts that ships: no post has two holders, and none holds it outside of his term."""

from datetime import date, timedelta
from itertools import combinations

import pytest

from index.people import region
from index.people.aliases import KnownPerson
from index.quotes import find_quotes

DAY = timedelta(days=1)


def test_no_post_has_two_holders_on_one_day() -> None:
    """One of two would be named for whichever is meant."""
    for one, other in combinations(region().persons, 2):
        if (one.post, one.country) == (other.post, other.country) and one.name != other.name:
            assert one.until < other.since or other.until < one.since, (one.name, other.name)


def test_each_row_has_a_country_and_a_post_of_the_table() -> None:
    table = region()
    for person in table.persons:
        assert person.since <= person.until, person.name
        assert person.post in table.post_names, person.name
        assert person.country in set(table.countries.values()), person.name


@pytest.mark.parametrize("person", region().persons, ids=lambda person: person.name)
def test_a_post_is_somebodys_within_his_days_only(person: KnownPerson) -> None:
    """On the day before and on the day after, the table names another or nobody."""
    table = region()
    for day in (person.since, person.until):
        assert table.holder(person.post, person.country, day) == person
    for day in (person.since - DAY, person.until + DAY):
        assert table.holder(person.post, person.country, day) != person


@pytest.mark.parametrize(
    ("day", "role", "name"),
    [
        (date(2025, 1, 19), "президент США", "Джо Байден"),
        (date(2025, 1, 20), "президент США", "Дональд Трамп"),
        (date(2025, 5, 5), "канцлер ФРГ", "Олаф Шольц"),
        (date(2025, 5, 6), "канцлер ФРГ", "Фридрих Мерц"),
        (date(2024, 5, 13), "министр обороны России", None),
        (date(2024, 6, 20), "президент Ирана", None),
        (date(2026, 1, 22), "президент Азербайджана", "Ильхам Алиев"),
        (date(2026, 2, 1), "президент Азербайджана", None),
        (date(2023, 12, 31), "президент Азербайджана", None),
        (date(2026, 1, 22), "бывший президент США", None),
    ],
)
def test_a_quote_is_given_to_whoever_held_the_post_that_day(
    day: date, role: str, name: str | None
) -> None:
    """Between two holders, before the table begins and after it ends, to nobody."""
    (quote,) = find_quotes(f"«Переговоры продолжатся в мае», — заявил {role}.", day)
    assert (quote.speaker.name if quote.speaker else None) == name
