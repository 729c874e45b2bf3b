"""All extractors at once, each fact tied to its place."""

from datetime import date

from index.facts import find_facts
from index.types import Language, Modality

TEXT = (
    "Президент Тарвии Артур Велицкий 20 января выступил на форуме в Сельмаре.\n"
    "«Мы строим солнечные станции. Надеюсь, первая заработает в следующем месяце», — сказал глава "
    "государства.\n"
    "Министр энергетики Павел Тарнов подписал соглашение 22 января."
)


def test_facts_of_an_article() -> None:
    """Who said what when, and what it is about."""
    facts = find_facts(TEXT, date(2026, 2, 3), Language.RU)
    (quote,) = facts.quotes
    assert quote.speaker is not None
    assert quote.speaker.name == "Артур Велицкий"
    assert [person.name for person in facts.people.persons] == ["Артур Велицкий", "Павел Тарнов"]
    assert [event.date.first for event in facts.events] == [
        *(date(2026, 1, 20), date(2026, 2, 1), date(2026, 1, 22)),
    ]
    assert facts.events[1].modality is Modality.HOPED
    assert {hit.sector for hit in facts.sectors[3]} == {"energy"}


def test_words_in_a_quote_count_from_the_day_it_was_said() -> None:
    """«В следующем месяце» of a speech in January is February, whenever the article came out."""
    facts = find_facts(TEXT, date(2026, 4, 3), Language.RU)
    assert facts.speech_days[0].day == date(2026, 1, 20)
    assert any(m.first == date(2026, 2, 1) for m in facts.dates)


def test_the_same_text_gives_the_same_facts() -> None:
    """There is no clock and no chance in it."""
    day = date(2026, 2, 3)
    assert find_facts(TEXT, day, Language.RU) == find_facts(TEXT, day, Language.RU)


def test_an_empty_text_has_no_facts() -> None:
    """Nothing is found in nothing."""
    facts = find_facts("", date(2026, 2, 3), Language.RU)
    assert (facts.dates, facts.events, facts.quotes, facts.people.persons) == ((), (), (), ())
    assert facts.sectors == {}
