from datetime import date

from bot.store.database import Database
from bot.store.facts import load_source, replace_facts
from bot.store.organisations import (
    OrganisationCount,
    list_organisation_passages,
    list_organisations,
)
from bot.store.publishing import add_article, withdraw_article
from index.facts import find_facts
from index.paragraphs import find_paragraphs
from index.types import Language, OrganisationKind

from .samples import NOON, an_article

TEXT = (
    "Мост строит компания «Луч».\n"
    "Деньги дал Фонд развития Тарвии (ФРТ). ФРТ и «Луч» спорят о сроках."
)


async def add(db: Database, text: str, day: date = date(2026, 1, 22)) -> int:
    article = an_article(text, day=day)
    facts = find_facts(text, day, Language.RU)
    added = await add_article(db, article, find_paragraphs(text), analysis=1, at=NOON, facts=facts)
    return added.article_id


async def test_bodies_come_with_what_the_articles_say_they_are(db: Database) -> None:
    """The body that most articles name comes first; one that is shortened keeps both names."""
    await add(db, TEXT)
    await add(db, "Завод открыла компания «Луч».", date(2026, 2, 1))
    assert await list_organisations(db) == [
        OrganisationCount("Луч", OrganisationKind.COMPANY, None, "компания", 2),
        OrganisationCount("Фонд развития Тарвии", OrganisationKind.ASSOCIATION, "ФРТ", None, 1),
    ]


async def test_passages_of_a_body_are_the_first_of_each_article(db: Database) -> None:
    """The newest article comes first."""
    await add(db, TEXT)
    await add(db, "Завод открыла компания «Луч».", date(2026, 2, 1))
    found = await list_organisation_passages(db, "Луч", 5)
    assert [passage.text for passage in found] == [
        "Завод открыла компания «Луч».",
        "Мост строит компания «Луч».",
    ]


async def test_a_withdrawn_article_names_no_bodies_and_reading_anew_doubles_none(
    db: Database,
) -> None:
    article_id = await add(db, TEXT)
    source = await load_source(db, 1)
    await replace_facts(db, source, find_facts(source.text, source.day, source.language))
    assert len(await list_organisations(db)) == 2
    await withdraw_article(db, article_id, NOON)
    assert await list_organisations(db) == []
