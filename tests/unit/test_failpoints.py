import os
import signal
import subprocess
import sys

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
