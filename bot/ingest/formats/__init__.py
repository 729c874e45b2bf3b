"""File formats: bytes in, plain text out, one module a format.

Adding one: a module with `read(content) -> str`, and its line in `READERS`.
"""

from collections.abc import Callable
from pathlib import PurePath

from bot.errors import UserError
from bot.ingest.formats import md, txt

READERS: dict[str, Callable[[bytes], str]] = {".txt": txt.read, ".md": md.read}


def read_text(content: bytes, name: str) -> str:
    """Return the text of a file; its name tells Markdown from plain text.

    Raises:
        UserError: the format is not known, or the content is not text.

    """
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix or ".txt")
    if reader is None:
        formats = ", ".join(known.removeprefix(".") for known in READERS)
        raise UserError("I cannot read files of this kind. I read: {formats}.", formats=formats)
    return reader(content)
