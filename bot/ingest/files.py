"""Files and folders named on the command line, read one by one."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import UserError
from bot.ingest.documents import Document, Format
from bot.ingest.fetch import fetch, site_of
from bot.ingest.formats import read_format
from bot.ingest.limited import read_document
from bot.ingest.signatures import READABLE, find_format

#: Standard input, as everywhere on the command line.
STANDARD_INPUT = "-"

#: As Telegram's limit for bots, so that a file is taken here and there alike.
MOST_FILE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and the name to call it by; without a path, standard input or a link."""

    name: str
    path: Path | None

    def content(self) -> bytes:
        """Return the bytes of the file.

        Raises:
            UserError: it cannot be read, is empty or too large.

        """
        if self.path is None:
            content = sys.stdin.buffer.read(MOST_FILE_BYTES + 1)
        else:
            content = _read_file(self.path)
        if len(content) > MOST_FILE_BYTES:
            raise UserError("The file is larger than 20 MB.")
        if not content.strip():
            raise UserError("The file is empty.")
        return content

    async def read(self) -> Document:
        """Return what the file says.

        Raises:
            UserError: as `content`, or its kind or inside cannot be read.

        """
        if is_link(self.name):
            return await read_page(self.name)
        return await read_local(self.content(), self.name)


async def read_page(url: str) -> Document:
    """Return what a page of the web says, from the address where it was found in the end.

    Raises:
        UserError: it cannot be fetched or read.

    """
    page = await fetch(url)
    document = await read_document(page.content or b"", "", page.url)
    return replace(document, source=document.source or site_of(page.url), url=page.url)


def is_link(text: str) -> bool:
    """Return whether a text is an address of the web and nothing else."""
    return re.fullmatch(r"https?://\S+", text, re.IGNORECASE) is not None


async def read_local(content: bytes, name: str) -> Document:
    """Return what a file of this machine says: plain text here, all else in a process apart."""
    format_ = find_format(content, name)
    if format_ in (Format.TXT, Format.MD):
        return read_format(content, format_)
    return await read_document(content, name)


def find_sources(names: Sequence[str]) -> Iterator[Source]:
    """Yield the files that the names stand for: a file itself, a folder's readable files."""
    for name in names:
        path = Path(name)
        if is_link(name):
            yield Source(name, None)
        elif name == STANDARD_INPUT:
            yield Source("", None)
        elif path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file() and file.suffix.lower() in READABLE:
                    yield Source(str(file), file)
        else:
            yield Source(name, path)


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError("There is no such file.") from error
    except OSError as error:
        raise UserError(
            "The file cannot be read: {reason}.", reason=error.strerror or ""
        ) from error
