from bot.store.changes import (
    ARTICLES_A_QUERY,
    ChangeOp,
    IndexChange,
    get_last_seq,
    list_changes,
    list_published_ids,
    load_indexed,
)
from bot.store.database import Database
from bot.store.publishing import Added, add_article, withdraw_article
from index.types import IndexedArticle, IndexedParagraph

from .samples import HARBOUR, NOON, an_article, paragraphs_of


async def publish(db: Database, text: str = HARBOUR) -> Added:
    return await add_article(db, an_article(text), paragraphs_of(text), analysis=1, at=NOON)


async def test_an_empty_store_has_seen_no_change(db: Database) -> None:
    assert await get_last_seq(db) == 0
    assert await list_published_ids(db) == (0, ())
    assert await list_changes(db, 0, 10) == ()
    assert await load_indexed(db, ()) == ()


async def test_changes_come_in_order_after_the_asked_number(db: Database) -> None:
    first, second = await publish(db, "Раз."), await publish(db, "Два.")
    last = await withdraw_article(db, first.article_id, NOON)
    changes = await list_changes(db, first.seq, 10)
    assert changes == (
        IndexChange(second.seq, second.article_id, ChangeOp.ADD),
        IndexChange(last, first.article_id, ChangeOp.REMOVE),
    )
    assert await list_changes(db, first.seq, 1) == changes[:1]
    assert await list_changes(db, last, 10) == ()
    assert await get_last_seq(db) == last


async def test_numbers_are_never_used_again(db: Database) -> None:
    """Even when the newest rows are gone, as after an erasure."""
    added = await publish(db)
    async with db.write() as connection:
        for table in ("announcement", "index_change", "paragraph", "article_version", "article"):
            await connection.exec_driver_sql(f"DELETE FROM {table}")
    again = await publish(db)
    assert again.seq > added.seq
    assert again.article_id > added.article_id
    assert again.version_id > added.version_id


async def test_the_index_gets_keys_numbers_and_words_of_a_published_article(db: Database) -> None:
    added = await publish(db)
    (loaded,) = await load_indexed(db, [added.article_id])
    article = an_article()
    assert loaded == IndexedArticle(
        id=added.article_id,
        title=article.title,
        day=article.day,
        language=article.language,
        source=article.source,
        paragraphs=tuple(
            IndexedParagraph(each.number, each.number, each.terms)
            for each in paragraphs_of(HARBOUR)
        ),
    )


async def test_published_ids_are_those_not_withdrawn(db: Database) -> None:
    gone, kept = await publish(db, "Раз."), await publish(db, "Два.")
    seq = await withdraw_article(db, gone.article_id, NOON)
    assert await list_published_ids(db) == (seq, (kept.article_id,))
    loaded = await load_indexed(db, [kept.article_id, gone.article_id, 404])
    assert [article.id for article in loaded] == [kept.article_id]


async def test_more_articles_than_one_query_takes_are_all_loaded(db: Database) -> None:
    texts = [f"Статья номер {number}." for number in range(ARTICLES_A_QUERY + 3)]
    ids = [(await publish(db, text)).article_id for text in texts]
    loaded = await load_indexed(db, ids[::-1])
    assert [article.id for article in loaded] == ids
    assert all(
        article.paragraphs[0].terms == paragraphs_of(text)[0].terms
        for article, text in zip(loaded, texts, strict=True)
    )
