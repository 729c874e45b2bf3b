"""Named places where a test may kill the process, to see what a crash there leaves behind.

A kill at a random moment rarely hits the window between two steps; a named one always does. With
`FAIL_AT=name` in the environment the process kills itself when it reaches that name, with
`FAIL_AT=name:3` the third time it does. Without the variable a failpoint costs one look-up.
"""

import os
import signal
from collections import Counter

FAIL_AT = "FAIL_AT"

_reached: Counter[str] = Counter()


def reach(name: str) -> None:
    """Return at once, or kill the process if the environment names this place."""
    wanted = os.environ.get(FAIL_AT)
    if wanted is None:
        return
    place, _, turn = wanted.partition(":")
    if place != name:
        return
    _reached[name] += 1
    if _reached[name] == int(turn or 1):
        # SIGKILL and not exit(): no handler, no flush and no `finally` may run.
        os.kill(os.getpid(), signal.SIGKILL)
