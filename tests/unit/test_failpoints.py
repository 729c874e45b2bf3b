import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PASSES_TWICE = """
from bot.failpoints import reach
for turn in (1, 2):
    reach("other.place")
    reach("the.place")
    print(turn, flush=True)
"""


def run(fail_at: str | None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "FAIL_AT"}
    if fail_at is not None:
        environment["FAIL_AT"] = fail_at
    return subprocess.run(
        [sys.executable, "-c", PASSES_TWICE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("fail_at", "printed"), [("the.place", ""), ("the.place:1", ""), ("the.place:2", "1\n")]
)
def test_the_process_dies_at_the_named_place_and_turn(fail_at: str, printed: str) -> None:
    ended = run(fail_at)
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, printed)


@pytest.mark.parametrize("fail_at", [None, "", "the", "the.place:3", "no.such.place"])
def test_other_places_are_passed(fail_at: str | None) -> None:
    ended = run(fail_at)
    assert (ended.returncode, ended.stdout) == (0, "1\n2\n")


def test_every_place_is_tried() -> None:
    """A place that no test kills at says nothing: by its name, or all of its room («road.*»)."""
    root = Path(__file__).parents[2]
    code = "\n".join(path.read_text("utf-8") for path in (root / "bot").rglob("*.py"))
    tests = "\n".join(
        path.read_text("utf-8") for path in (root / "tests").rglob("*.py") if path != Path(__file__)
    )
    places = set(re.findall(r'\breach\("([a-z._]+)"\)', code))
    assert "ingest.before_commit" in places
    assert {place for place in places if f'"{place}' not in tests} == set()
