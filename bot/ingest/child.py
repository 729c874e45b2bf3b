"""The process in which a file is read: whatever the file makes of its reader stays in here.

It is started by `limited` with nothing: no environment, no open files but its three pipes. Its
arguments are the limits, bytes of memory and seconds of a processor. The request is a line of JSON
and then the bytes of the file; the reply is one JSON object.
"""

import contextlib
import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any


def main(memory_bytes: int, cpu_s: int) -> None:
    """Read one document and reply with it, or with the sentence why not."""
    _limit(memory_bytes, cpu_s)
    # Whatever a library prints goes nowhere; the reply has the pipe for itself.
    reply = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.excepthook = _fault_to(reply)
    request = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    _send(reply, _answer(request, content))


def _answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    # Only now: the limits hold for whatever these bring in.
    from bot.errors import UserError
    from bot.ingest.formats import read_format
    from bot.ingest.signatures import find_format

    try:
        if request["is_feed"]:
            from bot.ingest.formats import feed

            return asdict(feed.read(content))
        format_ = find_format(content, request["name"])
        document = read_format(content, format_, request["url"])
    except UserError as error:
        return {"refusal": error.message_id, "values": error.values}
    return {
        "text": document.text,
        "title": document.title,
        "day": document.day and document.day.isoformat(),
        "source": document.source,
        "may_have_header": document.may_have_header,
    }


def _limit(memory_bytes: int, cpu_s: int) -> None:
    """Bound memory, time, and what may be written anywhere, for good."""
    # Where memory ends for all, the kernel is to take this process and not the bot.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    # The first limit sends a signal that tells of itself, the second kills.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))


def _fault_to(reply: IO[bytes]) -> Any:  # noqa: ANN401 - the type of an excepthook
    def tell(kind: type[BaseException], _: BaseException, __: TracebackType | None) -> None:
        _send(reply, {"fault": kind.__name__})

    return tell


def _send(reply: IO[bytes], answer: dict[str, Any]) -> None:
    reply.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    reply.flush()
