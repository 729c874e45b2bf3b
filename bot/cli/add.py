"""`paragraf add`: articles from files, folders and standard input."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.progress import track

from bot.cli.terminal import complain, err, out, run
from bot.errors import UserError
from bot.ingest.drafts import Draft, Overrides
from bot.ingest.files import Source, find_sources
from bot.ingest.header import parse_day, parse_language, parse_url
from bot.ingest.pool import drafting
from bot.ingest.publish import publish
from bot.locales import Locale
from bot.store.database import Database

#: From so many files on a progress bar is shown.
MANY_FILES = 5


def add(
    files: Annotated[
        list[str], typer.Argument(help="Files, folders, links, or - for standard input.")
    ],
    title: Annotated[str | None, typer.Option(help="Title, if the file gives none.")] = None,
    date: Annotated[str | None, typer.Option(help="Date, like 2026-01-22.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the original.")] = None,
    source: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    language: Annotated[str | None, typer.Option(help="ru, en or az.")] = None,
) -> None:
    """Add articles. What is given here goes before what a file says of itself."""
    overrides = Overrides(
        title=title,
        day=parse_day(date) if date else None,
        url=parse_url(url) if url else None,
        source=source,
        language=parse_language(language) if language else None,
    )
    sources = list(find_sources(files))

    async def work(db: Database, locale: Locale) -> int:
        if not sources:
            complain(locale.text("There are no files that I can read."))
        return await _add_all(db, locale, sources, overrides)

    if run(work) or not sources:
        sys.exit(1)


async def _add_all(
    db: Database, locale: Locale, sources: Sequence[Source], overrides: Overrides
) -> int:
    """Add each of the files, printing a line about it; return how many failed."""
    failed = 0
    is_long = len(sources) >= MANY_FILES and err.is_terminal
    shown = track(sources, locale.text("Adding"), console=err, disable=not is_long)
    with drafting(sources, overrides) as drafts:
        for source, draft in zip(shown, drafts, strict=False):
            try:
                await _add_one(db, locale, await draft)
            except UserError as error:
                failed += 1
                name = source.name or locale.text("Standard input")
                complain(f"{name}: {locale.text(error.message_id, **error.values)}")
    return failed


async def _add_one(db: Database, locale: Locale, draft: Draft) -> None:
    added = await publish(db, draft, at=datetime.now(UTC))
    paragraphs = locale.count("{n} paragraph", "{n} paragraphs", len(draft.paragraphs))
    values = {"id": added.article_id, "title": draft.article.title}
    if added.is_new:
        day = locale.day(draft.article.day)
        said = locale.text("Article {id} added: “{title}”, {day}", day=day, **values)
        out.print(f"{said}, {paragraphs}.", markup=False)
    else:
        out.print(
            locale.text("This article is here already: {id}, “{title}”.", **values), markup=False
        )
