"""The list of verbs, and what happens when one of them fails."""

import sys

import typer

from bot.cli import add, articles, ask, backup, demo, evaluate, golden, measure, reindex, run
from bot.cli.terminal import complain
from bot.config import load_settings
from bot.errors import BotError, SettingsError, UserError
from bot.locales import get_locale
from index.types import Language

app = typer.Typer(
    name="paragraf",
    help="Answers a policy question with the paragraph that says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("add")(add.add)
app.command("ask")(ask.ask)
app.command("articles")(articles.list_all)
app.command("article")(articles.show)
app.command("withdraw")(articles.withdraw)
app.command("reindex")(reindex.reindex)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
evaluate.app.command("golden")(measure.measure)
app.add_typer(evaluate.app, name="eval")
app.add_typer(golden.app, name="golden")


def main() -> None:
    """Run the verb that the command line names. Exit code 1: it failed, and said why."""
    try:
        app()
    except UserError as error:
        complain(_words(error))
        sys.exit(1)
    except BotError as error:
        complain(str(error))
        sys.exit(1)


def _words(error: UserError) -> str:
    """Return what a mistake is in the operator's language; in English if settings are wrong too."""
    try:
        locale = get_locale(load_settings().language)
    except SettingsError as wrong:
        return f"{get_locale(Language.EN).text(error.message_id, **error.values)}\n{wrong}"
    return locale.text(error.message_id, **error.values)
