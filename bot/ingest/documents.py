"""What a file or page turns out to be: its text, and what it says about itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Format(StrEnum):
    """A kind of file that can be read."""

    TXT = "txt"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, a line a paragraph; `source` is who published it, each None if untold.

    `may_have_header` says that lines like `title: …` at its top are meant for us.
    """

    text: str
    title: str | None = None
    day: date | None = None
    source: str | None = None
    url: str | None = None
    may_have_header: bool = True
