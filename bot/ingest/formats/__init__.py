"""File formats: bytes in, a document out, one module a format.

Adding one: a module with `read(content, url)`, its name in `Format`, its signature, its line here.
They run in a process of their own with limits, and what else they raise means "damaged".
"""

from importlib import import_module
from typing import Protocol

from bot.ingest.documents import Document, Format


class Reader(Protocol):
    """A function that reads one format; `url` is where the bytes come from, if from the web.

    Raises: UserError for what the sender can mend.
    """

    def __call__(self, content: bytes, url: str | None = None) -> Document:
        """Return the document."""


def read_format(content: bytes, format_: Format, url: str | None = None) -> Document:
    """Return the document of bytes of a known format.

    Raises:
        UserError: the content cannot be read as that.

    """
    # By name, since each library is worth a tenth of a second and some tens of megabytes.
    reader: Reader = import_module(f"bot.ingest.formats.{format_.value}").read
    return reader(content, url)
