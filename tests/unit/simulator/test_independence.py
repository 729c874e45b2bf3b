"""The simulator shares nothing with what it tests."""

import ast
from pathlib import Path

import pytest

import bot.simulator

SOURCES = sorted(Path(bot.simulator.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_the_simulator_imports_nothing_of_ours_and_no_telegram_library(path: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.add(f"{node.module}.{node.names[0].name}")
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    ours = {n for n in names if n.split(".")[0] in {"bot", "index", "telegram"}}
    assert {n for n in ours if not n.startswith("bot.simulator")} == set()
