"""The table of faults in docs/reliability.md: its rows are there, and so are the tests it names."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")

#: Rows of faults that one process with SQLite cannot meet: other stores, other ways in.
LATER = {12, 26, 27, 34}
ROWS = range(1, 41)

_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
_NAMED = re.compile(r"`([^`]+)`")


def rows() -> list[tuple[int, str]]:
    """Return the number of each row and what it says about its tests."""
    return [(int(number), tests) for number, _, tests, _ in _ROW.findall(DOCUMENT)]


@cache
def names_in(file: str) -> tuple[str, ...]:
    """Return the names of the tests of a file."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    return tuple(node.name for node in ast.walk(tree) if isinstance(node, functions))


def named_tests() -> list[tuple[int, str, str]]:
    """Return each row, file and name of a test, `…` where something is left out.

    What stands after the word "at" are places in the program, not tests; state machines are files.
    """
    found = []
    for number, cell in rows():
        file = ""
        for name in _NAMED.findall(cell):
            if name.endswith(".py"):
                file = name
            elif "." not in name:
                found.append((number, file, name))
    return found


def files_of(cell: str) -> list[str]:
    return [name for name in _NAMED.findall(cell) if name.endswith(".py")]


def test_every_row_is_there() -> None:
    """But for those of a later wave."""
    assert {number for number, _ in rows()} == set(ROWS) - LATER


@pytest.mark.parametrize(("number", "file", "name"), named_tests())
def test_every_test_of_the_table_is_there(number: int, file: str, name: str) -> None:
    """A test that was renamed must be found from its row."""
    pattern = ".*".join(re.escape(part) for part in name.split("…"))
    found = [test for test in names_in(file) if re.fullmatch(f"test_{pattern}", test)]
    assert found, f"row {number}: {file} has no {name}"


@pytest.mark.parametrize(("number", "cell"), rows())
def test_every_row_names_a_test(number: int, cell: str) -> None:
    """And files that are there."""
    assert number in {row for row, _, _ in named_tests()}
    assert [file for file in files_of(cell) if not (ROOT / "tests" / file).exists()] == []
