import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import LockedError
from bot.store.lock import hold_lock

HOLDER = """
import sys
from pathlib import Path
from bot.store.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def start_holder(path: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_bot_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    with start_holder(tmp_path / "bot.lock") as holder:
        with (
            pytest.raises(LockedError, match=rf"\(process {holder.pid}\)"),
            hold_lock(tmp_path / "bot.lock"),
        ):
            pass
        holder.communicate("")


def test_the_death_of_the_holder_frees_the_lock(tmp_path: Path) -> None:
    with start_holder(tmp_path / "bot.lock") as holder:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with hold_lock(tmp_path / "bot.lock"):
        assert (tmp_path / "bot.lock").read_text() == str(os.getpid())


def test_one_process_cannot_hold_it_twice_but_again_later(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "bot.lock"
    with hold_lock(path), pytest.raises(LockedError), hold_lock(path):
        pass
    with hold_lock(path):
        pass
