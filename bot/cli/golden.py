"""`paragraf golden import | export`: questions whose right paragraphs are known."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import complain, out, run
from bot.errors import InputError
from bot.ingest.files import STANDARD_INPUT
from bot.ingest.golden import Reference, read_golden, write_line
from bot.locales import Locale
from bot.store.articles import find_titled, get_article
from bot.store.database import Database
from bot.store.golden import add_golden, delete_golden, list_golden

app = typer.Typer(no_args_is_help=True, help="Questions whose right paragraphs are known.")


@app.command("import")
def import_golden(
    file: Annotated[Path, typer.Argument(help="JSONL: question, article, paragraphs; or -.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Forget the questions that were there.")
    ] = False,
) -> None:
    """Store the questions of a file: all of them, or none when a line is wrong."""

    async def work(db: Database, locale: Locale) -> bool:
        questions, problems = await read_golden(db, _read(file), file.parent)
        for problem in problems:
            said = locale.text(problem.error.message_id, **problem.error.values)
            where = locale.text("{file}, line {n}", file=file, n=problem.line)
            complain(f"{where}: {said}")
        if problems:
            complain(locale.text("Nothing is stored. Mend these lines and import again."))
            return False
        async with db.write() as connection:
            if replace:
                await delete_golden(connection)
            await add_golden(connection, questions)
        stored = locale.count(
            "{n} golden question stored.", "{n} golden questions stored.", len(questions)
        )
        out.print(stored)
        return True

    if not run(work):
        raise typer.Exit(1)


@app.command("export")
def export_golden(
    file: Annotated[Path | None, typer.Argument(help="Gets the lines; else they are printed.")] = (
        None
    ),
) -> None:
    """Write the golden questions in the form that import reads."""

    async def work(db: Database, locale: Locale) -> None:
        questions = await list_golden(db)
        ids = {place.article_id for golden in questions for place in golden.places}
        names = {article_id: await _name(db, article_id) for article_id in ids}
        lines = [write_line(golden, names.__getitem__) + "\n" for golden in questions]
        if file is None or str(file) == STANDARD_INPUT:
            typer.echo("".join(lines), nl=False)
        else:
            _write(file, "".join(lines))
            written = locale.count(
                "{n} golden question written.", "{n} golden questions written.", len(lines)
            )
            out.print(written)

    run(work)


async def _name(db: Database, article_id: int) -> Reference:
    """Return the title of an article, which another corpus knows too; its number if it must be."""
    title = (await get_article(db, article_id)).article.title
    return title if await find_titled(db, title) == (article_id,) else article_id


def _read(path: Path) -> str:
    try:
        if str(path) == STANDARD_INPUT:
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
