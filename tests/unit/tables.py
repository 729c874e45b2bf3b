"""Reads the tables of examples in `tests/data`."""

from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def rows(name: str) -> list[str]:
    """Return the lines of a table without comments and blanks; ⏎ is a line break of the text."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("⏎", "\n") for line in lines if line.strip() and line[0] != "#"]


def pairs(name: str) -> list[tuple[str, str]]:
    """Return text and expectation of each line of a table «text => expected»."""
    split = (row.rpartition("=>") for row in rows(name))
    return [(text.strip(), expected.strip()) for text, _, expected in split]
