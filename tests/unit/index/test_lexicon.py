"""What a corpus says itself of people and sectors goes before what ships, no further."""

from datetime import date

import pytest

from index.facts import find_facts
from index.lexicon import SHIPPED, Lexicon, OwnAlias, find_rivals, is_title, struck
from index.people import match_person
from index.sectors import OwnPattern, beginnings, find_sectors, list_patterns
from index.types import Language, Person

TEXT = """Министр энергетики Верадии заявил: «Порт получит новые лопасти летом».
Мэр Хасан Зираев открыл мост. Позже Хасанов сказал: «Мы откроем ещё один мост через год».
Глава Минстроя сообщил: «Работы закончены осенью прошлого года»."""
DAY = date(2026, 2, 1)


def speakers(*aliases: OwnAlias, day: date = DAY) -> list[str | None]:
    facts = find_facts(TEXT, day, Language.RU, lexicon=Lexicon(aliases))
    return [quote.speaker and quote.speaker.name for quote in facts.quotes]


def test_a_title_has_its_holder_within_its_days() -> None:
    """Of a country that the shipped table lacks, and of none; what is not said stays open."""
    minister = OwnAlias("министр энергетики Верадии", "Олег Сомов", date(2025, 1, 1))
    builder = OwnAlias("глава Минстроя", "Анна Лисовец", until=date(2026, 1, 1))
    assert speakers() == [None, "Хасанов", None]
    assert speakers(minister, builder) == ["Олег Сомов", "Хасанов", None]
    earlier = date(2024, 5, 1)
    assert speakers(minister, builder, day=earlier) == [None, "Хасанов", "Анна Лисовец"]
    assert speakers(OwnAlias("министр энергетики Кортаны", "Олег Сомов"))[0] is None


def test_own_holders_go_before_those_that_ship() -> None:
    """Two shipped holders of a day are nobody; one of the corpus's own is he."""
    table = Lexicon((OwnAlias("президент США", "Анна Лисовец"),)).people
    assert table.holder("president", "us", DAY) is not None
    found = table.holder("president", "us", DAY)
    assert found is not None
    assert found.name == "Анна Лисовец"
    other = table.holder("president", "fr", DAY)
    assert other == SHIPPED.people.holder("president", "fr", DAY)


def test_a_post_that_ships_is_struck_out() -> None:
    """Nobody bears it then, or the other who does; his name is spelled as ever."""
    holder = SHIPPED.people.holder("foreign_minister", "tr", date(2025, 5, 1))
    assert holder is not None
    lexicon = Lexicon((struck(holder),))
    table = lexicon.people
    assert table.holder("foreign_minister", "tr", date(2025, 5, 1)) is None
    assert table.holder("president", "fr", DAY) == SHIPPED.people.holder("president", "fr", DAY)
    people = [Person(holder.name, None, (), (), None, ("", "", ""))]
    spelled = holder.spellings[-1].split()[-1]
    assert match_person(spelled, people, table) == match_person(spelled, people) != ()
    assert (lexicon.names, lexicon.groups) == ({}, ())
    assert find_rivals(OwnAlias("глава МИД Турции", "Анна Лисовец"), lexicon) == ()
    assert lexicon.lacking(struck(holder)) == SHIPPED


def test_a_name_is_understood_in_what_readers_write() -> None:
    """In any case, and only by its own surname."""
    people = [
        Person(name, None, (), (), None, ("", "", "")) for name in ("Олег Сомов", "Хасан Зираев")
    ]
    table = Lexicon((OwnAlias("Хасанов", "Хасан Зираев"),)).people
    assert [each.name for each in match_person("Хасанова", people, table)] == ["Хасан Зираев"]
    assert match_person("Хасанова", people) == ()
    assert [each.name for each in match_person("Сомова", people, table)] == ["Олег Сомов"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("министр энергетики", True),
        ("Министр энергетики Верадии", True),
        ("пресс-секретарь порта", True),
        ("президент", True),
        ("Президент", True),
        ("Хасанов", False),
        ("Грач", False),
        ("Олег Сомов", False),
        ("О. Сомов", False),
        ("", False),
    ],
)
def test_titles_and_names_are_told_apart(words: str, expected: bool) -> None:
    """By the word they begin with, and by capitals."""
    assert is_title(words) is expected


def sectors(text: str, *own: OwnPattern) -> list[tuple[str, float]]:
    table = Lexicon(patterns=own).sectors
    return [(hit.sector, hit.weight) for hit in find_sectors(text, table)]


def test_a_sector_gains_words_and_loses_them() -> None:
    """In any form; a word of many readings counts once; another sector keeps its own."""
    assert sectors("Лопасти встали.") == []
    assert sectors("Лопасти встали.", OwnPattern("energy", "лопасть")) == [("energy", 1.0)]
    assert sectors("Лопасти встали.", OwnPattern("transport", "лопасть")) == [("transport", 1.0)]
    phrase = OwnPattern("transport", "обработка картин")
    assert sectors("Начали обработку картин.", phrase) == [("transport", 1.5)]
    assert sectors("Бензин подорожал.") == [("energy", 1.0)]
    assert sectors("Бензин подорожал.", OwnPattern("energy", "бензин", is_away=True)) == []
    assert sectors("Нефтяник устал.", OwnPattern("energy", "нефтян*", is_away=True)) == []


def test_what_a_pattern_needs_is_in_the_lemmas_of_its_texts() -> None:
    """By it the articles are found that a change may touch."""
    assert beginnings("лопасти")[0] == "лопасть"
    assert beginnings("нефт*") == ("нефт",)
    assert beginnings("=ОПЕК") != ()
    assert beginnings("…") == ()
    assert "бензин" in list_patterns("energy")


def test_a_stamp_tells_lexicons_apart() -> None:
    """Whatever the order; without anything there is none."""
    one, two = OwnPattern("energy", "лопасть"), OwnPattern("energy", "бензин", is_away=True)
    assert SHIPPED.stamp == ""
    assert SHIPPED.having(one).having(two).stamp == SHIPPED.having(two).having(one).stamp
    assert SHIPPED.having(one).stamp != SHIPPED.having(two).stamp
    assert SHIPPED.having(one).lacking(one) == SHIPPED


@pytest.mark.parametrize(
    ("alias", "others"),
    [
        (OwnAlias("мэр Кортаны", "Анна Берг", date(2025, 6, 1)), ["Олег Сомин"]),
        (OwnAlias("мэр Кортаны", "Анна Берг", date(2026, 1, 1)), []),
        (OwnAlias("мэр Кортаны", "Анна Берг", None, date(2024, 12, 31)), []),
        (OwnAlias("мэр Кортаны", "Анна Берг"), ["Олег Сомин"]),
        (OwnAlias("мэр Кортаны", "Олег Сомин"), []),
        (OwnAlias("Бергман", "Анна Берг"), []),
    ],
)
def test_who_else_bears_a_title_on_the_same_days(alias: OwnAlias, others: list[str]) -> None:
    """An editor is warned: quotes of those days could be either's."""
    known = OwnAlias("мэр Кортаны", "Олег Сомин", date(2025, 1, 1), date(2025, 12, 31))
    assert [each.person for each in find_rivals(alias, Lexicon((known,)))] == others
