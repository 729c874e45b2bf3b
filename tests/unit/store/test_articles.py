from dataclasses import replace
from datetime import date

import pytest

from bot.errors import UserError
from bot.store.articles import ListedArticle, count_articles, get_article, list_articles
from bot.store.database import Database
from bot.store.publishing import add_article, withdraw_article
from index.types import Language

from .samples import NOON, an_article, paragraphs_of


async def publish(db: Database, text: str, day: date) -> int:
    article = replace(an_article(text), day=day)
    added = await add_article(db, article, paragraphs_of(text), analysis=1, at=NOON)
    return added.article_id


async def test_the_newest_day_comes_first_then_the_latest_added(db: Database) -> None:
    march = await publish(db, "Март.", date(2026, 3, 1))
    january = await publish(db, "Январь.", date(2026, 1, 1))
    also_march = await publish(db, "Тоже март.", date(2026, 3, 1))
    listed = await list_articles(db, limit=10)
    assert [each.id for each in listed] == [also_march, march, january]


async def test_a_line_of_the_list_has_all_but_the_text(db: Database) -> None:
    key = await publish(db, "Раз.\nДва.", date(2026, 3, 1))
    assert await list_articles(db, limit=1) == (
        ListedArticle(
            id=key,
            version=1,
            title="О порте",
            day=date(2026, 3, 1),
            language=Language.RU,
            url="https://example.org/port",
            source="Вестник",
            paragraphs=2,
        ),
    )


async def test_pages_cover_the_list_without_overlap(db: Database) -> None:
    keys = [await publish(db, f"Статья {day}.", date(2026, 3, day)) for day in range(1, 6)]
    pages = [await list_articles(db, limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [each.id for page in pages for each in page] == keys[::-1]


async def test_withdrawn_articles_are_neither_listed_nor_counted(db: Database) -> None:
    kept = await publish(db, "Останется.", date(2026, 3, 1))
    gone = await publish(db, "Уйдёт.", date(2026, 3, 2))
    await withdraw_article(db, gone, NOON)
    assert [each.id for each in await list_articles(db, limit=10)] == [kept]
    assert await count_articles(db) == 1


async def test_an_unknown_article_is_named_in_the_refusal(db: Database) -> None:
    assert await count_articles(db) == 0
    with pytest.raises(UserError, match="There is no article") as caught:
        await get_article(db, 404)
    assert caught.value.values == {"id": 404}
