"""What docs/acceptance.md names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "acceptance.md").read_text(encoding="utf-8")
LINES = dict(re.findall(r"^\| (A\d+) \| (.+) \|$", TABLE, re.MULTILINE))
TESTS = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(
        r"^(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE
    )
}


def test_every_promise_has_a_line() -> None:
    """A1 to A27, in order."""
    assert list(LINES) == [f"A{number}" for number in range(1, 28)]


@pytest.mark.parametrize("promise", list(LINES))
def test_every_test_of_a_promise_is_there(promise: str) -> None:
    """By its name; what is not built says so and names none."""
    named = re.findall(r"`(test_\w+)`", LINES[promise])
    assert bool(named) != ("not built" in LINES[promise])
    assert set(named) <= TESTS
