"""What can be typed is in README: verbs and their options, commands, settings, make targets."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from bot.cli.main import app
from bot.commands import COMMANDS
from bot.config import PREFIX, Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def _verbs() -> Iterator[tuple[str, list[str]]]:
    """Yield each verb of the command line with its options."""
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for verb, each in getattr(command, "commands", {"": command}).items():
            options = [option for option in each.params if option.param_type_name == "option"]
            yield f"{name} {verb}".strip(), [option.opts[-1] for option in options]


@pytest.mark.parametrize(("verb", "options"), list(_verbs()))
def test_every_verb_and_option_is_in_the_readme(verb: str, options: list[str]) -> None:
    """In the row that begins with `paragraf <verb>`."""
    row = next(
        (line for line in README.splitlines() if line.startswith(f"| `paragraf {verb}")), None
    )
    assert row is not None, verb
    names = {option.replace("--browser", "--no-browser") for option in options} - {"--help"}
    assert [name for name in sorted(names) if name not in row] == []


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_of_the_chat_is_in_the_readme(name: str) -> None:
    """As it is typed."""
    assert re.search(rf"`/{name}[` ]", README)


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    """With a row of its own."""
    assert f"| `{PREFIX}{name.upper()}` |" in README


def test_no_setting_of_the_readme_is_gone() -> None:
    """A row for what no longer exists would mislead."""
    told = set(re.findall(rf"^\| `{PREFIX}(\w+)` \|", README, re.MULTILINE))
    assert {name.lower() for name in told} == set(Settings.model_fields)


def test_every_make_target_says_what_it_does() -> None:
    """In `make help`."""
    targets = re.findall(r"^([a-z-]+):(.*)$", MAKEFILE, re.MULTILINE)
    assert [name for name, rest in targets if "##" not in rest] == []


def test_links_of_the_documents_lead_somewhere() -> None:
    """To files that are there."""
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"
