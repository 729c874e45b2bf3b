"""`paragraf articles | article | withdraw`: what the corpus holds."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.padding import Padding

from bot.cli.terminal import MOST_NUMBER, out, run
from bot.locales import Locale
from bot.store.articles import count_articles, get_article, list_articles
from bot.store.database import Database
from bot.store.gone import find_gone
from bot.store.passages import list_paragraphs
from bot.store.publishing import withdraw_article

ArticleId = Annotated[
    int, typer.Argument(metavar="ID", max=MOST_NUMBER, help="The article's number.")
]

#: Articles on a page of the list.
PAGE = 50


def list_all(
    page: Annotated[int, typer.Option(min=1, max=MOST_NUMBER, help="Which page.")] = 1,
) -> None:
    """List the articles, the newest first."""

    async def work(db: Database, locale: Locale) -> None:
        total = await count_articles(db)
        out.print(locale.count("{n} article", "{n} articles", total), style="bold")
        for article in await list_articles(db, PAGE, (page - 1) * PAGE):
            paragraphs = locale.count("{n} paragraph", "{n} paragraphs", article.paragraphs)
            line = f"{article.id:>5}  {locale.day(article.day)} · {article.title} · {paragraphs}"
            out.print(line, markup=False, soft_wrap=True)
        if total > page * PAGE:
            out.print(locale.text("More: --page {n}", n=page + 1), style="dim")

    run(work)


async def _withdrawn_line(db: Database, article_id: int, locale: Locale) -> str:
    """Return who withdrew an article and when."""
    words, gone = locale.text("This article is withdrawn."), await find_gone(db, article_id)
    if gone is None:
        return words
    who = locale.text("command line") if gone.by is None else str(gone.by)
    return f"{words} {locale.moment(gone.at)}, {who}"


def show(article_id: ArticleId) -> None:
    """Show an article with its paragraphs numbered."""

    async def work(db: Database, locale: Locale) -> None:
        stored = await get_article(db, article_id)
        article = stored.article
        out.print(article.title, style="bold", markup=False)
        origin = (locale.day(article.day), article.source, article.url)
        out.print(" · ".join(part for part in origin if part), style="dim", markup=False)
        if stored.withdrawn_at:
            out.print(await _withdrawn_line(db, article_id, locale), style="yellow")
        for passage in await list_paragraphs(db, article_id):
            out.print(
                Padding(f"{passage.number}. {passage.text}", (1, 0, 0, 0), expand=False),
                markup=False,
            )

    run(work)


def withdraw(article_id: ArticleId) -> None:
    """Withdraw an article: it is in no answer any more, its text is kept."""

    async def work(db: Database, locale: Locale) -> None:
        await withdraw_article(db, article_id, datetime.now(UTC))
        out.print(locale.text("Article {id} is withdrawn.", id=article_id))

    run(work)
