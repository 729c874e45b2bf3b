"""Persons are told apart, called as the text calls them, and found by any spelling."""

import pytest

from index.people import find_people, match_person
from index.types import Person
from tests.unit.tables import pairs


def persons(text: str) -> tuple[Person, ...]:
    return find_people(text).persons


@pytest.mark.parametrize(("text", "expected"), pairs("people_ru.txt"))
def test_persons_are_named_as_the_text_names_them(text: str, expected: str) -> None:
    assert ", ".join(person.name for person in persons(text)) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Министр транспорта Олег Ветров приехал.", "министр транспорта"),
        ("Встречу с Президентом Лавении Олегом Ветровым отменили.", "президент Лавении"),
        ("Указ вручён заместителю главы МИД Петру Зимину.", "заместитель главы МИД"),
        ("Слово дали учителю и директору Петру Зимину.", "директор"),
        ("Это глава Лавении Пётр Зимин и специалист по реке Ян Корда.", "глава Лавении"),
        ("Официальный представитель «Луча» Пётр Зимин молчит.", "официальный представитель «Луча»"),
        ("Так считает Пётр Зимин, директор музея.", "директор музея"),
        ("Пётр Зимин приехал.", None),
    ],
)
def test_roles_stand_before_or_after_the_name(text: str, role: str | None) -> None:
    person = persons(text)[0]
    assert person.role == role


def test_all_forms_of_a_name_are_kept_with_their_places() -> None:
    text = "Олега Ветрова ждали. Ветров приехал, О. Ветрову рады."
    (person,) = persons(text)
    assert person.name == "Олег Ветров"
    assert [span.of(text) for span in person.mentions] == ["Олега Ветрова", "Ветров", "О. Ветрову"]


CAST = persons("Президент Ильхам Алиев, Мехрибан Алиева и министр Олег Ветров прибыли.")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Ильхама Алиева", ["Ильхам Алиев"]),
        ("Ilham Aliyev", ["Ильхам Алиев"]),
        ("İlham Əliyev", ["Ильхам Алиев"]),
        ("И. Алиев", ["Ильхам Алиев"]),
        ("что сказал Ветров о порте", ["Олег Ветров"]),
        ("Vetrov", ["Олег Ветров"]),
        ("Пётр Ветров", []),
        ("Иванов", []),
        ("", []),
    ],
)
def test_a_query_names_people_by_lemma_initials_and_latin(query: str, names: list[str]) -> None:
    assert [person.name for person in match_person(query, CAST)] == names


@pytest.mark.parametrize(("name", "spellings"), pairs("latin_names.txt"))
def test_people_are_found_by_any_romanisation(name: str, spellings: str) -> None:
    """Aliyev, Aliev and Əliyev are the ways in which readers write Алиев."""
    bearer = Person(name, None, (), (), None, ("", "", ""))
    other = Person("Клара Нежданова", None, (), (), None, ("", "", ""))
    for spelling in spellings.split(", "):
        assert match_person(spelling, [other, bearer]) == (bearer,), spelling
        assert match_person(spelling.split()[-1], [other, bearer]) == (bearer,), spelling


def test_a_shared_surname_names_both() -> None:
    assert {p.name for p in match_person("Алиев", CAST)} == {"Ильхам Алиев", "Мехрибан Алиева"}


def test_a_surname_is_not_a_form_of_a_first_name() -> None:
    """«Алиев» is «of the Алии» too; whoever bears it as a surname is meant."""
    people = [
        Person(name, None, (), (), None, ("", "", "")) for name in ("Алия Бекетова", "Ильхам Алиев")
    ]
    assert [each.name for each in match_person("Алиев", people)] == ["Ильхам Алиев"]
    assert [each.name for each in match_person("Алия", people[:1])] == ["Алия Бекетова"]


@pytest.mark.parametrize(("text", "expected"), pairs("organisations_ru.txt"))
def test_organisations_are_named_in_full(text: str, expected: str) -> None:
    """In the nominative, each with what it is, how it is shortened, and what it is called."""
    bodies = [
        "|".join((body.name, body.kind or "-", body.abbreviation or "-", body.role or "-"))
        for body in find_people(text).organisations
    ]
    assert "; ".join(bodies) == expected
