"""Files and folders named on the command line, read one by one."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UserError
from bot.ingest.drafts import MOST_TEXT_BYTES
from bot.ingest.formats import READERS, read_text

#: Standard input, as everywhere on the command line.
STANDARD_INPUT = "-"

#: A file is refused by its size before it is read: no encoding needs more than four bytes a letter.
MOST_FILE_BYTES = 4 * MOST_TEXT_BYTES


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and the name to call it by."""

    name: str
    path: Path | None

    def read(self) -> str:
        """Return the text of the file.

        Raises:
            UserError: it cannot be read, is empty, too large, or of an unknown kind.

        """
        if self.path is None:
            content = sys.stdin.buffer.read(MOST_FILE_BYTES + 1)
        else:
            content = _read_file(self.path)
        if len(content) > MOST_FILE_BYTES:
            raise UserError("The text is longer than 5 MB. Split it, please.")
        if not content.strip():
            raise UserError("The file is empty.")
        return read_text(content, self.name)


def find_sources(names: Sequence[str]) -> Iterator[Source]:
    """Yield the files that the names stand for: a file itself, a folder's readable files."""
    for name in names:
        path = Path(name)
        if name == STANDARD_INPUT:
            yield Source("", None)
        elif path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file() and file.suffix.lower() in READERS:
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
