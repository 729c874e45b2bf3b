from datetime import date

import pytest

from bot.store.database import Database
from bot.store.facts import load_source, replace_facts
from bot.store.people import list_persons, load_profile
from bot.store.persons import Known, identify
from bot.store.publishing import add_article, withdraw_article
from bot.store.quotes import list_quotes, list_speakers
from bot.store.timeline import list_events, list_people
from index.facts import find_facts
from index.paragraphs import find_paragraphs
from index.people import find_people
from index.types import Language, Person

from .samples import NOON, an_article


async def add(db: Database, text: str, day: date = date(2026, 1, 22)) -> int:
    article = an_article(text, day=day)
    facts = find_facts(text, day, Language.RU)
    added = await add_article(db, article, find_paragraphs(text), analysis=1, at=NOON, facts=facts)
    return added.article_id


async def known(db: Database, *texts: str) -> list[Known]:
    """Return whom each text names first, the texts being read one after the other."""
    found = []
    for text in texts:
        async with db.write() as connection:
            found.append((await identify(connection, find_people(text).persons))[0])
    return found


@pytest.mark.parametrize(
    "texts",
    [
        ["Артём Лисовец сказал слово.", "Артем Лисовец сказал слово."],
        ["Сергей Тульев сказал.", "Сергей Петрович Тульев сказал."],
    ],
)
async def test_one_person_under_several_names(db: Database, texts: list[str]) -> None:
    """A permalink leads to all that the corpus has of him."""
    people = await known(db, *texts)
    assert len({person.id for person in people}) == 1, people


async def test_a_spelling_of_the_table_is_the_same_person(db: Database) -> None:
    """In another alphabet, which the table of the region tells."""
    latin = Person("Ilham Aliyev", None, (), (), None, ("", "", ""))
    (person,) = await known(db, "Президент Ильхам Алиев прибыл.")
    async with db.write() as connection:
        assert await identify(connection, [latin]) == [person]


async def test_a_name_in_another_alphabet_is_the_same_person(db: Database) -> None:
    """No table says so: his first name and his surname sound the same."""
    (person,) = await known(db, "Министр Игорь Лисовец прибыл.")
    for name in ("Igor Lisovets", "İqor Lisovec"):
        async with db.write() as connection:
            latin = Person(name, None, (), (), None, ("", "", ""))
            assert await identify(connection, [latin]) == [person]


@pytest.mark.parametrize(
    "texts",
    [
        ["Игорь Лисовец сказал слово.", "Анна Лисовец сказала слово."],
        ["Александр Тульев сказал.", "Александра Тульева сказала."],
        ["Сергей Петрович Тульев сказал.", "Сергей Ильич Тульев сказал."],
        ["Игорь Лисовец сказал слово.", "И. Лисовец сказал слово."],
    ],
)
async def test_two_people_of_one_surname_stay_apart(db: Database, texts: list[str]) -> None:
    """Initials may be anybody's, so they are a person apart."""
    one, other = await known(db, *texts)
    assert one.id != other.id


async def test_a_name_that_fits_two_is_of_neither(db: Database) -> None:
    """It becomes a person of its own, and stays one."""
    names = ["Сергей Петрович Тульев", "Сергей Ильич Тульев", "Сергей Тульев", "Сергей Тульев"]
    people = await known(db, *(f"{name} сказал слово." for name in names))
    assert len({person.id for person in people}) == 3
    assert people[2] == people[3]


async def test_what_the_corpus_has_of_a_person_is_under_one_name(db: Database) -> None:
    await add(db, "Министр Артём Лисовец прибыл 5 мая 2025 года.")
    await add(db, "Спикер Артем Лисовец заявил: «Порт готов к работе».", date(2026, 2, 1))
    assert await list_people(db) == ["Артём Лисовец"]
    assert await list_speakers(db) == [("Артём Лисовец", 1)]
    (person,) = await list_persons(db)
    profile = await load_profile(db, person.id, 1)
    assert profile
    assert profile.names == ("Артем Лисовец",)
    assert profile.roles == ("спикер", "министр")
    assert (profile.person.articles, profile.events, profile.quotes) == (2, 1, 1)
    assert [passage.day for passage in profile.passages] == [date(2026, 2, 1)]
    assert len(await list_events(db, date(2026, 2, 1), 9, person="Артём Лисовец")) == 1
    (quote,) = await list_quotes(db, 9, speaker="Артём Лисовец")
    assert quote.person_id == person.id
    assert quote.speaker
    assert quote.speaker.name == "Артем Лисовец"


async def test_a_lone_word_is_listed_only_with_a_role(db: Database) -> None:
    """Or if it spoke, or the table of the region knows it: else it may be a town or a ship."""
    await add(db, "Судно встретил капитан Тульев. Ольга вышла в море. Пашинян прибыл 5 мая.")
    assert sorted(each.name for each in await list_persons(db)) == ["Пашинян", "Тульев"]


async def test_of_a_withdrawn_article_nobody_is_shown(db: Database) -> None:
    """His id stays his."""
    article_id = await add(db, "Министр Артём Лисовец прибыл 5 мая 2025 года.")
    (person,) = await list_persons(db)
    await withdraw_article(db, article_id, NOON)
    assert await list_persons(db) == []
    assert await load_profile(db, person.id, 1) is None
    await add(db, "Министр Артём Лисовец отбыл 6 мая 2025 года.")
    assert [each.id for each in await list_persons(db)] == [person.id]


async def test_facts_found_anew_are_of_the_same_persons(db: Database) -> None:
    """Also those of a version whose facts were found before there were persons."""
    text = "Спикер Артем Лисовец заявил: «Порт готов к работе»."
    day = date(2026, 1, 22)
    article = an_article(text, day=day)
    bare = await add_article(db, article, find_paragraphs(text), analysis=1, at=NOON)
    assert await list_persons(db) == []
    source = await load_source(db, bare.version_id)
    facts = find_facts(text, day, Language.RU)
    await replace_facts(db, source, facts)
    before = (await list_persons(db), await list_quotes(db, 9))
    assert [(each.name, each.articles) for each in before[0]] == [("Артем Лисовец", 1)]
    await replace_facts(db, source, facts)
    assert (await list_persons(db), await list_quotes(db, 9)) == before
