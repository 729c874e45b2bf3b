"""Whatever is logged, and however: no line has a token in it."""

import subprocess
import sys

import pytest

TOKEN = "5000000001:" + "Ab-_9" * 7

#: Every road by which a token may come into the log. It is put together at run time, so that a
#: traceback has it in its message only, as in life, and not in the lines of source it shows.
PROGRAM = f"""
import logging, sys, warnings
import httpx, structlog
from bot.config import Settings
from bot.logs import set_up_logs

TOKEN = "5000000001:" + {"Ab-_9"!r} * 7
set_up_logs(Settings(log_level="debug", log_format=sys.argv[1]))
ours, theirs = structlog.get_logger("ours"), logging.getLogger("theirs")
ours.info("in the event " + TOKEN)
ours.info("in a value", url="https://host/bot" + TOKEN + "/getMe", nested={{"deep": [TOKEN]}})
theirs.warning("as an argument %s", TOKEN)
theirs.warning("in a structure %s", {{"deep": [TOKEN]}})
try:
    raise RuntimeError("in an exception " + TOKEN)
except RuntimeError as error:
    ours.exception("with a traceback")
    theirs.exception("with a traceback")
    ours.error("as a value", error=error)
    try:
        raise ValueError("outer") from error
    except ValueError:
        ours.exception("as a cause")
transport = httpx.MockTransport(lambda request: httpx.Response(200))
httpx.Client(transport=transport).get("https://host/bot" + TOKEN + "/getMe")
raise SystemExit if len(sys.argv) < 3 else RuntimeError("uncaught " + TOKEN)
"""


@pytest.mark.parametrize("log_format", ["console", "json"])
@pytest.mark.parametrize("end", [[], ["crash"]])
def test_no_token_in_the_log(log_format: str, end: list[str]) -> None:
    """Not in events, values, arguments, tracebacks, causes, requests of libraries, or a crash."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, log_format, *end],
        capture_output=True,
        check=False,
        text=True,
    )
    written = done.stdout + done.stderr
    assert TOKEN not in written
    assert "getMe" in written  # the value was logged,
    assert written.count("host/bot") == 1  # the library's request was not
    assert written.count("<token>") == 9 + len(end)
