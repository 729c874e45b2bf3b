"""Files read apart: each in a process of its own that may use little, see little and last briefly.

A file of 290 KB can need 2 GB and hang its reader. Out there it fails cleanly, and only itself.
"""

import asyncio
import contextlib
import json
import signal
import sys
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog

from bot.errors import UserError
from bot.ingest.documents import Document, FeedItem, ReadFeed
from bot.ingest.drafts import MOST_TEXT_BYTES

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may use. Source: docs/reliability.md, what is read apart."""

    memory_bytes: int = 512 * 1024 * 1024
    cpu_s: int = 10
    wall_s: float = 15.0


#: A reply that is longer holds a text that would be refused anyway; JSON doubles `\n` and `"`.
MOST_REPLY_BYTES = 2 * MOST_TEXT_BYTES + 10_000

#: The way to our modules is told, since the process looks at no setting of its surroundings.
_CODE = (
    "import sys; _, memory_bytes, cpu_s, *sys.path[:] = sys.argv;"
    "from bot.ingest.child import main; main(int(memory_bytes), int(cpu_s))"
)


async def read_document(
    content: bytes, name: str, url: str | None = None, limits: Limits = Limits()
) -> Document:
    """Return what a file or page says; `name` is what it is called, `url` where it is from.

    Raises:
        UserError: it is empty, of an unknown kind, damaged, protected, or asks for too much.

    """
    answer = await _answer(content, {"name": name, "url": url, "is_feed": False}, limits)
    day = answer["day"]
    return Document(
        text=answer["text"],
        title=answer["title"],
        day=date.fromisoformat(day) if day else None,
        source=answer["source"],
        may_have_header=answer["may_have_header"],
    )


async def read_feed(content: bytes) -> ReadFeed:
    """Return the items of a feed.

    Raises:
        UserError: it is none, or asks for too much.

    """
    answer = await _answer(content, {"is_feed": True}, Limits())
    items = tuple(FeedItem(**item) for item in answer["items"])
    return ReadFeed(answer["title"], items, answer["minutes"])


async def _answer(content: bytes, question: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Return what the process says of a file. Raises: UserError for a refusal or a fault."""
    if not content.strip():
        raise UserError("The file is empty.")
    request = json.dumps(question).encode() + b"\n"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", "-c", _CODE),
        *(str(limits.memory_bytes), str(limits.cpu_s), *sys.path),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
        cwd="/",
    )
    try:
        async with asyncio.timeout(limits.wall_s):
            reply = await _exchange(process, request + content)
            await process.wait()
    except TimeoutError as error:
        raise _too_long() from error
    finally:
        await _end(process)
    return _checked(reply, process.returncode)


async def _exchange(process: asyncio.subprocess.Process, request: bytes) -> bytes:
    """Return the reply to a request, at most `MOST_REPLY_BYTES` and one more."""
    assert process.stdin  # noqa: S101 - narrows a type
    assert process.stdout  # noqa: S101 - narrows a type
    # One that ends before it has read all tells by its exit code why.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(request)
        await process.stdin.drain()
        process.stdin.close()
        await process.stdin.wait_closed()
    reply = bytearray()
    while len(reply) <= MOST_REPLY_BYTES:
        part = await process.stdout.read(MOST_REPLY_BYTES + 1 - len(reply))
        if not part:
            break
        reply += part
    else:
        process.kill()
    return bytes(reply)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a process, and wait until it has: a moment, in which a second cancellation waits too."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    ending, is_cancelled = asyncio.ensure_future(process.wait()), False
    while not ending.done():
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            is_cancelled = True
    if is_cancelled:
        raise asyncio.CancelledError


def _checked(reply: bytes, exit_code: int | None) -> dict[str, Any]:
    """Return a reply that says something. Raises: UserError for a refusal or a fault."""
    if len(reply) > MOST_REPLY_BYTES:
        raise UserError("The text is longer than 5 MB. Split it, please.")
    answer = _parse(reply)
    if "refusal" in answer:
        raise UserError(str(answer["refusal"]), **answer["values"])
    if exit_code == -signal.SIGXCPU:
        raise _too_long()
    if "title" not in answer:
        log.info("a file could not be read", exit_code=exit_code, fault=answer.get("fault"))
        raise UserError("The file cannot be read: it is damaged, or too large inside.")
    return answer


def _too_long() -> UserError:
    return UserError("Reading the file takes too long. Is it damaged?")


def _parse(reply: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(reply)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
